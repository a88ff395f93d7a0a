"""How the carriers ended outbound calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import Queries
from dialkit.http import takes

from svc_reports.ranges import asked_range, days_up_to
from svc_reports.row_lists import Listing, RowList, send_rows
from svc_reports.row_lists.keyset import equal
from svc_reports.settings import LIMITS
from svc_reports.sip.carrier_log.rows import CarrierLog, LogOfLead
from svc_reports.sip.carrier_log.schemas import CarrierLogQuery
from svc_reports.sip.carrier_log.store import carrier_log, find_newest

routes = web.RouteTableDef()

_LIST = RowList("carrier-log", "SIP/Carrier logs retrieved successfully", inside="logs")
_FILTERS = (
    "lead_id", "server_ip", "dialstatus", "sip_hangup_cause", "hangup_cause", "caller_code",
)  # fmt: skip
_DEFAULT_DAYS = 31


@routes.get("/api/v1/sip/carrier-log")
@takes("sip_carrier_log", query=CarrierLogQuery())
async def show_carrier_log(request: web.Request, query: Mapping[str, Any]) -> web.StreamResponse:
    """Rows of a lead, of a range, or of the days up to the newest row."""
    limits, clock = request.app[LIMITS], request.app[CLOCK]
    asked = asked_range(query, clock, most_days=limits.export_days)
    of_lead = "lead_id" in query

    async def opening(db: Queries) -> Listing:
        table, span = carrier_log(query["archived"]), asked
        if span is None and not of_lead:
            span = days_up_to(await find_newest(db, table), clock, days=_DEFAULT_DAYS)
        conditions = equal(**{name: query.get(name) for name in _FILTERS})
        if of_lead:
            return LogOfLead(clock, db, table, span, widest_s=None, conditions=conditions)
        return CarrierLog(clock, db, table, span, widest_s=limits.window_s, conditions=conditions)

    return await send_rows(request, query, _LIST, opening)
