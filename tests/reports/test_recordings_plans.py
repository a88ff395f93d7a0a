"""GET /api/v1/recordings/lookup: by which index, and with how many short statements."""

from typing import Any

import pytest
from support.apps import Reports, Start
from support.call_logs import make_outbound_call
from support.database import ENGINES, TestDatabase
from support.recordings import LOOK_UP, ids, make_recording, make_recordings
from support.statements import Statement, explained, rows_read, statements_sent

MANY = 50_000
STEP = 20_000
# 10 seconds each from midnight on.
ALL_DAYS = {"start_date": "2025-01-01", "end_date": "2025-01-31"}
BY_ID = {"N": "PRIMARY", "Y": "recording_id"}


def lists(statements: list[Statement]) -> list[Statement]:
    """Those that read the recordings themselves."""
    return [one for one in statements if "JSON_ARRAY" in one.sql]


def indexes(db: TestDatabase, statements: list[Statement]) -> list[str | None]:
    """The index that each of them takes."""
    return [explained(db, one, "svc-reports")[0]["key"] for one in statements]


@ENGINES
@pytest.mark.parametrize("archived", ["N", "Y"])
@pytest.mark.parametrize(
    ("query", "index", "expected"),
    [
        pytest.param({"lead_id": 5}, "lead_id", [5], id="lead"),
        pytest.param({"lead_id": 5} | ALL_DAYS, "lead_id", [5], id="lead and range"),
        pytest.param({"lead_id": 5, "agent_user": "agent5"}, "lead_id", [5], id="lead and agent"),
        pytest.param({"filename": "file9"}, "filename", [9], id="file"),
        pytest.param({"vicidial_id": "1735707690.9"}, "vicidial_id", [9], id="id"),
        pytest.param({"vicidial_id": "1735707690"}, "vicidial_id", [], id="id of digits alone"),
        pytest.param({"uniqueid": "1735707690.9"}, "vicidial_id", [9], id="call"),
    ],
)
async def test_a_key_is_looked_up_by_its_index(
    reports: Reports, db: TestDatabase, engine: str, archived: str, query: dict[str, Any],
    index: str, expected: list[int],
) -> None:  # fmt: skip
    make_recordings(db, 3000, archived=archived == "Y")

    with statements_sent() as statements:
        assert await ids(reports, **query, archived=archived, limit=1) == expected

    (of_rows,) = lists(statements)
    assert indexes(db, [of_rows]) == [index]
    assert rows_read(db, of_rows, "svc-reports") < 10
    assert len(statements) == (4 if "uniqueid" in query else 1)


async def test_a_small_page_of_a_busy_lead_does_not_walk_all_ids(
    reports: Reports, db: TestDatabase
) -> None:
    make_recordings(db, MANY)

    with statements_sent() as statements:
        assert await ids(reports, lead_id=7, limit=1) == [MANY]

    assert indexes(db, statements) == ["lead_id"]


@ENGINES
async def test_a_call_without_recordings_is_looked_up_by_keys(
    reports: Reports, db: TestDatabase, engine: str
) -> None:
    make_recordings(db, 3000)
    make_recording(db, 4000, lead_id=12345, vicidial_id="1736355590.9")
    for number in range(300):
        make_outbound_call(db, uniqueid=f"1736355590.{1234 + number}")

    with statements_sent() as statements:
        assert await ids(reports, uniqueid="1736355590.1234") == [4000]

    # In-groups live and archived, the recordings of their ids, the call, its recordings.
    assert len(statements) == 5
    (*_, of_rows) = statements
    assert all(rows_read(db, one, "svc-reports") < 10 for one in statements)
    assert indexes(db, [of_rows])[0] is not None


