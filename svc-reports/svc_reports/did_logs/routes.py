"""Calls that arrived on DIDs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import Queries
from dialkit.http import takes

from svc_reports.conditions import equal
from svc_reports.did_logs.rows import DidLog
from svc_reports.did_logs.schemas import DidLogQuery
from svc_reports.did_logs.store import did_log, of_pattern
from svc_reports.ranges import range_or_today
from svc_reports.row_lists.answers import RowList, send_rows
from svc_reports.row_lists.listing import Listing
from svc_reports.settings import LIMITS

routes = web.RouteTableDef()

_LIST = RowList("did-logs", "DID logs exported")


@routes.get("/api/v1/did-logs/export")
@takes("did_log_export", query=DidLogQuery())
async def export_did_log(request: web.Request, query: Mapping[str, Any]) -> web.StreamResponse:
    """Calls that arrived in a range (contract: GET /did-logs/export)."""
    limits, clock = request.app[LIMITS], request.app[CLOCK]
    span = range_or_today(query, clock, most_days=limits.export_days)
    conditions = equal(
        extension=query.get("phone_number"),
        did_id=query.get("did_id"),
        caller_id_number=query.get("caller_id_number"),
        server_ip=query.get("server_ip"),
    )

    async def opening(db: Queries) -> Listing:
        did = await of_pattern(db, query["did_pattern"]) if "did_pattern" in query else []
        table = did_log(query["archived"])
        return DidLog(
            db, clock, table, span, widest_s=limits.window_s, conditions=[*conditions, *did]
        )

    return await send_rows(request, query, _LIST, opening)
