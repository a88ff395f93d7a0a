"""One call."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE
from dialkit.errors import BadRequest
from dialkit.http import answer, takes

from svc_reports.archives import first_found
from svc_reports.call_ids import read_call_id
from svc_reports.calls import store
from svc_reports.calls.finding import find_call
from svc_reports.calls.schemas import CallQuery
from svc_reports.calls.shown import call_info
from svc_reports.slots import SLOTS

routes = web.RouteTableDef()


@routes.get("/api/v1/calls/{call_id}/info")
@takes("callid_info", query=CallQuery())
async def show_call(request: web.Request, query: Mapping[str, Any]) -> web.Response:
    """What the logs have of one call (contract: GET /calls/{call_id}/info)."""
    db, asked = request.app[DATABASE], request.match_info["call_id"]
    call_id = read_call_id(asked)
    if call_id is None:
        raise BadRequest("Invalid call ID")

    async with request.app[SLOTS].in_time():
        call = await find_call(db, call_id)
        custtime = await first_found(partial(store.find_custtime, db, call.row)) or 0
        note = await first_found(partial(store.find_note, db, call.row))
    info = call_info(request.app[CLOCK], call, custtime, note[0] if note else None)
    return answer("Call information retrieved", {"call_id": asked, **info})
