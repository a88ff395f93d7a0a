"""SQL of ranks and grades: a row for each campaign or in-group, and the live session's.

Writes vicidial_campaign_agents, vicidial_inbound_group_agents, vicidial_live_agents,
vicidial_live_inbound_agents; reads vicidial_campaigns, vicidial_inbound_groups.
"""

from __future__ import annotations

from dialkit.db import Queries
from dialkit.sql import assignments

from svc_users.ranks.kinds import CAMPAIGNS, IN_GROUPS, Rank

_WRITE = {
    CAMPAIGNS: """
        INSERT INTO vicidial_campaign_agents (user, campaign_id, {columns})
        SELECT %s, campaign_id, {places} FROM vicidial_campaigns{limit}
        ON DUPLICATE KEY UPDATE {changes}
    """,
    IN_GROUPS: """
        INSERT INTO vicidial_inbound_group_agents (user, group_id, {columns})
        SELECT %s, group_id, {places} FROM vicidial_inbound_groups{limit}
        ON DUPLICATE KEY UPDATE {changes}
    """,
}
_CHANGE_SESSION = {
    CAMPAIGNS: "UPDATE vicidial_live_agents SET {changes} WHERE user = %s{limit}",
    IN_GROUPS: "UPDATE vicidial_live_inbound_agents SET {changes} WHERE user = %s{limit}",
}
_COUNT = {
    CAMPAIGNS: "SELECT COUNT(*) FROM vicidial_campaigns{limit}",
    IN_GROUPS: "SELECT COUNT(*) FROM vicidial_inbound_groups{limit}",
}
# What a copy takes along, and what begins anew with it.
_CAMPAIGN_COLUMNS = (
    "campaign_id", "campaign_rank", "campaign_weight", "campaign_grade", "group_web_vars",
)  # fmt: skip
_CAMPAIGN_COUNTERS = ("calls_today", "hopper_calls_today", "hopper_calls_hour")
_IN_GROUP_COLUMNS = (
    "group_id", "group_rank", "group_weight", "group_grade", "group_type", "group_web_vars",
    "daily_limit",
)  # fmt: skip
_IN_GROUP_COUNTERS = ("calls_today", "calls_today_filtered")


async def write_rows(db: Queries, login: str, rank: Rank) -> None:
    """Set what is given in the user's rows; those that are missing are made."""
    values = rank.values
    limit, limits = rank.limited("WHERE")
    sql = _WRITE[rank.kind].format(
        columns=", ".join(values),
        places=", ".join(["%s"] * len(values)),
        limit=limit,
        changes=assignments(values),
    )
    await db.execute(sql, login, *values.values(), *limits, *values.values())


async def change_session(db: Queries, login: str, rank: Rank) -> None:
    """Set what is given in the session of a user who is logged in."""
    values = rank.session_values
    limit, limits = rank.limited("AND")
    sql = _CHANGE_SESSION[rank.kind].format(changes=assignments(values), limit=limit)
    await db.execute(sql, *values.values(), login, *limits)


async def count_rows(db: Queries, rank: Rank) -> int:
    """How many campaigns or in-groups it is for."""
    limit, limits = rank.limited("WHERE")
    return int(await db.fetch_value(_COUNT[rank.kind].format(limit=limit), *limits))


async def has_ranks(db: Queries, login: str) -> bool:
    """Whether there are rows of that login."""
    sql = """
        SELECT 1 FROM vicidial_inbound_group_agents WHERE user = %s
        UNION ALL SELECT 1 FROM vicidial_campaign_agents WHERE user = %s
        LIMIT 1
    """
    return bool(await db.fetch_value(sql, login, login))


async def copy_campaign_ranks(db: Queries, source: str, login: str) -> int:
    """Copy the rows of campaigns, without the calls of today; how many."""
    # Not INSERT ... SELECT: on InnoDB it locks the gap that another copy may insert into.
    columns = ", ".join(_CAMPAIGN_COLUMNS)
    sql = f"SELECT {columns} FROM vicidial_campaign_agents WHERE user = %s"  # noqa: S608
    ranks = await db.fetch_all(sql, source)
    if ranks:
        names = ("user", *_CAMPAIGN_COUNTERS, *_CAMPAIGN_COLUMNS)
        rows = [(login, 0, 0, 0, *rank) for rank in ranks]
        await db.insert_many("vicidial_campaign_agents", names, rows)
    return len(ranks)


async def copy_in_group_ranks(db: Queries, source: str, login: str) -> int:
    """Copy the rows of in-groups, without the calls of today; how many."""
    columns = ", ".join(_IN_GROUP_COLUMNS)
    sql = f"SELECT {columns} FROM vicidial_inbound_group_agents WHERE user = %s"  # noqa: S608
    ranks = await db.fetch_all(sql, source)
    if ranks:
        names = ("user", *_IN_GROUP_COUNTERS, *_IN_GROUP_COLUMNS)
        rows = [(login, 0, 0, *rank) for rank in ranks]
        await db.insert_many("vicidial_inbound_group_agents", names, rows)
    return len(ranks)


async def delete_campaign_ranks(db: Queries, login: str) -> None:
    """Delete the rows of campaigns."""
    await db.execute("DELETE FROM vicidial_campaign_agents WHERE user = %s", login)


async def delete_in_group_ranks(db: Queries, login: str) -> None:
    """Delete the rows of in-groups."""
    await db.execute("DELETE FROM vicidial_inbound_group_agents WHERE user = %s", login)
