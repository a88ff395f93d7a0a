"""GET /api/v1/call-stats/status: the figures, over hundreds of calls and both clock changes."""

from collections.abc import Collection
from typing import Any

import pytest
from support.answers import asked, done, told
from support.apps import Reports, Start, clock_at
from support.builders import make_campaign, make_in_group, text_of
from support.call_logs import make_inbound_call, make_outbound_call
from support.call_stats import (
    ANSWERED_EVERYWHERE,
    AVERAGES,
    CAMPAIGN,
    IN_GROUP,
    STATUS,
    Call,
    by_hour_and_status,
    generated,
    insert,
    make_definitions,
)
from support.database import ENGINES, TestDatabase
from support.two_clock_changes import EACH_SEASON, SPRING, days, within

CALLS = generated()
# What people said is flagged by the campaign.
FLAGGED = {"ALPHA": {"MEET"}, "OLDCAMP": {"NA"}}


def answered(group_id: str) -> Collection[str]:
    """The statuses of a campaign that say that a person has answered."""
    return ANSWERED_EVERYWHERE | FLAGGED.get(group_id, set())


def of_all_campaigns(calls: list[Call]) -> list[dict[str, Any]]:
    """What is told of all campaigns, and of the in-groups that their agents take calls of."""
    campaigns = ["", "ALPHA", "BETA", "OLDCAMP", "QUIET"]
    any_campaign = ANSWERED_EVERYWHERE | {"MEET", "NA"}
    return [
        *by_hour_and_status(calls, CAMPAIGN, campaigns, answered),
        *by_hour_and_status(calls, IN_GROUP, ["GONE", "SALES", "SUPPORT"], lambda _: any_campaign),
    ]


