"""The lead of a test call, which svc-leads makes (contract: telephony.md, "Internal endpoints")."""

from __future__ import annotations

from dialkit.client import ServiceClient
from dialkit.clock import Moment
from dialkit.errors import ApiError, BadGateway, TooSlow, Unavailable
from dialkit.tokens import Caller

from svc_telephony.test_calls.planning import Plan

LEAD_TIMEOUT_S = 10


async def add_lead(
    services: ServiceClient, caller: Caller, now: Moment, plan: Plan, user: str
) -> int:
    """The id of a new lead, which the dialer never calls.

    Raises: Unavailable, TooSlow, BadGateway; nothing is dialled then.
    """
    lead = {
        "campaign_id": plan.campaign.campaign_id,
        "list_id": plan.campaign.manual_dial_list_id,
        "phone_code": plan.phone_code,
        "phone_number": plan.phone_number,
        "user": user,
        "call_date": now.sql,
    }
    try:
        data = await services.ask(
            "svc-leads",
            "/internal/v1/leads/test-call",
            lead,
            caller=caller,
            timeout_s=LEAD_TIMEOUT_S,
            lead_id=int,
        )
    except ApiError as error:
        raise _in_our_words(error) from error
    return int(data["lead_id"])


def _in_our_words(error: ApiError) -> ApiError:
    if error.status == Unavailable.status:
        return Unavailable("Lead service not reachable")
    if error.status == TooSlow.status:
        return TooSlow("Lead service too slow")
    return BadGateway("Lead service failed")
