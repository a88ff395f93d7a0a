"""Calls of a window, counted by what they belong to and how they ended.

Reads vicidial_log, vicidial_log_archive, vicidial_closer_log, vicidial_closer_log_archive.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from enum import Enum
from typing import NamedTuple

from dialkit.db import Queries, Row
from dialkit.sql import identifier

from svc_reports.archives import log_table
from svc_reports.conditions import among, every, within
from svc_reports.lengths import COUNTED, Counted
from svc_reports.ranges import Range
from svc_reports.windows import filled_windows

_DATE = "call_date"


class Log(Enum):
    """A log, named for the kind of its groups in answers."""

    OUTBOUND = "campaign"
    INBOUND = "ingroup"


class Selection(NamedTuple):
    """Which calls of a log are counted: those of all groups, statuses, users where it has None."""

    log: Log
    archived: bool
    groups: list[str] | None
    statuses: list[str] | None = None
    users: list[str] | None = None

    @property
    def table(self) -> str:
        """The log's table, or its archive."""
        if self.log is Log.OUTBOUND:
            return log_table("vicidial_log", self.archived)
        return log_table("vicidial_closer_log", self.archived)

    @property
    def is_empty(self) -> bool:
        """Whether no call can be one of them."""
        return [] in (self.groups, self.statuses, self.users)

    async def windows(self, db: Queries, span: Range, width_s: int) -> AsyncIterator[Range]:
        """Windows of the part of the range that has calls; none where none can be counted."""
        if not self.is_empty:
            async for window in filled_windows(db, self.table, _DATE, span, width_s):
                yield window


class HourCount(NamedTuple):
    """Calls of a group that began in an hour of the day and ended with a status."""

    group: str | None
    status: str | None
    hour: int
    counted: Counted


class UserCount(NamedTuple):
    """Calls of a group that ended with a status; of one user, where users are told apart."""

    group: str | None
    status: str | None
    user: str | None
    calls: int


async def count_by_hour(db: Queries, selection: Selection, window: Range) -> list[HourCount]:
    """The calls of a window (index call_date)."""
    rows = await _counts(
        db,
        selection,
        window,
        by=("campaign_id", "status", "HOUR(call_date)"),
        counted=COUNTED,
    )
    return [HourCount._make([*row[:3], Counted(*row[3:])]) for row in rows]


async def count_by_user(
    db: Queries, selection: Selection, window: Range, *, by_user: bool
) -> list[UserCount]:
    """The calls of a window (index call_date), those of all users together unless `by_user`."""
    by = ("campaign_id", "status", "user") if by_user else ("campaign_id", "status")
    counted = "COUNT(*)" if by_user else "NULL, COUNT(*)"
    return [UserCount(*row) for row in await _counts(db, selection, window, by=by, counted=counted)]


async def _counts(
    db: Queries, selection: Selection, window: Range, *, by: Sequence[str], counted: str
) -> list[Row]:
    where = every(
        within(_DATE, window),
        *among(campaign_id=selection.groups, status=selection.statuses, user=selection.users),
    )
    return await db.fetch_wide(
        f"{', '.join(by)}, {counted}",
        f"FROM {identifier(selection.table)} WHERE {where.sql} GROUP BY {', '.join(by)}",
        *where.values,
    )
