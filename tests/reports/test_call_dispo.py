"""GET /api/v1/call-stats/dispo: the figures, over hundreds of calls and both clock changes."""

from collections.abc import Iterable
from typing import Any

import pytest
from support.answers import asked, done, told
from support.apps import Reports, Start, clock_at
from support.builders import make_campaign
from support.call_logs import make_inbound_call, make_outbound_call
from support.call_stats import (
    ALL_CALLS,
    CAMPAIGN,
    DAY,
    DISPO,
    IN_GROUP,
    Call,
    dispositions,
    generated,
    insert,
    make_definitions,
)
from support.database import ENGINES, TestDatabase
from support.two_clock_changes import AUTUMN, EACH_SEASON, SPRING, days, within

CALLS = generated()
EVERYTHING = {"campaigns": "---ALL---", "ingroups": "---ALL---"}


@pytest.fixture
def calls(db: TestDatabase) -> list[Call]:
    """All calls, in the database."""
    make_definitions(db)
    insert(db, CALLS)
    return CALLS


def in_one_spelling(report: dict[str, Any]) -> dict[str, Any]:
    """The report with names in capitals, for windows in which no spelling comes first in time."""
    names = ("group_id", "status", "user")

    def capitals(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            {
                key: capitals(value)
                if isinstance(value, list)
                else (value.upper() if key in names else value)
                for key, value in row.items()
            }
            for row in rows
        ]

    (total,) = capitals([report["total"]])
    return {"groups": capitals(report["groups"]), "total": total}


async def test_the_documented_answer(reports: Reports, db: TestDatabase) -> None:
    statuses = ["DROP", "TESTAM"] * 4 + ["ACFLTR", "DROP"]
    for number, status in enumerate(statuses, start=1):
        make_inbound_call(
            db, closecallid=number, uniqueid=f"1.{number}", campaign_id="TEST_IN2", status=status
        )
    make_inbound_call(db, closecallid=99, campaign_id="TEST_IN3")

    answer = await asked(reports, DISPO, **DAY, ingroups="TEST_IN2")

    shares = [
        {"status": "DROP", "count": 5, "percentage": 50.0},
        {"status": "TESTAM", "count": 4, "percentage": 40.0},
        {"status": "ACFLTR", "count": 1, "percentage": 10.0},
    ]
    assert answer == done(
        "Disposition report retrieved",
        {
            "groups": [
                {"group_id": "TEST_IN2", "group_type": "ingroup", "total_calls": 10,
                 "statuses": shares}
            ],
            "total": {"total_calls": 10, "statuses": shares},
        },
    )  # fmt: skip


@ENGINES
@EACH_SEASON
@pytest.mark.usefixtures("engine")
async def test_campaigns_and_in_groups_come_together(
    reports: Reports, calls: list[Call], season: dict[str, str]
) -> None:
    found = await told(reports, DISPO, **season, **EVERYTHING)

    assert found == dispositions(days(calls, **season), ALL_CALLS)


@EACH_SEASON
async def test_users_are_told_apart(
    reports: Reports, calls: list[Call], season: dict[str, str]
) -> None:
    found = await told(reports, DISPO, **season, **EVERYTHING, user_breakdown="1")

    # Of two in one window, the server picks a spelling.
    assert in_one_spelling(found) == dispositions(days(calls, **season), ALL_CALLS, users=True)


@pytest.mark.parametrize("window_s", [4999, 86_400, 604_800])
async def test_windows_of_any_width_add_up_to_the_same(
    start_reports: Start, calls: list[Call], window_s: int
) -> None:
    reports = await start_reports(window_s=window_s)

    found = await told(reports, DISPO, **AUTUMN, **EVERYTHING, user_breakdown="1")

    assert in_one_spelling(found) == dispositions(days(calls, **AUTUMN), ALL_CALLS, users=True)


async def test_all_campaigns_are_counted_where_nothing_is_asked_for(
    reports: Reports, calls: list[Call]
) -> None:
    found = await told(reports, DISPO, **SPRING)

    assert found == dispositions(days(calls, **SPRING), {CAMPAIGN: ALL_CALLS[CAMPAIGN]})


@pytest.mark.parametrize(
    ("query", "groups"),
    [
        pytest.param({"campaign_id": "alpha"}, {CAMPAIGN: ["ALPHA"]}, id="a campaign"),
        pytest.param(
            {"campaigns": "QUIET,oldcamp,NOBODY"},
            {CAMPAIGN: ["NOBODY", "OLDCAMP", "QUIET"]},
            id="campaigns that are gone or without calls",
        ),
        pytest.param(
            {"ingroups": "support,idle,gone"},
            {IN_GROUP: ["GONE", "IDLE", "SUPPORT"]},
            id="in-groups that are gone or without calls",
        ),
        pytest.param(
            {"ingroups": "ALLGROUPS"}, {IN_GROUP: ALL_CALLS[IN_GROUP]}, id="all in-groups"
        ),
        pytest.param(
            {"campaigns": "BETA-ALPHA", "ingroups": "ALLGROUPS"},
            {CAMPAIGN: ["ALPHA", "BETA"], IN_GROUP: ALL_CALLS[IN_GROUP]},
            id="some campaigns and all in-groups",
        ),
        pytest.param(
            {"campaigns": "ALLCAMPAIGNS", "ingroups": "SALES"},
            {CAMPAIGN: ALL_CALLS[CAMPAIGN], IN_GROUP: ["SALES"]},
            id="all campaigns and an in-group",
        ),
    ],
)
async def test_the_groups_asked_for_are_counted(
    reports: Reports, calls: list[Call], query: dict[str, str], groups: dict[str, list[str]]
) -> None:
    wanted = {(kind, name.upper()) for kind, names in groups.items() for name in names}
    of_groups = [call for call in days(calls, **SPRING) if (call.log, call.names[0]) in wanted]

    found = await told(reports, DISPO, **SPRING, **query)

    assert in_one_spelling(found) == dispositions(of_groups, groups)


