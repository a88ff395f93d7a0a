"""GET /api/v1/agent-stats/export: grouped, with times as text, as CSV and as NDJSON."""

import csv
import io
import json
from typing import Any

import pytest
from support.agent_stats import (
    DAY,
    EXPORT,
    Record,
    activity,
    generated,
    insert,
    make_agents,
    make_records,
)
from support.answers import told
from support.apps import Reports, Start
from support.builders import make_user
from support.call_logs import make_agent_record
from support.database import TestDatabase
from support.two_clock_changes import AUTUMN, EACH_SEASON, SPRING, days

RECORDS = generated()
DURATIONS = {
    "login_time": (10_136, "168:56", "2:48:56"),
    "total_talk_time": (-30, "-0:30", "-0:00:30"),
    "avg_talk_time": (-10, "-0:10", "-0:00:10"),
    "avg_wait_time": (1, "0:01", "0:00:01"),
    "pause_time": (5025, "83:45", "1:23:45"),
    "avg_session": (10_136, "168:56", "2:48:56"),
    "avg_pause_time": (1675, "27:55", "0:27:55"),
    "wait_time": (2, "0:02", "0:00:02"),
    "talk_time": (60, "1:00", "0:01:00"),
    "dispo_time": (5049, "84:09", "1:24:09"),
    "dead_time": (90, "1:30", "0:01:30"),
}
FIELDS = [
    "user", "full_name", "user_group", "calls", "login_time", "total_talk_time", "avg_talk_time",
    "avg_wait_time", "pct_of_queue", "pause_time", "sessions", "avg_session", "pauses",
    "avg_pause_time", "pause_pct", "pauses_per_session", "wait_time", "talk_time", "dispo_time",
    "dead_time",
]  # fmt: skip


@pytest.fixture
def records(db: TestDatabase) -> list[Record]:
    """All records, in the database."""
    make_agents(db)
    insert(db, RECORDS)
    return RECORDS


