"""GET /api/v1/sip/carrier-log: which rows, and what they show."""

from typing import Any

import pytest
from dialkit.errors import InvalidInput
from dialkit.http import load
from support.answers import done, invalid, named
from support.apps import Reports, Start, clock_at
from support.carrier_log import (
    DOCUMENTED,
    MESSAGE,
    THAT_DAY,
    asked,
    make_row,
    make_rows,
    uniqueids,
)
from support.database import TestDatabase
from support.pages import cursor
from support.statements import statements_sent
from svc_reports.sip.carrier_log.schemas import CarrierLogQuery

# 31 days that end with 2025-01-08 10:30:00.
NEWEST, OLDEST, TOO_OLD = "2025-01-08 10:30:00", "2024-12-08 10:30:01", "2024-12-08 10:30:00"


async def test_a_row_is_answered_as_documented(reports: Reports, db: TestDatabase) -> None:
    make_row(db)

    answer = await asked(reports)

    assert answer == done(MESSAGE, {"count": 1, "logs": [DOCUMENTED]})
    assert list(answer[1]["data"]["logs"][0]) == list(DOCUMENTED)


@pytest.mark.parametrize(
    "query",
    [{}, THAT_DAY, {"lead_id": "12345"}, {"archived": "Y"}],
    ids=["default", "a day", "a lead", "the archive"],
)
async def test_where_there_are_no_rows_none_are_answered(
    reports: Reports, query: dict[str, str]
) -> None:
    assert await asked(reports, **query) == done(MESSAGE, {"count": 0, "logs": []})


async def test_what_the_dialer_left_out_is_null(reports: Reports, db: TestDatabase) -> None:
    there = ("uniqueid", "call_date", "server_ip")
    left_out: dict[str, Any] = {name: None for name in DOCUMENTED if name not in there}
    make_row(db, **left_out)

    assert await asked(reports) == done(MESSAGE, {"count": 1, "logs": [DOCUMENTED | left_out]})


@pytest.mark.parametrize("now", ["2025-01-08T15:30:00", "2026-07-01T00:00:00"])
async def test_without_a_range_it_is_the_31_days_that_end_with_the_newest_row(
    start_reports: Start, db: TestDatabase, now: str
) -> None:
    reports = await start_reports(clock=clock_at(now))
    make_rows(db, ("newest", NEWEST), ("oldest", OLDEST), ("older", TOO_OLD), ("never", None))

    assert await uniqueids(reports) == ["newest", "oldest"]


async def test_the_newest_row_is_that_of_the_table_whatever_is_asked_for(
    reports: Reports, db: TestDatabase
) -> None:
    make_row(db, "newest", NEWEST, dialstatus="BUSY")
    make_rows(db, ("oldest", OLDEST), ("older", TOO_OLD), dialstatus="ANSWER")

    assert await uniqueids(reports, dialstatus="ANSWER") == ["oldest"]


async def test_the_newest_row_may_be_in_the_future(start_reports: Start, db: TestDatabase) -> None:
    reports = await start_reports(clock=clock_at("2024-12-01T00:00:00"))
    make_rows(db, ("newest", NEWEST), ("oldest", OLDEST), ("older", TOO_OLD))

    assert await uniqueids(reports) == ["newest", "oldest"]


@pytest.mark.parametrize("date", [None, "0000-00-00 00:00:00"])
async def test_of_a_log_without_dates_nothing_is_the_newest(
    reports: Reports, db: TestDatabase, date: str | None
) -> None:
    make_row(db, call_date=date)

    assert await uniqueids(reports) == []


async def test_a_lead_has_all_its_rows(reports: Reports, db: TestDatabase) -> None:
    make_rows(db, ("2", NEWEST), ("1", "2011-02-03 04:05:06"), lead_id=7)
    make_rows(db, ("3", NEWEST), lead_id=70)

    assert await uniqueids(reports, lead_id="7") == ["2", "1"]


