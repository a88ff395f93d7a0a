"""GET /api/v1/agent-stats/export?detail=event: the records of the log themselves."""

import json
from typing import Any

import pytest
from support.agent_stats import DAY, EXPORT, MESSAGE, generated, insert
from support.answers import asked, done, invalid, named, told
from support.apps import Reports, Start, clock_at
from support.archives import NO_ARCHIVE, log_table, without
from support.call_logs import make_agent_record
from support.database import ENGINES, TestDatabase
from support.pages import all_pages, key_after, page, parameters
from support.statements import explained, of_windows, statements_sent
from support.two_clock_changes import EACH_SEASON, days
from yarl import URL

EVENTS = {**DAY, "detail": "event"}
RECORD: dict[str, Any] = {
    "agent_log_id": 42,
    "user": "6666",
    "event_time": "2025-01-08 10:30:00",
    "campaign_id": "TESTCAMP",
    "lead_id": 12345,
    "pause_epoch": 1736350200,
    "pause_sec": 1,
    "wait_epoch": 1736350201,
    "wait_sec": 2,
    "talk_epoch": 1736350203,
    "talk_sec": 3,
    "dispo_epoch": 1736350206,
    "dispo_sec": 4,
    "dead_epoch": 1736350205,
    "dead_sec": 1,
    "status": "SALE",
    "sub_status": "LOGIN",
    "pause_type": "AGENT",
    "user_group": "ADMIN",
    "comments": "AUTO",
    "uniqueid": "1736350195.123",
    "server_ip": "192.168.1.10",
}
# Ids and times, in order: some of the same second, some not in the order of their ids.
KEYS = [
    (9, "2025-01-08 09:59:59"),
    (1, "2025-01-08 10:00:00"),
    (2, "2025-01-08 10:00:00"),
    (5, "2025-01-08 10:00:00"),
    (10, "2025-01-08 10:00:00"),
    (4, "2025-01-08 10:00:01"),
    (3, "2025-01-08 23:59:59"),
]
IN_ORDER = [agent_log_id for agent_log_id, _ in KEYS]


def make_keys(db: TestDatabase) -> None:
    """The records, in the order of their ids."""
    for agent_log_id, event_time in sorted(KEYS):
        make_agent_record(db, agent_log_id=agent_log_id, event_time=event_time)


async def ids(reports: Reports, **query: str) -> list[int]:
    """The records of the answer, by their ids."""
    return [row["agent_log_id"] for row in await told(reports, EXPORT, detail="event", **query)]


async def test_a_record_leaves_as_it_is(reports: Reports, db: TestDatabase) -> None:
    make_agent_record(db, **RECORD)

    answer = await asked(reports, EXPORT, EVENTS)

    assert answer == done(MESSAGE, [RECORD | {"event_time": "2025-01-08T15:30:00Z"}])
    assert list(answer[1]["data"][0]) == list(RECORD)


async def test_what_the_dialer_left_out_is_null(reports: Reports, db: TestDatabase) -> None:
    there = {"agent_log_id", "event_time", "server_ip"}
    left_out: dict[str, Any] = {name: None for name in RECORD if name not in there}
    make_agent_record(db, **RECORD | left_out)

    (row,) = await told(reports, EXPORT, **EVENTS)

    assert {name for name, value in row.items() if value is not None} == there


@pytest.mark.parametrize(
    ("event_time", "pause_epoch", "utc"),
    [
        pytest.param("2024-07-08 12:00:01", None, "2024-07-08T16:00:01Z", id="summer"),
        pytest.param("2024-11-03 00:59:59", 1730609999, "2024-11-03T04:59:59Z", id="before"),
        pytest.param("2024-11-03 01:30:00", 1730611800, "2024-11-03T05:30:00Z", id="first"),
        pytest.param("2024-11-03 01:30:00", 1730615400, "2024-11-03T06:30:00Z", id="second"),
        pytest.param("2024-11-03 01:59:59", 1730617203, "2024-11-03T06:59:59Z", id="a bit later"),
        pytest.param("2024-11-03 01:30:00", None, "2024-11-03T05:30:00Z", id="nobody knows"),
        pytest.param("2024-11-03 02:00:00", 1730617200, "2024-11-03T07:00:00Z", id="after"),
        pytest.param("2024-03-10 03:00:00", 1710054000, "2024-03-10T07:00:00Z", id="spring"),
    ],
)
async def test_the_pause_says_which_of_two_hours_it_was(
    reports: Reports, db: TestDatabase, event_time: str, pause_epoch: int | None, utc: str
) -> None:
    make_agent_record(db, event_time=event_time, pause_epoch=pause_epoch)

    (row,) = await told(reports, EXPORT, detail="event", query_date=event_time[:10])

    assert (row["event_time"], row["pause_epoch"]) == (utc, pause_epoch)


