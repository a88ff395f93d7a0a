"""Endpoints of campaigns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aiohttp import web
from dialkit.client import SERVICES
from dialkit.clock import CLOCK
from dialkit.db import DATABASE, Row
from dialkit.errors import NothingToUpdate
from dialkit.http import answer, next_page, takes
from dialkit.tokens import CALLER

from svc_lists.campaigns import dial_statuses, store
from svc_lists.campaigns.change import change, checked, find
from svc_lists.campaigns.hopper import reset_hopper
from svc_lists.campaigns.schemas import CampaignChanges, CampaignFilter, ListsFilter

routes = web.RouteTableDef()

_LIST_KEYS: tuple[str, ...] = ("list_id", "list_name", "active", "list_description")


@routes.get("/api/v1/campaigns")
@takes("campaigns_list", query=CampaignFilter())
async def list_campaigns(request: web.Request, query: dict[str, Any]) -> web.Response:
    """All campaigns (contract: GET /campaigns)."""
    limit = query["limit"]
    rows = await store.list_campaigns(request.app[DATABASE], store.COLUMNS, query, limit=limit + 1)
    campaigns = [_campaign(store.COLUMNS, row) for row in rows[:limit]]
    last = campaigns[-1]["campaign_id"] if len(rows) > limit else None
    return answer("Campaigns retrieved", campaigns, headers=next_page(request, last))


@routes.get("/api/v1/campaigns/with-lists")
@takes("campaigns_list", query=ListsFilter())
async def list_campaigns_with_lists(request: web.Request, query: dict[str, Any]) -> web.Response:
    """Campaigns, their lists and lead counts (contract: GET /campaigns/with-lists)."""
    db = request.app[DATABASE]
    campaigns = {
        row[0]: {**_campaign(store.COLUMNS_WITH_LISTS, row), "lists": []}
        for row in await store.list_campaigns(db, store.COLUMNS_WITH_LISTS, query)
    }
    lists = await store.list_lists(db, list(campaigns))
    shown = _LIST_KEYS
    if query["lead_counts"] == "Y":
        counts = await store.count_leads(db, [row[1] for row in lists])
        lists = [(*row, counts.get(row[1], 0)) for row in lists]
        shown = (*_LIST_KEYS, "lead_count")
    for campaign_id, *values in lists:
        campaigns[campaign_id]["lists"].append(dict(zip(shown, values, strict=True)))
    return answer(
        "Campaigns with lists retrieved successfully",
        {"count": len(campaigns), "campaigns": list(campaigns.values())},
    )


@routes.put("/api/v1/campaigns/{campaign_id}")
@takes("update_campaign", body=CampaignChanges())
async def change_campaign(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Change a campaign, empty its hopper (contract: PUT /campaigns/{campaign_id})."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    campaign = await find(db, request.match_info["campaign_id"])
    resets = body.pop("reset_hopper") == "Y"
    if not body and not resets:
        raise NothingToUpdate
    data: dict[str, Any] = {"campaign_id": campaign.campaign_id}
    if body:
        await change(db, caller, now, campaign, await checked(db, body))
    if resets:
        services = request.app[SERVICES]
        data["hopper_removed"] = await reset_hopper(db, services, campaign.campaign_id, caller, now)
    return answer("Campaign updated successfully", data)


def _campaign(columns: Sequence[str], row: Row) -> dict[str, Any]:
    campaign = dict(zip(columns, row, strict=True))
    statuses = dial_statuses.shown(campaign["dial_statuses"])
    return {**campaign, "dial_statuses": statuses, "dial_status": statuses}
