"""GET /api/v1/sip/event-log: which rows, and what they show."""

from typing import Any

import pytest
from support.answers import done, named
from support.apps import Reports, Start, clock_at
from support.database import TestDatabase
from support.sip_events import (
    CODE,
    DOCUMENTED,
    MESSAGE,
    THAT_DAY,
    asked,
    ids,
    make_event,
    make_rolled,
    told,
)
from support.statements import statements_sent


async def test_an_event_is_shown_as_documented(reports: Reports, db: TestDatabase) -> None:
    make_event(db)

    answer = await asked(reports)

    assert answer == done(MESSAGE, {"count": 1, "logs": [DOCUMENTED]})
    assert list(answer[1]["data"]["logs"][0]) == list(DOCUMENTED)


@pytest.mark.parametrize("query", [{}, THAT_DAY, {"caller_code": CODE}])
async def test_where_nothing_is_logged_the_list_is_empty(
    reports: Reports, query: dict[str, str]
) -> None:
    assert await asked(reports, **query) == done(MESSAGE, {"count": 0, "logs": []})


async def test_what_the_dialer_left_out_is_null(reports: Reports, db: TestDatabase) -> None:
    columns = ("channel", "server_ip", "uniqueid", "sip_call_id", "sip_event")
    nothing: dict[str, Any] = dict.fromkeys(columns)
    make_event(db, **nothing)

    assert await told(reports) == [DOCUMENTED | nothing]


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        pytest.param("2025-01-08 10:30:00.000000", "2025-01-08T15:30:00.000000Z", id="even"),
        pytest.param("2025-07-08 23:59:59.999999", "2025-07-09T03:59:59.999999Z", id="summer"),
        pytest.param("2025-11-02 01:30:00.000001", "2025-11-02T05:30:00.000001Z", id="of two"),
        pytest.param("2025-11-02 02:00:00.100000", "2025-11-02T07:00:00.100000Z", id="after"),
    ],
)
async def test_dates_leave_in_utc_with_six_decimals(
    reports: Reports, db: TestDatabase, local: str, utc: str
) -> None:
    make_event(db, event_date=local)

    assert [row["event_date"] for row in await told(reports)] == [utc]


FILTERED: list[dict[str, Any]] = [
    {"sip_event_id": 5, "sip_call_id": "a@10.0.0.5", "sip_event": "INVITE"},
    {"sip_event_id": 4, "sip_call_id": "a@10.0.0.5", "sip_event": "100", "uniqueid": "1.22"},
    {"sip_event_id": 3, "sip_call_id": "b" * 256, "sip_event": "180", "caller_code": "V" * 30},
    {"sip_event_id": 2, "sip_call_id": None, "sip_event": None, "server_ip": "192.168.1.1"},
    {"sip_event_id": 1, "sip_call_id": "a", "sip_event": "x" * 10, "uniqueid": "1" * 20},
]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param({}, [5, 4, 3, 2, 1], id="none"),
        pytest.param({"sip_call_id": "a@10.0.0.5"}, [5, 4], id="SIP call"),
        pytest.param({"sip_call_id": "b" * 256}, [3], id="longest SIP call"),
        pytest.param({"sip_call_id": "a%"}, [], id="no pattern"),
        pytest.param({"sip_event": "INVITE"}, [5], id="event"),
        pytest.param({"sip_event": "100"}, [4], id="event of digits"),
        pytest.param({"sip_event": "10"}, [], id="the beginning of an event"),
        pytest.param({"sip_event": "x" * 10}, [1], id="longest event"),
        pytest.param({"caller_code": CODE}, [5, 4, 2, 1], id="call"),
        pytest.param({"caller_code": "V" * 30}, [3], id="longest code"),
        pytest.param({"caller_code": "V"}, [], id="the beginning of a code"),
        pytest.param({"uniqueid": "1.22"}, [4], id="uniqueid"),
        pytest.param({"uniqueid": "1" * 20}, [1], id="longest uniqueid"),
        pytest.param({"uniqueid": "1.2"}, [], id="the beginning of a uniqueid"),
        pytest.param({"server_ip": "192.168.1.1"}, [2], id="server"),
        pytest.param({"server_ip": "192.168.1.10", "sip_event": "180"}, [3], id="two of them"),
        pytest.param({"caller_code": CODE, "sip_event": "100"}, [4], id="of a call"),
        pytest.param({"sip_event": "", "caller_code": ""}, [5, 4, 3, 2, 1], id="empty ones"),
        pytest.param({"channel": "x", "archived": "?"}, [5, 4, 3, 2, 1], id="unknown ones"),
    ],
)
async def test_filters_are_exact(
    reports: Reports, db: TestDatabase, query: dict[str, str], expected: list[int]
) -> None:
    for row in FILTERED:
        make_event(db, **row)

    assert await ids(reports, **query) == expected
    assert await ids(reports, **THAT_DAY, **query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param({"query_date": "2025-01-08"}, [3, 2], id="one day"),
        pytest.param({"query_date": "2025-01-08", "caller_code": CODE}, [3, 2], id="of a call"),
        pytest.param(
            {"start_date": "2025-01-07 23:59:59", "end_date": "2025-01-08 23:59:59"},
            [3, 2, 1], id="whole seconds",
        ),
        pytest.param(
            {"start_date": "2025-01-08T05:00:00Z", "end_date": "2025-01-08T05:00:00Z"},
            [2], id="one second",
        ),
        pytest.param({"start_date": "2025-01-10", "end_date": "2025-01-10"}, [], id="after all"),
        pytest.param({"start_date": "2025-01-05", "end_date": "2025-01-06"}, [], id="before all"),
    ],
)  # fmt: skip
async def test_the_range_is_that_of_the_event(
    reports: Reports, db: TestDatabase, query: dict[str, str], expected: list[int]
) -> None:
    make_event(db, 1, "2025-01-07 23:59:59.999999")
    make_event(db, 2, "2025-01-08 00:00:00.000000")
    make_event(db, 3, "2025-01-08 23:59:59.999999")
    make_event(db, 4, "2025-01-09 00:00:00.000000")

    assert await ids(reports, **query) == expected


