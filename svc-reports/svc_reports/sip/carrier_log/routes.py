"""How the carriers ended outbound calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import Queries
from dialkit.http import takes

from svc_reports.conditions import equal
from svc_reports.ranges import asked_range, days_up_to
from svc_reports.row_lists.answers import RowList, send_rows
from svc_reports.row_lists.listing import Listing
from svc_reports.row_lists.windowed import LogRows
from svc_reports.settings import LIMITS
from svc_reports.sip.carrier_log.schemas import CarrierLogQuery
from svc_reports.sip.carrier_log.store import DATE, carrier_log
from svc_reports.windows import find_newest

routes = web.RouteTableDef()

_LIST = RowList("carrier-log", "SIP/Carrier logs retrieved successfully", inside="logs")
_FILTERS = (
    "lead_id", "server_ip", "dialstatus", "sip_hangup_cause", "hangup_cause", "caller_code",
)  # fmt: skip


@routes.get("/api/v1/sip/carrier-log")
@takes("sip_carrier_log", query=CarrierLogQuery())
async def show_carrier_log(request: web.Request, query: Mapping[str, Any]) -> web.StreamResponse:
    """Rows of a lead, of a range, or the newest (contract: GET /sip/carrier-log)."""
    limits, clock = request.app[LIMITS], request.app[CLOCK]
    asked = asked_range(query, clock, most_days=limits.export_days)
    conditions = equal(**{name: query.get(name) for name in _FILTERS})
    of_lead = "lead_id" in query
    table = carrier_log(query["archived"], dateless=of_lead)

    async def opening(db: Queries) -> Listing:
        span = asked
        if span is None and not of_lead:
            newest = await find_newest(db, table.name, DATE)
            span = days_up_to(newest, clock, most_days=limits.export_days)
        widest_s = None if of_lead else limits.window_s
        return LogRows(db, clock, table, span, widest_s=widest_s, conditions=conditions)

    return await send_rows(request, query, _LIST, opening)
