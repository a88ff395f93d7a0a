"""Calls from and to phone numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import Queries
from dialkit.http import takes

from svc_reports.phone_logs.calls import AllCalls, LastCalls
from svc_reports.phone_logs.finding import check_lead_archive, find_sources
from svc_reports.phone_logs.indexes import NUMBER_INDEXES
from svc_reports.phone_logs.schemas import LAST, PhoneLogQuery, PhonePath
from svc_reports.ranges import asked_range
from svc_reports.row_lists.answers import RowList, send_rows
from svc_reports.row_lists.listing import Listing

routes = web.RouteTableDef()

_LIST = RowList("phone-logs", "Phone number history retrieved")


@routes.get("/api/v1/phone-logs/{phone}")
@takes("phone_number_log", path=PhonePath(), query=PhoneLogQuery())
async def show_phone_log(
    request: web.Request, path: Mapping[str, Any], query: Mapping[str, Any]
) -> web.StreamResponse:
    """Calls from and to numbers, all or the last ones (contract: GET /phone-logs/{phone})."""
    clock, indexes = request.app[CLOCK], request.app[NUMBER_INDEXES]
    numbers, archived_lead = path["phone"], query["archived_lead"]
    span = asked_range(query, clock, most_days=None)
    which = LastCalls if query["detail"] == LAST else AllCalls

    async def opening(db: Queries) -> Listing:
        await check_lead_archive(db, archived_lead)
        found = await find_sources(db, indexes, numbers, query)
        return which(db, clock, found, numbers, span, archived_lead=archived_lead)

    return await send_rows(request, query, _LIST, opening)
