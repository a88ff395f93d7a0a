"""Ranks and grades of users: their rows, and what is logged of a change."""

from typing import Any

from support.database import TestDatabase

Row = tuple[Any, ...]
_CAMPAIGN = "campaign_id, campaign_rank, campaign_weight, campaign_grade"
_ALL_OF_CAMPAIGN = (
    f"{_CAMPAIGN}, group_web_vars, calls_today, hopper_calls_today, hopper_calls_hour"
)
_IN_GROUP = "group_id, group_rank, group_weight, group_grade"
_ALL_OF_IN_GROUP = (
    f"{_IN_GROUP}, group_web_vars, group_type, daily_limit, calls_today, calls_today_filtered"
)


def make_campaign_rank(
    db: TestDatabase,
    user: str = "agent1",
    campaign_id: str | None = "TESTCAMP",
    **columns: Any,
) -> None:
    """A user's rank of a campaign, with something in every column."""
    defaults = {"campaign_rank": 5, "campaign_weight": 4, "campaign_grade": 6,
                "group_web_vars": "a=b", "calls_today": 12, "hopper_calls_today": 3,
                "hopper_calls_hour": 2}  # fmt: skip
    db.insert("vicidial_campaign_agents", user=user, campaign_id=campaign_id, **defaults | columns)


def make_in_group_rank(
    db: TestDatabase, user: str = "agent1", group_id: str | None = "SALES", **columns: Any
) -> None:
    """A user's rank of an in-group, with something in every column."""
    defaults = {"group_rank": 7, "group_weight": 8, "group_grade": 9, "group_web_vars": "c=d",
                "group_type": "E", "daily_limit": 50, "calls_today": 11,
                "calls_today_filtered": 10}  # fmt: skip
    db.insert("vicidial_inbound_group_agents", user=user, group_id=group_id, **defaults | columns)


def campaign_ranks(db: TestDatabase, user: str = "agent1", columns: str = _CAMPAIGN) -> list[Row]:
    """A user's campaigns: id, rank, weight, grade."""
    return db.rows(
        f"SELECT {columns} FROM vicidial_campaign_agents WHERE user = %s ORDER BY campaign_id",
        user,
    )


def in_group_ranks(db: TestDatabase, user: str = "agent1", columns: str = _IN_GROUP) -> list[Row]:
    """A user's in-groups: id, rank, weight, grade."""
    return db.rows(
        f"SELECT {columns} FROM vicidial_inbound_group_agents WHERE user = %s ORDER BY group_id",
        user,
    )


def whole_campaign_ranks(db: TestDatabase, user: str = "agent1") -> list[Row]:
    """Beside these the web variables, and the calls of today in all three ways."""
    return campaign_ranks(db, user, _ALL_OF_CAMPAIGN)


def whole_in_group_ranks(db: TestDatabase, user: str = "agent1") -> list[Row]:
    """Beside these the web variables, type, limit, and both calls of today."""
    return in_group_ranks(db, user, _ALL_OF_IN_GROUP)


def rank_log(login: str, rank: object, grade: object, rows: int, limit: str) -> tuple[str, ...]:
    """What the log of changes says of ranks; `""` stands for what was not given."""
    notes = f"user: {login}   rank: {rank}   grade: {grade}   rows: {rows}   limit: {limit}"
    return ("USERS", "MODIFY", login, "ADMIN API UPDATE USER RANK", notes)