def spelled_once(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows in capitals: in a campaign, no spelling is always the first."""
    names = ("campaign_id", "user")
    return [
        row | {name: row[name] and row[name].upper() for name in names if name in row}
        for row in rows
    ]


@EACH_SEASON
@pytest.mark.parametrize("window_s", [3600, 86_400])
async def test_an_agent_has_a_row_a_campaign(
    start_reports: Start, records: list[Record], season: dict[str, str], window_s: int
) -> None:
    reports = await start_reports(window_s=window_s)

    found = await told(reports, EXPORT, **season, group_by_campaign="Y")

    assert spelled_once(found) == activity(days(records, **season), by_campaign=True)
    assert list(found[0]) == ["campaign_id", *FIELDS]


@EACH_SEASON
async def test_groups_are_filtered_too(
    reports: Reports, records: list[Record], season: dict[str, str]
) -> None:
    found = await told(
        reports, EXPORT, **season, group_by_campaign="Y", campaign_id="alpha", user_group="SALES"
    )

    of_alpha = [
        record
        for record in days(records, **season)
        if (record.campaign_id or "").upper() == "ALPHA"
        and (record.user_group or "").upper() == "SALES"
    ]
    assert spelled_once(found) == activity(of_alpha, by_campaign=True)


@pytest.mark.parametrize(
    ("word", "is_grouped"), [("Y", True), ("YES", True), ("N", False), ("NO", False)]
)
async def test_grouping_is_asked_for_in_two_words(
    reports: Reports, db: TestDatabase, word: str, is_grouped: bool
) -> None:
    make_records(db, {"campaign_id": "b"}, {"campaign_id": "A"}, {"campaign_id": "B"})

    found = await told(reports, EXPORT, **DAY, group_by_campaign=word)

    assert [row.get("campaign_id") for row in found] == (["A", "b"] if is_grouped else [None])


async def test_groups_come_by_campaign_then_by_login(reports: Reports, db: TestDatabase) -> None:
    for campaign_id, user in (("b", "z"), ("A", "y"), ("B", "X"), ("a", "W")):
        make_agent_record(db, campaign_id=campaign_id, user=user)

    found = await told(reports, EXPORT, **DAY, group_by_campaign="Y")

    assert [(row["campaign_id"].upper(), row["user"]) for row in found] == [
        ("A", "W"), ("A", "y"), ("B", "X"), ("B", "z"),
    ]  # fmt: skip


async def test_the_cap_of_an_agent_is_that_of_each_campaign(
    reports: Reports, db: TestDatabase
) -> None:
    for campaign_id, epoch in (("A", 1000), ("B", 1030), ("B", 1040)):
        make_agent_record(db, campaign_id=campaign_id, pause_epoch=epoch, pause_sec=60)

    grouped = await told(reports, EXPORT, **DAY, group_by_campaign="Y")
    together = await told(reports, EXPORT, **DAY)

    assert [row["login_time"] for row in grouped] == [60, 70]
    assert [row["login_time"] for row in together] == [100]


def make_durations(db: TestDatabase) -> None:
    """Those of `DURATIONS`: three calls, one session, and more dead than talk time."""
    make_user(db, "6666", full_name="Admin user", user_group="ADMIN")
    make_records(
        db,
        {"pause_sec": 5025, "talk_sec": 60, "dead_sec": 90},
        {"pause_sec": 0, "wait_sec": 1},
        {"pause_sec": 0, "wait_sec": 1, "dispo_sec": 5049},
        lead_id=1,
    )


@pytest.mark.parametrize(
    ("query", "place"),
    [
        pytest.param({}, 0, id="default"),
        pytest.param({"time_format": "S"}, 0, id="S"),
        pytest.param({"time_format": "M"}, 1, id="M"),
        pytest.param({"time_format": "H"}, 2, id="H"),
        pytest.param({"time_format": "HF"}, 2, id="HF"),
    ],
)
async def test_what_lasts_is_written_in_the_format_asked_for(
    reports: Reports, db: TestDatabase, query: dict[str, str], place: int
) -> None:
    make_durations(db)

    (row,) = await told(reports, EXPORT, **DAY | query)

    assert row == {
        "user": "6666",
        "full_name": "Admin user",
        "user_group": "ADMIN",
        "calls": 3,
        "pct_of_queue": 100.0,
        "sessions": 1,
        "pauses": 3,
        "pause_pct": 49.6,
        "pauses_per_session": 3,
    } | {name: texts[place] for name, texts in DURATIONS.items()}
    assert list(row) == FIELDS


@pytest.mark.parametrize(
    ("time_format", "zero", "half_a_second"), [("M", "0:00", "0:01"), ("H", "0:00:00", "0:00:01")]
)
async def test_averages_are_rounded_before_they_are_written(
    reports: Reports, db: TestDatabase, time_format: str, zero: str, half_a_second: str
) -> None:
    make_records(db, {"wait_sec": 1, "talk_sec": 0}, {"wait_sec": 0}, lead_id=1)

    (row,) = await told(reports, EXPORT, **DAY, time_format=time_format)

    assert (row["avg_wait_time"], row["avg_talk_time"]) == (half_a_second, zero)


async def test_agents_leave_as_csv(reports: Reports, db: TestDatabase) -> None:
    make_user(db, "1001", full_name="=1+1", user_group="SALES")
    make_records(db, {"user": "1001", "talk_sec": 90, "pause_sec": 30}, {"user": "6666"}, lead_id=1)

    response = await reports.get(EXPORT, params={**DAY, "format": "csv", "time_format": "M"})

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="agent-stats_20250108_20250108.csv"'
    )
    assert await response.text() == (
        ",".join(FIELDS) + "\r\n"
        "1001,'=1+1,SALES,1,2:00,1:30,1:30,0:00,50.0,0:30,1,2:00,1,0:30,25.0,1,0:00,1:30,0:00,0:00"
        "\r\n"
        "6666,,,1,0:00,0:00,0:00,0:00,50.0,0:00,1,0:00,1,0:00,0.0,1,0:00,0:00,0:00,0:00\r\n"
    )


async def test_agents_leave_as_ndjson(start_reports: Start, records: list[Record]) -> None:
    reports = await start_reports(chunk_rows=2)

    response = await reports.get(EXPORT, params={**SPRING, "format": "ndjson", "limit": "1"})

    assert response.headers["Content-Type"] == "application/x-ndjson; charset=utf-8"
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="agent-stats_20240308_20240312.ndjson"'
    )
    lines = (await response.text()).splitlines()
    assert [json.loads(line) for line in lines] == activity(days(records, **SPRING))


async def test_groups_leave_as_csv(reports: Reports, records: list[Record]) -> None:
    grouped = {**AUTUMN, "group_by_campaign": "Y"}
    as_json = await told(reports, EXPORT, **grouped)

    response = await reports.get(EXPORT, params={**grouped, "format": "csv"})

    lines = csv.DictReader(io.StringIO(await response.text(), newline=""))
    assert lines.fieldnames == ["campaign_id", *FIELDS]
    assert list(lines) == [
        {name: "" if value is None else str(value) for name, value in row.items()}
        for row in as_json
    ]


@pytest.mark.parametrize(
    ("kind", "body"), [("csv", ",".join(["campaign_id", *FIELDS]) + "\r\n"), ("ndjson", "")]
)
async def test_where_nobody_worked_an_export_is_empty(
    reports: Reports, kind: str, body: str
) -> None:
    response = await reports.get(
        EXPORT, params={**DAY, "format": kind, "group_by_campaign": "YES"}
    )  # fmt: skip

    assert (response.status, await response.text()) == (200, body)


async def test_agents_are_not_paged(reports: Reports, db: TestDatabase) -> None:
    for number in range(3):
        make_agent_record(db, user=f"100{number}")

    response = await reports.get(EXPORT, params={**DAY, "limit": "1"})

    assert len((await response.json())["data"]) == 3
    assert "Link" not in response.headers
