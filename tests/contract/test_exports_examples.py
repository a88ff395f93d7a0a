"""The exports, through the gateway, on the demo database: a file of each list and report."""

import csv
import io
import json
from typing import Any

import aiohttp
import pytest
from support import documented_reports as documented
from support.database import TestDatabase

THAT_DAY = "start_date=2025-01-08&end_date=2025-01-08"
TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "ndjson": "application/x-ndjson; charset=utf-8",
}
AS = {"csv": documented.as_csv, "ndjson": documented.as_ndjson}
# The DID of the call is none of the demo rows.
DID_CALL = documented.DID_CALL | {"did_description": None}
# Path, the file's name, and its only row.
FILES = [
    ("/recordings/lookup?lead_id=876409", "recordings", documented.RECORDING),
    (
        f"/recordings/lookup?{THAT_DAY}&agent_user=1000",
        "recordings_20250108_20250108",
        documented.RECORDING,
    ),
    (f"/did-logs/export?{THAT_DAY}", "did-logs_20250108_20250108", DID_CALL),
    ("/phone-logs/9998887112?", "phone-logs", documented.PHONE_CALL),
    (
        f"/agent-stats/export?{THAT_DAY}&detail=event",
        "agent-events_20250108_20250108",
        documented.AGENT_EVENT,
    ),
    (
        f"/sip/carrier-log?{THAT_DAY}&limit=1",
        "carrier-log_20250108_20250108",
        documented.CARRIER_CALL,
    ),
    (
        f"/sip/event-log?caller_code={documented.SIP_EVENT['caller_code']}",
        "sip-events",
        documented.SIP_EVENT,
    ),
]
EACH_KIND = pytest.mark.parametrize("kind", TYPES)


@EACH_KIND
@pytest.mark.parametrize(("path", "name", "row"), FILES)
async def test_the_file_of_a_list(
    api: aiohttp.ClientSession, kind: str, path: str, name: str, row: dict[str, Any]
) -> None:
    headers, body = await fetched(api, f"{path}&format={kind}")

    assert body == AS[kind](row)
    check_headers(headers, kind, name)


@EACH_KIND
async def test_the_file_of_a_phone_log_tells_how_calls_were_found(
    api: aiohttp.ClientSession, kind: str
) -> None:
    headers, _ = await fetched(api, f"/phone-logs/9998887112?format={kind}")

    assert headers["X-Phone-Match"] == "leads"


@EACH_KIND
async def test_the_file_of_agents(api: aiohttp.ClientSession, db: TestDatabase, kind: str) -> None:
    headers, body = await fetched(api, f"/agent-stats/export?{since(db)}&format={kind}")

    agents = rows_of(kind, body)
    assert {tuple(agent) for agent in agents} == {tuple(documented.AGENT_KEYS)}
    assert [agent["user"] for agent in agents][:2] == ["1001", "1002"]
    check_headers(headers, kind, f"agent-stats_{days(db)}")


async def test_the_file_of_dispositions(api: aiohttp.ClientSession, db: TestDatabase) -> None:
    headers, body = await fetched(
        api, f"/call-stats/dispo?{since(db)}&show_percentages=0&format=csv"
    )

    lines = list(csv.reader(io.StringIO(body, newline="")))
    statuses = db.rows(
        "SELECT DISTINCT status FROM vicidial_log WHERE call_date >= CURDATE() - INTERVAL 2 DAY"
        " ORDER BY 1"
    )
    assert lines[0] == ["group_id", "group_type", "total_calls", *(one for (one,) in statuses)]
    assert [line[:2] for line in lines[1:]] == [
        ["NEWCAMP", "campaign"],
        ["TESTCAMP", "campaign"],
        ["TOTAL", "total"],
    ]
    new, test, total = ([int(number) for number in line[2:]] for line in lines[1:])
    assert [one + other for one, other in zip(new, test, strict=True)] == total
    check_headers(headers, "csv", f"call-dispo_{days(db)}")


@EACH_KIND
async def test_a_file_has_all_rows(api: aiohttp.ClientSession, db: TestDatabase, kind: str) -> None:
    _, body = await fetched(api, f"/sip/carrier-log?{since(db)}&limit=5&format={kind}")

    recent = (
        "SELECT COUNT(*) FROM vicidial_carrier_log WHERE call_date >= CURDATE() - INTERVAL 2 DAY"
    )
    assert len(rows_of(kind, body)) == db.value(recent)


async def fetched(api: aiohttp.ClientSession, path: str) -> tuple[Any, str]:
    """The headers and the body of a success."""
    async with api.get(f"/api/v1{path}") as response:
        body = await response.text()
    assert response.status == 200, body
    return response.headers, body


def check_headers(headers: Any, kind: str, name: str) -> None:
    """Those of an export of that kind, whose file has that name."""
    assert headers["Content-Type"] == TYPES[kind]
    assert headers["Content-Disposition"] == f'attachment; filename="{name}.{kind}"'
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Accel-Buffering"] == "no"
    assert headers["X-Request-ID"]
    assert headers["Transfer-Encoding"] == "chunked"
    assert {"Content-Length", "Link"}.isdisjoint(headers)


def rows_of(kind: str, body: str) -> list[dict[str, Any]]:
    if kind == "ndjson":
        return [json.loads(line) for line in body.splitlines()]
    return list(csv.DictReader(io.StringIO(body, newline="")))


def since(db: TestDatabase) -> str:
    """A query of the days of the demo shifts."""
    return f"start_date={db.value('SELECT CURDATE() - INTERVAL 2 DAY')}"


def days(db: TestDatabase) -> str:
    """The same days in the name of a file."""
    return str(db.value("SELECT DATE_FORMAT(CURDATE() - INTERVAL 2 DAY, '%Y%m%d_')")) + str(
        db.value("SELECT DATE_FORMAT(CURDATE(), '%Y%m%d')")
    )
