"""Which calls come to a user first: ranks and grades (contract: "Writing ranks")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.journal import Journal

from svc_users.users import ranks_store as store
from svc_users.users.ranks_store import Rank


def ranks_of(fields: Mapping[str, Any]) -> list[Rank]:
    """What the fields say of the campaigns, and of the in-groups."""
    campaigns = Rank(
        store.CAMPAIGNS,
        fields.get("campaign_rank"),
        fields.get("campaign_grade"),
        _limit(fields, "campaign_id", "camp_rg_only"),
    )
    in_groups = Rank(
        store.IN_GROUPS,
        fields.get("ingroup_rank"),
        fields.get("ingroup_grade"),
        _limit(fields, "group_id", "ingrp_rg_only"),
    )
    return [rank for rank in (campaigns, in_groups) if rank.values]


async def write(journal: Journal, login: str, rank: Rank) -> None:
    """Write the rows of a rank and its live session. The log row is the caller's."""
    await store.write_rows(journal, login, rank)
    await store.change_session(journal, login, rank)


async def log(journal: Journal, login: str, rank: Rank) -> None:
    """Write the log row of a rank that was written."""
    said = {"user": login, "rank": rank.rank, "grade": rank.grade,
            "rows": await store.count_rows(journal, rank), "limit": rank.limit}  # fmt: skip
    notes = "   ".join(f"{name}: {'' if value is None else value}" for name, value in said.items())
    await journal.log("USERS", "MODIFY", login, "ADMIN API UPDATE USER RANK", notes)


def _limit(fields: Mapping[str, Any], limit: str, switch: str) -> str | None:
    return fields.get(limit) if fields.get(switch, "1") == "1" else None
