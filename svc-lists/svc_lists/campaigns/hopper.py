"""Emptying a campaign's hopper, whose rows are svc-leads'."""

from __future__ import annotations

from aiohttp import web
from dialkit.audit import Change, write_admin_log
from dialkit.client import SERVICES
from dialkit.clock import Moment
from dialkit.db import DATABASE
from dialkit.errors import BadGateway
from dialkit.tokens import CALLER

# The others are in use: INCALL and HOLD by a call, DNC as a mark.
_REMOVED = ["READY", "QUEUE", "DONE", "RHOLD", "RQUEUE"]


async def reset_hopper(request: web.Request, campaign_id: str, now: Moment) -> int:
    """Remove what waits in the campaign's hopper, and log it; how many rows that were."""
    answered = await request.app[SERVICES].call(
        "svc-leads",
        "POST",
        "/internal/v1/hopper/remove",
        caller=request[CALLER],
        json={"campaign_id": campaign_id, "statuses": _REMOVED},
    )
    removed = answered.get("removed") if isinstance(answered, dict) else None
    if not isinstance(removed, int):
        raise BadGateway("svc-leads gave no usable answer")
    change = Change(
        "CAMPAIGNS", "RESET", campaign_id, "ADMIN API RESET HOPPER",
        f"campaign: {campaign_id} leads: {removed}",
    )  # fmt: skip
    await write_admin_log(request.app[DATABASE], request[CALLER], now, change)
    return removed