@EACH_SEASON
@pytest.mark.parametrize("limit", ["7", "100", "10000"])
async def test_all_records_come_in_the_order_of_the_log(
    reports: Reports, db: TestDatabase, season: dict[str, str], limit: str
) -> None:
    records = generated()
    insert(db, records)
    expected = [
        (record.event_time, number)
        for number, record in enumerate(records, start=1)
        if record in days([record], **season)
    ]

    query = {**season, "detail": "event", "limit": limit}
    pages = await all_pages(reports, URL(EXPORT).with_query(query))

    assert [row["agent_log_id"] for page in pages for row in page] == [
        number for _, number in sorted(expected)
    ]


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 6, 7])
@pytest.mark.parametrize("window_s", [1, 3600])
async def test_pages_lead_to_the_end(
    start_reports: Start, db: TestDatabase, limit: int, window_s: int
) -> None:
    reports = await start_reports(window_s=window_s)
    make_keys(db)
    query = EVENTS | {"limit": str(limit)}
    if window_s == 1:
        query |= {"query_date": "2025-01-08 09:59:50", "end_date": "2025-01-08 10:00:10"}

    pages = await all_pages(reports, URL(EXPORT).with_query(query))

    assert [len(page) for page in pages[:-1]] == [limit] * (len(pages) - 1)
    found = [row["agent_log_id"] for page in pages for row in page]
    assert found == IN_ORDER[: None if window_s > 1 else -1]


async def test_the_next_page_keeps_filters_and_range(
    start_reports: Start, db: TestDatabase
) -> None:
    reports = await start_reports(clock=clock_at("2025-01-08T17:00:00"))
    make_keys(db)

    query = {
        "detail": "event", "datetime_start": "2025-01-08", "campaign_id": "TESTCAMP",
        "limit": "3", "user": "7777", "api_key": "secret",
    }  # fmt: skip
    _, url = await page(reports, URL(EXPORT).with_query(query))

    assert parameters(url, EXPORT) == {
        "detail": "event",
        "campaign_id": "TESTCAMP",
        "limit": "3",
        "start_date": "2025-01-08 00:00:00",
        "end_date": "2025-01-08 23:59:59",
    }
    assert key_after(url) == ["2025-01-08 10:00:00", 2]


async def test_a_page_holds_1000_records_by_default(reports: Reports, db: TestDatabase) -> None:
    db.execute(
        "INSERT INTO vicidial_agent_log (user, server_ip, event_time)"
        " SELECT '6666', '10.0.0.5', '2025-01-08 10:00:00' FROM seq_1_to_10001"
    )

    assert len(await ids(reports, **DAY)) == 1000
    assert len(await ids(reports, **DAY, limit="10000")) == 10_000


FILTERED: list[dict[str, Any]] = [
    {"user": "1001", "campaign_id": "ALPHA", "user_group": "SALES"},
    {"user": "1002", "campaign_id": "alpha", "user_group": "ADMIN"},
    {"user": "AGENT7", "campaign_id": "ALPHABET", "user_group": "sales"},
    {"user": "agent7", "campaign_id": None, "user_group": None},
    {"user": None, "campaign_id": "BETA", "user_group": "G" * 20},
    {"user": "u" * 20, "campaign_id": "", "user_group": ""},
]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param({}, [1, 2, 3, 4, 5, 6], id="none"),
        pytest.param({"campaign_id": "ALPHA"}, [1, 2], id="campaign"),
        pytest.param({"campaign_id": "alphabet"}, [3], id="longest campaign"),
        pytest.param({"campaign_id": "ALPHA%"}, [], id="no pattern"),
        pytest.param({"agent_user": "Agent7"}, [3, 4], id="agent"),
        pytest.param({"agent_user": "u" * 20}, [6], id="longest agent"),
        pytest.param({"user_group": "SALES"}, [1, 3], id="user group"),
        pytest.param({"user_group": "g" * 20}, [5], id="longest user group"),
        pytest.param({"campaign_id": "ALPHA", "user_group": "SALES"}, [1], id="two of them"),
        pytest.param({"agent_user": "nobody"}, [], id="an agent that is not there"),
        pytest.param({"user": "1001", "agent_user": ""}, [1, 2, 3, 4, 5, 6], id="a tag"),
    ],
)
async def test_filters_are_exact_but_for_case(
    reports: Reports, db: TestDatabase, query: dict[str, str], expected: list[int]
) -> None:
    for agent_log_id, row in enumerate(FILTERED, start=1):
        make_agent_record(db, agent_log_id=agent_log_id, **row)

    assert await ids(reports, **DAY | query) == expected


async def test_without_a_range_it_is_today(start_reports: Start, db: TestDatabase) -> None:
    # 23:30 on January 8 in New York.
    reports = await start_reports(clock=clock_at("2025-01-09T04:30:00"))
    for agent_log_id, event_time in enumerate(
        ["2025-01-07 23:59:59", "2025-01-08 00:00:00", "2025-01-08 23:59:59", "2025-01-09 00:00:00"]
    ):
        make_agent_record(db, agent_log_id=agent_log_id + 1, event_time=event_time)
    make_agent_record(db, agent_log_id=9, event_time=None)

    assert await ids(reports) == [2, 3]


