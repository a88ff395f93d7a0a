"""Endpoints of placed calls."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.collation import folded
from dialkit.db import DATABASE
from dialkit.errors import NotFound
from dialkit.http import answer, next_page, takes

from svc_telephony.placed_calls import shown, store
from svc_telephony.placed_calls.recent import recent_calls
from svc_telephony.placed_calls.schemas import RecentCalls, WhichCall

routes = web.RouteTableDef()


@routes.get("/api/v1/test-call/status")
@takes("test_call_status", query=WhichCall())
async def show_test_call(request: web.Request, query: dict[str, Any]) -> web.Response:
    """How far a call has come (contract: GET /test-call/status)."""
    db, code = request.app[DATABASE], query["caller_code"]
    queued = await store.find_queued(db, code)
    dialled = await store.find_dialled(db, code)
    if queued is None and dialled is None:
        raise NotFound("Test call not found")
    live_status = await store.find_live_status(db, code)
    data = shown.state(request.app[CLOCK], queued or store.Queued(code), dialled, live_status)
    return answer("Test call status retrieved", data)


@routes.get("/api/v1/test-call/list")
@takes("test_call_list", query=RecentCalls())
async def list_test_calls(request: web.Request, query: dict[str, Any]) -> web.Response:
    """Recent test calls, newest first (contract: GET /test-call/list)."""
    db, clock = request.app[DATABASE], request.app[CLOCK]
    page = await recent_calls(db, **query)
    progress = await store.list_progress(db, [call.caller_code for call in page.calls])
    calls = [
        shown.entry(clock, call, progress.get(folded(call.caller_code), store.Progress()))
        for call in page.calls
    ]
    link = next_page(request, page.before, parameter="before")
    return answer("Test calls retrieved", {"count": len(calls), "calls": calls}, headers=link)
