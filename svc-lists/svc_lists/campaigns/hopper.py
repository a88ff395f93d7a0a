"""Emptying a campaign's hopper, whose rows are svc-leads'."""

from __future__ import annotations

from aiohttp import web
from dialkit.audit import Change, write_admin_log
from dialkit.client import SERVICES
from dialkit.clock import Moment
from dialkit.db import DATABASE
from dialkit.tokens import CALLER

from svc_lists.leads_service import remove_from_hopper

# The others are in use: INCALL and HOLD by a call, DNC as a mark.
_REMOVED = ["READY", "QUEUE", "DONE", "RHOLD", "RQUEUE"]


async def reset_hopper(request: web.Request, campaign_id: str, now: Moment) -> int:
    """Remove what waits in the campaign's hopper, and log it; how many rows that were."""
    conditions = {"campaign_id": campaign_id, "statuses": _REMOVED}
    removed = await remove_from_hopper(request.app[SERVICES], request[CALLER], conditions)
    change = Change(
        "CAMPAIGNS", "RESET", campaign_id, "ADMIN API RESET HOPPER",
        f"campaign: {campaign_id} leads: {removed}",
    )  # fmt: skip
    await write_admin_log(request.app[DATABASE], request[CALLER], now, change)
    return removed
