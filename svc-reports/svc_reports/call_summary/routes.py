"""The internal endpoint of a lead's calls (contract: reports.md, "Internal endpoints")."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE
from dialkit.http import answer, path_number, takes

from svc_reports.archives import conflict_if_missing
from svc_reports.call_summary import store
from svc_reports.call_summary.schemas import WhichLog
from svc_reports.slots import SLOTS
from svc_reports.values import MAX_ID

routes = web.RouteTableDef()


@routes.get("/internal/v1/leads/{lead_id}/call-summary")
@takes("", query=WhichLog())
async def show_call_summary(request: web.Request, query: dict[str, Any]) -> web.Response:
    """How often a lead was called, known or not (contract: reports.md, Internal endpoints)."""
    db, clock, archived = request.app[DATABASE], request.app[CLOCK], query["archived"]
    lead_id = path_number(request, "lead_id", most=MAX_ID, missing="Lead not found")
    async with request.app[SLOTS].in_time():
        with conflict_if_missing(archived):
            calls = await store.count_calls(db, lead_id, archived)
    return answer(
        "Call summary retrieved",
        {
            "total_calls": calls.total,
            "campaigns_called": calls.campaigns,
            "last_call_date": clock.from_sql(calls.newest, calls.newest_epoch),
        },
    )
