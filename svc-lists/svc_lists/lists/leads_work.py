"""What svc-leads does with the leads of a list, for a request of ours."""

from __future__ import annotations

from time import monotonic
from typing import NamedTuple

from dialkit.client import ServiceClient
from dialkit.tokens import Caller

from svc_lists.leads_service import LEADS, remove_from_hopper

# svc-leads works at most 25 s a call, and the gateway waits 60 s for our answer.
CALLS_WITHIN_S = 45
_ANSWERS_WITHIN_S = 57


class Progress(NamedTuple):
    """How many leads were worked on, and whether none is left."""

    leads: int
    done: bool


class LeadsWork:
    """svc-leads, as one request asks it: work on many leads takes several calls.

    No call begins after CALLS_WITHIN_S. All may be repeated. Each method raises: Unavailable,
    BadGateway, TooSlow.
    """

    def __init__(self, services: ServiceClient, caller: Caller) -> None:
        self._services = services
        self._caller = caller
        self._begun = monotonic()

    async def leave_hopper(self, list_id: int, *, but_of: str = "") -> None:
        """Take the list's leads out of all hoppers, but that of one campaign."""
        conditions = {"list_id": list_id, "except_campaign_id": but_of}
        await remove_from_hopper(self._services, self._caller, conditions)

    async def reset(self, list_id: int) -> Progress:
        """Let all leads of the list be called again."""
        return await self._until_done(f"/internal/v1/lists/{list_id}/leads/reset", "updated")

    async def delete(self, list_id: int) -> Progress:
        """Delete the leads of the list."""
        return await self._until_done(f"/internal/v1/lists/{list_id}/leads/delete", "deleted")

    async def _until_done(self, path: str, counted: str) -> Progress:
        leads = 0
        while True:
            data = await self._services.ask(
                LEADS,
                path,
                {},
                caller=self._caller,
                timeout_s=max(_ANSWERS_WITHIN_S - self._passed_s(), 1),
                **{counted: int, "done": bool},
            )
            leads += data[counted]
            if data["done"] or self._passed_s() >= CALLS_WITHIN_S:
                return Progress(leads, data["done"])

    def _passed_s(self) -> float:
        return monotonic() - self._begun
