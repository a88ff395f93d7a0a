"""GET /api/v1/agent-stats/export: what it refuses, and how the database is asked."""

from datetime import datetime, timedelta

import pytest
from dialkit.errors import InvalidInput
from dialkit.http import load
from support.agent_stats import DAY, EXPORT
from support.answers import asked, invalid, named, told
from support.apps import Reports, Start
from support.archives import NO_ARCHIVE, log_table, without
from support.builders import make_user
from support.call_logs import make_agent_record
from support.database import ENGINES, TestDatabase
from support.pages import cursor_of
from support.statements import Statement, explained, rows_read, statements_sent
from svc_reports.agent_stats.schemas import AgentStatsQuery

EVENTS = {"detail": "event"}


def after(text: str) -> dict[str, str]:
    """A cursor that carries that text."""
    return {"cursor": cursor_of(text)}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        pytest.param({"campaign_id": "LONGCAMPX"}, "campaign_id", id="campaign too long"),
        pytest.param({"campaign_id": " "}, "campaign_id", id="a campaign of spaces"),
        pytest.param({"campaign_id": "A\tB"}, "campaign_id", id="a tab"),
        pytest.param({"agent_user": "u" * 21}, "agent_user", id="agent too long"),
        pytest.param({"agent_user": " "}, "agent_user", id="an agent of spaces"),
        pytest.param({"agent_user": "\U0001f600"}, "agent_user", id="an emoji"),
        pytest.param({"user_group": "g" * 21}, "user_group", id="group too long"),
        pytest.param({"user_group": " "}, "user_group", id="a group of spaces"),
        pytest.param({"group_by_campaign": "yes"}, "group_by_campaign", id="small yes"),
        pytest.param({"group_by_campaign": "1"}, "group_by_campaign", id="a number for yes"),
        pytest.param({"time_format": "s"}, "time_format", id="small format of times"),
        pytest.param({"time_format": "MM"}, "time_format", id="another format of times"),
        pytest.param({"detail": "events"}, "detail", id="another detail"),
        pytest.param({"detail": "AGENT"}, "detail", id="detail in capitals"),
        pytest.param(EVENTS | {"time_format": "S"}, "time_format", id="a format of events"),
        pytest.param(EVENTS | {"group_by_campaign": "N"}, "group_by_campaign", id="grouped events"),
        pytest.param({"format": "xml"}, "format", id="another format"),
        pytest.param({"format": "CSV"}, "format", id="format in capitals"),
        pytest.param({"archived": "y"}, "archived", id="small letter"),
        pytest.param({"archived": "B"}, "archived", id="both logs"),
        pytest.param(EVENTS | {"limit": "0"}, "limit", id="no row"),
        pytest.param(EVENTS | {"limit": "-1"}, "limit", id="less than none"),
        pytest.param(EVENTS | {"limit": "10001"}, "limit", id="too many rows"),
        pytest.param(EVENTS | {"limit": "ten"}, "limit", id="rows in words"),
        pytest.param(EVENTS | {"limit": "1.5"}, "limit", id="half a row"),
        pytest.param(EVENTS | {"cursor": "?"}, "cursor", id="no base64"),
        pytest.param(EVENTS | after("x"), "cursor", id="no JSON"),
        pytest.param(EVENTS | after('["2025-01-08 10:30:00"]'), "cursor", id="one part"),
        pytest.param(EVENTS | after('["2025-01-08 10:30:00",1,1]'), "cursor", id="three parts"),
        pytest.param(EVENTS | after('["2025-02-30 10:30:00",1]'), "cursor", id="no such day"),
        pytest.param(EVENTS | after('["2025-01-08 10:30:00","x"]'), "cursor", id="no id"),
        pytest.param(EVENTS | after('["2025-01-08 10:30:00",-1]'), "cursor", id="id below zero"),
        pytest.param(EVENTS | after('["2025-01-08 10:30:00",4294967296]'), "cursor", id="id over"),
        pytest.param(EVENTS | after("[null,1]"), "cursor", id="no time"),
        pytest.param(EVENTS | after('{"a":1,"b":2}'), "cursor", id="an object"),
        pytest.param({"start_date": "2025-01-32"}, "start_date", id="no day"),
        pytest.param({"query_date": "08.01.2025"}, "query_date", id="no date"),
        pytest.param({"date": "2025-01-08 25:00:00"}, "date", id="no hour"),
        pytest.param({"datetime_start": "2025-1-8"}, "datetime_start", id="a short date"),
        pytest.param({"end_date": "tomorrow"}, "end_date", id="a word"),
        pytest.param({"datetime_end": "2025-02-29"}, "datetime_end", id="no leap year"),
    ],
)
def test_a_bad_value_names_its_parameter(query: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        load(AgentStatsQuery(), query)

    assert list(refusal.value.details or {}) == [field]


@pytest.mark.parametrize(
    "query",
    [
        {"campaign_id": "LONGCAMP", "agent_user": "u" * 20, "user_group": "g" * 20},
        {"detail": "event", "limit": "10000"} | after('["2025-01-08 10:30:00",4294967295]'),
        {"detail": "agent", "group_by_campaign": "YES", "time_format": "HF", "format": "ndjson"},
        {"limit": "1", "archived": "Y", "format": "csv", "time_format": "S"},
    ],
    ids=["longest filters", "last cursor", "all words", "least limit"],
)
def test_the_limits_themselves_are_taken(query: dict[str, str]) -> None:
    assert load(AgentStatsQuery(), query).keys() >= query.keys()


@pytest.mark.parametrize(
    ("query", "field"),
    [
        pytest.param({"campaign_id": "LONGCAMPX"}, "campaign_id", id="campaign too long"),
        pytest.param({"agent_user": "u" * 21}, "agent_user", id="agent too long"),
        pytest.param({"user_group": "g" * 21}, "user_group", id="group too long"),
        pytest.param({"group_by_campaign": "X"}, "group_by_campaign", id="grouping"),
        pytest.param({"time_format": "MS"}, "time_format", id="format of times"),
        pytest.param({"detail": "row"}, "detail", id="detail"),
        pytest.param({"format": "pdf"}, "format", id="format"),
        pytest.param({"archived": "1"}, "archived", id="archived"),
        pytest.param({"limit": "10001", "detail": "event"}, "limit", id="limit"),
        pytest.param({"cursor": "x", "detail": "event"}, "cursor", id="cursor"),
        pytest.param({"start_date": "2025-13-01"}, "start_date", id="start"),
        pytest.param({"end_date": "2025-01-08"}, "start_date", id="end alone"),
        pytest.param({"datetime_end": "2025-01-08"}, "start_date", id="VICIdial's end alone"),
        pytest.param(
            {"start_date": "2025-01-08", "datetime_start": "2025-01-08"},
            "datetime_start", id="two starts",
        ),
        pytest.param(DAY | {"date": "2025-01-08"}, "date", id="two days"),
        pytest.param(
            {"start_date": "2025-01-01", "end_date": "2025-01-08", "datetime_end": "2025-01-08"},
            "datetime_end", id="two ends",
        ),
        pytest.param(
            {"start_date": "2025-01-08", "end_date": "2025-01-07"}, "end_date", id="ends before"
        ),
        pytest.param(
            {"start_date": "2025-01-01", "end_date": "2025-04-04"}, "end_date", id="94 days"
        ),
    ],
)  # fmt: skip
async def test_what_it_refuses_names_the_field(
    reports: Reports, query: dict[str, str], field: str
) -> None:
    with statements_sent() as statements:
        answer = await asked(reports, EXPORT, query)

    assert named(answer) == [field]
    assert statements == []


async def test_it_says_why(reports: Reports) -> None:
    answers = [
        await asked(reports, EXPORT, query)
        for query in (
            {"end_date": "2025-01-08"},
            {"start_date": "2025-01-08", "end_date": "2025-01-07"},
            {"start_date": "2025-01-01", "end_date": "2025-04-04"},
            {"cursor": "x", "detail": "event"},
        )
    ]

    assert answers == [
        invalid("start_date", "Required with end_date"),
        invalid("end_date", "Before start_date"),
        invalid("end_date", "At most 93 days"),
        invalid("cursor", "Invalid cursor"),
    ]


async def test_the_longest_range_is_93_days(start_reports: Start, db: TestDatabase) -> None:
    reports = await start_reports(window_s=604_800)
    make_agent_record(db, event_time="2025-01-01 00:00:00")
    make_agent_record(db, event_time="2025-04-03 23:59:59")

    (row,) = await told(reports, EXPORT, start_date="2025-01-01", end_date="2025-04-03")

    assert row["pauses"] == 2


def sums(statements: list[Statement], log: str) -> list[Statement]:
    """Those that sum up a window."""
    return [one for one in statements if f"FROM `{log}`" in one.sql and "GROUP BY" in one.sql]


def spans(windows: list[Statement]) -> list[tuple[datetime, datetime]]:
    """From when until when each window is."""
    return [
        (datetime.fromisoformat(one.params[0]), datetime.fromisoformat(one.params[1]))
        for one in windows
    ]


@pytest.mark.parametrize("archived", ["N", "Y"])
@pytest.mark.parametrize("width_s", [3600, 7200])
async def test_each_window_is_one_statement(
    start_reports: Start, db: TestDatabase, archived: str, width_s: int
) -> None:
    reports = await start_reports(window_s=width_s)
    for number, time in enumerate(["00:00:00", "09:30:00", "23:59:59"], start=1):
        make_user(db, f"100{number}")
        make_agent_record(
            db, user=f"100{number}", archived=archived == "Y", agent_log_id=number,
            event_time=f"2025-01-08 {time}",
        )  # fmt: skip

    with statements_sent() as statements:
        await told(reports, EXPORT, **DAY, archived=archived, group_by_campaign="Y")

    log = log_table("vicidial_agent_log", archived == "Y")
    windows = spans(sums(statements, log))
    starts, ends = map(list, zip(*windows, strict=True))
    assert {end - start for start, end in windows} == {timedelta(seconds=width_s)}
    assert starts[0] == datetime.fromisoformat("2025-01-08")
    assert starts[1:] == ends[:-1]
    assert ends[-1] == datetime.fromisoformat("2025-01-09")
    assert [one for one in statements if "vicidial_users" in one.sql] == statements[-1:]


async def test_of_nobody_no_name_is_looked_up(reports: Reports) -> None:
    with statements_sent() as statements:
        await told(reports, EXPORT, **DAY)

    assert not [one for one in statements if "vicidial_users" in one.sql]


@ENGINES
@pytest.mark.parametrize("archived", ["N", "Y"])
@pytest.mark.parametrize("group", ["N", "Y"])
@pytest.mark.usefixtures("engine")
async def test_a_window_is_read_by_its_times(
    reports: Reports, db: TestDatabase, archived: str, group: str
) -> None:
    log = log_table("vicidial_agent_log", archived == "Y")
    db.execute(
        f"INSERT INTO {log} (agent_log_id, user, server_ip, event_time, campaign_id, user_group)"
        " SELECT seq, 1000 + seq % 7, '10.0.0.5', '2025-01-01' + INTERVAL 72 * seq SECOND,"
        " 'OUT1', 'SALES' FROM seq_1_to_12000"
    )
    db.rows(f"ANALYZE TABLE {log}")

    with statements_sent() as statements:
        await told(
            reports, EXPORT, **DAY, archived=archived, group_by_campaign=group,
            campaign_id="OUT1", user_group="SALES",
        )  # fmt: skip

    windows = sums(statements, log)
    plans = [explained(db, one, "svc-reports")[0] for one in windows]
    assert {plan["key"] for plan in plans} <= {"event_time", "time_user"}
    # Fifty records an hour.
    assert max(rows_read(db, one, "svc-reports") for one in windows) < 200


async def test_names_are_found_by_their_index(reports: Reports, db: TestDatabase) -> None:
    for number in range(200):
        make_user(db, f"2{number:03}")
    make_user(db, "1001")
    make_agent_record(db, user="1001")

    with statements_sent() as statements:
        await told(reports, EXPORT, **DAY)

    (plan,) = explained(db, statements[-1], "svc-reports")
    assert (plan["table"], plan["key"]) == ("vicidial_users", "user")


@pytest.mark.parametrize("kind", ["json", "csv", "ndjson"])
async def test_a_database_without_the_archive_is_a_409(
    reports: Reports, db: TestDatabase, kind: str
) -> None:
    with without(db, "vicidial_agent_log_archive"):
        answer = await asked(reports, EXPORT, DAY | {"archived": "Y", "format": kind})

    assert answer == NO_ARCHIVE


async def test_the_call_is_logged_by_vicidial_s_name(reports: Reports, db: TestDatabase) -> None:
    await told(reports, EXPORT, **DAY, agent_user="1001")
    await reports.close()

    assert db.rows("SELECT function, user, agent_user FROM vicidial_api_log") == [
        ("agent_stats_export", "6666", "1001")
    ]
