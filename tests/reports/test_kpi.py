"""GET /api/v1/kpi/dispositions: the figures, over hundreds of calls and both clock changes."""

from collections.abc import Iterable
from typing import Any

import pytest
from support.answers import asked, done, told
from support.apps import Reports, Start, clock_at
from support.builders import make_campaign, make_list
from support.call_logs import make_inbound_call, make_outbound_call
from support.call_stats import CAMPAIGN, Call, generated, one_decimal
from support.database import ENGINES, TestDatabase
from support.two_clock_changes import EACH_SEASON, SPRING, days, within

KPI = "/api/v1/kpi/dispositions"
DAY = {"query_date": "2025-01-08"}
CALLS = [call for call in generated() if call.log == CAMPAIGN]
LISTS = [101, None, 102, 99_999_999_999_999, 101, 0]
# What is not here was deleted.
CAMPAIGN_NAMES = {"ALPHA": "Alpha calls", "BETA": ""}
LIST_NAMES = {101: "First list", 102: None}
KEYS = {"campaign": "campaigns", "list": "lists", "both": "results"}
MESSAGES = {
    "campaign": "KPI dispositions by campaign retrieved successfully",
    "list": "KPI dispositions by list retrieved successfully",
    "both": "KPI dispositions by campaign and list retrieved successfully",
}
EACH_GROUPING = pytest.mark.parametrize("group_by", ["campaign", "list", "both"])


