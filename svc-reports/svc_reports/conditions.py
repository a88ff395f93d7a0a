"""Parts of a WHERE, each with its values."""

from __future__ import annotations

from typing import Any, NamedTuple

from dialkit.sql import identifier

from svc_reports.ranges import Range


class Condition(NamedTuple):
    """A part of a WHERE, with its values."""

    sql: str
    values: tuple[Any, ...] = ()


NONE = Condition("FALSE")


def equal(**values: Any) -> list[Condition]:
    """That columns are equal to values: those that have one."""
    return [
        Condition(f"{identifier(column)} = %s", (value,))
        for column, value in values.items()
        if value is not None
    ]


def among(**lists: list[Any] | None) -> list[Condition]:
    """That columns have one of the values of a list: those that have a list."""
    return [
        Condition(f"{identifier(column)} IN %s", (values,))
        for column, values in lists.items()
        if values is not None
    ]


def within(date: str, span: Range) -> Condition:
    """That the date, a column or an expression of our own, is in the range."""
    return Condition(f"{date} >= %s AND {date} < %s", span.as_sql)


def every(*conditions: Condition) -> Condition:
    """That all of them are met."""
    sql = " AND ".join(condition.sql for condition in conditions) or "TRUE"
    return Condition(sql, tuple(value for condition in conditions for value in condition.values))