async def test_the_range_begins_and_ends_at_times_of_its_first_and_last_day(
    reports: Reports, calls: list[Call]
) -> None:
    counted = within(calls, "2024-11-01 22:30:00", "2024-11-05 06:59:59")

    found = await told(
        reports, DISPO, **AUTUMN, **EVERYTHING, query_time="22:30:00", end_time="06:59:59"
    )

    assert in_one_spelling(found) == dispositions(counted, ALL_CALLS)


async def test_without_a_range_it_is_today(start_reports: Start, db: TestDatabase) -> None:
    # 23:30 on January 8 in New York.
    reports = await start_reports(clock=clock_at("2025-01-09T04:30:00"))
    for place, day in enumerate(["2025-01-07 23:59:59", "2025-01-08 00:00:00",
                                 "2025-01-08 23:59:59", "2025-01-09 00:00:00"]):  # fmt: skip
        make_outbound_call(db, uniqueid=f"1.{place}", call_date=day)

    assert (await told(reports, DISPO))["total"]["total_calls"] == 2


async def test_archived_calls_are_counted_instead(reports: Reports, db: TestDatabase) -> None:
    archive, live = days(CALLS, **SPRING)[::3], days(CALLS, **SPRING)[1::3]
    insert(db, archive, archived=True)
    insert(db, live)

    for archived, counted in (("Y", archive), ("N", live)):
        found = await told(reports, DISPO, **SPRING, **EVERYTHING, archived=archived)
        assert in_one_spelling(found) == dispositions(counted, ALL_CALLS)


@pytest.mark.parametrize(
    ("counts", "percentages"),
    [
        pytest.param([1, 15], [93.8, 6.3], id="6.25 and 93.75"),
        pytest.param([1, 1, 1], [33.3, 33.3, 33.3], id="thirds"),
        pytest.param([2, 1], [66.7, 33.3], id="two thirds"),
        pytest.param([1, 399], [99.8, 0.3], id="0.25 and 99.75"),
        pytest.param([1, 2000], [100.0, 0.0], id="0.04998"),
        pytest.param([1, 1999], [100.0, 0.1], id="0.05 and 99.95"),
        pytest.param([7], [100.0], id="all"),
    ],
)
async def test_percentages_have_one_decimal_rounded_half_up(
    reports: Reports, db: TestDatabase, counts: list[int], percentages: list[float]
) -> None:
    for place, count in enumerate(counts):
        db.execute(
            "INSERT INTO vicidial_log (uniqueid, lead_id, campaign_id, call_date, status)"
            f" SELECT CONCAT('{place}.', seq), 1, 'TESTCAMP', '2025-01-08 12:00:00', 'S{place}'"
            f" FROM seq_1_to_{count}"
        )

    found = await told(reports, DISPO, **DAY)

    for shown in (found["groups"][0], found["total"]):
        assert [status["percentage"] for status in shown["statuses"]] == percentages


async def test_most_frequent_first_then_by_name(reports: Reports, db: TestDatabase) -> None:
    ended = ["B", "a", "B", None, "C", "a", "c"]
    users = ["bob", "Ann", "bob", None, "Cid", "Ann", "CID"]
    for place, (status, user) in enumerate(zip(ended, users, strict=True)):
        make_outbound_call(
            db, uniqueid=f"1.{place}", status=status, user=user,
            call_date=f"2025-01-08 {10 + place}:00:00",
        )  # fmt: skip

    found = await told(reports, DISPO, **DAY, user_breakdown="Y", show_percentages="N")

    (group,) = found["groups"]
    assert group["statuses"] == [
        {"status": "a", "count": 2}, {"status": "B", "count": 2}, {"status": "C", "count": 2},
        {"status": "", "count": 1},
    ]  # fmt: skip
    assert group["users"] == [
        {"user": "Ann", "status": "a", "count": 2}, {"user": "bob", "status": "B", "count": 2},
        {"user": "Cid", "status": "C", "count": 2}, {"user": "", "status": "", "count": 1},
    ]  # fmt: skip


async def test_the_first_spelling_is_the_label_in_all_of_the_report(
    reports: Reports, db: TestDatabase
) -> None:
    make_campaign(db, "BETA")
    for place, (campaign_id, status) in enumerate([("beta", "sale"), ("Alpha", "SALE"),
                                                   ("ALPHA", "Sale")]):  # fmt: skip
        make_outbound_call(
            db, uniqueid=f"1.{place}", campaign_id=campaign_id, status=status,
            call_date=f"2025-01-08 {10 + place}:00:00",
        )  # fmt: skip

    found = await told(reports, DISPO, **DAY)

    assert [group["group_id"] for group in found["groups"]] == ["Alpha", "BETA"]
    shown = [one["statuses"][0]["status"] for one in (*found["groups"], found["total"])]
    assert shown == ["sale"] * 3
