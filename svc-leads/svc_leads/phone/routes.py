"""The endpoint that tells what is known of a number."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK, Moment
from dialkit.db import DATABASE, Queries
from dialkit.errors import InvalidInput
from dialkit.http import answer, takes
from dialkit.tokens import CALLER

from svc_leads.call_times.lookup import load_call_times
from svc_leads.dnc.checks import DncRules, find_listed
from svc_leads.leads.dial import DEFAULT_CODE
from svc_leads.leads.place import check_campaign
from svc_leads.phone import checks, store
from svc_leads.phone.schemas import PhoneCheck
from svc_leads.timezone.lookup import gmt_offset
from svc_leads.timezone.methods import Method
from svc_leads.timezone.offset import ZoneKey

routes = web.RouteTableDef()


@routes.get("/api/v1/phone/check")
@takes("check_phone_number", query=PhoneCheck())
async def check_phone(request: web.Request, query: dict[str, Any]) -> web.Response:
    """Is a number known, valid, callable (contract: GET /phone/check)."""
    db, now, number = request.app[DATABASE], request.app[CLOCK].now(), query["phone_number"]
    asked = await _validity(db, query) | await _dnc(db, query) | await _time_zones(db, query, now)
    count = await store.count_leads(db, number)
    data = {
        "phone_number": number,
        "exists": count > 0,
        "count": count,
        "checked_by": request[CALLER].tag,
    }
    return answer("Phone check complete", data | asked)


async def _validity(db: Queries, query: dict[str, Any]) -> dict[str, Any]:
    if all(query[name] == "N" for name in checks.NAMES):
        return {}
    fault = await checks.find_fault(db, query["phone_number"], query)
    return {"valid": False, "invalid_reason": fault} if fault else {"valid": True}


async def _dnc(db: Queries, query: dict[str, Any]) -> dict[str, Any]:
    campaign = await check_campaign(db, query)
    number, result = query["phone_number"], {}
    if query["dnc_check"] != "N":
        rules = DncRules(query["dnc_check"], "N", "")
        result["dnc"] = number in await find_listed(db, [number], rules)
    if query["campaign_dnc_check"] != "N":
        if campaign is None:
            raise InvalidInput({"campaign_id": ["Required"]})
        rules = DncRules("N", query["campaign_dnc_check"], campaign.dnc_campaign)
        result["campaign_dnc"] = number in await find_listed(db, [number], rules)
    return result


async def _time_zones(db: Queries, query: dict[str, Any], now: Moment) -> dict[str, Any]:
    call_time_id = query.get("local_call_time")
    if call_time_id is None and "tz_method" not in query:
        return {}
    call_times = await load_call_times(db, [call_time_id] if call_time_id else [], now.today)
    if call_time_id and not call_times.exists(call_time_id):
        raise InvalidInput({"local_call_time": ["Call time not found"]})
    lead = ZoneKey(
        query.get("phone_code", DEFAULT_CODE), query["phone_number"], "", query["state"],
        query["postal_code"], query["owner"],
    )  # fmt: skip
    zones = []
    for method in query.get("tz_method", [Method.COUNTRY_AND_AREA_CODE]):
        offset = await gmt_offset(db, lead, method, now.utc, fallback=False)
        dialable = None
        if call_time_id and offset is not None:
            dialable = call_times.may_call(call_time_id, offset, query["state"], now.utc)
        zones.append({"method": method, "gmt_offset": offset, "dialable": dialable})
    return {"time_zones": zones}
