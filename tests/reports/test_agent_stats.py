"""GET /api/v1/agent-stats/export: what agents did, over hundreds of records."""

from typing import Any

import pytest
from support.agent_stats import (
    DAY,
    EXPORT,
    MESSAGE,
    Record,
    activity,
    generated,
    in_capitals,
    insert,
    make_agents,
    make_records,
)
from support.answers import asked, done, told
from support.apps import Reports, Start, clock_at
from support.builders import make_user
from support.call_logs import make_agent_record
from support.database import ENGINES, TestDatabase
from support.two_clock_changes import AUTUMN, EACH_SEASON, SPRING, days, within

RECORDS = generated()
DOCUMENTED = {
    "user": "6666",
    "full_name": "Admin user",
    "user_group": "ADMIN",
    "calls": 16,
    "login_time": 2071,
    "total_talk_time": 474,
    "avg_talk_time": 30,
    "avg_wait_time": 7,
    "pct_of_queue": 100.0,
    "pause_time": 1411,
    "sessions": 13,
    "avg_session": 159,
    "pauses": 42,
    "avg_pause_time": 34,
    "pause_pct": 68.1,
    "pauses_per_session": 3,
    "wait_time": 104,
    "talk_time": 474,
    "dispo_time": 82,
    "dead_time": 0,
}


def shares(total: int, number: int) -> list[int]:
    """Whole numbers that add up."""
    each, more = divmod(total, number)
    return [each + (place < more) for place in range(number)]


@pytest.fixture
def records(db: TestDatabase) -> list[Record]:
    """All records, in the database."""
    make_agents(db)
    insert(db, RECORDS)
    return RECORDS


async def test_the_documented_answer(reports: Reports, db: TestDatabase) -> None:
    make_user(db, "6666", full_name="Admin user", user_group="ADMIN")
    calls = zip(shares(104, 16), shares(474, 16), shares(82, 16), strict=True)
    for number, pause_sec in enumerate(shares(1411, 42)):
        wait_sec, talk_sec, dispo_sec = next(calls, (0, 0, 0))
        make_agent_record(
            db, event_time=f"2025-01-08 {8 + number // 10:02}:{number % 10:02}:00",
            pause_epoch=1736341200 + 300 * number, lead_id=number + 1 if number < 16 else 0,
            sub_status="LOGIN" if number < 13 else None,
            pause_sec=pause_sec, wait_sec=wait_sec, talk_sec=talk_sec, dispo_sec=dispo_sec,
        )  # fmt: skip

    answer = await asked(reports, EXPORT, DAY)

    assert answer == done(MESSAGE, [DOCUMENTED])
    assert list(answer[1]["data"][0]) == list(DOCUMENTED)


@ENGINES
@EACH_SEASON
@pytest.mark.usefixtures("engine")
async def test_days_add_up(reports: Reports, records: list[Record], season: dict[str, str]) -> None:
    assert await told(reports, EXPORT, **season) == activity(days(records, **season))


@EACH_SEASON
@pytest.mark.parametrize("window_s", [4999, 86_400, 604_800])
async def test_windows_of_any_width_add_up_to_the_same(
    start_reports: Start, records: list[Record], season: dict[str, str], window_s: int
) -> None:
    reports = await start_reports(window_s=window_s)

    found = in_capitals(await told(reports, EXPORT, **season))

    assert found == activity(days(records, **season))


