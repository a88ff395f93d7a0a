"""GET /api/v1/did-logs/export: which rows, and what they show."""

from typing import Any

import pytest
from support.answers import asked, done, named
from support.apps import Reports, Start, clock_at
from support.database import TestDatabase
from support.did_logs import (
    DOCUMENTED,
    EXPORT,
    THAT_DAY,
    channels,
    make_did_call,
    make_in_group_call,
    told,
)
from support.dids import make_did
from support.statements import statements_sent

# Noon of that day in New York.
NOON = clock_at("2025-01-08T17:00:00")


async def test_a_call_is_exported_as_documented(reports: Reports, db: TestDatabase) -> None:
    make_did(db, 42, "3125551212", did_description="Main line")
    make_did_call(db)
    make_in_group_call(db)

    answer = await asked(reports, EXPORT, THAT_DAY)

    assert answer == done("DID logs exported", [DOCUMENTED])
    assert list(answer[1]["data"][0]) == list(DOCUMENTED)


async def test_where_nothing_arrived_the_list_is_empty(reports: Reports) -> None:
    answer = await asked(reports, EXPORT, THAT_DAY)

    assert answer == done("DID logs exported", [])


async def test_without_a_range_it_is_today(start_reports: Start, db: TestDatabase) -> None:
    reports = await start_reports(clock=NOON)
    for day, date in (
        ("yesterday", "2025-01-07 23:59:59"),
        ("morning", "2025-01-08 00:00:00"),
        ("evening", "2025-01-08 23:59:59"),
        ("tomorrow", "2025-01-09 00:00:00"),
    ):
        make_did_call(db, channel=day, call_date=date)

    answer = await asked(reports, EXPORT)

    assert [row["channel"] for row in answer[1]["data"]] == ["morning", "evening"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param({"query_date": "2025-01-07"}, ["a"], id="one day"),
        pytest.param(
            {"start_date": "2025-01-07 23:59:59", "end_date": "2025-01-08T05:00:00Z"},
            ["a", "b"], id="both ends are in it",
        ),
        pytest.param(
            {"start_date": "2025-01-08", "end_date": "2025-01-09"}, ["b", "c"], id="days"
        ),
        pytest.param(
            {"start_date": "2024-01-09", "end_date": "2025-01-08"}, ["a", "b"], id="366 days"
        ),
    ],
)  # fmt: skip
async def test_the_range_is_that_of_the_arrival(
    reports: Reports, db: TestDatabase, query: dict[str, str], expected: list[str]
) -> None:
    make_did_call(db, channel="a", call_date="2025-01-07 23:59:59")
    make_did_call(db, channel="b", call_date="2025-01-08 00:00:00")
    make_did_call(db, channel="c", call_date="2025-01-09 23:59:59")
    make_did_call(db, channel="never", call_date=None)

    assert await channels(reports, **query) == expected


FILTERED: list[dict[str, Any]] = [
    {"channel": "a", "extension": "3125551212", "did_id": "42", "server_ip": "10.0.0.5"},
    {"channel": "b", "extension": "3125551213", "did_id": "42", "server_ip": "10.0.0.6"},
    {"channel": "c", "extension": "3125551212", "did_id": "43", "caller_id_number": "9"},
    {"channel": "d", "extension": "31255512129", "did_id": "4", "caller_id_number": None},
    {"channel": "e", "extension": None, "did_id": None, "caller_id_number": "x" * 18},
    {"channel": "f", "extension": "y" * 20, "did_id": "123456789", "server_ip": "10.0.0.50"},
    {"channel": "g", "extension": "z" * 50, "did_id": "042"},
]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param({}, "abcdefg", id="none"),
        pytest.param({"phone_number": "3125551212"}, "ac", id="number dialled"),
        pytest.param({"phone_number": "y" * 20}, "f", id="longest number"),
        pytest.param({"phone_number": "312555%"}, "", id="no pattern"),
        pytest.param({"did_id": "42"}, "ab", id="DID"),
        pytest.param({"did_id": "042"}, "g", id="DID as text"),
        pytest.param({"did_id": "123456789"}, "f", id="longest DID"),
        pytest.param({"did_id": "999"}, "", id="a DID that is not there"),
        pytest.param({"caller_id_number": "9"}, "c", id="caller"),
        pytest.param({"caller_id_number": "x" * 18}, "e", id="longest caller"),
        pytest.param({"server_ip": "10.0.0.5"}, "acdeg", id="server"),
        pytest.param({"server_ip": "10.0.0.7"}, "", id="a server that is not there"),
        pytest.param({"phone_number": "3125551212", "did_id": "42"}, "a", id="two of them"),
        pytest.param({"did_id": "42", "did_pattern": "3125551212"}, "a", id="DID and pattern"),
        pytest.param({"did_pattern": "3125551212"}, "ac", id="pattern as number"),
        pytest.param({"did_pattern": "18005550000"}, "ab", id="pattern of a DID"),
        pytest.param({"did_pattern": "18005550009"}, "", id="unknown pattern"),
        pytest.param({"did_pattern": "z" * 50}, "g", id="longest pattern"),
        pytest.param({"did_pattern": "", "phone_number": ""}, "abcdefg", id="empty ones are none"),
        pytest.param({"agent_user": "1000", "user": "6666"}, "abcdefg", id="unknown ones"),
    ],
)  # fmt: skip
async def test_filters_are_exact(
    reports: Reports, db: TestDatabase, query: dict[str, str], expected: str
) -> None:
    make_did(db, 42, "18005550000")
    for row in FILTERED:
        make_did_call(db, **{"uniqueid": row["channel"]} | row)

    assert "".join(await channels(reports, **query)) == expected