async def test_a_lead_may_have_a_range(reports: Reports, db: TestDatabase) -> None:
    make_rows(
        db, ("4", "2025-01-09 00:00:00"), ("3", "2025-01-08 23:59:59"),
        ("2", "2025-01-08 00:00:00"), ("1", "2025-01-07 23:59:59"), ("0", None), lead_id=7,
    )  # fmt: skip

    assert await uniqueids(reports, lead_id="7", **THAT_DAY) == ["3", "2"]


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(THAT_DAY, id="documented"),
        pytest.param(
            {"datetime_start": "2025-01-08+00:00:00", "datetime_end": "2025-01-08+23:59:59"},
            id="VICIdial's",
        ),
        pytest.param({"query_date": "2025-01-08"}, id="query_date"),
        pytest.param({"date": "2025-01-08"}, id="date"),
        pytest.param({"start_date": "2025-01-08"}, id="up to today"),
        pytest.param(
            {"start_date": "2025-01-08T05:00:00Z", "end_date": "2025-01-09T04:59:59Z"}, id="in UTC"
        ),
        pytest.param(
            {"query_date": "2025-01-08 00:00:00", "datetime_end": "2025-01-08"}, id="mixed"
        ),
    ],
)
async def test_a_day_by_all_its_names(
    start_reports: Start, db: TestDatabase, query: dict[str, str]
) -> None:
    reports = await start_reports(clock=clock_at("2025-01-08T17:00:00"))
    make_rows(
        db, ("4", "2025-01-09 00:00:00"), ("3", "2025-01-08 23:59:59"),
        ("2", "2025-01-08 00:00:00"), ("1", "2025-01-07 23:59:59"), ("0", None),
    )  # fmt: skip

    assert await uniqueids(reports, **query) == ["3", "2"]


async def test_a_range_may_have_366_days(start_reports: Start, db: TestDatabase) -> None:
    reports = await start_reports(window_s=604_800)
    make_rows(db, ("2", "2025-01-07 23:59:59"), ("1", "2024-01-08 00:00:00"))

    longest = await uniqueids(reports, start_date="2024-01-08", end_date="2025-01-07")
    longer = await asked(reports, start_date="2024-01-08", end_date="2025-01-08")

    assert longest == ["2", "1"]
    assert longer == invalid("end_date", "At most 366 days")


