"""A range walked in windows that one statement reads (contract: reports.md, C3)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta

from dialkit.db import Queries
from dialkit.sql import identifier

from svc_reports.ranges import Range

_SECOND = timedelta(seconds=1)


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
    sql = (
        f"SELECT MIN({name}), MAX({name}) FROM {identifier(table)}"  # noqa: S608
        f" WHERE {name} >= %s AND {name} < %s"
    )
    (ends,) = await db.fetch_all(sql, *span.as_sql)
    oldest, newest = (end and datetime.fromisoformat(end).replace(microsecond=0) for end in ends)
    return span._replace(end=span.start) if oldest is None else Range(oldest, newest + _SECOND)


async def filled_windows(
    db: Queries, table: str, column: str, span: Range, width_s: int
) -> AsyncIterator[Range]:
    """Windows of the part of the range that has rows."""
    for window in windows(await filled(db, table, column, span), width_s):
        yield window
