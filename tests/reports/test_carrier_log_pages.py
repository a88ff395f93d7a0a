"""GET /api/v1/sip/carrier-log: order, pages, exports, and what is asked of the database."""

import json

import pytest
from support.answers import told
from support.apps import Reports, Start, clock_at
from support.archives import NO_ARCHIVE, log_table, without
from support.carrier_log import (
    DOCUMENTED,
    LOG,
    THAT_DAY,
    asked,
    make_row,
    make_rows,
    uniqueids,
)
from support.database import ENGINES, TestDatabase
from support.pages import all_pages, key_after, page, parameters
from support.statements import explained, of_windows, rows_read, statements_sent

TABLE = "vicidial_carrier_log"
# In the order of an answer.
KEYS: list[tuple[str, str | None]] = [
    ("3.1", "2025-01-08 15:00:00"),
    ("1.9", "2025-01-08 10:00:01"),
    ("2.1", "2025-01-08 10:00:00"),
    ("1.20", "2025-01-08 10:00:00"),
    ("1.2", "2025-01-08 10:00:00"),
    ("1.10", "2025-01-08 10:00:00"),
    ("9.9", "2025-01-08 09:59:59"),
    ("0.1", "2025-01-02 00:00:00"),
]
IN_ORDER = [uniqueid for uniqueid, _ in KEYS]
RANGE = {"start_date": "2025-01-01", "end_date": "2025-01-08"}


async def uniqueids_of_pages(reports: Reports, **query: str) -> list[list[str]]:
    """The uniqueids of each page, from the first to the last."""
    pages = await all_pages(reports, LOG.with_query(query))
    return [[row["uniqueid"] for row in page] for page in pages]


@pytest.mark.parametrize(
    "query", [{}, RANGE, {"lead_id": "12345"}, {"lead_id": "12345"} | RANGE],
    ids=["default", "a range", "a lead", "a lead in a range"],
)  # fmt: skip
@pytest.mark.parametrize("limit", [1, 2, 3, 4, 7, 8])
async def test_pages_lead_to_the_end(
    reports: Reports, db: TestDatabase, query: dict[str, str], limit: int
) -> None:
    make_rows(db, *sorted(KEYS))

    found = await uniqueids_of_pages(reports, **query, limit=str(limit))

    assert [uniqueid for page in found for uniqueid in page] == IN_ORDER
    assert [len(page) for page in found[:-1]] == [limit] * (len(found) - 1)


@pytest.mark.parametrize("window_s", [1, 60, 86_400])
@pytest.mark.parametrize("limit", [2, 5])
async def test_pages_do_not_depend_on_windows(
    start_reports: Start, db: TestDatabase, window_s: int, limit: int
) -> None:
    reports = await start_reports(window_s=window_s)
    make_rows(db, *sorted(KEYS))
    query = {"start_date": "2025-01-08 09:59:00", "end_date": "2025-01-08 10:01:00"}

    found = await uniqueids_of_pages(reports, **query, limit=str(limit))

    assert [uniqueid for page in found for uniqueid in page] == IN_ORDER[1:-1]


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5])
async def test_rows_of_a_lead_that_have_no_date_come_last(
    reports: Reports, db: TestDatabase, limit: int
) -> None:
    make_rows(
        db, ("2", "2025-01-08 10:00:00"), ("4", None), ("9", "0000-00-00 00:00:00"), ("5", None),
        ("1", "2025-01-08 10:00:00"),
    )  # fmt: skip

    found = await uniqueids_of_pages(reports, lead_id="12345", limit=str(limit))
    _, whole = await asked(reports, lead_id="12345")

    in_order = [uniqueid for page in found for uniqueid in page]
    assert in_order[:2] == ["2", "1"]
    assert sorted(in_order[2:]) == ["4", "5", "9"]
    assert in_order == [row["uniqueid"] for row in whole["data"]["logs"]]
    assert [row["call_date"] for row in whole["data"]["logs"]] == [
        "2025-01-08T15:00:00Z", "2025-01-08T15:00:00Z", None, None, None,
    ]  # fmt: skip