def list_id_of(call: Call) -> int | None:
    """The list of the call's lead."""
    return LISTS[call.epoch // 1709 % len(LISTS)]


def insert_calls(db: TestDatabase, calls: Iterable[Call], *, archived: bool = False) -> None:
    """Write the calls into the log."""
    for number, call in enumerate(calls, start=1):
        make_outbound_call(
            db, archived=archived, uniqueid=f"{call.epoch}.{number}", campaign_id=call.group,
            list_id=list_id_of(call), status=call.status, call_date=call.call_date,
            start_epoch=call.epoch, length_in_sec=call.length_in_sec,
        )  # fmt: skip


def make_names(db: TestDatabase) -> None:
    """The campaigns and lists that there are."""
    for campaign_id, campaign_name in CAMPAIGN_NAMES.items():
        make_campaign(db, campaign_id.title(), campaign_name=campaign_name)
    for list_id, list_name in LIST_NAMES.items():
        make_list(db, list_id, list_name=list_name)


def report(calls: Iterable[Call], group_by: str) -> dict[str, Any]:
    """What the report tells of the calls."""
    groups: dict[Any, list[Call]] = {}
    for call in calls:
        campaign_id = call.group.upper() if call.group and group_by != "list" else None
        list_id = list_id_of(call) if group_by != "campaign" else None
        groups.setdefault((campaign_id, list_id), []).append(call)
    in_order = sorted(groups, key=lambda ids: (ids[0] or "", -1 if ids[1] is None else ids[1]))
    shown = [who(ids, group_by) | shares(groups[ids]) for ids in in_order]
    return {"count": len(shown), KEYS[group_by]: shown}


def who(ids: tuple[str | None, int | None], group_by: str) -> dict[str, Any]:
    """The ids and the names of a group."""
    campaign_id, list_id = ids
    shown: dict[str, Any] = {}
    if group_by != "list":
        name = CAMPAIGN_NAMES.get(campaign_id or "-")
        shown |= {"campaign_id": campaign_id, "campaign_name": name}
    if group_by != "campaign":
        name = LIST_NAMES.get(-1 if list_id is None else list_id)
        shown |= {"list_id": list_id, "list_name": name}
    return shown


def shares(calls: list[Call]) -> dict[str, Any]:
    """The numbers of a group."""
    lengths: dict[str, list[int | None]] = {}
    for call in calls:
        lengths.setdefault(call.names[1], []).append(call.length_in_sec)
    in_order = sorted(lengths.items(), key=lambda item: (-len(item[1]), item[0]))
    return {
        "total_calls": len(calls),
        "dispositions": [
            disposition(status, of_status, len(calls)) for status, of_status in in_order
        ],
    }


def disposition(status: str, lengths: list[int | None], calls: int) -> dict[str, Any]:
    """The numbers of a status."""
    known = [length for length in lengths if length is not None]
    return {
        "status": status,
        "count": len(lengths),
        "percentage": one_decimal(100 * len(lengths), calls),
        "avg_talk_time": one_decimal(sum(known), len(known)),
        "total_talk_time": sum(known),
    }


def in_capitals(data: dict[str, Any], group_by: str) -> dict[str, Any]:
    """The report in one spelling, where no spelling comes first in time."""
    groups = [
        group
        | ({"campaign_id": group["campaign_id"].upper()} if group.get("campaign_id") else {})
        | {
            "dispositions": [
                one | {"status": one["status"].upper()} for one in group["dispositions"]
            ]
        }
        for group in data[KEYS[group_by]]
    ]
    return data | {KEYS[group_by]: groups}


@pytest.fixture
def calls(db: TestDatabase) -> list[Call]:
    """All calls, in the database."""
    make_names(db)
    insert_calls(db, CALLS)
    return CALLS


async def test_the_documented_answer(reports: Reports, db: TestDatabase) -> None:
    make_campaign(db, campaign_name="Test Campaign")
    # Of 1000 calls 500 are those of the example; the others end in ten ways, 50 times each.
    ends = [("NI", 350, 15_820), ("SALE", 150, 36_825), *[(f"X{n}", 50, 0) for n in range(10)]]
    for status, number, seconds in ends:
        db.execute(
            "INSERT INTO vicidial_log"
            " (uniqueid, lead_id, campaign_id, call_date, status, length_in_sec)"
            " SELECT CONCAT(%s, seq), seq, 'TESTCAMP', '2025-01-08 10:30:00', %s,"
            f" {seconds} DIV {number} + (seq <= {seconds} MOD {number}) FROM seq_1_to_{number}",
            status, status,
        )  # fmt: skip

    answer = await asked(reports, KPI, DAY)

    others = [
        {"status": f"X{n}", "count": 50, "percentage": 5.0, "avg_talk_time": 0.0,
         "total_talk_time": 0} for n in range(10)
    ]  # fmt: skip
    documented = {
        "campaign_id": "TESTCAMP",
        "campaign_name": "Test Campaign",
        "total_calls": 1000,
        "dispositions": [
            {"status": "NI", "count": 350, "percentage": 35.0, "avg_talk_time": 45.2,
             "total_talk_time": 15820},
            {"status": "SALE", "count": 150, "percentage": 15.0, "avg_talk_time": 245.5,
             "total_talk_time": 36825},
            *others,
        ],
    }  # fmt: skip
    assert answer == done(MESSAGES["campaign"], {"count": 1, "campaigns": [documented]})
    assert list(answer[1]["data"]["campaigns"][0]) == list(documented)


@ENGINES
@EACH_SEASON
@EACH_GROUPING
@pytest.mark.usefixtures("engine")
async def test_days_add_up(
    reports: Reports, calls: list[Call], season: dict[str, str], group_by: str
) -> None:
    status, envelope = await asked(reports, KPI, season | {"group_by": group_by})

    assert (status, envelope["message"]) == (200, MESSAGES[group_by])
    assert in_capitals(envelope["data"], group_by) == report(days(calls, **season), group_by)


@EACH_SEASON
@EACH_GROUPING
@pytest.mark.parametrize("window_s", [4999, 604_800])
async def test_windows_of_any_width_add_up_to_the_same(
    start_reports: Start, calls: list[Call], season: dict[str, str], group_by: str, window_s: int
) -> None:
    reports = await start_reports(window_s=window_s)

    found = in_capitals(await told(reports, KPI, **season, group_by=group_by), group_by)

    assert found == report(days(calls, **season), group_by)


async def test_the_hour_that_comes_twice_is_counted_once(
    reports: Reports, calls: list[Call]
) -> None:
    start, end = "2024-11-03 01:00:00", "2024-11-03 01:59:59"
    within_hour = within(calls, start, end)

    found = await told(reports, KPI, start_date=start, end_date=end, group_by="both")

    assert in_capitals(found, "both") == report(within_hour, "both")
    assert len({call.epoch // 3600 for call in within_hour}) == 2


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"campaign_id": "alpha"}, id="campaign"),
        pytest.param({"campaign_id": "OLDCAMP"}, id="a campaign that was deleted"),
        pytest.param({"list_id": "101"}, id="list"),
        pytest.param({"list_id": "0"}, id="list 0"),
        pytest.param({"list_id": "99999999999999"}, id="last list"),
        pytest.param({"campaign_id": "ALPHA", "list_id": "102"}, id="both"),
        pytest.param({"campaign_id": "NOWHERE"}, id="a campaign that is nowhere"),
        pytest.param({"list_id": "103"}, id="a list that is nowhere"),
        pytest.param({"campaign_id": "", "list_id": "", "user": "1001"}, id="none"),
    ],
)
@EACH_GROUPING
async def test_both_filters_apply_to_every_grouping(
    reports: Reports, calls: list[Call], group_by: str, query: dict[str, str]
) -> None:
    campaign_id, list_id = query.get("campaign_id", ""), query.get("list_id", "")
    expected = [
        call
        for call in days(calls, **SPRING)
        if (not campaign_id or call.names[0] == campaign_id.upper())
        and (not list_id or list_id_of(call) == int(list_id))
    ]

    found = await told(reports, KPI, **SPRING | query, group_by=group_by)

    assert in_capitals(found, group_by) == report(expected, group_by)


