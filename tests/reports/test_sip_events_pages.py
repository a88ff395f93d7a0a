"""GET /api/v1/sip/event-log: links, exports, and what is asked of the database."""

import json

import pytest
from support.apps import Reports, Start
from support.database import TestDatabase
from support.pages import page, parameters
from support.sip_events import (
    CODE,
    DOCUMENTED,
    EVENTS,
    THAT_DAY,
    ids,
    make_event,
    make_rolled,
    note_roll,
)
from support.statements import explained, rows_read, statements_sent

EVENT_LOG = "vicidial_sip_event_log"


async def test_the_next_page_keeps_the_range_up_to_the_newest(
    reports: Reports, db: TestDatabase
) -> None:
    make_event(db, 1)
    make_event(db, 2)

    _, url = await page(reports, EVENTS.with_query(limit="1", sip_event="INVITE", user="7777"))

    assert parameters(url, EVENTS.path) == {
        "limit": "1",
        "sip_event": "INVITE",
        "start_date": "2024-12-08 10:30:01",
        "end_date": "2025-01-08 10:30:00",
    }


async def test_the_next_page_of_a_call_has_no_range(reports: Reports, db: TestDatabase) -> None:
    make_event(db, 1)
    make_event(db, 2)

    _, url = await page(reports, EVENTS.with_query(limit="1", caller_code=CODE))

    assert parameters(url, EVENTS.path) == {"limit": "1", "caller_code": CODE}


async def test_events_leave_as_csv(reports: Reports, db: TestDatabase) -> None:
    make_event(db, channel=None, sip_call_id="=1+1")

    response = await reports.get(EVENTS.with_query(THAT_DAY | {"format": "csv"}))

    assert response.headers["Content-Disposition"] == (
        'attachment; filename="sip-events_20250108_20250108.csv"'
    )
    assert await response.text() == (
        "sip_event_id,sip_call_id,sip_event,event_date,server_ip,caller_code,channel,uniqueid\r\n"
        f"118756,'=1+1,INVITE,2025-01-08T15:30:00.084394Z,192.168.1.10,{CODE},,1736350200.1522\r\n"
    )


@pytest.mark.parametrize(
    ("query", "file"),
    [
        pytest.param({}, "sip-events_20241208_20250108.ndjson", id="days up to the newest"),
        pytest.param({"caller_code": CODE}, "sip-events.ndjson", id="a call"),
    ],
)
async def test_events_leave_as_ndjson(
    reports: Reports, db: TestDatabase, query: dict[str, str], file: str
) -> None:
    make_event(db)

    response = await reports.get(EVENTS.with_query(query | {"format": "ndjson"}))

    assert response.headers["Content-Disposition"] == f'attachment; filename="{file}"'
    assert json.loads(await response.text()) == DOCUMENTED


async def test_a_roll_between_two_pages_loses_no_row(reports: Reports, db: TestDatabase) -> None:
    events = [(number, f"2025-01-08 1{number}:00:00.000000") for number in range(1, 6)]
    for sip_event_id, event_date in events:
        make_event(db, sip_event_id, event_date)

    first, url = await page(reports, EVENTS.with_query(THAT_DAY | {"limit": "2"}))
    db.execute(f"INSERT INTO {EVENT_LOG}_3 SELECT * FROM {EVENT_LOG}")
    db.execute(f"DELETE FROM {EVENT_LOG}")
    note_roll(db, 3, events[0][1], events[-1][1])
    make_event(db, 1, "2025-01-08 23:30:00.000000")
    second, _ = await page(reports, url)

    assert [[row["sip_event_id"] for row in rows] for rows in (first, second)] == [[5, 4], [3, 2]]


def many_events(db: TestDatabase) -> None:
    """A day of events in today's table, and one in another, of a thousand calls."""
    for table, day in ((EVENT_LOG, "2025-01-08"), (f"{EVENT_LOG}_2", "2025-01-07")):
        db.execute(
            f"INSERT INTO {table} (sip_event_id, caller_code, event_date, sip_event)"
            " SELECT seq, CONCAT('M', 1 + seq %% 1000), %s + INTERVAL 8 * seq SECOND, 'INVITE'"
            " FROM seq_1_to_10000",
            day,
        )
    note_roll(db, 2, "2025-01-07 00:00:08.000000", "2025-01-07 22:13:20.000000")


@pytest.mark.parametrize(
    ("query", "index"),
    [
        pytest.param({}, "event_date", id="the newest"),
        pytest.param(
            {"start_date": "2025-01-01", "end_date": "2025-01-09", "sip_event": "x"},
            "event_date", id="a range",
        ),
        pytest.param({"caller_code": "M7"}, "caller_code", id="a call"),
        pytest.param(
            {"caller_code": "M7", "start_date": "2025-01-01", "end_date": "2025-01-09"},
            "caller_code", id="a call in a range",
        ),
    ],
)  # fmt: skip
async def test_an_index_serves_each_table(
    start_reports: Start, db: TestDatabase, query: dict[str, str], index: str
) -> None:
    reports = await start_reports(window_s=3600)
    many_events(db)

    with statements_sent() as statements:
        await ids(reports, **query)

    plans = [
        explained(db, one, "svc-reports")[0]
        for one in statements
        if f"`{EVENT_LOG}`" in one.sql or f"`{EVENT_LOG}_2`" in one.sql
    ]
    indexes = {plan["key"] for plan in plans if plan["Extra"] != "Select tables optimized away"}
    assert indexes <= {index}


async def test_the_ends_of_the_live_table_cost_nothing(
    start_reports: Start, db: TestDatabase
) -> None:
    reports = await start_reports(window_s=3600)
    many_events(db)

    with statements_sent() as statements:
        await ids(reports, limit="10")

    newest, ends, *_ = statements
    assert "SELECT MAX(`event_date`)" in newest.sql
    assert "SELECT MIN(`event_date`), MAX(`event_date`)" in ends.sql
    assert rows_read(db, newest, "svc-reports") < 5
    assert rows_read(db, ends, "svc-reports") < 5


async def test_a_page_of_the_newest_events_is_four_statements(
    start_reports: Start, db: TestDatabase
) -> None:
    reports = await start_reports(window_s=3600)
    many_events(db)
    make_rolled(db, 1, (1, "2025-01-06 10:00:00.000000"))

    with statements_sent() as statements:
        found = await ids(reports, limit="100")

    assert found == list(range(10_000, 9900, -1))
    # The spans come last: between the two, a roll may move rows out of the live table.
    newest, ends, rows, spans = (one.sql for one in statements)
    assert "SELECT MAX(`event_date`)" in newest
    assert "SELECT MIN(`event_date`), MAX(`event_date`)" in ends
    assert f"FROM `{EVENT_LOG}` WHERE" in rows
    assert "FROM vicidial_sip_event_archive_details" in spans