async def test_the_hour_that_comes_twice_is_read_once(
    reports: Reports, records: list[Record]
) -> None:
    start, end = "2024-11-03 01:00:00", "2024-11-03 01:59:59"
    within_hour = within(records, start, end)

    found = in_capitals(await told(reports, EXPORT, start_date=start, end_date=end))

    assert found == activity(within_hour)
    assert len({record.epoch // 3600 for record in within_hour}) == 2


def test_the_records_have_what_is_peculiar() -> None:
    by_user = {row["user"]: row for row in activity(RECORDS)}

    assert by_user["GONE"]["total_talk_time"] < 0 < by_user["GONE"]["calls"]
    assert by_user["IDLE"]["calls"] == 0 < by_user["IDLE"]["wait_time"]
    parts = ("pause_time", "wait_time", "talk_time", "dispo_time")
    for season in (SPRING, AUTUMN):
        for row in activity(days(RECORDS, **season)):
            is_capped = row["login_time"] < sum(row[part] for part in parts)
            assert is_capped == (row["user"] == "HASTY")


async def test_both_ends_are_in_the_range(reports: Reports, db: TestDatabase) -> None:
    for place, time in enumerate(["11:59:59", "12:00:00", "13:00:00", "13:00:01"]):
        make_agent_record(db, user=f"100{place}", event_time=f"2025-01-08 {time}")
    make_agent_record(db, user="never", event_time=None)

    found = await told(
        reports, EXPORT, start_date="2025-01-08 12:00:00", end_date="2025-01-08T18:00:00Z"
    )

    assert [row["user"] for row in found] == ["1001", "1002"]


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"start_date": "2025-01-08", "end_date": "2025-01-08"}, id="documented"),
        pytest.param(
            {"datetime_start": "2025-01-08+00:00:00", "datetime_end": "2025-01-08+23:59:59"},
            id="VICIdial's",
        ),
        pytest.param({"query_date": "2025-01-08"}, id="query_date"),
        pytest.param({"date": "2025-01-08"}, id="date"),
        pytest.param({"start_date": "2025-01-08"}, id="up to today"),
        pytest.param({"datetime_start": "2025-01-08 00:00:00"}, id="up to the end of today"),
        pytest.param({}, id="today"),
    ],
)
async def test_a_day_by_all_its_names(
    start_reports: Start, db: TestDatabase, query: dict[str, str]
) -> None:
    # 23:30 on January 8 in New York.
    reports = await start_reports(clock=clock_at("2025-01-09T04:30:00"))
    for user, time in (
        ("eve", "2025-01-07 23:59:59"),
        ("first", "2025-01-08 00:00:00"),
        ("last", "2025-01-08 23:59:59"),
        ("next", "2025-01-09 00:00:00"),
    ):
        make_agent_record(db, user=user, event_time=time)

    found = await told(reports, EXPORT, **query)

    assert [row["user"] for row in found] == ["first", "last"]


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"campaign_id": "alpha"}, id="campaign"),
        pytest.param({"agent_user": "agent7"}, id="agent"),
        pytest.param({"user_group": "Sales"}, id="user group"),
        pytest.param({"campaign_id": "BETA", "user_group": "SALES"}, id="two of them"),
        pytest.param({"campaign_id": "ALPHA", "agent_user": "1001", "user_group": "ADMIN"}, id="3"),
        pytest.param({"campaign_id": "NOWHERE"}, id="a campaign that is not there"),
        pytest.param({"agent_user": "nobody"}, id="an agent that is not there"),
        pytest.param({"user_group": "NOBODYS"}, id="a group that is not there"),
        pytest.param({"agent_user": "", "user": "1001"}, id="a tag is no filter"),
    ],
)
async def test_filters_are_exact_but_for_case(
    reports: Reports, records: list[Record], query: dict[str, str]
) -> None:
    def meets(record: Record, name: str, column: str) -> bool:
        value = getattr(record, column)
        return not query.get(name) or (value or "").upper() == query[name].upper()

    expected = [
        record
        for record in days(records, **SPRING)
        if meets(record, "campaign_id", "campaign_id")
        and meets(record, "agent_user", "user")
        and meets(record, "user_group", "user_group")
    ]

    assert await told(reports, EXPORT, **SPRING | query) == activity(expected)


async def test_archived_records_are_counted_instead(reports: Reports, db: TestDatabase) -> None:
    make_agents(db)
    archive, live = days(RECORDS, **SPRING)[::3], days(RECORDS, **SPRING)[1::3]
    insert(db, archive, archived=True)
    insert(db, live)

    found = [await told(reports, EXPORT, **SPRING, archived=archived) for archived in "YN"]

    assert list(map(in_capitals, found)) == [activity(archive), activity(live)]


async def test_where_nobody_worked_the_list_is_empty(reports: Reports, db: TestDatabase) -> None:
    make_user(db, "6666")

    assert await asked(reports, EXPORT, DAY) == done(MESSAGE, [])


async def test_the_agent_is_shown_as_the_log_first_spells_it(
    reports: Reports, db: TestDatabase
) -> None:
    make_user(db, "BoB", full_name="Bob", user_group="SALES")
    for hour, user in enumerate(["bOb", "BOB", "bob"]):
        make_agent_record(db, user=user, event_time=f"2025-01-08 {hour:02}:00:00", lead_id=5)

    (row,) = await told(reports, EXPORT, **DAY)

    assert (row["user"], row["full_name"], row["user_group"]) == ("bOb", "Bob", "SALES")
    assert row["calls"] == 3


async def test_the_name_and_the_group_are_those_of_today(
    reports: Reports, db: TestDatabase
) -> None:
    make_user(db, "1001", full_name="", user_group="MOVED")
    make_user(db, "1002", full_name=None, user_group=None)
    make_records(db, {"user": "1001"}, {"user": "1002"}, {"user": "1003"}, user_group="OLD")

    found = await told(reports, EXPORT, **DAY, user_group="OLD")

    assert [who(row) for row in found] == [
        ("1001", "", "MOVED"), ("1002", None, None), ("1003", None, None),
    ]  # fmt: skip


def who(row: dict[str, Any]) -> tuple[Any, ...]:
    """What tells who it was."""
    return row["user"], row["full_name"], row["user_group"]


async def test_agents_come_by_login_without_regard_to_case(
    reports: Reports, db: TestDatabase
) -> None:
    for user in ("b", "A", "C", "1", "aa", "10", "9"):
        make_agent_record(db, user=user)

    found = await told(reports, EXPORT, **DAY)

    assert [row["user"] for row in found] == ["1", "10", "9", "A", "aa", "b", "C"]


async def test_what_nobody_did_is_there_too(reports: Reports, db: TestDatabase) -> None:
    make_records(db, {"user": None, "wait_sec": 7}, {"user": "1001"})

    found = await told(reports, EXPORT, **DAY)

    assert [(*who(row), row["wait_time"]) for row in found] == [
        (None, None, None, 7),
        ("1001", None, None, 0),
    ]