def in_capitals(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The groups with their statuses in one spelling, where no spelling comes first in time."""
    return [
        group | {"statuses": [one | {"status": one["status"].upper()} for one in group["statuses"]]}
        for group in groups
    ]


@pytest.fixture
def calls(db: TestDatabase) -> list[Call]:
    """All calls, in the database."""
    make_definitions(db)
    insert(db, CALLS)
    return CALLS


async def test_the_documented_answer(reports: Reports, db: TestDatabase) -> None:
    make_campaign(db, closer_campaigns=text_of(["AGENTDIRECT"]))
    hours = [0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 3, 4, 2, 4, 1, 0, 2, 0, 0, 0, 6, 1, 1]
    began = [hour for hour, number in enumerate(hours) for _ in range(number)]
    for place, hour in enumerate(began):
        status, length = ("NP", 30 + place) if place < 4 else ("TD", 88)
        make_outbound_call(
            db, uniqueid=f"1.{place}", status=status, length_in_sec=length,
            call_date=f"2025-01-08 {hour:02}:10:00",
        )  # fmt: skip
    db.execute("UPDATE vicidial_statuses SET human_answered = 'Y' WHERE status = 'NP'")
    db.insert("vicidial_statuses", status="TD", human_answered="Y")

    answer = await asked(reports, STATUS, campaign_id="TESTCAMP", query_date="2025-01-08")

    assert answer == done(
        "Status statistics retrieved",
        [
            {"group_id": "TESTCAMP", "group_type": "campaign", "total_calls": 26,
             "human_answered_calls": 26, "hours": hours,
             "statuses": [{"status": "NP", "count": 4, "avg_length": 31.5},
                          {"status": "TD", "count": 22, "avg_length": 88.0}]},
            {"group_id": "AGENTDIRECT", "group_type": "ingroup", "total_calls": 0,
             "human_answered_calls": 0, "hours": [0] * 24, "statuses": []},
        ],
    )  # fmt: skip


@ENGINES
@EACH_SEASON
@pytest.mark.usefixtures("engine")
async def test_days_add_up(reports: Reports, calls: list[Call], season: dict[str, str]) -> None:
    assert await told(reports, STATUS, **season) == of_all_campaigns(days(calls, **season))


@EACH_SEASON
@pytest.mark.parametrize("window_s", [4999, 86_400, 604_800])
async def test_windows_of_any_width_add_up_to_the_same(
    start_reports: Start, calls: list[Call], season: dict[str, str], window_s: int
) -> None:
    reports = await start_reports(window_s=window_s)

    found = in_capitals(await told(reports, STATUS, **season))

    assert found == of_all_campaigns(days(calls, **season))


async def test_calls_of_the_hour_that_comes_twice_count_in_one_hour(
    reports: Reports, calls: list[Call]
) -> None:
    within_hour = within(calls, "2024-11-03 01:00:00", "2024-11-03 01:59:59")

    found = await told(
        reports, STATUS, start_date="2024-11-03 01:00:00", end_date="2024-11-03 01:59:59"
    )

    assert in_capitals(found) == of_all_campaigns(within_hour)
    assert len({call.epoch // 3600 for call in within_hour}) == 2
    assert sum(group["hours"][1] for group in found) == len(within_hour)


async def test_the_range_begins_and_ends_at_times_of_its_first_and_last_day(
    reports: Reports, calls: list[Call]
) -> None:
    found = await told(reports, STATUS, **SPRING, query_time="09:30:00", end_time="17:15:29")

    assert found == of_all_campaigns(within(calls, "2024-03-08 09:30:00", "2024-03-12 17:15:29"))


async def test_both_ends_are_in_the_range(reports: Reports, db: TestDatabase) -> None:
    make_campaign(db)
    for place, time in enumerate(["11:59:59", "12:00:00", "13:00:00", "13:00:01"]):
        make_outbound_call(db, uniqueid=f"1.{place}", call_date=f"2025-01-08 {time}")

    (group,) = await told(
        reports, STATUS, query_date="2025-01-08", query_time="12:00:00", end_time="13:00:00"
    )

    assert [group["hours"][hour] for hour in (11, 12, 13)] == [0, 1, 1]


async def test_without_a_range_it_is_today(start_reports: Start, db: TestDatabase) -> None:
    make_campaign(db)
    # 23:30 on January 8 in New York.
    reports = await start_reports(clock=clock_at("2025-01-09T04:30:00"))
    for place, day in enumerate(["2025-01-07 23:59:59", "2025-01-08 00:00:00",
                                 "2025-01-08 23:59:59", "2025-01-09 00:00:00"]):  # fmt: skip
        make_outbound_call(db, uniqueid=f"1.{place}", call_date=day)

    (group,) = await told(reports, STATUS)

    assert (group["total_calls"], group["hours"][0], group["hours"][23]) == (2, 1, 1)


@pytest.mark.parametrize(
    ("asked_for", "counted"),
    [
        pytest.param("SALE", {"SALE"}, id="one"),
        pytest.param("meet,NI,NOBODY", {"MEET", "NI"}, id="some, in any spelling"),
        pytest.param("SALE-NI", {"SALE", "NI"}, id="with dashes"),
        pytest.param("NOBODY", set(), id="one that is nowhere"),
    ],
)
async def test_only_calls_of_the_statuses_asked_for_are_counted(
    reports: Reports, calls: list[Call], asked_for: str, counted: set[str]
) -> None:
    of_status = [call for call in days(calls, **SPRING) if call.names[1] in counted]
    # What is only in the log is not there without calls.
    there = {"ALPHA", "BETA", "QUIET", "GONE", "SALES", "SUPPORT"} | {
        call.names[0] for call in of_status
    }

    found = await told(reports, STATUS, **SPRING, statuses=asked_for)

    assert found == [one for one in of_all_campaigns(of_status) if one["group_id"] in there]


async def test_archived_calls_are_counted_instead(reports: Reports, db: TestDatabase) -> None:
    make_definitions(db)
    archive, live = days(CALLS, **SPRING)[::3], days(CALLS, **SPRING)[1::3]
    insert(db, archive, archived=True)
    insert(db, live)

    assert await told(reports, STATUS, **SPRING, archived="Y") == of_all_campaigns(archive)
    assert await told(reports, STATUS, **SPRING, archived="N") == of_all_campaigns(live)


@pytest.mark.parametrize(
    ("lengths", "average"),
    AVERAGES,
)
async def test_averages_have_one_decimal_rounded_half_up(
    reports: Reports, db: TestDatabase, lengths: list[int | None], average: float
) -> None:
    make_campaign(db, closer_campaigns=text_of(["SALES"]))
    make_in_group(db)
    for number, length in enumerate(lengths, start=1):
        date = f"2025-01-08 {number:02}:00:00"
        make_outbound_call(db, uniqueid=f"1.{number}", call_date=date, length_in_sec=length)
        make_inbound_call(
            db, uniqueid=f"1.{number}", closecallid=number, call_date=date, status="A",
            length_in_sec=length,
        )  # fmt: skip

    found = await told(reports, STATUS, query_date="2025-01-08")

    status = [{"status": "A", "count": len(lengths), "avg_length": average}]
    assert [group["statuses"] for group in found] == [status, status]


async def test_the_first_spelling_is_the_label(reports: Reports, db: TestDatabase) -> None:
    for number, (campaign_id, status) in enumerate([("oldcamp", "sale"), ("OldCamp", "SALE"),
                                                    ("OLDCAMP", "Sale")]):  # fmt: skip
        make_outbound_call(
            db, uniqueid=f"1.{number}", campaign_id=campaign_id, status=status,
            call_date=f"2025-01-08 {12 + number}:00:00", length_in_sec=None,
        )  # fmt: skip

    (group,) = await told(reports, STATUS, query_date="2025-01-08")

    assert (group["group_id"], group["total_calls"]) == ("oldcamp", 3)
    assert group["statuses"] == [{"status": "sale", "count": 3, "avg_length": 0.0}]
