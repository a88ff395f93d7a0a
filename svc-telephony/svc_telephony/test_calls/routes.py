"""Endpoint of test calls."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.client import SERVICES
from dialkit.clock import CLOCK
from dialkit.db import DATABASE
from dialkit.http import answer, takes
from dialkit.tokens import CALLER

from svc_telephony.test_calls.lead import add_lead
from svc_telephony.test_calls.planning import plan_call
from svc_telephony.test_calls.schemas import NewTestCall
from svc_telephony.test_calls.sending import send

routes = web.RouteTableDef()


@routes.post("/api/v1/test-call/send")
@takes("test_call_send", body=NewTestCall())
async def send_test_call(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Place a call with a campaign's settings (contract: POST /test-call/send)."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    user = body.get("user") or caller.given_tag or "API"
    plan = await plan_call(db, body)
    lead_id = await add_lead(request.app[SERVICES], caller, now, plan, user)
    call = plan.call(lead_id, now)
    man_id = await send(db, caller, now, plan, call, user)
    return answer(
        "Test call placed successfully",
        {
            "caller_code": call.caller_code,
            "manager_id": man_id,
            "lead_id": lead_id,
            "campaign_id": plan.campaign.campaign_id,
            "campaign_name": plan.campaign.campaign_name,
            "phone_number": plan.phone_number,
            "phone_code": plan.phone_code,
            "server_ip": plan.server.server_ip,
            "server_id": plan.server.server_id,
            "channel": call.channel,
            "extension": call.extension,
            "dial_string": plan.dial_string,
            "caller_id": call.outbound_cid,
            "call_date": now.sql,
        },
    )