async def test_without_a_range_it_is_31_days_up_to_the_newest_event(
    reports: Reports, db: TestDatabase
) -> None:
    make_event(db, 1, "2024-12-08 10:30:00.999999")
    make_event(db, 2, "2024-12-08 10:30:01.000000")
    make_event(db, 3, "2025-01-08 10:30:00.999999")

    assert await ids(reports) == [3, 2]


async def test_where_today_has_no_event_the_newest_rolled_one_ends_the_range(
    reports: Reports, db: TestDatabase
) -> None:
    make_rolled(db, 1, (7, "2025-01-06 10:00:00.000000"))
    # The last id is not the last event.
    make_rolled(db, 2, (1, "2025-01-07 23:59:59.000003"), (2, "2025-01-07 23:59:50.000000"))
    make_rolled(db, 6, (9, "2024-12-07 23:59:59.000000"))
    make_rolled(db, 5, (8, "2024-12-08 00:00:00.000000"))

    assert await ids(reports) == [1, 2, 7, 8]


async def test_an_event_without_a_date_is_not_shown(reports: Reports, db: TestDatabase) -> None:
    make_event(db, 1, None)
    make_event(db, 2, "0000-00-00 00:00:00.000000")
    make_event(db, 3)

    assert await ids(reports) == [3]
    assert await ids(reports, caller_code=CODE) == [3]


async def test_a_range_without_an_end_ends_today(start_reports: Start, db: TestDatabase) -> None:
    reports = await start_reports(clock=clock_at("2025-01-08T17:00:00"))
    make_event(db, 1, "2025-01-08 23:59:59.999999")
    make_event(db, 2, "2025-01-09 00:00:00.000000")

    assert await ids(reports, start_date="2025-01-01") == [1]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        pytest.param({"sip_call_id": "x" * 257}, "sip_call_id", id="SIP call too long"),
        pytest.param({"sip_call_id": " "}, "sip_call_id", id="SIP call of spaces"),
        pytest.param({"sip_call_id": "\U0001f600"}, "sip_call_id", id="beyond the BMP"),
        pytest.param({"sip_event": "x" * 11}, "sip_event", id="event too long"),
        pytest.param({"sip_event": " "}, "sip_event", id="event of spaces"),
        pytest.param({"caller_code": "x" * 31}, "caller_code", id="code too long"),
        pytest.param({"caller_code": " "}, "caller_code", id="code of spaces"),
        pytest.param({"uniqueid": "1" * 21}, "uniqueid", id="uniqueid too long"),
        pytest.param({"uniqueid": " "}, "uniqueid", id="uniqueid of spaces"),
        pytest.param({"server_ip": "192.168.1"}, "server_ip", id="three parts"),
        pytest.param({"limit": "0"}, "limit", id="no row"),
        pytest.param({"limit": "1001"}, "limit", id="too many rows"),
        pytest.param({"format": "xml"}, "format", id="another format"),
        pytest.param({"cursor": "x"}, "cursor", id="no cursor"),
        pytest.param({"cursor": "WyIyMDI1LTAxLTA4IDEyOjAwOjAxIiwieCJd"}, "cursor", id="no id"),
        pytest.param({"end_date": "2025-01-08"}, "start_date", id="an end alone"),
        pytest.param(
            {"start_date": "2025-01-08", "end_date": "2025-01-07"}, "end_date", id="ends before"
        ),
        pytest.param(
            {"start_date": "2024-01-08", "end_date": "2025-01-08"}, "end_date", id="367 days"
        ),
    ],
)
async def test_a_bad_value_names_the_parameter(
    reports: Reports, db: TestDatabase, query: dict[str, str], field: str
) -> None:
    with statements_sent() as statements:
        answer = await asked(reports, **query)

    assert named(answer) == [field]
    assert statements == []


@pytest.mark.parametrize("caller_code", [{}, {"caller_code": CODE}])
async def test_a_page_holds_100_events_by_default(
    reports: Reports, db: TestDatabase, caller_code: dict[str, str]
) -> None:
    db.execute(
        "INSERT INTO vicidial_sip_event_log (sip_event_id, caller_code, event_date)"
        " SELECT seq, %s, '2025-01-08 10:30:00' FROM seq_1_to_1001",
        CODE,
    )

    assert await ids(reports, **caller_code) == list(range(1001, 901, -1))
    assert len(await ids(reports, limit="1000", **caller_code)) == 1000
