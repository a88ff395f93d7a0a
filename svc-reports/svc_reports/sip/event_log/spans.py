"""Which tables of SIP events hold rows of a range (contract: reports.md, endpoint 10, step 2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from dialkit.db import Row

from svc_reports.ranges import Range, sql_time
from svc_reports.row_lists.keyset import LogTable
from svc_reports.sip.event_log.store import ROLLED

ALL_DATES = Range(datetime.fromisoformat("1000-01-01"), datetime.fromisoformat("9999-12-30"))
_ZERO = "0000"
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
    if first is None or last is None or first.startswith(_ZERO) or last.startswith(_ZERO):
        return None
    return Range.of_seconds(first, last)


def parts_of(span: Range, rolled: Iterable[Row]) -> list[Part]:
    """The rolled tables that hold rows of the range, the newest first; `rolled`: `list_rolled`."""
    parts = [
        Part(ROLLED[wday], part)
        for wday, first, last in rolled
        if (noted := held(first, last)) and (part := _with_late(noted).overlap(span))
    ]
    return sorted(parts, key=lambda part: part.span.end, reverse=True)


def _with_late(noted: Range) -> Range:
    return Range(noted.start - _LATE, noted.end + _LATE)
