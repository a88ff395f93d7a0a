"""Activity of agents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import Queries
from dialkit.http import answer, takes

from svc_reports.agent_stats import store
from svc_reports.agent_stats.activity import Activity, fields
from svc_reports.agent_stats.events import AgentEvents
from svc_reports.agent_stats.schemas import AgentStatsQuery
from svc_reports.archives import archive_needed
from svc_reports.databases import REPORT_DATABASE
from svc_reports.ranges import Range, range_or_today
from svc_reports.row_lists import Listing, RowList, send_rows
from svc_reports.row_lists.fixed import FixedRows
from svc_reports.row_lists.keyset import Condition, equal
from svc_reports.row_lists.stream import stream_rows
from svc_reports.settings import LIMITS
from svc_reports.slots import SLOTS
from svc_reports.windows import filled_windows

routes = web.RouteTableDef()

_MESSAGE = "Agent statistics exported"
_EVENTS = RowList("agent-events", _MESSAGE)


@routes.get("/api/v1/agent-stats/export")
@takes("agent_stats_export", query=AgentStatsQuery(), about="agent_user")
async def export_agent_stats(request: web.Request, query: Mapping[str, Any]) -> web.StreamResponse:
    """What agents did in a range: summed up, or record by record."""
    limits = request.app[LIMITS]
    if query["detail"] == "event":
        span = range_or_today(query, request.app[CLOCK], most_days=limits.export_days)
        return await _send_events(request, query, span)
    span = range_or_today(query, request.app[CLOCK], most_days=limits.report_days)
    with archive_needed(query["archived"]):
        if query["format"] != "json":
            return await stream_rows(
                request, query["format"], "agent-stats", lambda: _as_rows(request, query, span)
            )
        async with request.app[SLOTS].report():
            return answer(_MESSAGE, await _sum_up(request, query, span))


async def _send_events(
    request: web.Request, query: Mapping[str, Any], span: Range
) -> web.StreamResponse:
    async def opening(db: Queries) -> Listing:
        return AgentEvents(
            request.app[CLOCK],
            db,
            store.agent_log(query["archived"]),
            span,
            widest_s=request.app[LIMITS].window_s,
            conditions=_conditions(query),
        )

    return await send_rows(request, query, _EVENTS, opening)


async def _sum_up(
    request: web.Request, query: Mapping[str, Any], span: Range
) -> list[dict[str, Any]]:
    """A row an agent, in the order of the answer."""
    db, by_campaign = request.app[REPORT_DATABASE], _is_by_campaign(query)
    table, conditions = store.agent_log(query["archived"]), _conditions(query)
    width_s = request.app[LIMITS].window_s
    activity = Activity()
    async for window in filled_windows(db, table.name, "event_time", span, width_s):
        activity.add(await store.sum_up(db, table, window, conditions, by_campaign=by_campaign))
    agents = await store.find_agents(db, activity.users) if activity.users else []
    return activity.shown(agents, query.get("time_format", "S"), by_campaign=by_campaign)


async def _as_rows(request: web.Request, query: Mapping[str, Any], span: Range) -> Listing:
    rows = await _sum_up(request, query, span)
    names = fields(by_campaign=_is_by_campaign(query))
    return FixedRows(names, [tuple(row.values()) for row in rows], span)


def _conditions(query: Mapping[str, Any]) -> Sequence[Condition]:
    return equal(
        campaign_id=query.get("campaign_id"),
        user=query.get("agent_user"),
        user_group=query.get("user_group"),
    )


def _is_by_campaign(query: Mapping[str, Any]) -> bool:
    return bool(query.get("group_by_campaign") == "Y")
