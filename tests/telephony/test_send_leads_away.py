"""POST /api/v1/test-call/send: what svc-leads is asked for, and calls without it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from dialkit.http import answer
from dialkit.tokens import Caller, Verifier
from pytest_aiohttp import AiohttpServer
from support.answers import refused
from support.apps import KEYS, Start, Telephony
from support.builders import make_list
from support.changes import changes
from support.database import ENGINES, TestDatabase
from support.queued_rows import header_lines
from support.sent_calls import (
    NO_ROWS,
    NOW,
    NOW_SQL,
    WRITES,
    make_test_campaign,
    rows_of_calls,
    send,
    sent,
)
from support.telephony import make_server

READ = ("servers", "vicidial_campaigns", "vicidial_lists", "vicidial_cid_groups",
        "vicidial_campaign_cid_areacodes")  # fmt: skip
FAILED = refused(502, "Lead service failed")
NOT_REACHABLE = refused(503, "Lead service not reachable")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Beside = Callable[[Handler], Awaitable[Telephony]]


@pytest.fixture(autouse=True)
def campaign(db: TestDatabase) -> None:
    """A campaign with a list, and a server."""
    make_server(db, server_id="server1")
    make_test_campaign(db, manual_dial_list_id=102)
    make_list(db, 102)


@pytest.fixture
def start_beside(start_telephony: Start, aiohttp_server: AiohttpServer) -> Beside:
    """Start svc-telephony beside a svc-leads that answers as the handler says."""

    async def start(handler: Handler) -> Telephony:
        leads = web.Application()
        leads.router.add_post("/internal/v1/leads/test-call", handler)
        server: TestServer = await aiohttp_server(leads)
        url = str(server.make_url("")).rstrip("/")
        return await start_telephony(clock=NOW, urls={"svc-leads": url})

    return start


async def test_svc_leads_is_told_all_about_the_lead(start_beside: Beside) -> None:
    asked: list[Any] = []

    async def make_lead(request: web.Request) -> web.Response:
        caller = Verifier("svc-leads", KEYS).caller(request.headers["Authorization"])
        asked.append((caller, await request.json()))
        return answer("Lead added", {"lead_id": 999})

    telephony = await start_beside(make_lead)
    data = await sent(telephony, campaign_id="testcamp", phone_number="(555) 123-4567", user="me-2")

    assert data["lead_id"] == 999
    assert asked == [
        (
            Caller("6666", "192.0.2.7", "svc-telephony"),
            {
                "campaign_id": "TESTCAMP",
                "list_id": 102,
                "phone_code": "1",
                "phone_number": "5551234567",
                "user": "me-2",
                "call_date": NOW_SQL,
            },
        )
    ]


@pytest.mark.parametrize("lead_id", [1, 2_147_483_648, 4_294_967_295])
async def test_every_lead_id_fits_into_the_code(
    start_beside: Beside, db: TestDatabase, lead_id: int
) -> None:
    async def make_lead(_request: web.Request) -> web.Response:
        return answer("Lead added", {"lead_id": lead_id})

    data = await sent(await start_beside(make_lead))

    code = f"V108153045{lead_id:010}"
    assert (data["caller_code"], data["lead_id"]) == (code, lead_id)
    assert db.row("SELECT callerid FROM vicidial_manager") == (code,)
    assert db.row("SELECT lead_id, callerid FROM vicidial_auto_calls") == (lead_id, code)
    assert db.row("SELECT lead_id, caller_code FROM vicidial_dial_log") == (lead_id, code)
    assert header_lines(db)["k"] == f"VDACnote: TESTCAMP|{lead_id}|1|5551234567|OUT|MAIN|99"


@ENGINES
async def test_nothing_is_written_and_no_lock_held_while_svc_leads_is_asked(
    start_beside: Beside, db: TestDatabase
) -> None:
    found: list[dict[str, int]] = []

    def take_all_tables() -> None:
        with db.hold(*READ, *WRITES):
            pass

    async def make_lead(_request: web.Request) -> web.Response:
        await asyncio.to_thread(take_all_tables)
        found.append(rows_of_calls(db))
        return answer("Lead added", {"lead_id": 999})

    await sent(await start_beside(make_lead))

    assert found == [NO_ROWS]


UNUSABLE: list[Any] = [
    pytest.param(200, b"<html>", id="no JSON"),
    pytest.param(200, b"", id="nothing"),
    pytest.param(200, b"[]", id="no envelope"),
    pytest.param(200, b"\xff", id="no text"),
    pytest.param(200, b'{"success": true}', id="no data"),
    pytest.param(200, b'{"data": null}', id="data null"),
    pytest.param(200, b'{"data": [1]}', id="data an array"),
    pytest.param(200, b'{"data": {}}', id="no lead"),
    pytest.param(200, b'{"data": {"lead_id": null}}', id="lead null"),
    pytest.param(200, b'{"data": {"lead_id": "one"}}', id="lead no number"),
    pytest.param(400, b'{"success": false, "error": "Invalid parameters: list_id: 1 to 9",'
                      b' "details": {"list_id": ["1 to 9"]}}', id="400"),
    pytest.param(401, b'{"success": false, "error": "A service token is needed"}', id="401"),
    pytest.param(404, b'{"success": false, "error": "Not found"}', id="404"),
    pytest.param(409, b'{"success": false, "error": "Somehow in conflict"}', id="409"),
    pytest.param(500, b'{"success": false, "error": "Internal error"}', id="500"),
    pytest.param(503, b"upstream connect error", id="503 of a proxy"),
]  # fmt: skip


@pytest.mark.parametrize(("status", "body"), UNUSABLE)
async def test_an_answer_without_lead_is_a_502(
    start_beside: Beside, db: TestDatabase, status: int, body: bytes
) -> None:
    async def refuse(_request: web.Request) -> web.Response:
        return web.Response(status=status, body=body)

    assert await send(await start_beside(refuse)) == FAILED
    check_nothing_was_dialled(db)


async def test_svc_leads_without_its_database_is_a_502_or_a_503(
    start_beside: Beside, db: TestDatabase
) -> None:
    async def refuse(_request: web.Request) -> web.Response:
        return web.json_response({"success": False, "error": "Database away"}, status=503)

    assert await send(await start_beside(refuse)) in (FAILED, NOT_REACHABLE)
    check_nothing_was_dialled(db)


async def test_a_connection_that_breaks_is_a_502(start_beside: Beside, db: TestDatabase) -> None:
    async def hang_up(request: web.Request) -> web.StreamResponse:
        assert request.transport
        request.transport.abort()
        return web.Response()

    assert await send(await start_beside(hang_up)) == FAILED
    check_nothing_was_dialled(db)


async def test_svc_leads_failing_to_write_is_a_502(telephony: Telephony, db: TestDatabase) -> None:
    db.fail_writes("vicidial_list")

    assert await send(telephony) == FAILED
    check_nothing_was_dialled(db)


async def test_svc_leads_down_or_unknown_is_a_503(start_telephony: Start, db: TestDatabase) -> None:
    nobody = f"http://127.0.0.1:{unused_port()}"
    down = await start_telephony(urls={"svc-leads": nobody})
    unknown = await start_telephony(urls={})

    assert await send(down) == NOT_REACHABLE
    assert await send(unknown) == NOT_REACHABLE
    check_nothing_was_dialled(db)


async def test_svc_leads_too_slow_is_a_504(
    start_beside: Beside, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svc_telephony.test_calls.lead.LEAD_TIMEOUT_S", 0.1)
    never = asyncio.Event()

    async def keep_waiting(_request: web.Request) -> web.Response:
        await never.wait()
        return answer("Too late", {"lead_id": 999})

    assert await send(await start_beside(keep_waiting)) == refused(504, "Lead service too slow")
    check_nothing_was_dialled(db)


def check_nothing_was_dialled(db: TestDatabase) -> None:
    """No row of a call, and none of the log of changes about one."""
    assert (rows_of_calls(db), changes(db)) == (NO_ROWS, [])
