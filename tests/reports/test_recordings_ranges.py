"""GET /api/v1/recordings/lookup of a range: found by ids, as no index has the time."""

from datetime import datetime, timedelta

import pytest
from support.apps import Reports, Start, clock_at
from support.database import ENGINES, TestDatabase
from support.recordings import LOOK_UP, ids, make_recording, told
from support.statements import statements_sent

LAST_ID = 4_294_967_295
# What each of five servers' clocks is ahead, in minutes.
AHEAD = (0, 40, -15, 5, 0)
BEGIN = datetime.fromisoformat("2025-01-08T12:00:01")


def log_of_servers(db: TestDatabase) -> dict[int, str | None]:
    """A recording each 20 minutes for two days, with gaps between ids, some without a time."""
    times = dict[int, str | None]()
    for number in range(144):
        recording_id = 100 + 7 * number + number // 40 * 50_000
        time = BEGIN + timedelta(minutes=20 * number + AHEAD[number % len(AHEAD)])
        times[recording_id] = f"{time:%Y-%m-%d %H:%M:%S}"
        if number % 9 == 4:
            times[recording_id] = None if number % 2 else "0000-00-00 00:00:00"
        make_recording(db, recording_id, start_time=times[recording_id])
    return times


@ENGINES
@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param("2025-01-08 11:00:00", "2025-01-10 13:00:00", id="all"),
        pytest.param("2025-01-07 00:00:00", "2025-01-08 12:40:00", id="the beginning"),
        pytest.param("2025-01-10 11:00:00", "2025-01-20 00:00:00", id="the end"),
        pytest.param("2025-01-09 00:00:00", "2025-01-09 23:59:59", id="a day"),
        pytest.param("2025-01-09 05:00:01", "2025-01-09 05:00:01", id="a second"),
        pytest.param("2025-01-09 05:00:00", "2025-01-09 05:00:00", id="a second without any"),
        pytest.param("2025-01-09 05:00:02", "2025-01-09 06:20:00", id="an hour"),
        pytest.param("2024-12-01 00:00:00", "2025-01-07 23:59:59", id="before everything"),
        pytest.param("2025-02-01 00:00:00", "2025-02-28 23:59:59", id="after everything"),
        pytest.param("1000-01-01 00:00:00", "1000-12-31 23:59:59", id="before anything"),
    ],
)
async def test_a_range_has_all_that_began_in_it_whatever_clocks_say(
    reports: Reports, db: TestDatabase, engine: str, start: str, end: str
) -> None:
    times = log_of_servers(db)
    expected = [one for one, time in times.items() if time is not None and start <= time <= end]

    shown = await ids(reports, start_date=start, end_date=end, limit=1000)

    assert shown == sorted(expected, reverse=True)


async def test_each_recording_is_found_by_its_second(reports: Reports, db: TestDatabase) -> None:
    times = log_of_servers(db)

    for recording_id, time in times.items():
        if time and not time.startswith("0000"):
            same = [one for one, other in times.items() if other == time]
            assert recording_id in same
            assert await ids(reports, start_date=time, end_date=time) == same[::-1]


async def test_an_empty_log_has_nothing_of_any_range(reports: Reports) -> None:
    with statements_sent() as statements:
        assert await ids(reports, date="2025-01-08") == []
        assert await ids(reports) == []

    assert len(statements) == 2


@pytest.mark.parametrize("time", [None, "0000-00-00 00:00:00"])
async def test_a_log_without_any_time_has_nothing_of_any_range(
    reports: Reports, db: TestDatabase, time: str | None
) -> None:
    for recording_id in (1, 1000):
        make_recording(db, recording_id, start_time=time)

    assert await ids(reports, date="2025-01-08") == []
    assert await ids(reports) == [1000, 1]


@pytest.mark.parametrize("recording_id", [1, 534820, LAST_ID])
async def test_one_recording_is_found(
    reports: Reports, db: TestDatabase, recording_id: int
) -> None:
    make_recording(db, recording_id)

    assert await ids(reports, date="2025-01-07") == []
    assert await ids(reports, date="2025-01-08") == [recording_id]
    assert await ids(reports, date="2025-01-09") == []
    assert await ids(reports) == [recording_id]


