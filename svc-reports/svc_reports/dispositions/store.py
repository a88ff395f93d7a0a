"""Counts of outbound calls by campaign, list and status.

Reads vicidial_log, vicidial_log_archive, vicidial_campaigns, vicidial_lists.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from dialkit.db import Queries
from dialkit.sql import identifier

from svc_reports.archives import log_table
from svc_reports.ranges import Range


class Counted(NamedTuple):
    """Calls of a group that ended with a status: how many, how long, how many have a length."""

    campaign_id: str | None
    list_id: int | None
    status: str | None
    calls: int
    length_s: int | None
    with_length: int


class Asked(NamedTuple):
    """The log or its archive, what to group by (`campaign_id`, `list_id`), what to select."""

    archived: str
    groups: Collection[str]
    campaign_id: str | None
    list_id: int | None

    @property
    def table(self) -> str:
        """The log's table, or its archive."""
        return log_table("vicidial_log", self.archived)


async def find_newest(db: Queries, table: str) -> str | None:
    """The newest `call_date`, by the end of its index; None where no row has one."""
    sql = f"SELECT MAX(call_date) FROM {identifier(table)} WHERE call_date >= '1000-01-01'"  # noqa: S608
    newest: str | None = await db.fetch_value(sql)
    return newest


async def count_calls(db: Queries, asked: Asked, window: Range) -> list[Counted]:
    """The calls of a window."""
    columns = [
        identifier(column) if column in asked.groups else "NULL"
        for column in ("campaign_id", "list_id")
    ]
    filters = {"campaign_id": asked.campaign_id, "list_id": asked.list_id}
    given = {column: value for column, value in filters.items() if value is not None}
    where = "".join(f" AND {identifier(column)} = %s" for column in given)
    rows = await db.fetch_wide(
        f"{', '.join(columns)}, status, COUNT(*), SUM(length_in_sec), COUNT(length_in_sec)",
        f"FROM {identifier(asked.table)} WHERE call_date >= %s AND call_date < %s{where}"
        f" GROUP BY {', '.join(map(identifier, (*asked.groups, 'status')))}",
        *window.as_sql,
        *given.values(),
    )
    return [Counted(*row) for row in rows]


async def campaign_names(db: Queries, ids: Sequence[str]) -> list[tuple[str, Any]]:
    """Id and name of the campaigns that are there."""
    sql = "SELECT campaign_id, campaign_name FROM vicidial_campaigns WHERE campaign_id IN %s"
    return [(row[0], row[1]) for row in await db.fetch_all(sql, list(ids))]


async def list_names(db: Queries, ids: Sequence[int]) -> dict[int, Any]:
    """The names of the lists that are there."""
    sql = "SELECT list_id, list_name FROM vicidial_lists WHERE list_id IN %s"
    return dict(await db.fetch_all(sql, list(ids)))
