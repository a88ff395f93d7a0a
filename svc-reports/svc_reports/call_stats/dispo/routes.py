"""The report of dispositions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.http import answer, takes

from svc_reports.archives import archive_needed
from svc_reports.call_stats.dispo.report import Report, read_report
from svc_reports.call_stats.dispo.schemas import DispoQuery
from svc_reports.call_stats.dispo.shown import Layout, as_json, as_lines
from svc_reports.databases import REPORT_DATABASE
from svc_reports.id_lists import settled
from svc_reports.ranges import range_or_today
from svc_reports.row_lists import Listing
from svc_reports.row_lists.fixed import FixedRows
from svc_reports.row_lists.stream import stream_rows
from svc_reports.settings import LIMITS
from svc_reports.slots import SLOTS

routes = web.RouteTableDef()


@routes.get("/api/v1/call-stats/dispo")
@takes("call_dispo_report", query=DispoQuery())
async def report_dispositions(request: web.Request, query: Mapping[str, Any]) -> web.StreamResponse:
    """Calls of campaigns, in-groups and DIDs, by how they ended."""
    db, limits, layout = request.app[REPORT_DATABASE], request.app[LIMITS], Layout.of(query)
    span = range_or_today(query, request.app[CLOCK], most_days=limits.report_days)

    async def report() -> Report:
        asked = await settled(db, query)
        return await read_report(db, asked, span, width_s=limits.window_s, by_user=layout.users)

    async def lines() -> Listing:
        return FixedRows(*as_lines(await report(), layout), span)

    with archive_needed(query["archived"]):
        if query["format"] == "csv":
            return await stream_rows(request, "csv", "call-dispo", lines)
        async with request.app[SLOTS].report():
            found = await report()
    return answer("Disposition report retrieved", as_json(found, layout))
