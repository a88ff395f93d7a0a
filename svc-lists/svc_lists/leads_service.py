"""svc-leads, as svc-lists asks it (contract: "Internal endpoints"); all calls may be repeated."""

from __future__ import annotations

from typing import Any

from dialkit.client import ServiceClient
from dialkit.tokens import Caller

LEADS = "svc-leads"


async def remove_from_hopper(
    services: ServiceClient, caller: Caller, conditions: dict[str, Any]
) -> int:
    """Take the leads that meet all conditions out of the hopper; how many rows that were.

    Raises: Unavailable, BadGateway, TooSlow.
    """
    path = "/internal/v1/hopper/remove"
    data = await services.ask(LEADS, path, conditions, caller=caller, removed=int)
    return int(data["removed"])
