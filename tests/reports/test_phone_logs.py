"""GET /api/v1/phone-logs/{phone}: calls from and to a number, in one order."""

import pytest
from support.answers import asked, done
from support.apps import Reports, Start, clock_at
from support.archives import NO_ARCHIVE, without
from support.builders import make_lead
from support.database import ENGINES, TestDatabase
from support.phone_logs import (
    DOCUMENTED,
    LEAD_ID,
    NOON,
    NUMBER,
    OTHER,
    calls,
    ids,
    make_in,
    make_out,
    url,
)

INBOUND = DOCUMENTED | {
    "call_type": "IN",
    "closecallid": 777,
    "campaign_id": "SALES",
    "call_date": "2017-01-06T13:12:01Z",
    "start_epoch": 1483708321,
    "end_epoch": 1483708621,
    "length_in_sec": 300,
    "user": "7777",
    "term_reason": "CALLER",
    "alt_dial": None,
    "queue_seconds": 12.5,
    "called_count": 4,
}
# 01:30 comes twice on that day in New York, an hour apart.
TWICE, FIRST, SECOND = "2024-11-03 01:30:00", 1730611800, 1730615400


def make_documented_calls(db: TestDatabase) -> None:
    """The lead and the call of the contract, and another that came in a minute later."""
    make_lead(db, lead_id=4711, phone_number=NUMBER, status="TD", source_id="mail098")
    make_out(
        db, "1483708255.77", "2017-01-06 08:11:01", list_id=82106, start_epoch=1483708261,
        end_epoch=1483708286, length_in_sec=25, status="SALE", user_group="AGENTS",
        comments="AUTO", alt_dial="MAIN", called_count=3,
    )  # fmt: skip
    make_in(
        db, 777, "2017-01-06 08:12:01", uniqueid="1483708255.77", list_id=82106,
        start_epoch=1483708321, end_epoch=1483708621, user_group="AGENTS", called_count=4,
    )  # fmt: skip


@ENGINES
async def test_the_documented_answer(reports: Reports, db: TestDatabase, engine: str) -> None:
    make_documented_calls(db)

    answer = await asked(reports, url())

    assert answer == done("Phone number history retrieved", [DOCUMENTED])
    assert list(answer[1]["data"][0]) == list(DOCUMENTED)


@ENGINES
@pytest.mark.parametrize(
    ("kind", "expected"),
    [("OUT", [DOCUMENTED]), ("IN", [INBOUND]), ("ALL", [INBOUND, DOCUMENTED])],
)
async def test_the_direction_is_asked_for(
    reports: Reports, db: TestDatabase, engine: str, kind: str, expected: list[object]
) -> None:
    make_documented_calls(db)

    assert await calls(reports, type=kind) == expected


@pytest.mark.parametrize("kind", ["OUT", "IN", "ALL"])
async def test_a_number_that_nobody_knows_has_no_calls(
    reports: Reports, db: TestDatabase, kind: str
) -> None:
    make_documented_calls(db)

    answer = await asked(reports, url(OTHER, f"?type={kind}"))

    assert answer == done("Phone number history retrieved", [])


async def test_nulls_of_the_logs_leave_as_nulls(reports: Reports, db: TestDatabase) -> None:
    make_lead(db, lead_id=LEAD_ID, phone_number=NUMBER, status=None, source_id=None)
    unknown = dict.fromkeys(
        ("list_id", "campaign_id", "end_epoch", "length_in_sec", "status", "phone_code", "user",
         "user_group", "comments", "processed", "term_reason", "called_count"),
    )  # fmt: skip
    make_out(db, "1.1", None, alt_dial=None, **unknown)
    make_in(db, 1, None, uniqueid="1.2", queue_seconds=None, **unknown)

    came_in, went_out = await calls(reports, type="ALL")

    known = {"phone_number": NUMBER, "lead_id": LEAD_ID}
    nothing = dict.fromkeys(DOCUMENTED)
    assert went_out == nothing | known | {"call_type": "OUT", "uniqueid": "1.1"}
    assert came_in == nothing | known | {"call_type": "IN", "uniqueid": "1.2", "closecallid": 1}


async def test_the_newest_comes_first_and_at_one_time_in_before_out(
    reports: Reports, db: TestDatabase
) -> None:
    make_lead(db, lead_id=LEAD_ID, phone_number=NUMBER)
    make_out(db, "1736355600.9")
    make_out(db, "1736355600.10")
    make_out(db, "1736355599.99")
    make_out(db, "1.1", "2025-01-08 12:00:01")
    make_in(db, 9)
    make_in(db, 10)
    make_in(db, 8, "2025-01-08 11:59:59")
    make_in(db, 11, "2025-01-08 12:00:01")

    assert await ids(reports, type="ALL") == [
        11, "1.1", 10, 9, "1736355600.9", "1736355600.10", "1736355599.99", 8,
    ]  # fmt: skip


