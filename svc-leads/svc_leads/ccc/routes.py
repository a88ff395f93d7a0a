"""The endpoint for the lead of a transferred call."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import structlog
from aiohttp import web
from dialkit.client import SERVICES
from dialkit.clock import CLOCK, SQL_FORMAT, Clock
from dialkit.db import DATABASE
from dialkit.errors import ApiError, NotFound
from dialkit.http import answer, takes
from dialkit.tokens import CALLER

from svc_leads.ccc import store
from svc_leads.leads.columns import lead_object
from svc_leads.leads.ids import path_lead_id
from svc_leads.leads.store import find_lead

log = structlog.get_logger("ccc")
routes = web.RouteTableDef()
_CALLER_CODE = re.compile(r"(?=[0-9A-Za-z]{18,30}\Z)(?:Y|J|V|M|DC|S|LP|VH|XL)")
_CALLS_LAST = timedelta(hours=10)
_SUMMARY_TIMEOUT_S = 2
_SUMMARY_KEYS = ("total_calls", "campaigns_called", "last_call_date")


@routes.get("/api/v1/ccc/lead-info/{lead_id}")
@takes("ccc_lead_info")
async def show_transferred_lead(request: web.Request) -> web.Response:
    """The lead of a transferred call (contract: GET /ccc/lead-info/{lead_id})."""
    db, clock = request.app[DATABASE], request.app[CLOCK]
    lead_id = await _lead_id(request, clock)
    row = await find_lead(db, lead_id)
    if row is None:
        raise NotFound("Lead not found")
    lead = lead_object(row, clock) | await _call_summary(request, lead_id)
    return answer("CCC lead information retrieved", lead)


async def _lead_id(request: web.Request, clock: Clock) -> int:
    """The lead that the path names, by its id or by a caller code. Raises: NotFound."""
    code = request.match_info["lead_id"]
    if not _CALLER_CODE.match(code):
        return path_lead_id(request)
    since = clock.to_local(clock.now().utc - _CALLS_LAST).strftime(SQL_FORMAT)
    lead_id = await store.find_lead_of_call(request.app[DATABASE], code, since=since)
    if lead_id is None:
        raise NotFound("Call not found")
    return lead_id


async def _call_summary(request: web.Request, lead_id: int) -> dict[str, Any]:
    """What svc-reports knows of the lead's calls; nulls where it does not answer in time."""
    try:
        summary = await request.app[SERVICES].call(
            "svc-reports",
            "GET",
            f"/internal/v1/leads/{lead_id}/call-summary",
            caller=request[CALLER],
            timeout_s=_SUMMARY_TIMEOUT_S,
        )
    except ApiError as error:
        log.warning("no call summary", lead_id=lead_id, why=error.message)
        summary = None
    known = summary if isinstance(summary, dict) else {}
    return {key: known.get(key) for key in _SUMMARY_KEYS}
