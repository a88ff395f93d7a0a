"""When summer time is in force: VICIdial's names of ranges."""

from __future__ import annotations

from calendar import SUNDAY, monthrange
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

_LAST = 0


class Change(NamedTuple):
    """A change of the clocks: the first, second, ... or last Sunday of a month, at an hour."""

    sunday: int
    month: int
    hour: int


RANGES = {
    "SSM-FSN": (Change(2, 3, 2), Change(1, 11, 2)),
    "FSA-LSO": (Change(1, 4, 2), Change(_LAST, 10, 2)),
    "LSM-LSO": (Change(_LAST, 3, 1), Change(_LAST, 10, 1)),
    "LSO-LSM": (Change(_LAST, 10, 1), Change(_LAST, 3, 1)),
    "FSO-LSM": (Change(1, 10, 1), Change(_LAST, 3, 1)),
    "FSO-FSA": (Change(1, 10, 1), Change(1, 4, 2)),
    "FSO-TSM": (Change(1, 10, 1), Change(3, 3, 1)),
    "LSS-FSA": (Change(_LAST, 9, 1), Change(1, 4, 2)),
    "TSO-LSF": (Change(3, 10, 1), Change(_LAST, 2, 1)),
}


def in_summer_time(dst_range: str, standard_time: datetime) -> bool:
    """Whether summer time is in force at that standard time; never in an unknown range."""
    if dst_range not in RANGES:
        return False
    start, end = (_moment(change, standard_time.year) for change in RANGES[dst_range])
    now = (standard_time.month, standard_time.day, standard_time.hour)
    if start < end:
        return start <= now < end
    return now >= start or now < end


@lru_cache(256)
def _moment(change: Change, year: int) -> tuple[int, int, int]:
    """The month, day and hour of a change in that year."""
    weekday_of_first, length = monthrange(year, change.month)
    first_sunday = 1 + (SUNDAY - weekday_of_first) % 7
    if change.sunday == _LAST:
        day = first_sunday + (length - first_sunday) // 7 * 7
    else:
        day = first_sunday + (change.sunday - 1) * 7
    return (change.month, day, change.hour)
