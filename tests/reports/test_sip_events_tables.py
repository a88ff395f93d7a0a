"""GET /api/v1/sip/event-log: today's table and the seven that it is rolled into, as one list."""

import pytest
from support.apps import Reports, Start
from support.database import TestDatabase
from support.pages import all_pages
from support.sip_events import (
    CODE,
    EVENTS,
    ids,
    make_event,
    make_rolled,
    note_roll,
    table_of,
)
from support.statements import statements_sent

WEEK = {"start_date": "2025-01-01", "end_date": "2025-01-08"}


async def ids_of_pages(reports: Reports, **query: str) -> list[list[int]]:
    """The ids of each page, to the last."""
    pages = await all_pages(reports, EVENTS.with_query(query))
    return [[row["sip_event_id"] for row in page] for page in pages]


def make_week(db: TestDatabase) -> list[int]:
    """Events of three days, with ids that begin anew each day; the ids, the newest first."""
    make_rolled(db, 1, (1, "2025-01-06 08:00:00.000000"), (5, "2025-01-06 20:00:00.000000"))
    make_rolled(
        db,
        2,
        (2, "2025-01-07 00:00:01.000000"),
        (3, "2025-01-07 12:00:00.000001"),
        (4, "2025-01-07 12:00:00.000001"),
        (6, "2025-01-07 23:59:59.999999"),
    )
    make_event(db, 7, "2025-01-08 00:00:00.000000")
    make_event(db, 8, "2025-01-08 10:00:00.000000")
    make_event(db, 9, "2025-01-08 10:00:00.000000")
    return [9, 8, 7, 6, 4, 3, 2, 5, 1]


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="of the days up to the newest"),
        pytest.param(WEEK, id="of a range"),
        pytest.param({"caller_code": CODE}, id="of a call"),
        pytest.param(WEEK | {"caller_code": CODE}, id="of a call in a range"),
    ],
)
@pytest.mark.parametrize("limit", [1, 2, 3, 4, 9, 100])
async def test_pages_lead_through_all_tables(
    reports: Reports, db: TestDatabase, query: dict[str, str], limit: int
) -> None:
    expected = make_week(db)

    pages = await ids_of_pages(reports, **query, limit=str(limit))

    assert [event_id for page in pages for event_id in page] == expected
    assert [len(page) for page in pages[:-1]] == [limit] * (len(pages) - 1)


async def test_exports_lead_through_all_tables(start_reports: Start, db: TestDatabase) -> None:
    reports = await start_reports(chunk_rows=2)
    expected = make_week(db)

    response = await reports.get(EVENTS.with_query(WEEK | {"format": "csv"}))

    lines = (await response.text()).splitlines()[1:]
    assert [int(line.split(",")[0]) for line in lines] == expected


@pytest.mark.parametrize("limit", ["1", "2", "3", "4", "100"])
async def test_tables_that_overlap_are_one_list(
    reports: Reports, db: TestDatabase, limit: str
) -> None:
    # As where a clock went back: all three have events of the same seconds.
    seconds = [(number, f"2025-01-08 10:00:{number}.000000") for number in range(10, 22)]
    make_rolled(db, 1, *seconds[0::3])
    make_rolled(db, 2, *seconds[1::3])
    for sip_event_id, event_date in seconds[2::3]:
        make_event(db, sip_event_id, event_date)

    pages = await ids_of_pages(reports, **WEEK, limit=limit)

    assert [event_id for page in pages for event_id in page] == list(range(21, 9, -1))


@pytest.mark.parametrize("limit", ["1", "2", "3", "4", "5", "100"])
@pytest.mark.parametrize("query", [{}, WEEK, {"caller_code": CODE}])
async def test_a_row_that_a_roll_has_copied_is_sent_once(
    reports: Reports, db: TestDatabase, query: dict[str, str], limit: str
) -> None:
    events = [(number, f"2025-01-08 1{number}:00:00.000000") for number in range(1, 6)]
    for sip_event_id, event_date in events:
        make_event(db, sip_event_id, event_date)
    make_rolled(db, 3, *events[:4])

    pages = await ids_of_pages(reports, **query, limit=limit)

    assert [event_id for page in pages for event_id in page] == [5, 4, 3, 2, 1]


@pytest.mark.parametrize("columns", [{"caller_code": "V1"}, {"sip_event": "100"}])
async def test_rows_of_two_tables_that_differ_are_both_sent(
    reports: Reports, db: TestDatabase, columns: dict[str, str]
) -> None:
    make_event(db, 1, "2025-01-08 10:00:00.000000")
    make_rolled(db, 3, (1, "2025-01-08 10:00:00.000000"), **columns)

    assert await ids(reports, **WEEK) == [1, 1]


async def test_late_events_are_beyond_what_was_noted(reports: Reports, db: TestDatabase) -> None:
    make_event(db, 1, "2025-01-07 12:00:05.000000", wday=2)
    make_event(db, 2, "2025-01-07 12:00:00.000000", wday=2)
    make_event(db, 3, "2025-01-07 13:00:09.000000", wday=2)
    make_event(db, 4, "2025-01-07 13:00:00.000000", wday=2)
    note_roll(db, 2, "2025-01-07 12:00:05.000000", "2025-01-07 13:00:00.000000")

    assert await ids(reports, **WEEK) == [3, 4, 1, 2]
    assert await ids(reports) == [3, 4, 1, 2]


@pytest.mark.parametrize(
    ("first", "last"), [(None, None), ("0000-00-00 00:00:00.000000", "0000-00-00 00:00:00.000000")]
)
async def test_a_table_without_dates_is_empty(
    reports: Reports, db: TestDatabase, first: str | None, last: str | None
) -> None:
    make_event(db, 1, "2025-01-08 10:00:00.000000")
    make_event(db, 2, "2025-01-07 10:00:00.000000", wday=2)
    note_roll(db, 2, first, last)

    with statements_sent() as statements:
        found = await ids(reports, **WEEK)

    assert found == [1]
    assert not [one for one in statements if table_of(2) in one.sql]


async def test_only_tables_of_the_range_are_read(reports: Reports, db: TestDatabase) -> None:
    make_week(db)

    with statements_sent() as statements:
        found = await ids(reports, start_date="2025-01-06", end_date="2025-01-06 22:00:00")

    assert found == [5, 1]
    read = [one.sql for one in statements if "ORDER BY `event_date`" in one.sql]
    assert read
    assert all(f"`{table_of(1)}`" in sql for sql in read)


async def test_a_call_is_looked_for_in_all_tables(reports: Reports, db: TestDatabase) -> None:
    for wday in range(7):
        make_event(db, wday + 1, f"2025-01-0{wday + 1} 10:00:00.000000", wday=wday)
    make_event(db, 8, "2025-01-08 10:00:00.000000")

    with statements_sent() as statements:
        found = await ids(reports, caller_code=CODE)

    assert found == [8, 7, 6, 5, 4, 3, 2, 1]
    assert len(statements) == 8


async def test_days_without_events_are_passed_over(start_reports: Start, db: TestDatabase) -> None:
    reports = await start_reports(window_s=3600)
    make_rolled(db, 0, (1, "2024-01-10 10:00:00.000000"), (2, "2024-01-10 10:30:00.000000"))
    make_event(db, 3, "2025-01-08 10:00:00.000000")

    with statements_sent() as statements:
        found = await ids(reports, start_date="2024-01-09", end_date="2025-01-08")

    assert found == [3, 2, 1]
    # The live table's ends and its hour, the spans, and the hours of the rolled table.
    assert len(statements) <= 6