async def test_a_page_holds_100_rows_by_default_and_1000_at_most(
    reports: Reports, db: TestDatabase
) -> None:
    db.execute(
        f"INSERT INTO {TABLE} (uniqueid, call_date, server_ip, lead_id)"
        " SELECT CONCAT('1.', seq), '2025-01-08 10:00:00', '10.0.0.5', 7 FROM seq_1_to_1001"
    )

    for query in ({}, THAT_DAY, {"lead_id": "7"}):
        assert len(await uniqueids(reports, **query)) == 100
        assert len(await uniqueids(reports, **query, limit="1000")) == 1000


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(
            {}, {"start_date": "2024-12-08 15:00:01", "end_date": "2025-01-08 15:00:00"},
            id="days up to the newest",
        ),
        pytest.param(
            {"date": "2025-01-08"},
            {"start_date": "2025-01-08 00:00:00", "end_date": "2025-01-08 23:59:59"}, id="a day",
        ),
        pytest.param(
            {"start_date": "2025-01-01"},
            {"start_date": "2025-01-01 00:00:00", "end_date": "2025-01-09 23:59:59"},
            id="up to today",
        ),
        pytest.param({"lead_id": "12345"}, {"lead_id": "12345"}, id="a lead"),
        pytest.param(
            {"lead_id": "12345", "date": "2025-01-08"},
            {"lead_id": "12345", "start_date": "2025-01-08 00:00:00",
             "end_date": "2025-01-08 23:59:59"}, id="a lead and a day",
        ),
    ],
)  # fmt: skip
async def test_the_next_page_keeps_filters_and_range(
    start_reports: Start, db: TestDatabase, query: dict[str, str], expected: dict[str, str]
) -> None:
    reports = await start_reports(clock=clock_at("2025-01-09T17:00:00"))
    make_rows(db, *KEYS)
    more = {"limit": "3", "dialstatus": "ANSWER"}

    _, url = await page(reports, LOG.with_query(query | more | {"user": "7777", "api_key": "x"}))

    assert parameters(url, LOG.path) == expected | more
    assert key_after(url) == ["2025-01-08 10:00:00", "2.1"]


async def test_a_row_that_comes_meanwhile_does_not_move_the_pages(
    reports: Reports, db: TestDatabase
) -> None:
    make_rows(db, *KEYS)

    _, url = await page(reports, LOG.with_query(limit="5"))
    make_row(db, "new", "2025-01-08 16:00:00")
    assert url is not None
    data = await told(reports, url)

    assert [row["uniqueid"] for row in data["logs"]] == IN_ORDER[5:]
    assert data["count"] == 3


async def test_rows_leave_as_csv(reports: Reports, db: TestDatabase) -> None:
    make_row(db, channel="=1+1", sip_hangup_reason=None)

    response = await reports.get(LOG.with_query(THAT_DAY | {"format": "csv"}))

    assert response.headers["Content-Disposition"] == (
        'attachment; filename="carrier-log_20250108_20250108.csv"'
    )
    assert await response.text() == (
        ",".join(DOCUMENTED) + "\r\n"
        "1736350195.123,2025-01-08T15:30:00Z,192.168.1.10,12345,16,ANSWER,'=1+1,5,120,200,,"
        "V1081030000000012345\r\n"
    )


@pytest.mark.parametrize(
    ("query", "file"),
    [
        pytest.param({}, "carrier-log_20241208_20250108.ndjson", id="days up to the newest"),
        pytest.param({"lead_id": "12345"}, "carrier-log.ndjson", id="a lead"),
        pytest.param(
            {"lead_id": "12345"} | RANGE, "carrier-log_20250101_20250108.ndjson", id="in a range"
        ),
    ],
)
async def test_all_rows_leave_as_ndjson(
    start_reports: Start, db: TestDatabase, query: dict[str, str], file: str
) -> None:
    reports = await start_reports(chunk_rows=2)
    make_rows(db, *KEYS)

    response = await reports.get(LOG.with_query(query | {"format": "ndjson", "limit": "1"}))

    assert response.headers["Content-Disposition"] == f'attachment; filename="{file}"'
    rows = [json.loads(line) for line in (await response.text()).splitlines()]
    assert [row["uniqueid"] for row in rows] == IN_ORDER
    assert rows[0] == DOCUMENTED | {"uniqueid": "3.1", "call_date": "2025-01-08T20:00:00Z"}


