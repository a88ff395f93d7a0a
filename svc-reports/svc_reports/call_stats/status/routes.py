"""Calls by hour and status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.http import answer, takes

from svc_reports.archives import archive_needed
from svc_reports.call_stats.status.report import read_report
from svc_reports.call_stats.status.schemas import StatusQuery
from svc_reports.databases import REPORT_DATABASE
from svc_reports.id_lists import settled
from svc_reports.ranges import range_or_today
from svc_reports.settings import LIMITS
from svc_reports.slots import SLOTS

routes = web.RouteTableDef()


@routes.get("/api/v1/call-stats/status")
@takes("call_status_stats", query=StatusQuery())
async def show_call_statuses(request: web.Request, query: Mapping[str, Any]) -> web.Response:
    """Calls of campaigns and in-groups, by the hour they began in, and by how they ended."""
    db, limits = request.app[REPORT_DATABASE], request.app[LIMITS]
    span = range_or_today(query, request.app[CLOCK], most_days=limits.report_days)
    async with request.app[SLOTS].report():
        query = await settled(db, query)
        with archive_needed(query["archived"]):
            groups = await read_report(db, query, span, limits.window_s)
    return answer("Status statistics retrieved", groups)
