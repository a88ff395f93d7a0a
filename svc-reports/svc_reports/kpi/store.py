"""Counts of outbound calls by campaign, list and status.

Reads vicidial_log, vicidial_log_archive, vicidial_campaigns, vicidial_lists.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from dialkit.db import Queries
from dialkit.sql import identifier

from svc_reports.archives import log_table
from svc_reports.conditions import equal, every, within
from svc_reports.lengths import COUNTED, Counted
from svc_reports.ranges import Range

DATE = "call_date"


class Asked(NamedTuple):
    """The log or its archive, what to group by (`campaign_id`, `list_id`), what to select."""

    archived: bool
    groups: Collection[str]
    campaign_id: str | None
    list_id: int | None

    @property
    def table(self) -> str:
        """The log's table, or its archive."""
        return log_table("vicidial_log", self.archived)


class Ended(NamedTuple):
    """Calls of a group that ended with a status."""

    campaign_id: str | None
    list_id: int | None
    status: str | None
    counted: Counted


async def count_calls(db: Queries, asked: Asked, window: Range) -> list[Ended]:
    """The calls of a window (index call_date)."""
    columns = [
        identifier(column) if column in asked.groups else "NULL"
        for column in ("campaign_id", "list_id")
    ]
    asked_for = equal(campaign_id=asked.campaign_id, list_id=asked.list_id)
    where = every(within(DATE, window), *asked_for)
    rows = await db.fetch_wide(
        f"{', '.join(columns)}, status, {COUNTED}",
        f"FROM {identifier(asked.table)} WHERE {where.sql}"
        f" GROUP BY {', '.join(map(identifier, (*asked.groups, 'status')))}",
        *where.values,
    )
    return [Ended._make([*row[:3], Counted(*row[3:])]) for row in rows]


async def campaign_names(db: Queries, ids: Sequence[str]) -> list[tuple[str, Any]]:
    """Id and name of the campaigns that are there."""
    sql = "SELECT campaign_id, campaign_name FROM vicidial_campaigns WHERE campaign_id IN %s"
    return [(row[0], row[1]) for row in await db.fetch_all(sql, list(ids))]


async def list_names(db: Queries, ids: Sequence[int]) -> dict[int, Any]:
    """The names of the lists that are there."""
    sql = "SELECT list_id, list_name FROM vicidial_lists WHERE list_id IN %s"
    return dict(await db.fetch_all(sql, list(ids)))
