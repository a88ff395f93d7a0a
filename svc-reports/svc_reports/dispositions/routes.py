"""Dispositions by campaign and list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.http import answer, takes

from svc_reports.archives import archive_needed
from svc_reports.databases import REPORT_DATABASE
from svc_reports.dispositions import store
from svc_reports.dispositions.counting import Groups
from svc_reports.dispositions.report import named
from svc_reports.dispositions.schemas import DispositionsQuery
from svc_reports.ranges import asked_range, days_up_to
from svc_reports.settings import LIMITS
from svc_reports.slots import SLOTS
from svc_reports.windows import filled_windows

routes = web.RouteTableDef()

_DEFAULT_DAYS = 31


class Grouping(NamedTuple):
    """What calls are grouped by, and what the groups are called in the answer."""

    columns: Sequence[str]
    title: str
    key: str


_GROUPINGS = {
    "campaign": Grouping(("campaign_id",), "campaign", "campaigns"),
    "list": Grouping(("list_id",), "list", "lists"),
    "both": Grouping(("campaign_id", "list_id"), "campaign and list", "results"),
}


@routes.get("/api/v1/kpi/dispositions")
@takes("kpi_dispositions", query=DispositionsQuery())
async def count_dispositions(request: web.Request, query: Mapping[str, Any]) -> web.Response:
    """Outbound calls of a range, by group and status."""
    db, clock, limits = request.app[REPORT_DATABASE], request.app[CLOCK], request.app[LIMITS]
    span = asked_range(query, clock, most_days=limits.report_days)
    grouping = _GROUPINGS[query["group_by"]]
    asked = store.Asked(
        query["archived"], grouping.columns, query.get("campaign_id"), query.get("list_id")
    )
    async with request.app[SLOTS].report():
        with archive_needed(query["archived"]):
            if span is None:
                newest = await store.find_newest(db, asked.table)
                span = days_up_to(newest, clock, days=_DEFAULT_DAYS)
            groups = Groups()
            async for window in filled_windows(db, asked.table, "call_date", span, limits.window_s):
                groups.add(await store.count_calls(db, asked, window))
        shown = await named(db, groups.in_order(), grouping.columns)
    message = f"KPI dispositions by {grouping.title} retrieved successfully"
    return answer(message, {"count": len(shown), grouping.key: shown})
