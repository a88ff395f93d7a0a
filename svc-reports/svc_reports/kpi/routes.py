"""Dispositions by campaign and list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import Queries
from dialkit.http import answer, takes

from svc_reports.kpi.report import read_groups
from svc_reports.kpi.schemas import DispositionsQuery
from svc_reports.kpi.store import Asked
from svc_reports.ranges import asked_range
from svc_reports.reading import read_report
from svc_reports.settings import LIMITS

routes = web.RouteTableDef()


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
    """Outbound calls by group and status (contract: GET /kpi/dispositions)."""
    clock, limits = request.app[CLOCK], request.app[LIMITS]
    span = asked_range(query, clock, most_days=limits.report_days)
    grouping = _GROUPINGS[query["group_by"]]
    asked = Asked(
        query["archived"], grouping.columns, query.get("campaign_id"), query.get("list_id")
    )

    async def read(db: Queries) -> list[dict[str, Any]]:
        return await read_groups(db, clock, asked, span, limits)

    groups = await read_report(request, query["archived"], read)
    message = f"KPI dispositions by {grouping.title} retrieved successfully"
    return answer(message, {"count": len(groups), grouping.key: groups})
