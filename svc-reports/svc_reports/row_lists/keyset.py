"""Rows of a log table after a key, in the order of that key (contract: reports.md, C4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dialkit.clock import Clock
from dialkit.db import Queries, Row
from dialkit.sql import identifier

from svc_reports.conditions import Condition, every, within
from svc_reports.ranges import Range
from svc_reports.row_lists.cursors import NO_DATE
from svc_reports.row_lists.listing import Key


@dataclass(frozen=True)
class LogTable:
    """A log table: what is read of it, and the key that its order goes by, a date first.

    `epoch` is the column that says of a date in the hour that comes twice which it is. Rows that
    may be found without a range may have no date: with `dateless` these come last.
    """

    name: str
    columns: Sequence[str]
    order: Sequence[str]
    descending: bool = False
    epoch: str | None = None
    dateless: bool = False

    def key(self, row: Row) -> Key:
        """The key of a row."""
        return tuple(row[self.columns.index(column)] for column in self.order)

    def within(self, span: Range) -> Condition:
        """That the date is in the range."""
        return within(self._date, span)

    async def read(
        self, db: Queries, conditions: Sequence[Condition], after: Key | None, limit: int
    ) -> list[Row]:
        """Rows that meet all conditions, after the key."""
        where = every(*conditions, *([] if after is None else [self._after(after)]))
        direction = " DESC" if self.descending else ""
        return await db.fetch_wide(
            ", ".join(map(self._sql, self.columns)),
            f"FROM {identifier(self.name)} WHERE {where.sql}"
            f" ORDER BY {', '.join(self._sql(name) + direction for name in self.order)} LIMIT %s",
            *where.values,
            limit,
        )

    def in_utc(self, rows: Sequence[Row], clock: Clock) -> list[Row]:
        """The rows with their date as it leaves."""
        date = self.columns.index(self.order[0])
        if self.epoch is None:
            shown = [clock.from_sql(row[date]) for row in rows]
        else:
            epoch = self.columns.index(self.epoch)
            shown = [clock.from_sql(row[date], row[epoch]) for row in rows]
        return [(*row[:date], utc, *row[date + 1 :]) for row, utc in zip(rows, shown, strict=True)]

    @property
    def _date(self) -> str:
        return self._sql(self.order[0])

    def _sql(self, column: str) -> str:
        name = identifier(column)
        if self.dateless and column == self.order[0]:
            return f"COALESCE({name}, '{NO_DATE}')"
        return name

    def _after(self, key: Key) -> Condition:
        """`date >= d AND (date > d OR b > x OR (b = x AND ...))`: for an index on the date."""
        sign = "<" if self.descending else ">"
        date, *rest = map(self._sql, self.order)
        later, values = "FALSE", tuple[Any, ...]()
        for column, value in reversed(list(zip(rest, key[1:], strict=True))):
            later = f"{column} {sign} %s OR ({column} = %s AND ({later}))"
            values = (value, value, *values)
        sql = f"{date} {sign}= %s AND ({date} {sign} %s OR {later})"
        return Condition(sql, (key[0], key[0], *values))
