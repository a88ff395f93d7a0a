"""The report of dispositions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import Queries
from dialkit.http import answer, takes

from svc_reports.call_stats.dispo.report import Report, count_calls
from svc_reports.call_stats.dispo.schemas import DispoQuery
from svc_reports.call_stats.dispo.shown import Layout, as_json, as_lines
from svc_reports.id_lists import settled
from svc_reports.ranges import range_or_today
from svc_reports.reading import read_report
from svc_reports.row_lists.fixed import Lines, send_lines
from svc_reports.settings import LIMITS

routes = web.RouteTableDef()


@routes.get("/api/v1/call-stats/dispo")
@takes("call_dispo_report", query=DispoQuery())
async def report_dispositions(request: web.Request, query: Mapping[str, Any]) -> web.StreamResponse:
    """Calls by how they ended (contract: GET /call-stats/dispo)."""
    limits, layout = request.app[LIMITS], Layout.of(query)
    span = range_or_today(query, request.app[CLOCK], most_days=limits.report_days)

    async def read(db: Queries) -> Report:
        asked = await settled(db, query)
        return await count_calls(db, asked, span, width_s=limits.window_s, by_user=layout.users)

    async def read_lines(db: Queries) -> Lines:
        return as_lines(await read(db), layout)

    if query["format"] == "csv":
        return await send_lines(request, query, "call-dispo", span, read_lines)
    report = await read_report(request, query["archived"], read)
    return answer("Disposition report retrieved", as_json(report, layout))
