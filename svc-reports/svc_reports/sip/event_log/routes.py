"""SIP messages of calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import Queries
from dialkit.http import takes

from svc_reports.ranges import asked_range
from svc_reports.row_lists import Listing, RowList, send_rows
from svc_reports.row_lists.keyset import equal
from svc_reports.settings import LIMITS
from svc_reports.sip.event_log.opening import events, events_of_call
from svc_reports.sip.event_log.schemas import EventLogQuery

routes = web.RouteTableDef()

_LIST = RowList("sip-events", "SIP event logs retrieved successfully", inside="logs")
_FILTERS = ("sip_call_id", "sip_event", "caller_code", "uniqueid", "server_ip")


@routes.get("/api/v1/sip/event-log")
@takes("sip_event_log", query=EventLogQuery())
async def show_sip_events(request: web.Request, query: Mapping[str, Any]) -> web.StreamResponse:
    """Events of a call, of a range, or of the days up to the newest."""
    limits, clock = request.app[LIMITS], request.app[CLOCK]
    asked = asked_range(query, clock, most_days=limits.export_days)
    conditions = equal(**{name: query.get(name) for name in _FILTERS})

    async def opening(db: Queries) -> Listing:
        if "caller_code" in query:
            return events_of_call(clock, db, asked, conditions)
        return await events(clock, db, asked, conditions, widest_s=limits.window_s)

    return await send_rows(request, query, _LIST, opening)
