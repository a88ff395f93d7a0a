"""Emptying a campaign's hopper, whose rows are svc-leads'."""

from __future__ import annotations

from dialkit.client import ServiceClient
from dialkit.clock import Moment
from dialkit.db import Database
from dialkit.journal import Journal
from dialkit.tokens import Caller

from svc_lists.leads_service import remove_from_hopper

# The others are in use: INCALL and HOLD by a call, DNC as a mark.
_REMOVED = ["READY", "QUEUE", "DONE", "RHOLD", "RQUEUE"]


async def reset_hopper(
    db: Database, services: ServiceClient, campaign_id: str, caller: Caller, now: Moment
) -> int:
    """Remove what waits in the campaign's hopper, and log it; how many rows that were."""
    conditions = {"campaign_id": campaign_id, "statuses": _REMOVED}
    removed = await remove_from_hopper(services, caller, conditions)
    notes = f"campaign: {campaign_id} leads: {removed}"
    await Journal(db, caller, now).log_for_others(
        "CAMPAIGNS", "RESET", campaign_id, "ADMIN API RESET HOPPER", notes
    )
    return removed
