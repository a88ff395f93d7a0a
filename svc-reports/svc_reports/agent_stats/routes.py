"""Activity of agents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import Queries
from dialkit.http import answer, takes

from svc_reports.agent_stats.report import asked_records, sum_up
from svc_reports.agent_stats.schemas import AgentStatsQuery
from svc_reports.agent_stats.store import agent_log
from svc_reports.ranges import range_or_today
from svc_reports.reading import read_report
from svc_reports.row_lists.answers import RowList, send_rows
from svc_reports.row_lists.fixed import Lines, send_lines
from svc_reports.row_lists.listing import Listing
from svc_reports.row_lists.windowed import LogRows
from svc_reports.settings import LIMITS

routes = web.RouteTableDef()

_EVENTS = RowList("agent-events", "Agent statistics exported")
_AGENTS = RowList("agent-stats", "Agent statistics exported")


@routes.get("/api/v1/agent-stats/export")
@takes("agent_stats_export", query=AgentStatsQuery(), about="agent_user")
async def export_agent_stats(request: web.Request, query: Mapping[str, Any]) -> web.StreamResponse:
    """What agents did in a range, summed up or in detail (contract: GET /agent-stats/export)."""
    send = _send_events if query["detail"] == "event" else _send_sums
    return await send(request, query)


async def _send_events(request: web.Request, query: Mapping[str, Any]) -> web.StreamResponse:
    limits, clock = request.app[LIMITS], request.app[CLOCK]
    span = range_or_today(query, clock, most_days=limits.export_days)
    table, conditions = agent_log(query["archived"]), asked_records(query)

    async def opening(db: Queries) -> Listing:
        return LogRows(db, clock, table, span, widest_s=limits.window_s, conditions=conditions)

    return await send_rows(request, query, _EVENTS, opening)


async def _send_sums(request: web.Request, query: Mapping[str, Any]) -> web.StreamResponse:
    limits = request.app[LIMITS]
    span = range_or_today(query, request.app[CLOCK], most_days=limits.report_days)

    async def read(db: Queries) -> Lines:
        return await sum_up(db, query, span, width_s=limits.window_s)

    if query["format"] != "json":
        return await send_lines(request, query, _AGENTS.file, span, read)
    names, rows = await read_report(request, query["archived"], read)
    return answer(_AGENTS.message, [dict(zip(names, row, strict=True)) for row in rows])
