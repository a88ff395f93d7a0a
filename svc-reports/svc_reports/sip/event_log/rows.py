"""Rows of the SIP events, as they leave, from all tables that hold some."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dialkit.clock import Clock
from dialkit.db import Queries, Row

from svc_reports.ranges import Range
from svc_reports.row_lists import Key, Listing
from svc_reports.sip.event_log.reading import Reading
from svc_reports.sip.event_log.spans import ALWAYS, Part, parts_of
from svc_reports.sip.event_log.store import COLUMNS, EVENT_DATE, LIVE, ROLLED, list_rolled

_TO_SECONDS = len("2025-01-08 10:30:00")
# What makes two rows one, and their order.
_IDENTITY = [
    COLUMNS.index(name) for name in ("event_date", "sip_event_id", "caller_code", "sip_event")
]


class EventLog(Listing):
    """Rows of the SIP events, the newest first; `live` is the part of the live table."""

    fields = COLUMNS

    def __init__(
        self, clock: Clock, db: Queries, span: Range | None, *, live: Part, read: Reading
    ) -> None:
        self.span, self._clock, self._db = span, clock, db
        self._live, self._read = live, read

    async def rows(self, after: Key | None, limit: int) -> list[Row]:
        """The next rows after that key, or the first; fewer than `limit` only at the end."""
        found = await self._read(self._live, after, limit)
        # Looked up after that: what a roll takes out of the live table meanwhile is in one of them.
        for part in await self._rolled():
            newer = sum(row[EVENT_DATE] >= part.end for row in found)
            if newer == limit:
                break
            found = merged(found, await self._read(part, after, limit - newer))[:limit]
        return found

    def key(self, row: Row) -> Key:
        """What the order goes by."""
        return LIVE.key(row)

    async def shown(self, rows: Sequence[Row]) -> list[Row]:
        """The rows, with their date in UTC."""
        return [
            (*row[:EVENT_DATE], self._in_utc(row[EVENT_DATE]), *row[EVENT_DATE + 1 :])
            for row in rows
        ]

    async def _rolled(self) -> list[Part]:
        if self.span is None:
            return [Part(table, ALWAYS) for table in ROLLED]
        return parts_of(self.span, await list_rolled(self._db))

    def _in_utc(self, date: str) -> str | None:
        utc = self._clock.from_sql(date[:_TO_SECONDS])
        return utc and f"{utc[:-1]}{date[_TO_SECONDS:]}Z"


def merged(rows: Iterable[Row], others: Iterable[Row]) -> list[Row]:
    """Rows of two tables, the newest first; what stands in both comes once."""
    by_identity = {_identity(row): row for row in (*rows, *others)}
    return [by_identity[identity] for identity in sorted(by_identity, reverse=True)]


def _identity(row: Row) -> tuple[Any, ...]:
    # An event that is NULL has its place in the order too.
    return tuple(row[place] or "" for place in _IDENTITY)
