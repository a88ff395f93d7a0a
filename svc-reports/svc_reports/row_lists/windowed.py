"""Rows of a log table: of a range window by window, or by another index (contract: C3, C4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from dialkit.clock import Clock
from dialkit.db import Queries, Row

from svc_reports.conditions import Condition
from svc_reports.ranges import Range, read_time
from svc_reports.row_lists.keyset import LogTable
from svc_reports.row_lists.listing import Key, Listing
from svc_reports.windows import filled

_SECOND = timedelta(seconds=1)


class WindowedRows:
    """Windows from the first on, each narrow enough for about a page.

    What a window holds beyond a page is read for nothing, and again for the next page.
    """

    def __init__(
        self,
        db: Queries,
        table: LogTable,
        span: Range,
        *,
        widest_s: int,
        conditions: Sequence[Condition] = (),
    ) -> None:
        self._db, self._table, self._span = db, table, span
        self._widest = self._width = timedelta(seconds=widest_s)
        self._conditions = conditions
        self._filled: Range | None = None

    async def rows(self, after: Key | None, limit: int) -> list[Row]:
        """The next rows after that key, or the first; fewer than `limit` only at the end."""
        found: list[Row] = []
        left = self._left(after, await self._find_filled())
        while left.start < left.end and len(found) < limit:
            window = self._window(left)
            conditions = [self._table.within(window), *self._conditions]
            rows = await self._table.read(self._db, conditions, after, limit - len(found))
            found += rows
            self._fit(window, rows if len(found) == limit else [])
            left = self._without(left, window)
        return found

    async def _find_filled(self) -> Range:
        if self._filled is None:
            table = self._table
            self._filled = await filled(self._db, table.name, table.order[0], self._span)
        return self._filled

    def _left(self, after: Key | None, span: Range) -> Range:
        """The part of the range that is still to be read."""
        reached = None if after is None else read_time(after[0])
        if reached is None:
            return span
        date = reached.replace(microsecond=0)
        if self._table.descending:
            return span._replace(end=min(span.end, date + _SECOND))
        return span._replace(start=max(span.start, date))

    def _window(self, left: Range) -> Range:
        if self._table.descending:
            return left._replace(start=max(left.start, left.end - self._width))
        return left._replace(end=min(left.end, left.start + self._width))

    def _without(self, left: Range, window: Range) -> Range:
        if self._table.descending:
            return left._replace(end=window.start)
        return left._replace(start=window.end)

    def _fit(self, window: Range, taken: Sequence[Row]) -> None:
        """Twice as wide as what a full page has taken of a window; wider again otherwise."""
        width = self._width
        reached = read_time(self._table.key(taken[-1])[0]) if taken else None
        if reached is not None:
            forward = reached - window.start
            width = window.end - reached if self._table.descending else forward
        self._width = min(max(2 * width, _SECOND), self._widest)


class WholeRows:
    """Rows that a selective condition finds: a page is one statement."""

    def __init__(
        self,
        db: Queries,
        table: LogTable,
        span: Range | None,
        *,
        conditions: Sequence[Condition],
    ) -> None:
        self._db, self._table = db, table
        self._conditions = [*conditions, *([] if span is None else [table.within(span)])]

    async def rows(self, after: Key | None, limit: int) -> list[Row]:
        """The next rows after that key, or the first; fewer than `limit` only at the end."""
        return await self._table.read(self._db, self._conditions, after, limit)


class LogRows(Listing):
    """Rows of one log table that meet conditions, with their date in UTC.

    By windows of `widest_s`; None where a condition is selective. `looked_up` are the fields that
    a class adds to the table's columns.
    """

    looked_up: ClassVar[Sequence[str]] = ()

    def __init__(
        self,
        db: Queries,
        clock: Clock,
        table: LogTable,
        span: Range | None,
        *,
        widest_s: int | None,
        conditions: Sequence[Condition] = (),
    ) -> None:
        self.span, self.fields = span, (*table.columns, *self.looked_up)
        self._db, self._clock, self._table = db, clock, table
        self._source = rows_of(db, table, span, widest_s=widest_s, conditions=conditions)

    async def rows(self, after: Key | None, limit: int) -> list[Row]:
        """The next rows after that key, or the first; fewer than `limit` only at the end."""
        return await self._source.rows(after, limit)

    def key(self, row: Row) -> Key:
        """What the order goes by."""
        return self._table.key(row)

    async def shown(self, rows: Sequence[Row]) -> list[Row]:
        """The rows, with their date in UTC."""
        return self._table.in_utc(rows, self._clock)


def rows_of(
    db: Queries,
    table: LogTable,
    span: Range | None,
    *,
    widest_s: int | None,
    conditions: Sequence[Condition],
) -> WindowedRows | WholeRows:
    """Rows by windows of `widest_s`; at once for None, where a condition is selective."""
    if span is None or widest_s is None:
        return WholeRows(db, table, span, conditions=conditions)
    return WindowedRows(db, table, span, widest_s=widest_s, conditions=conditions)
