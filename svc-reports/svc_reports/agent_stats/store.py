"""Records of what agents did, and their sums.

Reads vicidial_agent_log, vicidial_agent_log_archive, vicidial_users.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dialkit.db import Queries
from dialkit.sql import identifier

from svc_reports.archives import log_table
from svc_reports.conditions import Condition, every
from svc_reports.ranges import Range
from svc_reports.row_lists.keyset import LogTable

DATE = "event_time"
_EVENT_COLUMNS = (
    "agent_log_id", "user", "event_time", "campaign_id", "lead_id", "pause_epoch", "pause_sec",
    "wait_epoch", "wait_sec", "talk_epoch", "talk_sec", "dispo_epoch", "dispo_sec", "dead_epoch",
    "dead_sec", "status", "sub_status", "pause_type", "user_group", "comments", "uniqueid",
    "server_ip",
)  # fmt: skip
_SUMS = """
    COALESCE(SUM(lead_id > 0), 0), COUNT(pause_sec), COALESCE(SUM(sub_status = 'LOGIN'), 0),
    COALESCE(SUM(pause_sec), 0), COALESCE(SUM(wait_sec), 0), COALESCE(SUM(talk_sec), 0),
    COALESCE(SUM(dispo_sec), 0), COALESCE(SUM(dead_sec), 0), MIN(pause_epoch),
    MAX(pause_epoch + COALESCE(pause_sec, 0) + COALESCE(wait_sec, 0) + COALESCE(talk_sec, 0)
        + COALESCE(dispo_sec, 0))
"""


class Sums(NamedTuple):
    """What an agent did in a window: counts, seconds, and the first and last epoch if known."""

    campaign_id: str | None
    user: str | None
    calls: int
    pauses: int
    logins: int
    pause_s: int
    wait_s: int
    talk_s: int
    dispo_s: int
    dead_s: int
    first_epoch: int | None
    last_epoch: int | None


class Agent(NamedTuple):
    """A user as the answer shows it."""

    user: str
    full_name: str | None
    user_group: str | None


def agent_log(archived: bool) -> LogTable:
    """The log, or its archive, the oldest record first."""
    return LogTable(
        log_table("vicidial_agent_log", archived),
        _EVENT_COLUMNS,
        order=(DATE, "agent_log_id"),
        epoch="pause_epoch",
    )


async def sum_up(
    db: Queries,
    table: LogTable,
    window: Range,
    conditions: Sequence[Condition],
    *,
    by_campaign: bool,
) -> list[Sums]:
    """What each agent did in a window (index event_time); with `by_campaign` in each campaign."""
    where = every(table.within(window), *conditions)
    rows = await db.fetch_wide(
        f"{'campaign_id' if by_campaign else 'NULL'}, user, {_SUMS}",
        f"FROM {identifier(table.name)} WHERE {where.sql}"
        f" GROUP BY {'campaign_id, ' if by_campaign else ''}user",
        *where.values,
    )
    return [Sums(*row) for row in rows]


async def find_agents(db: Queries, users: Sequence[str]) -> list[Agent]:
    """The users that are there."""
    sql = "SELECT user, full_name, user_group FROM vicidial_users WHERE user IN %s"
    return [Agent(*row) for row in await db.fetch_all(sql, list(users))]
