"""svc-leads, as svc-lists asks it (contract: "Internal endpoints"); all calls may be repeated."""

from __future__ import annotations

from typing import Any

from dialkit.client import ServiceClient
from dialkit.errors import ApiError, BadGateway
from dialkit.tokens import Caller

_SERVICE = "svc-leads"
_CLIENT_ERRORS = range(400, 500)


async def ask(
    services: ServiceClient,
    caller: Caller,
    path: str,
    body: dict[str, Any],
    *,
    timeout_s: float = 30,
    **answered: type,
) -> dict[str, Any]:
    """What svc-leads answers: values of these names and types, at least.

    Raises: Unavailable, BadGateway, TooSlow.
    """
    try:
        data = await services.call(
            _SERVICE, "POST", path, caller=caller, json=body, timeout_s=timeout_s
        )
    except ApiError as refused:
        if refused.status in _CLIENT_ERRORS:  # what we ask is not the caller's fault
            raise BadGateway(f"{_SERVICE} gave no usable answer") from refused
        raise
    if not isinstance(data, dict) or any(
        type(data.get(name)) is not kind for name, kind in answered.items()
    ):
        raise BadGateway(f"{_SERVICE} gave no usable answer")
    return data


async def remove_from_hopper(
    services: ServiceClient, caller: Caller, conditions: dict[str, Any]
) -> int:
    """Take the leads that meet all conditions out of the hopper; how many rows that were."""
    path = "/internal/v1/hopper/remove"
    data = await ask(services, caller, path, conditions, removed=int)
    return int(data["removed"])
