"""Rows of the SIP events, as they leave, from all tables that hold some."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dialkit.clock import Clock
from dialkit.db import Queries, Row

from svc_reports.conditions import Condition
from svc_reports.ranges import Range
from svc_reports.row_lists.listing import Key, Listing
from svc_reports.row_lists.windowed import WholeRows, WindowedRows, rows_of
from svc_reports.sip.event_log.spans import ALL_DATES, Part, parts_of
from svc_reports.sip.event_log.store import COLUMNS, DATE, LIVE, ROLLED, list_rolled

_DATE = COLUMNS.index(DATE)
_TO_SECONDS = len("2025-01-08 10:30:00")
# What makes two rows one, and their order.
_IDENTITY = [COLUMNS.index(name) for name in (DATE, "sip_event_id", "caller_code", "sip_event")]


class EventLog(Listing):
    """Rows of the SIP events, the newest first, of a range or of all times."""

    fields = COLUMNS

    def __init__(
        self,
        db: Queries,
        clock: Clock,
        span: Range | None,
        *,
        widest_s: int | None,
        conditions: Sequence[Condition],
    ) -> None:
        self.span, self._db, self._clock = span, db, clock
        self._widest_s, self._conditions = widest_s, conditions
        # What windows of a part fit a page is remembered from page to page.
        self._walks: dict[Part, WindowedRows | WholeRows] = {}

    async def rows(self, after: Key | None, limit: int) -> list[Row]:
        """The next rows after that key, or the first; fewer than `limit` only at the end."""
        found = await self._read(Part(LIVE, self.span or ALL_DATES), after, limit)
        # Looked up after that: what a roll takes out of the live table meanwhile is in one of them.
        for part in await self._rolled():
            newer = sum(row[_DATE] >= part.end for row in found)
            if newer == limit:
                break
            found = merged(found, await self._read(part, after, limit - newer))[:limit]
        return found

    def key(self, row: Row) -> Key:
        """What the order goes by."""
        return LIVE.key(row)

    async def shown(self, rows: Sequence[Row]) -> list[Row]:
        """The rows, with their date in UTC."""
        return [(*row[:_DATE], self._in_utc(row[_DATE]), *row[_DATE + 1 :]) for row in rows]

    async def _read(self, part: Part, after: Key | None, limit: int) -> list[Row]:
        if part not in self._walks:
            self._walks[part] = rows_of(
                self._db, *part, widest_s=self._widest_s, conditions=self._conditions
            )
        return await self._walks[part].rows(after, limit)

    async def _rolled(self) -> list[Part]:
        if self.span is None:
            return [Part(table, ALL_DATES) for table in ROLLED]
        return parts_of(self.span, await list_rolled(self._db))

    def _in_utc(self, date: str) -> str | None:
        """With its fraction, which other dates have not."""
        utc = self._clock.from_sql(date[:_TO_SECONDS])
        return utc and f"{utc[:-1]}{date[_TO_SECONDS:]}Z"


def merged(rows: Iterable[Row], others: Iterable[Row]) -> list[Row]:
    """Rows of two tables, the newest first; what stands in both comes once."""
    by_identity = {_identity(row): row for row in (*rows, *others)}
    return [by_identity[identity] for identity in sorted(by_identity, reverse=True)]


def _identity(row: Row) -> tuple[Any, ...]:
    # An event that is NULL has its place in the order too.
    return tuple(row[place] or "" for place in _IDENTITY)
