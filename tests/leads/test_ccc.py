"""GET /api/v1/ccc/lead-info/{lead_id}: the lead of a call that another cluster transfers."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from dialkit.http import answer
from dialkit.tokens import Caller, Verifier
from pytest_aiohttp import AiohttpServer
from support.apps import CALLER, KEYS, Leads, Start, clock_at
from support.builders import make_lead
from support.database import TestDatabase
from support.statements import explained, statements_sent

CCC = "/api/v1/ccc/lead-info"
NOW = clock_at("2025-07-08T15:30:00")  # 11:30 in New York
SUMMARY = {"total_calls": 3, "campaigns_called": 2, "last_call_date": "2025-01-08T17:00:01Z"}
NO_SUMMARY = dict.fromkeys(SUMMARY)
CODES = ["Y0708113000000012345", "J0708113000000012345", "V1081530450000000999",
         "M0708113000000012345", "S07081130000012345", "LP708113000000012345",
         "VH708113000000012345", "XL708113000000012345", "V" + "a" * 17,
         "V" + "9" * 29]  # fmt: skip
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Reports = Callable[[Handler], Awaitable[Leads]]


@pytest.fixture
def start_with_reports(start_leads: Start, aiohttp_server: AiohttpServer) -> Reports:
    """Start svc-leads beside a svc-reports that answers as the handler says."""

    async def start(handler: Handler) -> Leads:
        reports = web.Application()
        reports.router.add_get("/internal/v1/leads/{lead_id}/call-summary", handler)
        server: TestServer = await aiohttp_server(reports)
        return await start_leads(clock=NOW, urls={"svc-reports": str(server.make_url(""))})

    return start


async def test_the_documented_answer(start_with_reports: Reports, db: TestDatabase) -> None:
    asked: list[tuple[str, Caller]] = []

    async def summary(request: web.Request) -> web.Response:
        verifier = Verifier("svc-reports", KEYS)
        asked.append((request.path, verifier.caller(request.headers["Authorization"])))
        return answer("Call summary", SUMMARY)

    leads = await start_with_reports(summary)
    make_lead(db, lead_id=12345, first_name="John", comments="a!Nb")

    response = await leads.get(f"{CCC}/12345")

    lead = (await (await leads.get("/api/v1/leads/12345/info")).json())["data"]
    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "CCC lead information retrieved",
        "data": lead | SUMMARY,
    }
    assert (lead["first_name"], lead["comments"]) == ("John", "a\nb")
    assert asked == [
        ("/internal/v1/leads/12345/call-summary", Caller("6666", CALLER.ip, "svc-leads"))
    ]


@pytest.mark.parametrize("code", CODES)
async def test_a_caller_code_leads_to_the_lead(
    start_leads: Start, db: TestDatabase, code: str
) -> None:
    leads = await start_leads(clock=NOW)
    make_lead(db, lead_id=5)
    make_lead(db, lead_id=6)
    log_call(db, code, lead_id=5)
    log_call(db, "V1111111111111111111", lead_id=6)

    assert await found(leads, code) == 5


async def test_codes_of_direct_calls_are_in_the_dial_log(
    start_leads: Start, db: TestDatabase
) -> None:
    leads = await start_leads(clock=NOW)
    make_lead(db, lead_id=5)
    make_lead(db, lead_id=6)
    code = "DC708113000000012345"
    db.insert("vicidial_dial_log", caller_code=code, lead_id=5, call_date="2025-07-08 11:00:00")
    log_call(db, code, lead_id=6)

    assert await found(leads, code) == 5


async def test_the_newest_call_of_a_code_counts(start_leads: Start, db: TestDatabase) -> None:
    leads = await start_leads(clock=NOW)
    for lead_id, minute in [(5, 10), (6, 30), (7, 20)]:
        make_lead(db, lead_id=lead_id)
        log_call(db, CODES[0], lead_id=lead_id, call_date=f"2025-07-08 11:{minute}:00")

    assert await found(leads, CODES[0]) == 6


@pytest.mark.parametrize(
    ("now", "call_date", "status"),
    [
        pytest.param("2025-07-08T15:30:00", "2025-07-08 01:30:01", 200, id="just within"),
        pytest.param("2025-07-08T15:30:00", "2025-07-08 01:30:00", 404, id="ten hours ago"),
        pytest.param("2025-03-09T12:00:00", "2025-03-08 21:00:01", 200, id="over the gap, within"),
        pytest.param("2025-03-09T12:00:00", "2025-03-08 21:00:00", 404, id="over the gap, ago"),
    ],
)
async def test_a_code_is_good_for_ten_hours(
    start_leads: Start, db: TestDatabase, now: str, call_date: str, status: int
) -> None:
    leads = await start_leads(clock=clock_at(now))
    make_lead(db, lead_id=5)
    log_call(db, CODES[0], lead_id=5, call_date=call_date)

    response = await leads.get(f"{CCC}/{CODES[0]}")

    assert response.status == status


@pytest.mark.parametrize(
    ("path", "error"),
    [
        pytest.param("99", "Lead not found", id="no such lead"),
        pytest.param("4294967296", "Lead not found", id="id too large"),
        pytest.param("12345678901", "Lead not found", id="eleven digits"),
        pytest.param("0", "Lead not found", id="zero"),
        pytest.param("-1", "Lead not found", id="negative"),
        pytest.param("V1081530450000000998", "Call not found", id="unknown code"),
        pytest.param("V1081530450000000990", "Call not found", id="call without lead"),
        pytest.param("V1081530450000000991", "Lead not found", id="lead is gone"),
        pytest.param("DC708113000000012345", "Call not found", id="direct code in the other log"),
        pytest.param("V" + "9" * 16, "Lead not found", id="code too short"),
        pytest.param("V" + "9" * 30, "Lead not found", id="code too long"),
        pytest.param("X1081530450000000999", "Lead not found", id="unknown prefix"),
        pytest.param("v1081530450000000999", "Lead not found", id="prefix in small letters"),
        pytest.param("V10815304500000-0999", "Lead not found", id="other characters"),
        pytest.param("V1081530450000000999%0A", "Lead not found", id="line break"),
        pytest.param("V1081530450%27%20OR%201", "Lead not found", id="SQL"),
        pytest.param("12345%20", "Lead not found", id="space"),
        pytest.param("%D9%A1", "Lead not found", id="other digits"),
    ],
)
async def test_what_is_not_there_is_a_404(
    start_leads: Start, db: TestDatabase, path: str, error: str
) -> None:
    leads = await start_leads(clock=NOW)
    make_lead(db, lead_id=12345)
    log_call(db, "V1081530450000000999", lead_id=12345)
    log_call(db, "V1081530450000000990", lead_id=None)
    log_call(db, "V1081530450000000991", lead_id=77)
    log_call(db, "DC708113000000012345", lead_id=12345)

    response = await leads.get(f"{CCC}/{path}")

    assert response.status == 404
    assert await response.json() == {"success": False, "error": error}


async def test_an_archived_lead_is_not_shown(leads: Leads, db: TestDatabase) -> None:
    db.execute("CREATE TABLE vicidial_list_archive LIKE vicidial_list")
    db.insert("vicidial_list_archive", lead_id=5, phone_number="5551234567")

    assert (await leads.get(f"{CCC}/5")).status == 404


async def test_the_agent_does_not_wait_for_slow_counters(
    start_with_reports: Reports, db: TestDatabase
) -> None:
    arrived, never = asyncio.Event(), asyncio.Event()

    async def keep_waiting(_request: web.Request) -> web.Response:
        arrived.set()
        await never.wait()
        return answer("Too late", SUMMARY)

    leads = await start_with_reports(keep_waiting)
    make_lead(db, lead_id=5)
    loop = asyncio.get_running_loop()

    started = loop.time()
    data = await counters(leads)
    took = loop.time() - started

    assert arrived.is_set()
    assert data == NO_SUMMARY
    assert 1.9 < took < 4


GARBAGE: list[Any] = [
    pytest.param(200, b"<html>", id="no JSON"),
    pytest.param(200, b"", id="nothing"),
    pytest.param(200, b"[]", id="no envelope"),
    pytest.param(200, b"\xff", id="no text"),
    pytest.param(200, b'{"success": true}', id="no data"),
    pytest.param(200, b'{"data": null}', id="data null"),
    pytest.param(200, b'{"data": [1]}', id="data an array"),
    pytest.param(200, b'{"data": {"other": 1}}', id="other data"),
    pytest.param(404, b'{"success": false, "error": "Not found"}', id="404"),
    pytest.param(401, b'{"success": false, "error": "A service token is needed"}', id="401"),
    pytest.param(500, b'{"success": false, "error": "Internal error"}', id="500"),
    pytest.param(503, b"upstream connect error", id="503 of a proxy"),
]


@pytest.mark.parametrize(("status", "body"), GARBAGE)
async def test_an_unusable_answer_leaves_the_counters_null(
    start_with_reports: Reports, db: TestDatabase, status: int, body: bytes
) -> None:
    async def garbage(_request: web.Request) -> web.Response:
        return web.Response(status=status, body=body)

    leads = await start_with_reports(garbage)
    make_lead(db, lead_id=5)

    assert await counters(leads) == NO_SUMMARY


async def test_a_connection_that_breaks_leaves_the_counters_null(
    start_with_reports: Reports, db: TestDatabase
) -> None:
    async def hang_up(request: web.Request) -> web.StreamResponse:
        assert request.transport
        request.transport.abort()
        return web.Response()

    leads = await start_with_reports(hang_up)
    make_lead(db, lead_id=5)

    assert await counters(leads) == NO_SUMMARY


async def test_a_service_that_is_down_or_unknown_leaves_the_counters_null(
    start_leads: Start, db: TestDatabase
) -> None:
    make_lead(db, lead_id=5)
    unknown = await start_leads()
    down = await start_leads(urls={"svc-reports": f"http://127.0.0.1:{unused_port()}"})

    assert await counters(unknown) == NO_SUMMARY
    assert await counters(down) == NO_SUMMARY


async def test_an_unknown_lead_is_not_asked_for(
    start_with_reports: Reports, db: TestDatabase
) -> None:
    asked: list[str] = []

    async def summary(request: web.Request) -> web.Response:
        asked.append(request.path)
        return answer("Call summary", SUMMARY)

    leads = await start_with_reports(summary)

    assert (await leads.get(f"{CCC}/5")).status == 404
    assert asked == []


@pytest.mark.parametrize(
    ("code", "index"), [(CODES[0], "vlecc"), ("DC708113000000012345", "caller_code")]
)
async def test_codes_are_looked_up_by_index(
    start_leads: Start, db: TestDatabase, code: str, index: str
) -> None:
    leads = await start_leads(clock=NOW)
    db.execute(
        "INSERT INTO vicidial_log_extended (uniqueid, caller_code, call_date, lead_id)"
        " SELECT seq, CONCAT('V', seq), '2025-07-08 11:00:00', seq FROM seq_1_to_2000"
    )
    db.execute(
        "INSERT INTO vicidial_dial_log (caller_code, call_date, lead_id)"
        " SELECT CONCAT('DC', seq), '2025-07-08 11:00:00', seq FROM seq_1_to_2000"
    )

    with statements_sent() as statements:
        await leads.get(f"{CCC}/{code}")

    assert [explained(db, one)[0]["key"] for one in statements] == [index]


async def found(leads: Leads, path: str) -> int:
    """The id of the lead that is answered."""
    envelope = await (await leads.get(f"{CCC}/{path}")).json()
    assert envelope["success"], envelope
    return int(envelope["data"]["lead_id"])


async def counters(leads: Leads) -> dict[str, Any]:
    """The counters in the answer about lead 5."""
    response = await leads.get(f"{CCC}/5")
    envelope = await response.json()
    assert response.status == 200, envelope
    return {name: envelope["data"][name] for name in SUMMARY}


def log_call(db: TestDatabase, code: str, **columns: Any) -> None:
    """A call at 11:00, half an hour ago."""
    number = db.count("vicidial_log_extended")
    defaults = {"uniqueid": f"{number}", "caller_code": code, "call_date": "2025-07-08 11:00:00"}
    db.insert("vicidial_log_extended", **defaults | columns)
