"""Which tables of SIP events hold rows of a range (contract: reports.md, endpoint 10, step 2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from dialkit.db import Row

from svc_reports.ranges import Range, sql_time
from svc_reports.row_lists.keyset import LogTable
from svc_reports.sip.event_log.store import ROLLED

# Of what has a date at all.
ALWAYS = Range(datetime.fromisoformat("1000-01-01"), datetime.fromisoformat("9999-12-30"))
_ZERO = "0000"
_SECOND = timedelta(seconds=1)
# VICIdial notes the dates of the first and the last id: what servers log late is beyond them.
_LATE = timedelta(hours=1)


class Part(NamedTuple):
    """A table, and the range of its rows that is meant."""

    table: LogTable
    span: Range

    @property
    def end(self) -> str:
        """The first moment after it, as the database writes it."""
        return sql_time(self.span.end)


def held(first: str | None, last: str | None) -> Range | None:
    """The seconds from a date to another; None for NULL and zeros, which empty tables have."""
    if any(date is None or date.startswith(_ZERO) for date in (first, last)):
        return None
    start, end = (
        datetime.fromisoformat(str(date)).replace(microsecond=0) for date in (first, last)
    )
    return Range(start, end + _SECOND)


def shared(one: Range | None, other: Range) -> Range | None:
    """What is in both ranges; None where nothing is."""
    if one is None:
        return None
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Range(start, end) if start < end else None


def parts_of(span: Range, rolled: Iterable[Row]) -> list[Part]:
    """The rolled tables that hold rows of the range, the newest first; `rolled`: `list_rolled`."""
    parts = [
        Part(ROLLED[wday], part)
        for wday, first, last in rolled
        if (part := shared(_with_late(held(first, last)), span)) is not None
    ]
    return sorted(parts, key=lambda part: part.span.end, reverse=True)


def _with_late(noted: Range | None) -> Range | None:
    return noted and Range(noted.start - _LATE, noted.end + _LATE)