def many_rows(db: TestDatabase, table: str = TABLE) -> None:
    """Ten days of rows, one each 72 seconds, of 4000 leads."""
    db.execute(
        f"INSERT INTO {table} (uniqueid, call_date, server_ip, lead_id, dialstatus, caller_code)"
        " SELECT CONCAT('1.', LPAD(seq, 6, '0')), '2025-01-01' + INTERVAL 72 * seq SECOND,"
        " '10.0.0.5', 1 + seq % 4000, 'ANSWER', CONCAT('V', seq) FROM seq_1_to_12000"
    )
    db.rows(f"ANALYZE TABLE {table}")


async def test_reading_ends_with_the_window_that_fills_the_page(
    reports: Reports, db: TestDatabase
) -> None:
    many_rows(db)

    with statements_sent() as statements:
        found = await uniqueids(reports, limit="40")

    assert found == [f"1.{number:06}" for number in range(12_000, 11_960, -1)]
    assert len(of_windows(statements, TABLE)) == 1


@ENGINES
@pytest.mark.parametrize("archived", ["N", "Y"])
@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"limit": "1000"}, id="the newest"),
        pytest.param(THAT_DAY | {"dialstatus": "ANSWER", "caller_code": "V1"}, id="a day"),
    ],
)
@pytest.mark.usefixtures("engine")
async def test_a_window_is_read_by_its_dates(
    reports: Reports, db: TestDatabase, archived: str, query: dict[str, str]
) -> None:
    table = log_table(TABLE, archived == "Y")
    many_rows(db, table)

    with statements_sent() as statements:
        await uniqueids(reports, archived=archived, **query)

    windows = of_windows(statements, table)
    plans = [plan for one in windows for plan in explained(db, one, "svc-reports")]
    assert len(windows) > 10
    assert {plan["key"] for plan in plans} == {"call_date"}
    # Fifty rows an hour.
    assert max(rows_read(db, one, "svc-reports") for one in windows) < 200


async def test_the_newest_row_is_the_end_of_an_index(reports: Reports, db: TestDatabase) -> None:
    many_rows(db)

    with statements_sent() as statements:
        await uniqueids(reports, limit="1")

    newest = statements[0]
    assert "SELECT MAX(`call_date`)" in newest.sql
    assert rows_read(db, newest, "svc-reports") < 5


@ENGINES
@pytest.mark.parametrize("limit", ["1", "2", "100"])
@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="all"),
        pytest.param(RANGE, id="in a range"),
        pytest.param({"server_ip": "10.0.0.6"}, id="of another server"),
    ],
)
@pytest.mark.usefixtures("engine")
async def test_a_lead_is_one_statement_by_its_index(
    reports: Reports, db: TestDatabase, query: dict[str, str], limit: str
) -> None:
    many_rows(db)

    with statements_sent() as statements:
        await uniqueids(reports, lead_id="7", limit=limit, **query)

    (statement,) = statements
    (plan,) = explained(db, statement, "svc-reports")
    assert plan["key"] == "lead_id"
    assert rows_read(db, statement, "svc-reports") < 20


async def test_the_second_page_of_a_lead_is_read_by_its_index_too(
    reports: Reports, db: TestDatabase
) -> None:
    many_rows(db)

    with statements_sent() as statements:
        found = await uniqueids_of_pages(reports, lead_id="7", limit="1")

    assert found == [["1.008006"], ["1.004006"], ["1.000006"]]
    plans = [plan for one in statements for plan in explained(db, one, "svc-reports")]
    assert [plan["key"] for plan in plans] == ["lead_id"] * 3


@pytest.mark.parametrize("kind", ["json", "csv", "ndjson"])
@pytest.mark.parametrize("query", [{}, THAT_DAY, {"lead_id": "5"}], ids=["default", "day", "lead"])
async def test_a_database_without_the_archive_is_a_409(
    reports: Reports, db: TestDatabase, kind: str, query: dict[str, str]
) -> None:
    with without(db, f"{TABLE}_archive"):
        answer = await asked(reports, archived="Y", format=kind, **query)

    assert answer == NO_ARCHIVE


async def test_the_call_is_logged(reports: Reports, db: TestDatabase) -> None:
    await asked(reports)
    await reports.close()

    assert db.rows("SELECT function, user FROM vicidial_api_log") == [("sip_carrier_log", "6666")]