@EACH_GROUPING
async def test_archived_calls_are_counted_instead(
    reports: Reports, db: TestDatabase, group_by: str
) -> None:
    make_names(db)
    archive, live = days(CALLS, **SPRING)[::3], days(CALLS, **SPRING)[1::3]
    insert_calls(db, archive, archived=True)
    insert_calls(db, live)

    for archived, expected in (("Y", archive), ("N", live)):
        found = await told(reports, KPI, **SPRING, group_by=group_by, archived=archived)
        assert in_capitals(found, group_by) == report(expected, group_by)


async def test_calls_that_came_in_are_not_counted(reports: Reports, db: TestDatabase) -> None:
    make_inbound_call(db)

    assert await told(reports, KPI, **DAY) == {"count": 0, "campaigns": []}


@pytest.mark.parametrize("query", [{}, DAY, {"archived": "Y"}], ids=["default", "day", "archive"])
@EACH_GROUPING
async def test_where_nobody_was_called_there_is_no_group(
    reports: Reports, db: TestDatabase, group_by: str, query: dict[str, str]
) -> None:
    make_names(db)

    answer = await asked(reports, KPI, query | {"group_by": group_by})

    assert answer == done(MESSAGES[group_by], {"count": 0, KEYS[group_by]: []})


@pytest.mark.parametrize("now", ["2025-01-08T15:30:00", "2026-07-01T00:00:00"])
@pytest.mark.parametrize("archived", ["N", "Y"])
async def test_without_a_range_it_is_the_31_days_that_end_with_the_newest_call(
    start_reports: Start, db: TestDatabase, now: str, archived: str
) -> None:
    reports = await start_reports(clock=clock_at(now), window_s=86_400)
    is_archived = archived == "Y"
    for status, date in (
        ("newest", "2025-01-08 10:30:00"),
        ("oldest", "2024-12-08 10:30:01"),
        ("older", "2024-12-08 10:30:00"),
        ("never", None),
    ):
        make_outbound_call(
            db, archived=is_archived, uniqueid=status, status=status, call_date=date
        )  # fmt: skip
    make_outbound_call(db, archived=not is_archived, call_date="2025-03-09 10:30:00")

    (group,) = (await told(reports, KPI, archived=archived))["campaigns"]

    assert [one["status"] for one in group["dispositions"]] == ["newest", "oldest"]


async def test_the_newest_call_is_that_of_the_log_whatever_is_asked_for(
    start_reports: Start, db: TestDatabase
) -> None:
    reports = await start_reports(window_s=86_400)
    make_outbound_call(db, uniqueid="1", campaign_id="OTHER", call_date="2025-01-08 10:30:00")
    make_outbound_call(db, uniqueid="2", call_date="2024-12-08 10:30:01")
    make_outbound_call(db, uniqueid="3", call_date="2024-12-08 10:30:00")

    (group,) = (await told(reports, KPI, campaign_id="TESTCAMP"))["campaigns"]

    assert group["total_calls"] == 1


@pytest.mark.parametrize("date", [None, "0000-00-00 00:00:00"])
async def test_of_a_log_without_dates_nothing_is_the_newest(
    reports: Reports, db: TestDatabase, date: str | None
) -> None:
    make_outbound_call(db, call_date=date)

    assert await told(reports, KPI) == {"count": 0, "campaigns": []}


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"start_date": "2025-01-08", "end_date": "2025-01-08"}, id="documented"),
        pytest.param(
            {"datetime_start": "2025-01-08+00:00:00", "datetime_end": "2025-01-08T23:59:59-05:00"},
            id="VICIdial's",
        ),
        pytest.param(DAY, id="query_date"),
        pytest.param({"date": "2025-01-08"}, id="date"),
        pytest.param({"start_date": "2025-01-08"}, id="up to today"),
    ],
)
async def test_a_day_by_all_its_names(
    start_reports: Start, db: TestDatabase, query: dict[str, str]
) -> None:
    reports = await start_reports(clock=clock_at("2025-01-08T17:00:00"))
    for place, time in enumerate(
        ["2025-01-07 23:59:59", "2025-01-08 00:00:00", "2025-01-08 23:59:59", "2025-01-09 00:00:00"]
    ):
        make_outbound_call(db, uniqueid=f"1.{place}", status=f"S{place}", call_date=time)

    (group,) = (await told(reports, KPI, **query))["campaigns"]

    assert [one["status"] for one in group["dispositions"]] == ["S1", "S2"]