@ENGINES
@pytest.mark.parametrize("archived", ["N", "Y"])
async def test_a_range_is_found_with_few_looks_at_the_ids(
    reports: Reports, db: TestDatabase, engine: str, archived: str
) -> None:
    make_recordings(db, 3000, archived=archived == "Y")
    hour = {"start_date": "2025-01-01 04:00:00", "end_date": "2025-01-01 04:59:59"}

    with statements_sent() as statements:
        shown = await ids(reports, **hour, archived=archived)

    assert shown == list(range(1799, 1699, -1))
    ends, *looks, of_rows = statements
    assert explained(db, ends, "svc-reports")[0]["Extra"] == "Select tables optimized away"
    assert 15 < len(looks) <= 25
    assert set(indexes(db, looks)) == {BY_ID[archived]}
    assert {rows_read(db, one, "svc-reports") for one in looks} <= {1, 2, 3, 4, 5}
    assert indexes(db, [of_rows]) == [BY_ID[archived]]
    # The hour behind it with a few more, and the page.
    assert rows_read(db, of_rows, "svc-reports") <= 360 + 5 + 101 + 1


@pytest.mark.parametrize("archived", ["N", "Y"])
async def test_the_newest_are_read_from_the_end(
    reports: Reports, db: TestDatabase, archived: str
) -> None:
    make_recordings(db, MANY, archived=archived == "Y")

    with statements_sent() as statements:
        assert await ids(reports, archived=archived) == list(range(MANY, MANY - 100, -1))

    _, of_rows = statements
    assert indexes(db, [of_rows]) == [BY_ID[archived]]
    assert rows_read(db, of_rows, "svc-reports") == 101


@ENGINES
@pytest.mark.parametrize("archived", ["N", "Y"])
async def test_an_agent_of_few_recordings_is_found_by_the_index_of_users(
    reports: Reports, db: TestDatabase, engine: str, archived: str
) -> None:
    make_recordings(db, MANY, archived=archived == "Y")

    with statements_sent() as statements:
        shown = await ids(reports, **ALL_DAYS, agent_user="rare", archived=archived, limit=1000)

    assert shown == list(range(MANY, 0, -1000))
    of_rows = lists(statements)
    assert set(indexes(db, of_rows)) == {"user"}
    assert all(rows_read(db, one, "svc-reports") <= 101 for one in of_rows)


@ENGINES
@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"extension": "860009", "agent_user": "agent1"}, id="agent and extension"),
        pytest.param({"extension": "nowhere"}, id="extension"),
    ],
)
@pytest.mark.parametrize("file_format", ["json", "csv"])
async def test_no_statement_walks_far_in_search_of_rows(
    reports: Reports, db: TestDatabase, engine: str, query: dict[str, str], file_format: str
) -> None:
    make_recordings(db, MANY)

    with statements_sent() as statements:
        url = LOOK_UP.with_query(**ALL_DAYS, **query, format=file_format)
        response = await reports.get(url)
        await response.read()

    assert response.status == 200
    of_rows = lists(statements)
    # Each step is empty, so that the next id is asked for.
    assert len(of_rows) == 3
    assert set(indexes(db, of_rows)) <= {"PRIMARY", "user"}
    assert all(rows_read(db, one, "svc-reports") <= STEP + 1 for one in statements)


async def test_a_full_page_is_one_statement_however_long_the_range(
    start_reports: Start, db: TestDatabase
) -> None:
    reports = await start_reports(chunk_rows=5000)
    make_recordings(db, MANY)

    with statements_sent() as of_page:
        await ids(reports, **ALL_DAYS, agent_user="agent1", limit=1000)
    with statements_sent() as of_export:
        response = await reports.get(LOOK_UP.with_query(**ALL_DAYS, format="ndjson"))
        await response.read()

    assert len(lists(of_page)) == 1
    assert len(lists(of_export)) == MANY // 5000
    assert all(rows_read(db, one, "svc-reports") <= STEP + 1 for one in [*of_page, *of_export])


async def test_ids_that_are_missing_cost_nothing(reports: Reports, db: TestDatabase) -> None:
    for recording_id in (1, 2, 4_000_000_000, 4_294_967_295):
        make_recording(db, recording_id)

    with statements_sent() as statements:
        assert await ids(reports) == [4_294_967_295, 4_000_000_000, 2, 1]

    # The ends; three steps with rows; what is before each, found after an empty step.
    assert len(statements) <= 10
