"""What password hashes of many new users do to those who poll the agents' status."""

import asyncio
from contextlib import closing
from typing import Any

from load.client import Figures, MakeRequest, measure
from load.requests import OPERATIONS
from load.suite import Suite

NEW_USERS_AT_ONCE = 20
COSTS = (2, 10)

_SECONDS = 3.0
_KEY = "abcdefgh12345678"


async def measure_status(suite: Suite) -> list[dict[str, Any]]:
    """p50 and p99 of one poller: alone, then beside users that are added at each cost."""
    alone = await _poll(suite)
    found = [{"cost": None, "users_per_s": 0.0, "p50_ms": alone.p50_ms, "p99_ms": alone.p99_ms}]
    for cost in COSTS:
        _set_hashing(suite, enabled="1", cost=cost)
        added, polled = await asyncio.gather(_add_users(suite), _poll(suite))
        found.append(
            {
                "cost": cost,
                "users_per_s": added.per_second,
                "p50_ms": polled.p50_ms,
                "p99_ms": polled.p99_ms,
            }
        )
    _set_hashing(suite, enabled="0", cost=2)
    return found


async def _poll(suite: Suite) -> Figures:
    request = _request(suite, "agents/status of 200")
    return await measure(suite.ports["suite"], request, connections=1, seconds=_SECONDS)


async def _add_users(suite: Suite) -> Figures:
    return await measure(
        suite.ports["suite"],
        _request(suite, "add user"),
        connections=NEW_USERS_AT_ONCE,
        seconds=_SECONDS,
    )


def _request(suite: Suite, name: str) -> MakeRequest:
    (operation,) = (one for one in OPERATIONS if one.name == name)
    return operation.request({"X_API_Key": suite.api_key})


def _set_hashing(suite: Suite, *, enabled: str, cost: int) -> None:
    with closing(suite.connect()) as connection, connection.cursor() as cursor:
        cursor.execute(
            "UPDATE system_settings SET pass_hash_enabled = %s, pass_key = %s, pass_cost = %s",
            (enabled, _KEY, cost),
        )
