"""SQL of copying a user and the user's ranks.

Writes vicidial_users, vicidial_campaign_agents, vicidial_inbound_group_agents.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.db import Queries
from dialkit.sql import identifier

# What is personal, secret or the database's own (contract: "What is copied").
_NOT_COPIED = {
    "user_id", "modify_stamp", "user", "pass", "pass_hash", "full_name", "shift_override_flag",
    "failed_login_count", "failed_login_attempts_today", "failed_login_count_today",
    "failed_last_ip_today", "failed_last_type_today", "last_login_date", "last_ip",
}  # fmt: skip
_IN_GROUP_RANK = (
    "group_id", "group_rank", "group_weight", "group_grade", "group_type", "group_web_vars",
    "daily_limit",
)  # fmt: skip
_CAMPAIGN_RANK = (
    "campaign_id", "campaign_rank", "campaign_weight", "campaign_grade", "group_web_vars",
)  # fmt: skip


async def has_ranks(db: Queries, login: str) -> bool:
    """Whether there are ranks of that login."""
    sql = """
        SELECT 1 FROM vicidial_inbound_group_agents WHERE user = %s
        UNION ALL SELECT 1 FROM vicidial_campaign_agents WHERE user = %s
        LIMIT 1
    """
    return bool(await db.fetch_value(sql, login, login))


async def copy_in_group_ranks(db: Queries, source: str, login: str) -> int:
    """Copy the ranks of in-groups, without the calls of today; how many."""
    # Not INSERT ... SELECT: on InnoDB it locks the gap that another copy may insert into.
    sql = f"""
        SELECT {", ".join(_IN_GROUP_RANK)} FROM vicidial_inbound_group_agents WHERE user = %s
    """  # noqa: S608
    ranks = await db.fetch_all(sql, source)
    if ranks:
        columns = ("user", "calls_today", "calls_today_filtered", *_IN_GROUP_RANK)
        rows = [(login, 0, 0, *rank) for rank in ranks]
        await db.insert_many("vicidial_inbound_group_agents", columns, rows)
    return len(ranks)


async def copy_campaign_ranks(db: Queries, source: str, login: str) -> int:
    """Copy the ranks of campaigns, without the calls of today; how many."""
    sql = f"""
        SELECT {", ".join(_CAMPAIGN_RANK)} FROM vicidial_campaign_agents WHERE user = %s
    """  # noqa: S608
    ranks = await db.fetch_all(sql, source)
    if ranks:
        counters = ("calls_today", "hopper_calls_today", "hopper_calls_hour")
        rows = [(login, 0, 0, 0, *rank) for rank in ranks]
        await db.insert_many("vicidial_campaign_agents", ("user", *counters, *_CAMPAIGN_RANK), rows)
    return len(ranks)


async def copy_user(db: Queries, source: str, columns: Mapping[str, Any]) -> int | None:
    """Copy a user's row, but with these columns; the new `user_id`, None if there is no source.

    Which columns there are, the database says: VICIdial's versions differ. Raises: DuplicateKey.
    """
    copied = [name for name in await _column_names(db) if name not in _NOT_COPIED]
    if "full_name" not in columns:
        copied.append("full_name")
    names = ", ".join(map(identifier, copied))
    sql = f"""
        INSERT INTO vicidial_users ({", ".join(map(identifier, columns))}, {names})
        SELECT {", ".join(["%s"] * len(columns))}, {names} FROM vicidial_users WHERE user = %s
    """  # noqa: S608
    result = await db.run(sql, [*columns.values(), source], read=False)
    return result.last_id if result.matched else None


async def _column_names(db: Queries) -> list[str]:
    sql = """
        SELECT column_name FROM information_schema.columns
        WHERE table_schema = DATABASE() AND table_name = 'vicidial_users'
        ORDER BY ordinal_position
    """
    return [str(name) for (name,) in await db.fetch_all(sql)]