async def test_a_pattern_finds_calls_of_its_did_and_calls_that_dialled_it(
    reports: Reports, db: TestDatabase
) -> None:
    make_did(db, 42, "3125551212")
    make_did(db, 420, "31255512120")
    make_did_call(db, uniqueid="1", channel="renamed since", extension="3125550000", did_id="42")
    make_did_call(db, uniqueid="2", channel="of another DID", extension="3125551212", did_id="7")
    make_did_call(db, uniqueid="3", channel="neither", extension="31255512120", did_id="420")

    found = await channels(reports, did_pattern="3125551212")

    assert found == ["renamed since", "of another DID"]


async def test_a_did_that_was_deleted_has_no_description(
    reports: Reports, db: TestDatabase
) -> None:
    make_did(db, 42, "18005550000", did_description="Main line")
    make_did(db, 43, "18005550001", did_description=None)
    make_did(db, 44, "18005550002", did_description="")
    for did_id in ("42", "43", "44", "45", "", None, "default"):
        make_did_call(db, uniqueid=f"1.{did_id}", did_id=did_id)

    found = [(row["did_id"], row["did_description"]) for row in await told(reports)]

    assert found == [
        ("", None), ("42", "Main line"), ("43", None), ("44", ""), ("45", None),
        ("default", None), (None, None),
    ]  # fmt: skip


async def test_what_the_dialer_left_out_is_null(reports: Reports, db: TestDatabase) -> None:
    make_did_call(
        db, caller_id_number=None, caller_id_name=None, extension=None, did_id=None, did_route=None
    )

    assert await told(reports) == [
        DOCUMENTED
        | dict.fromkeys(("caller_id_number", "caller_id_name", "extension", "did_number"))
        | dict.fromkeys(("did_id", "did_route", "did_description"))
        | {"length_in_sec": 0}
    ]


async def test_a_route_keeps_the_prefix_of_a_filter(reports: Reports, db: TestDatabase) -> None:
    make_did_call(db, did_route="PFR_CALLMENU")

    assert [row["did_route"] for row in await told(reports)] == ["PFR_CALLMENU"]


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        pytest.param("2025-07-08 12:00:01", "2025-07-08T16:00:01Z", id="summer"),
        pytest.param("2025-11-02 00:59:59", "2025-11-02T04:59:59Z", id="before"),
        pytest.param("2025-11-02 01:30:00", "2025-11-02T05:30:00Z", id="the first of two"),
        pytest.param("2025-11-02 02:00:00", "2025-11-02T07:00:00Z", id="after"),
    ],
)
async def test_dates_leave_in_utc(reports: Reports, db: TestDatabase, local: str, utc: str) -> None:
    make_did_call(db, call_date=local)

    rows = await told(reports, query_date=local[:10])

    assert [row["call_date"] for row in rows] == [utc]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        pytest.param({"did_pattern": "x" * 51}, "did_pattern", id="pattern too long"),
        pytest.param({"did_pattern": " "}, "did_pattern", id="pattern of spaces"),
        pytest.param({"did_pattern": "\U0001f600"}, "did_pattern", id="pattern beyond the BMP"),
        pytest.param({"phone_number": "1" * 21}, "phone_number", id="number too long"),
        pytest.param({"phone_number": " "}, "phone_number", id="number of spaces"),
        pytest.param({"did_id": "1" * 10}, "did_id", id="DID too long"),
        pytest.param({"did_id": "42x"}, "did_id", id="DID of letters"),
        pytest.param({"did_id": "-1"}, "did_id", id="DID below zero"),
        pytest.param({"did_id": "\u0664"}, "did_id", id="DID in other digits"),
        pytest.param({"caller_id_number": "1" * 19}, "caller_id_number", id="caller too long"),
        pytest.param({"server_ip": "10.0.0"}, "server_ip", id="three parts"),
        pytest.param({"server_ip": "10.0.0.256"}, "server_ip", id="beyond a byte"),
        pytest.param({"limit": "0"}, "limit", id="no row"),
        pytest.param({"limit": "10001"}, "limit", id="too many rows"),
        pytest.param({"limit": "ten"}, "limit", id="rows in words"),
        pytest.param({"format": "xml"}, "format", id="another format"),
        pytest.param({"archived": "y"}, "archived", id="small letter"),
        pytest.param({"cursor": "x"}, "cursor", id="no cursor"),
        pytest.param({"cursor": "WyIyMDI1LTAxLTA4IDEyOjAwOjAxIiwiMSJd"}, "cursor", id="two parts"),
        pytest.param({"start_date": "2025-01-32"}, "start_date", id="no date"),
        pytest.param({"end_date": "2025-01-07"}, "end_date", id="ends before it starts"),
        pytest.param({"start_date": "2024-01-08"}, "end_date", id="367 days"),
    ],
)
async def test_a_bad_value_names_the_parameter(
    reports: Reports, db: TestDatabase, query: dict[str, str], field: str
) -> None:
    with statements_sent() as statements:
        answer = await asked(reports, EXPORT, THAT_DAY | query)

    assert named(answer) == [field]
    assert statements == []


async def test_the_archive_is_read_instead_of_the_log(reports: Reports, db: TestDatabase) -> None:
    make_did_call(db, channel="live")
    make_did_call(db, channel="live and archived")
    make_did_call(db, channel="live and archived", archived=True)

    assert await channels(reports, archived="Y") == ["live and archived"]
    assert await channels(reports, archived="N") == ["live", "live and archived"]
