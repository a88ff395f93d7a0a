"""Moments of days on which the clocks of New York change, for logs that have hundreds of rows."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

import pytest

# Five days each: 02:00 to 03:00 is missing on March 10, 01:00 to 02:00 comes twice on November 3.
SPRING = {"start_date": "2024-03-08", "end_date": "2024-03-12"}
AUTUMN = {"start_date": "2024-11-01", "end_date": "2024-11-05"}
# Runs a test on the days of either.
EACH_SEASON = pytest.mark.parametrize(
    "season", [pytest.param(SPRING, id="spring"), pytest.param(AUTUMN, id="autumn")]
)

_ZONE = ZoneInfo("America/New_York")
_MIDNIGHTS = (1709874000, 1730433600)  # of 2024-03-08, of 2024-11-01
_STEP_S, _IN_A_SEASON = 1709, 250
_SPELLED_LOWER_FROM = 60


class _Row(Protocol):
    @property
    def epoch(self) -> int: ...


_R = TypeVar("_R", bound=_Row)


def moments() -> Iterator[tuple[int, int]]:
    """Numbers that begin anew in each season, and epochs: the same each time."""
    for midnight in _MIDNIGHTS:
        for number in range(_IN_A_SEASON):
            yield number, midnight + number * _STEP_S


def local_time(epoch: int) -> str:
    """What a clock in New York showed."""
    return datetime.fromtimestamp(epoch, _ZONE).strftime("%Y-%m-%d %H:%M:%S")


def within(rows: Iterable[_R], start: str, end: str) -> list[_R]:
    """The rows from one local second to another."""
    return [row for row in rows if start <= local_time(row.epoch) <= end]


def days(rows: Iterable[_R], start_date: str, end_date: str) -> list[_R]:
    """The rows from one day to another."""
    return within(rows, f"{start_date} 00:00:00", f"{end_date} 23:59:59")


def spelled(name: str | None, number: int) -> Any:
    """The name; after a while, now and then in small letters."""
    lower = number % 4 == 1 and number >= _SPELLED_LOWER_FROM
    return name.lower() if name and lower else name
