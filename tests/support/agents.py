"""Agents as the endpoints of one agent see them: in-groups, ranks, sessions, user groups."""

from collections.abc import Iterable
from typing import Any

from support.database import TestDatabase


def make_in_group(db: TestDatabase, group_id: str = "SALES", **columns: Any) -> None:
    """An active in-group."""
    defaults = {"group_name": f"{group_id} line", "active": "Y"}
    db.insert("vicidial_inbound_groups", group_id=group_id, **defaults | columns)


def make_in_groups(db: TestDatabase, number: int) -> str:
    """Active in-groups G0001, G0002, ...; the text that lists them all."""
    db.execute(
        "INSERT INTO vicidial_inbound_groups (group_id, group_name, active)"
        f" SELECT CONCAT('G', LPAD(seq, 4, '0')), 'Group', 'Y' FROM seq_1_to_{number}"
    )
    return text_of(f"G{place:04}" for place in range(1, number + 1))


def make_user_group(
    db: TestDatabase, user_group: str = "AGENTS", allowed: str | None = " TESTCAMP -"
) -> None:
    """A user group with that text of allowed campaigns."""
    db.insert(
        "vicidial_user_groups", user_group=user_group, group_name="Agents",
        allowed_campaigns=allowed,
    )  # fmt: skip


def rank_in_group(db: TestDatabase, group_id: str | None, **columns: Any) -> None:
    """A rank row of an in-group: of agent1, if no other `user` is said."""
    db.insert("vicidial_inbound_group_agents", group_id=group_id, **{"user": "agent1"} | columns)


def rank_in_campaign(db: TestDatabase, campaign_id: str | None, **columns: Any) -> None:
    """A rank row of a campaign: of agent1, if no other `user` is said."""
    db.insert("vicidial_campaign_agents", campaign_id=campaign_id, **{"user": "agent1"} | columns)


def log_in(
    db: TestDatabase, user: str = "agent1", campaign_id: str | None = "TESTCAMP", **columns: Any
) -> int:
    """An agent's session; its id."""
    defaults = {"server_ip": "10.0.0.5", "lead_id": 0, "status": "READY", "closer_campaigns": ""}
    return db.insert(
        "vicidial_live_agents", user=user, campaign_id=campaign_id, **defaults | columns
    )


def text_of(names: Iterable[str]) -> str:
    """Names as VICIdial's admin pages write them into one column."""
    return f" {' '.join(names)} -"
