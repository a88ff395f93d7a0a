"""Endpoints of a campaign's hopper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from dialkit.audit import SOURCE
from dialkit.clock import CLOCK, Clock
from dialkit.db import DATABASE, Row
from dialkit.errors import NotFound
from dialkit.http import answer, next_page, takes
from dialkit.sql import chunks

from svc_leads.hopper import store
from svc_leads.hopper.admission import Admission, admit
from svc_leads.hopper.schemas import HopperFilter, NewEntries
from svc_leads.limits import CHUNK
from svc_leads.lists import find_campaign

routes = web.RouteTableDef()


@routes.get("/api/v1/campaigns/{campaign_id}/hopper")
@takes("hopper_list", query=HopperFilter())
async def list_hopper(request: web.Request, query: dict[str, Any]) -> web.Response:
    """What the campaign dials next (contract: GET /campaigns/{campaign_id}/hopper)."""
    db, limit = request.app[DATABASE], query["limit"]
    campaign_id = await _campaign_id(request)
    priority, _, hopper_id = query.get("after", "").partition(":")
    after = (int(priority), int(hopper_id)) if hopper_id else None
    rows = await store.list_entries(
        db, campaign_id, status=query["status"], limit=limit + 1, after=after
    )
    page = rows[:limit]
    leads: dict[int, Row] = {}
    for chunk in chunks({row[1] for row in page}, CHUNK):
        leads |= await store.find_leads_of_entries(db, chunk)
    entries = [
        _entry(row, leads.get(row[1], store.NO_LEAD), order, request.app[CLOCK])
        for order, row in enumerate(page)
    ]
    last = f"{page[-1][6] or 0}:{page[-1][0]}" if len(rows) > limit else None
    return answer("Hopper entries retrieved", entries, headers=next_page(request, last))


@routes.post("/api/v1/campaigns/{campaign_id}/hopper/bulk")
@takes("hopper_bulk_insert", body=NewEntries())
async def add_to_hopper(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Put leads in (contract: POST /campaigns/{campaign_id}/hopper/bulk)."""
    db, now = request.app[DATABASE], request.app[CLOCK].now()
    campaign_id = await _campaign_id(request)
    admission = Admission.from_fields(body)
    given: list[int] = body["lead_ids"]
    inserted = 0
    reasons: dict[int, str] = {}
    for chunk in chunks(dict.fromkeys(given), CHUNK):
        outcome = await admit(db, chunk, admission, now, campaign_id=campaign_id)
        inserted += len(outcome.hopper_ids)
        reasons |= outcome.reasons
    response = answer(
        "Leads inserted to hopper",
        {
            "requested": len(given),
            "inserted": inserted,
            "not_inserted": _not_inserted(given, reasons),
        },
    )
    response[SOURCE] = body.get("source", "")
    return response


def _not_inserted(given: list[int], reasons: Mapping[int, str]) -> list[dict[str, Any]]:
    """The ids that did not get in, in the order of the request; a repeat never gets in."""
    seen: set[int] = set()
    refused = []
    for lead_id in given:
        reason = "repeated" if lead_id in seen else reasons.get(lead_id)
        if reason:
            refused.append({"lead_id": lead_id, "reason": reason})
        seen.add(lead_id)
    return refused


async def _campaign_id(request: web.Request) -> str:
    """The campaign of the path, spelled as the database does. Raises: NotFound."""
    campaign = await find_campaign(request.app[DATABASE], request.match_info["campaign_id"])
    if campaign is None:
        raise NotFound("Campaign not found")
    return campaign.campaign_id


def _entry(row: Row, lead: Row, order: int, clock: Clock) -> dict[str, Any]:
    (hopper_id, lead_id, campaign_id, status, user, list_id, priority, alt_dial, source, state,
     gmt_offset_now, vendor_lead_code) = row  # fmt: skip
    (_, phone_number, first_name, last_name, phone_code, lead_status, called_count, rank,
     source_id, entry_date, last_local_call_time) = lead  # fmt: skip
    return {
        "hopper_id": hopper_id,
        "lead_id": lead_id,
        "campaign_id": campaign_id,
        "status": status,
        "user": user,
        "list_id": list_id,
        "priority": priority,
        "phone_number": phone_number,
        "first_name": first_name,
        "last_name": last_name,
        "hopper_order": order,
        "phone_code": phone_code,
        "state": state,
        "gmt_offset_now": gmt_offset_now,
        "alt_dial": alt_dial,
        "source": source,
        "vendor_lead_code": vendor_lead_code,
        "lead_status": lead_status,
        "called_count": called_count,
        "rank": rank,
        "source_id": source_id,
        "entry_date": clock.from_sql(entry_date),
        "last_local_call_time": clock.from_sql(last_local_call_time),
    }
