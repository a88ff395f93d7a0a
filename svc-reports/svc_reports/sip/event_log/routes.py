"""SIP messages of calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import Queries
from dialkit.http import takes

from svc_reports.conditions import equal
from svc_reports.ranges import asked_range
from svc_reports.row_lists.answers import RowList, send_rows
from svc_reports.row_lists.listing import Listing
from svc_reports.settings import LIMITS
from svc_reports.sip.event_log.opening import events
from svc_reports.sip.event_log.schemas import EventLogQuery

routes = web.RouteTableDef()

_LIST = RowList("sip-events", "SIP event logs retrieved successfully", inside="logs")
_FILTERS = ("sip_call_id", "sip_event", "caller_code", "uniqueid", "server_ip")


@routes.get("/api/v1/sip/event-log")
@takes("sip_event_log", query=EventLogQuery())
async def show_sip_events(request: web.Request, query: Mapping[str, Any]) -> web.StreamResponse:
    """Events of a call, of a range, or the newest (contract: GET /sip/event-log)."""
    limits, clock = request.app[LIMITS], request.app[CLOCK]
    asked = asked_range(query, clock, most_days=limits.export_days)
    conditions = equal(**{name: query.get(name) for name in _FILTERS})
    widest_s = None if "caller_code" in query else limits.window_s

    async def opening(db: Queries) -> Listing:
        return await events(
            db, clock, asked, conditions, widest_s=widest_s, most_days=limits.export_days
        )

    return await send_rows(request, query, _LIST, opening)
