"""A range walked in windows that one statement reads (contract: reports.md, C3)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

from dialkit.db import Queries
from dialkit.sql import identifier

from svc_reports.conditions import within
from svc_reports.ranges import LATEST, Range


def windows(span: Range, width_s: int) -> Iterator[Range]:
    """The range from its start on, in windows of at most that width."""
    width, start = timedelta(seconds=width_s), span.start
    while start < span.end:
        end = min(start + width, span.end)
        yield Range(start, end)
        start = end


async def filled(db: Queries, table: str, column: str, span: Range) -> Range:
    """The part of the range between its oldest and its newest row, by both ends of an index.

    A live log holds the last days alone where VICIdial's archiver runs: what was before them needs
    no windows.
    """
    name = identifier(column)
    where = within(name, span)
    (ends,) = await db.fetch_all(
        f"SELECT MIN({name}), MAX({name}) FROM {identifier(table)} WHERE {where.sql}",  # noqa: S608
        *where.values,
    )
    oldest, newest = ends
    if oldest is None:
        return span._replace(end=span.start)
    try:
        return Range.of_seconds(oldest, newest)
    except ValueError:  # the day or the month of one is zero
        return span


async def filled_windows(
    db: Queries, table: str, column: str, span: Range, width_s: int
) -> AsyncIterator[Range]:
    """Windows of the part of the range that has rows."""
    for window in windows(await filled(db, table, column, span), width_s):
        yield window


async def find_newest(db: Queries, table: str, column: str) -> str | None:
    """The newest date of a table, by the end of its index; None where no row has one."""
    name = identifier(column)
    newest: str | None = await db.fetch_value(
        f"SELECT MAX({name}) FROM {identifier(table)} WHERE {name} >= %s AND {name} < %s",  # noqa: S608
        "1000-01-01",
        LATEST,
    )
    return newest