async def test_archived_records_are_listed_instead(reports: Reports, db: TestDatabase) -> None:
    make_agent_record(db, agent_log_id=1)
    make_agent_record(db, agent_log_id=2)
    make_agent_record(db, agent_log_id=2, archived=True)
    make_agent_record(db, agent_log_id=3, archived=True)

    assert await ids(reports, **DAY, archived="Y") == [2, 3]
    assert await ids(reports, **DAY, archived="N") == [1, 2]


async def test_records_leave_as_csv(reports: Reports, db: TestDatabase) -> None:
    make_agent_record(db, **RECORD | {"comments": "=1+1", "dead_epoch": None, "dead_sec": None})

    response = await reports.get(EXPORT, params=EVENTS | {"format": "csv"})

    assert response.headers["Content-Disposition"] == (
        'attachment; filename="agent-events_20250108_20250108.csv"'
    )
    assert await response.text() == (
        ",".join(RECORD) + "\r\n"
        "42,6666,2025-01-08T15:30:00Z,TESTCAMP,12345,1736350200,1,1736350201,2,1736350203,3,"
        "1736350206,4,,,SALE,LOGIN,AGENT,ADMIN,'=1+1,1736350195.123,192.168.1.10\r\n"
    )


async def test_all_records_leave_as_ndjson(start_reports: Start, db: TestDatabase) -> None:
    reports = await start_reports(chunk_rows=2)
    make_keys(db)
    as_json = await told(reports, EXPORT, **EVENTS)

    query = {"start_date": "2025-01-07", "end_date": "2025-01-08", "detail": "event"}
    response = await reports.get(EXPORT, params={**query, "format": "ndjson", "limit": "1"})

    assert response.headers["Content-Disposition"] == (
        'attachment; filename="agent-events_20250107_20250108.ndjson"'
    )
    lines = (await response.text()).splitlines()
    assert [json.loads(line) for line in lines] == as_json


@pytest.mark.parametrize("name", ["time_format", "group_by_campaign"])
@pytest.mark.parametrize("kind", ["json", "csv"])
async def test_records_are_neither_grouped_nor_formatted(
    reports: Reports, name: str, kind: str
) -> None:
    values = {"time_format": "M", "group_by_campaign": "Y"}

    answer = await asked(reports, EXPORT, EVENTS | {"format": kind, name: values[name]})

    assert named(answer) == [name]


@pytest.mark.parametrize("kind", ["json", "csv", "ndjson"])
async def test_366_days_are_listed_and_no_more(
    start_reports: Start, db: TestDatabase, kind: str
) -> None:
    reports = await start_reports(window_s=604_800)
    query = {"start_date": "2024-01-08", "end_date": "2025-01-07", "detail": "event"}
    make_agent_record(db, event_time="2024-01-08 00:00:00")

    longest = await reports.get(EXPORT, params=query | {"format": kind})
    longer = await asked(reports, EXPORT, query | {"format": kind, "end_date": "2025-01-08"})

    assert longest.status == 200
    assert "6666" in await longest.text()
    assert longer == invalid("end_date", "At most 366 days")


def many_records(db: TestDatabase, table: str) -> None:
    """Ten days of records, one each 72 seconds, of twenty agents in two campaigns."""
    db.execute(
        f"INSERT INTO {table} (agent_log_id, user, server_ip, event_time, campaign_id, user_group)"
        " SELECT seq, 1000 + seq %% 20, '10.0.0.5', '2025-01-01' + INTERVAL 72 * seq SECOND,"
        " CONCAT('OUT', seq %% 2), %s FROM seq_1_to_12000",
        "SALES",
    )
    db.rows(f"ANALYZE TABLE {table}")


@ENGINES
@pytest.mark.parametrize("archived", ["N", "Y"])
@pytest.mark.usefixtures("engine")
async def test_a_window_is_read_by_its_times(
    reports: Reports, db: TestDatabase, archived: str
) -> None:
    log = log_table("vicidial_agent_log", archived == "Y")
    many_records(db, log)

    with statements_sent() as statements:
        found = await ids(
            reports, **DAY, campaign_id="OUT1", user_group="SALES", limit="300", archived=archived
        )

    windows = of_windows(statements, log)
    assert len(found) == 300
    assert 12 < len(windows) <= 24
    plans = [plan for one in windows for plan in explained(db, one, "svc-reports")]
    assert {plan["key"] for plan in plans} <= {"event_time", "time_user"}


async def test_reading_ends_with_the_window_that_fills_the_page(
    reports: Reports, db: TestDatabase
) -> None:
    many_records(db, "vicidial_agent_log")

    with statements_sent() as statements:
        found = await ids(reports, **DAY, limit="49")

    assert (len(found), len(of_windows(statements, "vicidial_agent_log"))) == (49, 1)


async def test_a_database_without_the_archive_is_a_409(reports: Reports, db: TestDatabase) -> None:
    with without(db, "vicidial_agent_log_archive"):
        answers = [
            await asked(reports, EXPORT, EVENTS | {"archived": "Y", "format": kind})
            for kind in ("json", "csv", "ndjson")
        ]

    assert answers == [NO_ARCHIVE] * 3