async def test_calls_without_a_date_come_last(reports: Reports, db: TestDatabase) -> None:
    make_lead(db, lead_id=LEAD_ID, phone_number=NUMBER)
    make_out(db, "1.1", None)
    make_out(db, "1.2", "0000-00-00 00:00:00")
    make_out(db, "1.3", "1999-01-01 00:00:00")
    make_in(db, 1, None)

    found = await calls(reports, type="ALL")

    assert [(one["uniqueid"], one["closecallid"], one["call_date"]) for one in found] == [
        ("1.3", None, "1999-01-01T05:00:00Z"),
        ("1736355590.1234", 1, None),
        ("1.2", None, None),
        ("1.1", None, None),
    ]


async def test_in_the_hour_that_comes_twice_the_call_s_epoch_decides(
    reports: Reports, db: TestDatabase
) -> None:
    make_lead(db, lead_id=LEAD_ID, phone_number=NUMBER)
    make_out(db, "1.1", TWICE, start_epoch=FIRST)
    make_out(db, "1.2", TWICE, start_epoch=SECOND)
    make_out(db, "1.3", TWICE, start_epoch=None)

    assert [(one["uniqueid"], one["call_date"]) for one in await calls(reports)] == [
        ("1.3", "2024-11-03T05:30:00Z"),
        ("1.2", "2024-11-03T06:30:00Z"),
        ("1.1", "2024-11-03T05:30:00Z"),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [4, "4", 3, "3", 2, "2", 1, "1", 9]),
        ({"start_date": "2025-01-08", "end_date": "2025-01-08"}, [3, "3", 2, "2"]),
        ({"query_date": "2025-01-08"}, [3, "3", 2, "2"]),
        ({"start_date": "2025-01-08"}, [4, "4", 3, "3", 2, "2"]),
        ({"start_date": "1000-01-01", "end_date": "2025-01-07"}, [1, "1"]),
        ({"start_date": "2025-01-08 23:59:59", "end_date": "2025-01-08 23:59:59"}, [3, "3"]),
        ({"start_date": "2025-01-09T04:59:59Z"}, [4, "4", 3, "3"]),
        ({"start_date": "2025-01-10"}, []),
    ],
)
async def test_a_range_is_a_filter_of_any_length(
    start_reports: Start, db: TestDatabase, query: dict[str, str], found: list[object]
) -> None:
    reports = await start_reports(clock=clock_at("2025-01-10T12:00:00"))
    make_lead(db, lead_id=LEAD_ID, phone_number=NUMBER)
    for place, date in enumerate(
        ["2025-01-07 23:59:59", "2025-01-08 00:00:00", "2025-01-08 23:59:59",
         "2025-01-09 00:00:00"], 1,
    ):  # fmt: skip
        make_out(db, str(place), date)
        make_in(db, place, date)
    make_in(db, 9, None)

    assert await ids(reports, type="ALL", **query) == found


@pytest.mark.parametrize("kind", ["OUT", "IN"])
async def test_archives_of_the_logs_are_read_instead(
    reports: Reports, db: TestDatabase, kind: str
) -> None:
    make_lead(db, lead_id=LEAD_ID, phone_number=NUMBER, status="TD")
    make_out(db, "1.1")
    make_out(db, "1.1", archived=True)
    make_out(db, "1.2", archived=True, status="OLD")
    make_in(db, 1)
    make_in(db, 2, archived=True, status="OLD")
    make_in(db, 1, archived=True)

    found = await calls(reports, type=kind, archived="Y")

    assert [one["status"] == "OLD" for one in found] == [True, False]
    assert [one["lead_status"] for one in found] == ["TD", "TD"]
    assert await ids(reports, type=kind) == (["1.1"] if kind == "OUT" else [1])


@pytest.mark.parametrize(
    ("table", "kind"), [("vicidial_log", "OUT"), ("vicidial_closer_log", "IN")]
)
async def test_a_database_without_the_archive_is_a_409(
    reports: Reports, db: TestDatabase, table: str, kind: str
) -> None:
    make_lead(db, lead_id=LEAD_ID, phone_number=NUMBER)
    with without(db, f"{table}_archive"):
        answer = await asked(reports, url(query=f"?type={kind}&archived=Y"))

    assert answer == NO_ARCHIVE


async def test_the_call_is_logged_by_its_function(reports: Reports, db: TestDatabase) -> None:
    await calls(reports)
    await reports.close()

    assert db.rows("SELECT function, result, user FROM vicidial_api_log") == [
        ("phone_number_log", "SUCCESS", "6666")
    ]


async def test_nothing_is_changed(reports: Reports, db: TestDatabase) -> None:
    make_lead(db, lead_id=LEAD_ID, phone_number=NUMBER)
    make_out(db, "1.1", NOON)
    before = db.rows("SELECT * FROM vicidial_log"), db.rows("SELECT * FROM vicidial_list")

    await calls(reports, type="ALL")

    assert (db.rows("SELECT * FROM vicidial_log"), db.rows("SELECT * FROM vicidial_list")) == before