FILTERED: list[dict[str, Any]] = [
    {"server_ip": "10.0.0.5", "dialstatus": "ANSWER", "hangup_cause": 16, "sip_hangup_cause": 200},
    {"server_ip": "10.0.0.50", "dialstatus": "BUSY", "hangup_cause": 17, "sip_hangup_cause": 486},
    {"server_ip": "10.0.0.5", "dialstatus": "CONGESTION", "hangup_cause": 0, "sip_hangup_cause": 0},
    {"server_ip": "10.0.0.6", "dialstatus": "busy", "hangup_cause": 255, "sip_hangup_cause": 65535},
    {"server_ip": "", "dialstatus": "D" * 16, "hangup_cause": None, "sip_hangup_cause": None},
    {"server_ip": "10.0.0.5", "dialstatus": None, "caller_code": "C" * 30, "lead_id": 4294967295},
    {"server_ip": "10.0.0.7", "dialstatus": "", "caller_code": None, "lead_id": None},
]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param({}, "gfedcba", id="none"),
        pytest.param({"server_ip": "10.0.0.5"}, "fca", id="server"),
        pytest.param({"server_ip": "10.0.0.99"}, "", id="a server that is not there"),
        pytest.param({"dialstatus": "BUSY"}, "db", id="dial status"),
        pytest.param({"dialstatus": "D" * 16}, "e", id="longest dial status"),
        pytest.param({"dialstatus": "BUS%"}, "", id="no pattern"),
        pytest.param({"sip_hangup_cause": "486"}, "b", id="SIP cause"),
        pytest.param({"sip_hangup_cause": "0"}, "c", id="no SIP cause"),
        pytest.param({"sip_hangup_cause": "65535"}, "d", id="last SIP cause"),
        pytest.param({"hangup_cause": "17"}, "b", id="cause"),
        pytest.param({"hangup_cause": "0"}, "c", id="no cause"),
        pytest.param({"hangup_cause": "255"}, "d", id="last cause"),
        pytest.param({"caller_code": "C" * 30}, "f", id="longest caller code"),
        pytest.param({"caller_code": "V1081030000000012345"}, "edcba", id="caller code"),
        pytest.param({"caller_code": "V108103000000001234"}, "", id="half a caller code"),
        pytest.param({"lead_id": "4294967295"}, "f", id="last lead"),
        pytest.param({"lead_id": "12345"}, "edcba", id="lead"),
        pytest.param({"lead_id": "12345", "dialstatus": "BUSY"}, "db", id="lead and status"),
        pytest.param({"lead_id": "5"}, "", id="a lead that is not there"),
        pytest.param(
            {"server_ip": "10.0.0.5", "hangup_cause": "16", "sip_hangup_cause": "200"},
            "fa", id="three of them",
        ),
        pytest.param({"dialstatus": "", "server_ip": "", "lead_id": ""}, "gfedcba", id="empty"),
        pytest.param({"user": "6666", "channel": "x"}, "gfedcba", id="no filters"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("span", [{}, THAT_DAY], ids=["default", "a day"])
async def test_filters_are_exact(
    reports: Reports,
    db: TestDatabase,
    span: dict[str, str],
    query: dict[str, str],
    expected: str,
) -> None:
    for uniqueid, row in zip("abcdefg", FILTERED, strict=True):
        make_row(db, uniqueid, **row)

    assert "".join(await uniqueids(reports, **span | query)) == expected


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        pytest.param("2024-07-08 12:00:01", "2024-07-08T16:00:01Z", id="summer"),
        pytest.param("2024-11-03 00:59:59", "2024-11-03T04:59:59Z", id="before"),
        pytest.param("2024-11-03 01:30:00", "2024-11-03T05:30:00Z", id="the first of two"),
        pytest.param("2024-11-03 02:00:00", "2024-11-03T07:00:00Z", id="after"),
        pytest.param("2024-03-10 03:00:00", "2024-03-10T07:00:00Z", id="spring"),
    ],
)
async def test_dates_leave_in_utc(reports: Reports, db: TestDatabase, local: str, utc: str) -> None:
    make_row(db, call_date=local)

    assert (await asked(reports))[1]["data"]["logs"] == [DOCUMENTED | {"call_date": utc}]


async def test_the_archive_is_read_instead_of_the_log(reports: Reports, db: TestDatabase) -> None:
    make_rows(db, ("live", "2025-02-08 10:30:00"), ("both", NEWEST))
    make_rows(db, ("both", NEWEST), ("oldest", OLDEST), ("older", TOO_OLD), archived=True)

    # The newest row of the archive is another.
    assert await uniqueids(reports, archived="Y") == ["both", "oldest"]
    assert await uniqueids(reports, archived="N") == ["live"]
    assert await uniqueids(reports, archived="Y", lead_id="12345") == ["both", "oldest", "older"]
    assert await uniqueids(reports, archived="Y", **THAT_DAY) == ["both"]


