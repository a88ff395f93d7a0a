"""Calls of phone numbers, of both directions in one order, as they leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dialkit.clock import Clock
from dialkit.db import Queries, Row

from svc_reports.phone_logs import store
from svc_reports.phone_logs.finding import Found
from svc_reports.phone_logs.store import IN, Call
from svc_reports.ranges import Range
from svc_reports.row_lists.listing import Key, Listing


class AllCalls(Listing):
    """All calls of the numbers, the newest first."""

    fields = Call._fields

    def __init__(
        self,
        db: Queries,
        clock: Clock,
        found: Found,
        numbers: list[str],
        span: Range | None,
        *,
        archived_lead: bool,
    ) -> None:
        self.span, self.headers = span, found.headers
        self._from_sql, self._db = clock.from_sql, db
        self._sources, self._numbers = found.sources, numbers
        self._archived_lead = archived_lead

    async def rows(self, after: Key | None, limit: int) -> list[Row]:
        """The next calls after that key, or the first; fewer than `limit` only at the end."""
        found = list[Call]()
        for source in self._sources:
            calls = await store.list_calls(
                self._db, source, [self._numbers], self.span, after=after, limit=limit
            )
            found = _newest_first([*found, *calls])[:limit]
        return list(found)

    def key(self, row: Row) -> Key:
        """What the order goes by."""
        return Call._make(row).key

    async def shown(self, rows: Sequence[Row]) -> list[Row]:
        """The calls, with their date in UTC and what is known of their leads."""
        calls = list(map(Call._make, rows))
        ids = (call.lead_id for call in calls)
        leads = await store.find_leads(self._db, ids, self._archived_lead)
        return [
            call._replace(
                call_date=self._from_sql(call.call_date, call.start_epoch),
                **leads.get(call.lead_id, {}),
            )
            for call in calls
        ]


class LastCalls(AllCalls):
    """Of each number and direction the newest call: they are few, and read whole."""

    async def rows(self, after: Key | None, limit: int) -> list[Row]:
        """The next calls after that key, or the first; fewer than `limit` only at the end."""
        each = [[number] for number in self._numbers]
        found = list[Call]()
        for source in self._sources:
            found += await store.list_calls(self._db, source, each, self.span, limit=1)
        oldest_first = reversed(_newest_first(found))
        newest = {(call.phone_number, call.call_type): call for call in oldest_first}
        calls = [
            call
            for call in _newest_first(newest.values())
            if after is None or _place(call.key) < _place(after)
        ]
        return list(calls[:limit])


def _newest_first(calls: Iterable[Call]) -> list[Call]:
    return sorted(calls, key=lambda call: _place(call.key), reverse=True)


def _place(key: Key) -> tuple[Any, ...]:
    """Where a call stands among others, from the oldest: at the same time OUT before IN."""
    date, call_type, tie = key
    return date, call_type == IN, tie
