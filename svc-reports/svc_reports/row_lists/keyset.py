"""Rows of a log table after a key, in the order of that key (contract: C4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from dialkit.db import Queries, Row
from dialkit.sql import identifier

from svc_reports.ranges import Range
from svc_reports.row_lists.listing import Key


class Condition(NamedTuple):
    """A part of a WHERE, with its values."""

    sql: str
    values: tuple[Any, ...]


@dataclass(frozen=True)
class LogTable:
    """A log table: what is read of it, and the key that its order goes by, a date first."""

    name: str
    columns: Sequence[str]
    order: Sequence[str]
    descending: bool = False

    def key(self, row: Row) -> Key:
        """The key of a row."""
        return tuple(row[self.columns.index(column)] for column in self.order)

    def within(self, span: Range) -> Condition:
        """That the date is in the range."""
        date = identifier(self.order[0])
        return Condition(f"{date} >= %s AND {date} < %s", span.as_sql)

    async def read(
        self, db: Queries, conditions: Sequence[Condition], after: Key | None, limit: int
    ) -> list[Row]:
        """Rows that meet all conditions, after the key."""
        if after is not None:
            conditions = [*conditions, self._after(after)]
        direction = " DESC" if self.descending else ""
        return await db.fetch_wide(
            ", ".join(map(identifier, self.columns)),
            f"FROM {identifier(self.name)}"
            f" WHERE {' AND '.join(condition.sql for condition in conditions)}"
            f" ORDER BY {', '.join(identifier(name) + direction for name in self.order)}"
            " LIMIT %s",
            *(value for condition in conditions for value in condition.values),
            limit,
        )

    def _after(self, key: Key) -> Condition:
        """The date alone comes first: an index on it serves that part."""
        sign = "<" if self.descending else ">"
        date, *rest = map(identifier, self.order)
        later, values = "FALSE", tuple[Any, ...]()
        for column, value in reversed(list(zip(rest, key[1:], strict=True))):
            later = f"{column} {sign} %s OR ({column} = %s AND ({later}))"
            values = (value, value, *values)
        sql = f"{date} {sign}= %s AND ({date} {sign} %s OR {later})"
        return Condition(sql, (key[0], key[0], *values))


def equal(**values: Any) -> list[Condition]:
    """That columns are equal to values: those that have one."""
    return [
        Condition(f"{identifier(column)} = %s", (value,))
        for column, value in values.items()
        if value is not None
    ]