def after(*key: Any) -> dict[str, str]:
    """A cursor that carries that key."""
    return {"cursor": cursor(*key)}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        pytest.param({"lead_id": "x"}, "lead_id", id="lead in letters"),
        pytest.param({"lead_id": "-1"}, "lead_id", id="lead below zero"),
        pytest.param({"lead_id": "4294967296"}, "lead_id", id="lead over"),
        pytest.param({"lead_id": "1.0"}, "lead_id", id="a decimal"),
        pytest.param({"server_ip": "10.0.0"}, "server_ip", id="three parts"),
        pytest.param({"server_ip": "10.0.0.256"}, "server_ip", id="beyond a byte"),
        pytest.param({"server_ip": "::1"}, "server_ip", id="IPv6"),
        pytest.param({"server_ip": "asterisk"}, "server_ip", id="a name"),
        pytest.param({"dialstatus": "D" * 17}, "dialstatus", id="dial status too long"),
        pytest.param({"dialstatus": " "}, "dialstatus", id="dial status of spaces"),
        pytest.param({"dialstatus": "\U0001f600"}, "dialstatus", id="an emoji"),
        pytest.param({"sip_hangup_cause": "65536"}, "sip_hangup_cause", id="SIP cause over"),
        pytest.param({"sip_hangup_cause": "-1"}, "sip_hangup_cause", id="SIP cause below zero"),
        pytest.param({"sip_hangup_cause": "OK"}, "sip_hangup_cause", id="SIP cause in words"),
        pytest.param({"hangup_cause": "256"}, "hangup_cause", id="cause over"),
        pytest.param({"hangup_cause": "-1"}, "hangup_cause", id="cause below zero"),
        pytest.param({"hangup_cause": "x"}, "hangup_cause", id="cause in letters"),
        pytest.param({"caller_code": "C" * 31}, "caller_code", id="caller code too long"),
        pytest.param({"caller_code": " "}, "caller_code", id="caller code of spaces"),
        pytest.param({"limit": "0"}, "limit", id="no row"),
        pytest.param({"limit": "1001"}, "limit", id="too many rows"),
        pytest.param({"limit": "ten"}, "limit", id="rows in words"),
        pytest.param({"cursor": "x"}, "cursor", id="no cursor"),
        pytest.param(after(NEWEST), "cursor", id="one part"),
        pytest.param(after(NEWEST, "1", "1"), "cursor", id="three parts"),
        pytest.param(after("2025-02-30 10:30:00", "1"), "cursor", id="no such day"),
        pytest.param(after(NEWEST, 1), "cursor", id="a number for a uniqueid"),
        pytest.param(after(NEWEST, "1" * 21), "cursor", id="uniqueid too long"),
        pytest.param(after(NEWEST, "\U0001f600"), "cursor", id="an emoji in a uniqueid"),
        pytest.param(after(None, "1"), "cursor", id="no date"),
        pytest.param(after("0000-00-00 00:00:00", "1"), "cursor", id="zeros, without a lead"),
        pytest.param({"format": "xml"}, "format", id="another format"),
        pytest.param({"archived": "y"}, "archived", id="small letter"),
        pytest.param({"start_date": "2025-01-32"}, "start_date", id="no day"),
        pytest.param({"end_date": "x"}, "end_date", id="no date at all"),
    ],
)
def test_a_bad_value_names_its_parameter(query: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        load(CarrierLogQuery(), query)

    assert list(refusal.value.details or {}) == [field]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        pytest.param({"lead_id": "4294967296"}, "lead_id", id="lead"),
        pytest.param({"server_ip": "10.0.0.256"}, "server_ip", id="server"),
        pytest.param({"dialstatus": "D" * 17}, "dialstatus", id="dial status"),
        pytest.param({"sip_hangup_cause": "65536"}, "sip_hangup_cause", id="SIP cause"),
        pytest.param({"hangup_cause": "256"}, "hangup_cause", id="cause"),
        pytest.param({"caller_code": "C" * 31}, "caller_code", id="caller code"),
        pytest.param({"limit": "1001"}, "limit", id="limit"),
        pytest.param({"cursor": "x"}, "cursor", id="cursor"),
        pytest.param({"format": "xml"}, "format", id="format"),
        pytest.param({"archived": "B"}, "archived", id="archived"),
        pytest.param({"start_date": "soon"}, "start_date", id="start"),
        pytest.param({"end_date": "2025-01-08"}, "start_date", id="end alone"),
        pytest.param({"lead_id": "5", "end_date": "2025-01-08"}, "start_date", id="a lead's end"),
        pytest.param(THAT_DAY | {"end_date": "2025-01-07"}, "end_date", id="ends before"),
        pytest.param(THAT_DAY | {"date": "2025-01-08"}, "date", id="two starts"),
        pytest.param(THAT_DAY | {"datetime_end": "2025-01-08"}, "datetime_end", id="two ends"),
        pytest.param(
            {"lead_id": "5", "start_date": "2024-01-08", "end_date": "2025-01-08"},
            "end_date", id="367 days of a lead",
        ),
    ],
)  # fmt: skip
async def test_what_it_refuses_names_the_field(
    reports: Reports, query: dict[str, str], field: str
) -> None:
    with statements_sent() as statements:
        answer = await asked(reports, **query)

    assert named(answer) == [field]
    assert statements == []
