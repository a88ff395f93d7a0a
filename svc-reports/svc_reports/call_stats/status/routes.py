"""Calls by hour and status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import Queries
from dialkit.http import answer, takes

from svc_reports.call_stats.status.report import read_groups
from svc_reports.call_stats.status.schemas import StatusQuery
from svc_reports.id_lists import settled
from svc_reports.ranges import range_or_today
from svc_reports.reading import read_report
from svc_reports.settings import LIMITS

routes = web.RouteTableDef()


@routes.get("/api/v1/call-stats/status")
@takes("call_status_stats", query=StatusQuery())
async def show_call_statuses(request: web.Request, query: Mapping[str, Any]) -> web.Response:
    """Calls by the hour they began in, and by how they ended (contract: GET /call-stats/status)."""
    limits = request.app[LIMITS]
    span = range_or_today(query, request.app[CLOCK], most_days=limits.report_days)

    async def read(db: Queries) -> list[dict[str, Any]]:
        asked = await settled(db, query)
        return await read_groups(db, asked, span, width_s=limits.window_s)

    return answer(
        "Status statistics retrieved", await read_report(request, query["archived"], read)
    )
