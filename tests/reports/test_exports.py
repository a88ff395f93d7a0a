"""Exports: all rows of a range, as CSV and NDJSON, by the example of the carrier log."""

import csv
import io
import json
from typing import Any

import pytest
from support.apps import Reports, Start
from support.database import TestDatabase
from support.exports import DAY, PATH, make_rows
from support.statements import statements_sent

TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "ndjson": "application/x-ndjson; charset=utf-8",
}
FORMATS = pytest.mark.parametrize("kind", TYPES)


def rows_of(kind: str, body: str) -> list[dict[str, Any]]:
    if kind == "ndjson":
        return [json.loads(line) for line in body.splitlines()]
    return list(csv.DictReader(io.StringIO(body, newline="")))


def as_csv(row: dict[str, Any]) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in row.items()}


@FORMATS
async def test_an_export_has_all_rows_of_the_range_as_json_has_them(
    start_reports: Start, db: TestDatabase, kind: str
) -> None:
    make_rows(db, 25)
    reports = await start_reports(chunk_rows=10)
    page = await (await reports.get(PATH, params={**DAY, "limit": "25"})).json()
    expected = page["data"]["logs"]

    response = await reports.get(PATH, params={**DAY, "format": kind, "limit": "2"})
    found = rows_of(kind, await response.text())

    assert len(found) == 25
    assert found == ([as_csv(row) for row in expected] if kind == "csv" else expected)


@FORMATS
async def test_the_headers_of_an_export(reports: Reports, db: TestDatabase, kind: str) -> None:
    make_rows(db, 1)

    response = await reports.get(PATH, params={**DAY, "format": kind})

    assert response.status == 200
    assert response.headers["Content-Type"] == TYPES[kind]
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="carrier-log_20250101_20250131.{kind}"'
    )
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Accel-Buffering"] == "no"
    assert response.headers["Transfer-Encoding"] == "chunked"
    assert "Content-Length" not in response.headers
    assert "Link" not in response.headers


async def test_the_file_of_a_part_of_a_day_is_named_for_that_day(reports: Reports) -> None:
    part = {"start_date": "2025-01-01 08:00:00", "end_date": "2025-01-02 00:00:00"}

    response = await reports.get(PATH, params={**part, "format": "csv"})

    assert '"carrier-log_20250101_20250102.csv"' in response.headers["Content-Disposition"]


async def test_the_file_of_no_range_has_none_in_its_name(reports: Reports) -> None:
    response = await reports.get(PATH, params={"lead_id": "7", "format": "ndjson"})

    assert '"carrier-log.ndjson"' in response.headers["Content-Disposition"]


@FORMATS
@pytest.mark.parametrize("rows", [10, 20])
async def test_an_export_that_fills_its_last_page_ends_there(
    start_reports: Start, db: TestDatabase, kind: str, rows: int
) -> None:
    make_rows(db, rows)
    reports = await start_reports(chunk_rows=10)

    response = await reports.get(PATH, params={**DAY, "format": kind})

    assert len(rows_of(kind, await response.text())) == rows


@FORMATS
async def test_what_is_of_pages_is_ignored(reports: Reports, db: TestDatabase, kind: str) -> None:
    make_rows(db, 3)

    response = await reports.get(PATH, params={**DAY, "format": kind, "limit": "x", "cursor": "x"})

    assert len(rows_of(kind, await response.text())) == 3


async def test_nothing_found_is_a_line_of_names_in_csv(reports: Reports) -> None:
    response = await reports.get(PATH, params={**DAY, "format": "csv"})

    assert response.status == 200
    assert (await response.text()).startswith("uniqueid,call_date,server_ip,")
    assert (await response.text()).endswith("caller_code\r\n")


async def test_nothing_found_is_an_empty_body_in_ndjson(reports: Reports) -> None:
    response = await reports.get(PATH, params={**DAY, "format": "ndjson"})

    assert (response.status, await response.text()) == (200, "")


@FORMATS
@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"start_date": "2025-01-31", "end_date": "2025-01-01"}, 400),
        ({"start_date": "2023-01-01", "end_date": "2025-01-01"}, 400),
        ({**DAY, "archived": "x"}, 400),
        ({**DAY, "lead_id": "x"}, 400),
    ],
)
async def test_what_is_wrong_with_a_request_is_said_in_an_envelope(
    reports: Reports, kind: str, parameters: dict[str, str], status: int
) -> None:
    response = await reports.get(PATH, params={**parameters, "format": kind})

    assert (response.status, response.content_type) == (status, "application/json")
    assert (await response.json())["success"] is False


async def test_another_format_is_refused(reports: Reports) -> None:
    response = await reports.get(PATH, params={"format": "xlsx"})

    assert response.status == 400
    assert (await response.json())["details"] == {"format": ["Must be one of: json, csv, ndjson"]}


async def test_a_head_request_gets_the_headers_alone(reports: Reports, db: TestDatabase) -> None:
    make_rows(db, 5)

    response = await reports.head(PATH, params={**DAY, "format": "csv"})

    assert response.status == 200
    assert response.headers["Content-Type"] == TYPES["csv"]
    assert await response.read() == b""


async def test_a_page_is_one_statement_where_rows_are_dense(
    start_reports: Start, db: TestDatabase
) -> None:
    make_rows(db, 5000)
    reports = await start_reports(chunk_rows=100, window_s=86_400)
    one_day = {"start_date": "2025-01-02", "end_date": "2025-01-02"}

    with statements_sent() as statements:
        response = await reports.get(PATH, params={**one_day, "format": "ndjson"})
        body = await response.text()

    assert len(body.splitlines()) == 5000
    # 50 pages, and windows that grow again where nothing is.
    assert len(statements) < 50 + 20


@FORMATS
async def test_the_log_of_calls_has_an_export(
    reports: Reports, db: TestDatabase, kind: str
) -> None:
    await (await reports.get(PATH, params={**DAY, "format": kind})).read()
    await reports.close()

    assert db.row("SELECT user, function, result FROM vicidial_api_log") == (
        "6666", "sip_carrier_log", "SUCCESS",
    )  # fmt: skip
