"""Ids of a range, found by halves (contract: GET /recordings/lookup, step 3)."""

from datetime import datetime, timedelta

import pytest
from svc_reports.ranges import Range, sql_time
from svc_reports.recordings.bounds import ids_of_range
from svc_reports.recordings.store import Dated, Ids

NOON = datetime.fromisoformat("2025-01-08T12:00:00")
HOUR = timedelta(hours=1)
FEW = 5


class Log:
    """Ids and times of recordings; it counts how often it is asked."""

    def __init__(self, times: dict[int, datetime]) -> None:
        self._rows = [Dated(one, sql_time(time)) for one, time in sorted(times.items())]
        self.looks = 0

    @property
    def ids(self) -> Ids:
        """From the first to the last."""
        return Ids(self._rows[0].recording_id, self._rows[-1].recording_id + 1)

    async def list_dated(self, ids: Ids) -> list[Dated]:
        """The first few of them."""
        self.looks += 1
        return [row for row in self._rows if ids.first <= row.recording_id < ids.end][:FEW]


def hours(start: float, end: float) -> Range:
    """So many hours after noon."""
    return Range(NOON + start * HOUR, NOON + end * HOUR)


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        pytest.param(hours(3, 5), Ids(12, 16), id="an hour more on both sides"),
        pytest.param(hours(0, 0.1), Ids(10, 12), id="the first"),
        pytest.param(hours(9, 9.1), Ids(18, 20), id="the last"),
        pytest.param(hours(-9, 99), Ids(10, 20), id="all"),
        pytest.param(hours(-9, -1), Ids(10, 10), id="before all"),
        pytest.param(hours(-9, -0.5), Ids(10, 11), id="less than an hour before all"),
        pytest.param(hours(99, 100), Ids(20, 20), id="after all"),
    ],
)
async def test_the_ids_of_a_range_and_of_an_hour_around_it(span: Range, expected: Ids) -> None:
    log = Log({10 + hour: NOON + hour * HOUR for hour in range(10)})

    found = await ids_of_range(span, log.ids, log.list_dated)

    # All of them, and a few more: of so many that are looked at the one in the middle decides.
    assert expected.first - FEW <= found.first <= expected.first
    assert expected.end <= found.end <= expected.end + FEW


async def test_ids_that_are_missing_are_jumped_over() -> None:
    log = Log({1: NOON, 2: NOON + 5 * HOUR, 4_000_000_000: NOON + 9 * HOUR})

    found = await ids_of_range(hours(4, 6), log.ids, log.list_dated)

    assert found.first <= 2 < found.end
    assert log.looks <= 65


async def test_nobody_is_asked_about_an_empty_log() -> None:
    log = Log({1: NOON})

    assert await ids_of_range(hours(0, 1), Ids(0, 0), log.list_dated) == Ids(0, 0)
    assert log.looks == 0


async def test_a_log_without_times_has_no_ids_of_a_range() -> None:
    async def list_none(_: Ids) -> list[Dated]:
        return []

    found = await ids_of_range(hours(0, 1), Ids(1, 1000), list_none)

    assert found.first == found.end


async def test_two_million_recordings_take_some_22_looks_a_bound() -> None:
    looks = 0

    async def list_dated(ids: Ids) -> list[Dated]:
        nonlocal looks
        looks += 1
        few = range(ids.first, min(ids.first + FEW, ids.end))
        return [Dated(one, sql_time(NOON + timedelta(seconds=one))) for one in few]

    found = await ids_of_range(hours(100, 124), Ids(1, 2_000_001), list_dated)

    assert 99 * 3600 - FEW <= found.first <= 99 * 3600
    assert 125 * 3600 <= found.end <= 125 * 3600 + FEW
    assert looks <= 45


@pytest.mark.parametrize("wrong", range(1, 65))
@pytest.mark.parametrize("days", [-30, 30])
async def test_one_wrong_clock_hides_no_other_recordings(wrong: int, days: int) -> None:
    times = {number: NOON + number * timedelta(minutes=10) for number in range(1, 65)}
    log = Log(times | {wrong: times[wrong] + timedelta(days=days)})
    span = hours(2, 6)

    first, end = await ids_of_range(span, log.ids, log.list_dated)

    in_range = {one for one, time in times.items() if span.start <= time < span.end}
    assert in_range - {wrong} <= set(range(first, end))


@pytest.mark.parametrize("hour", range(12))
async def test_clocks_that_differ_by_less_than_an_hour_lose_nothing(hour: int) -> None:
    ahead = (0, 59, 20, 1, 40)
    times = {
        7 * number: NOON + timedelta(minutes=10 * number + ahead[number % 5])
        for number in range(1, 70)
    }
    log = Log(times)
    span = hours(hour, hour + 1)

    first, end = await ids_of_range(span, log.ids, log.list_dated)

    in_range = {one for one, time in times.items() if span.start <= time < span.end}
    assert in_range <= set(range(first, end))
