"""No statement of svc-reports reads a whole log table (contract: reports.md, C3)."""

from collections.abc import Iterator

import pytest
from support.apps import Reports, Start, clock_at
from support.database import TestDatabase
from support.database_server import server_access, worker_input
from support.full_logs import fill_logs, ids_to_ask_for
from support.pages import next_page
from support.phone_logs import lead_archive, number_index
from support.plans import FEW_ROWS, full_scans, large_tables
from support.report_requests import PHONE_LOGS, REPORT_REQUESTS, ReportRequest
from support.statements import Statement, statements_sent
from yarl import URL

_NOW = "2025-07-08T19:30:00"
_A_DAY_S = 86_400
# They read by windows, which are wider on a replica.
_WINDOWED = [
    request
    for request in REPORT_REQUESTS
    if "start_date=2025-06-" in request.url and "format=" not in request.url
]


@pytest.fixture(scope="module")
def full(request: pytest.FixtureRequest) -> Iterator[TestDatabase]:
    """A database of this module's own with logs of realistic size, made once."""
    worker = worker_input(request.config).get("workerid", "main")
    database = TestDatabase(server_access(request.config), f"asterisk_{worker}_full", "MyISAM")
    with lead_archive(database):
        fill_logs(database)
        database.execute("INSERT INTO vicidial_list_archive SELECT * FROM vicidial_list")
        yield database
    database.execute(f"DROP DATABASE {database.name}")
    database.close()


@pytest.fixture(scope="module")
def ids(full: TestDatabase) -> dict[str, str]:
    """What can be asked for."""
    return ids_to_ask_for(full)


@pytest.fixture
def db(full: TestDatabase) -> TestDatabase:
    """The database that the services of these tests run on."""
    return full


@pytest.mark.parametrize("request_", REPORT_REQUESTS, ids=lambda request: request.name)
async def test_no_statement_reads_a_whole_log(
    start_reports: Start, db: TestDatabase, ids: dict[str, str], request_: ReportRequest
) -> None:
    reports = await start_reports(clock=clock_at(_NOW))

    statements = await _statements(reports, request_, ids)

    assert statements
    assert full_scans(db, statements) == []


@pytest.mark.parametrize("request_", _WINDOWED, ids=lambda request: request.name)
async def test_no_window_of_a_replica_is_a_whole_log(
    start_reports: Start, db: TestDatabase, ids: dict[str, str], request_: ReportRequest
) -> None:
    reports = await start_reports(clock=clock_at(_NOW), window_s=_A_DAY_S)

    statements = await _statements(reports, request_, ids)

    assert full_scans(db, statements) == []


@pytest.mark.parametrize("request_", PHONE_LOGS, ids=lambda request: request.name)
async def test_the_sites_own_index_of_phone_numbers_serves(
    start_reports: Start, db: TestDatabase, ids: dict[str, str], request_: ReportRequest
) -> None:
    with number_index(db):
        reports = await start_reports(clock=clock_at(_NOW))
        statements = await _statements(reports, request_, ids)

        assert full_scans(db, statements) == []


def test_the_logs_that_are_read_are_large(full: TestDatabase) -> None:
    filled = {table for table, rows in large_tables(full).items() if rows >= FEW_ROWS}

    assert len(filled) == 30


@pytest.mark.parametrize(
    ("sql", "params"),
    [
        pytest.param(
            "SELECT uniqueid FROM vicidial_log WHERE phone_number = %s", ("1",), id="no index"
        ),
        pytest.param(
            "SELECT COUNT(*) FROM vicidial_agent_log AS a WHERE a.event_time > %s",
            ("2025-05-01",),
            id="two months",
        ),
        pytest.param(
            "SELECT SUM(length_in_sec) FROM vicidial_closer_log WHERE campaign_id = %s",
            ("SALES_EN",),
            id="all that an in-group ever had",
        ),
        pytest.param(
            "SELECT recording_id FROM recording_log WHERE vicidial_id = %s", (5,), id="a number"
        ),
        pytest.param("SELECT MAX(user) FROM vicidial_log", None, id="a maximum without an index"),
        pytest.param(
            "SELECT call_date FROM vicidial_log WHERE call_date > %s AND status = 'NONE'"
            " ORDER BY call_date LIMIT 1",
            ("2025-04-25",),
            id="a limit that ends nothing",
        ),
        pytest.param("UPDATE vicidial_log SET status = 'A' WHERE user = %s", ("1",), id="UPDATE"),
    ],
)
def test_full_scans_are_found(full: TestDatabase, sql: str, params: object) -> None:
    assert len(full_scans(full, [Statement(sql, params)])) == 1


@pytest.mark.parametrize(
    ("sql", "params"),
    [
        ("SELECT MIN(recording_id), MAX(recording_id) FROM recording_log", None),
        ("SELECT MAX(call_date) FROM vicidial_log", None),
        (
            "SELECT recording_id FROM recording_log WHERE recording_id > %s"
            " ORDER BY recording_id LIMIT 1",
            (1,),
        ),
        ("SELECT campaign_id FROM vicidial_campaigns", None),
        ("INSERT INTO vicidial_call_notes (lead_id) VALUES (%s)", (1,)),
    ],
    ids=["both ends of an index", "the newest", "the next", "a small table", "INSERT"],
)
def test_what_reads_little_is_let_pass(full: TestDatabase, sql: str, params: object) -> None:
    assert full_scans(full, [Statement(sql, params)]) == []


async def _statements(
    reports: Reports, request: ReportRequest, ids: dict[str, str]
) -> list[Statement]:
    """What the request sends, and that for its second page where there is one."""
    url = URL(request.url.format(**ids), encoded=True)
    with statements_sent() as found:
        async with reports.request(request.method, url, json=request.body) as response:
            said = await response.text()
            assert response.status == request.status, said
        if following := next_page(response):
            async with reports.get(following) as response:
                assert response.status == 200, await response.text()
    return found
