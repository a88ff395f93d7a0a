"""Endpoints that find leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE, Row
from dialkit.db_errors import StatementTooSlow
from dialkit.errors import BadRequest
from dialkit.http import answer, next_page, takes

from svc_leads.search import plan
from svc_leads.search.schemas import LeadFilter, StatusFilter
from svc_leads.search.store import Search

routes = web.RouteTableDef()
_KEYS = ("lead_id", "list_id", "phone_number", "first_name", "last_name", "email", "status")
_STATUS_KEYS = ("lead_id", "list_id", "phone_number", "first_name", "last_name", "status")


@routes.get("/api/v1/leads/search")
@takes("lead_search", query=LeadFilter())
async def search_leads(request: web.Request, query: dict[str, Any]) -> web.Response:
    """Find leads (contract: GET /leads/search)."""
    rows, link = await _page(request, query, advice="add phone_number, or list_id and status")
    clock = request.app[CLOCK]
    leads = [
        dict(zip(_KEYS, row[:-1], strict=True)) | {"entry_date": clock.from_sql(row[-1])}
        for row in rows
    ]
    return answer("Leads retrieved successfully", leads, headers=link)


@routes.get("/api/v1/leads/status-search")
@takes("lead_status_search", query=StatusFilter())
async def search_leads_by_status(request: web.Request, query: dict[str, Any]) -> web.Response:
    """Find the leads of a status (contract: GET /leads/status-search)."""
    rows, link = await _page(request, query, advice="add list_id")
    leads = [dict(zip(_STATUS_KEYS, (*row[:5], row[6]), strict=True)) for row in rows]
    return answer("Leads retrieved", leads, headers=link)


async def _page(
    request: web.Request, query: dict[str, Any], *, advice: str
) -> tuple[Sequence[Row], dict[str, str] | None]:
    """One page of rows, and the link to the next."""
    search = Search(request.app[DATABASE], query, archived=query.get("archived_lead") == "Y")
    try:
        rows = await search.page()
    except StatementTooSlow:
        raise BadRequest(f"Search too broad: {advice}") from None
    if len(rows) <= query["limit"]:
        return rows, None
    page = rows[: query["limit"]]
    lead_id, phone_number = page[-1][0], page[-1][2]
    after = f"{phone_number}:{lead_id}" if plan.by_phone(query) else str(lead_id)
    return page, next_page(request, after)