async def test_first_and_last_second_belong_to_the_range(
    reports: Reports, db: TestDatabase
) -> None:
    seconds = ("07:59:59", "08:00:00", "17:00:00", "17:00:01")
    for recording_id, second in enumerate(seconds, start=1):
        make_recording(db, recording_id, start_time=f"2025-01-08 {second}")

    shown = await ids(reports, start_date="2025-01-08+08:00:00", end_date="2025-01-08T22:00:00Z")

    assert shown == [3, 2]


async def test_a_range_without_an_end_goes_to_the_end_of_today(
    start_reports: Start, db: TestDatabase
) -> None:
    reports = await start_reports(clock=clock_at("2025-01-09T04:59:00"))  # 23:59 in New York
    make_recording(db, 1, start_time="2025-01-06 23:59:59")
    make_recording(db, 2, start_time="2025-01-07 00:00:00")
    make_recording(db, 3, start_time="2025-01-08 23:59:59")
    make_recording(db, 4, start_time="2025-01-09 00:00:00")

    assert await ids(reports, start_date="2025-01-07") == [3, 2]


async def test_both_hours_of_the_night_that_has_one_twice_are_found(
    reports: Reports, db: TestDatabase
) -> None:
    """The clocks of all servers go back an hour: ids grow, and times do not."""
    first = datetime.fromisoformat("2024-11-03T00:00:00")
    for number in range(60):
        passed = timedelta(minutes=5 * number)
        local = (
            first + passed - (timedelta(hours=1) if passed >= timedelta(hours=2) else timedelta())
        )
        make_recording(
            db, 1 + number, start_time=f"{local:%Y-%m-%d %H:%M:%S}",
            start_epoch=1730606400 + 300 * number,
        )  # fmt: skip

    for start, end, numbers in [
        ("00:00:00", "00:59:59", range(1, 13)),
        ("01:00:00", "01:59:59", range(13, 37)),
        ("02:00:00", "02:59:59", range(37, 49)),
        ("01:55:00", "01:55:00", (24, 36)),
    ]:
        day = {"start_date": f"2024-11-03 {start}", "end_date": f"2024-11-03 {end}"}
        assert await ids(reports, **day) == sorted(numbers, reverse=True)

    twice = await told(reports, start_date="2024-11-03 01:55:00", end_date="2024-11-03 01:55:00")
    assert [one["start_time"] for one in twice] == ["2024-11-03T06:55:00Z", "2024-11-03T05:55:00Z"]


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"lead_id": "876409"}, id="lead"),
        pytest.param({"uniqueid": "1736355590.1234"}, id="call"),
        pytest.param({"vicidial_id": "1736355590.1234"}, id="id"),
        pytest.param({"filename": "20250108-120001_5551234567"}, id="file"),
    ],
)
async def test_beside_a_key_the_range_is_a_filter_that_no_clock_matters_to(
    reports: Reports, db: TestDatabase, query: dict[str, str]
) -> None:
    # Days apart, and against the ids.
    make_recording(db, 1, start_time="2025-01-08 23:59:59")
    make_recording(db, 2, start_time="2025-01-07 23:59:59")
    make_recording(db, 3, start_time="2025-01-08 00:00:00")
    make_recording(db, 4, start_time=None)
    make_recording(db, 5, start_time="2025-01-02 00:00:00")

    assert await ids(reports, **query, date="2025-01-08") == [3, 1]
    assert await ids(reports, **query) == [5, 4, 3, 2, 1]


async def test_an_export_looks_for_the_range_once(start_reports: Start, db: TestDatabase) -> None:
    reports = await start_reports(chunk_rows=10)
    log_of_servers(db)
    day = {"start_date": "2025-01-08", "end_date": "2025-01-10"}

    with statements_sent() as of_page:
        expected = await ids(reports, **day, limit=1000)
    with statements_sent() as of_export:
        response = await reports.get(LOOK_UP.with_query(**day, format="csv"))
        lines = (await response.text()).splitlines()[1:]

    assert [int(line.split(",")[0]) for line in lines] == expected
    looks = [
        [one for one in statements if "recording_id, start_time" in one.sql.replace("  ", "")
         and "JSON_ARRAY" not in one.sql]
        for statements in (of_page, of_export)
    ]  # fmt: skip
    assert looks[1] == looks[0]
    assert 0 < len(looks[0]) < 40
