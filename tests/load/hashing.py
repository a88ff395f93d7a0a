"""What password hashes of many new users do to those who poll the agents' status."""

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from load.client import Figures, measure
from load.requests import ADD_USER, AGENTS_STATUS, Operation
from load.suite import Suite

NEW_USERS_AT_ONCE = 20
COSTS = (2, 10)

_SECONDS = 3.0
_KEY = "abcdefgh12345678"
_STOCK_COST = 2


async def measure_status(suite: Suite) -> list[dict[str, Any]]:
    """p50 and p99 of one poller: alone, then beside users that are added at each cost."""
    found = [_row(await _poll(suite))]
    for cost in COSTS:
        with _hashing(suite, cost):
            added, polled = await asyncio.gather(_add_users(suite), _poll(suite))
        found.append(_row(polled, added, cost))
    return found


def _row(polled: Figures, added: Figures | None = None, cost: int | None = None) -> dict[str, Any]:
    return {
        "cost": cost,
        "adding": NEW_USERS_AT_ONCE if added else 0,
        "users_per_s": added.per_second if added else 0.0,
        "p50_ms": polled.p50_ms,
        "p99_ms": polled.p99_ms,
    }


async def _poll(suite: Suite) -> Figures:
    return await _measure(suite, AGENTS_STATUS, connections=1)


async def _add_users(suite: Suite) -> Figures:
    return await _measure(suite, ADD_USER, connections=NEW_USERS_AT_ONCE)


async def _measure(suite: Suite, operation: Operation, connections: int) -> Figures:
    request = operation.request({"X_API_Key": suite.api_key})
    return await measure(suite.ports["suite"], request, connections=connections, seconds=_SECONDS)


@contextmanager
def _hashing(suite: Suite, cost: int) -> Iterator[None]:
    """Let passwords be hashed at that cost while the block runs."""
    _set_hashing(suite, enabled="1", cost=cost)
    try:
        yield
    finally:
        _set_hashing(suite, enabled="0", cost=_STOCK_COST)


def _set_hashing(suite: Suite, *, enabled: str, cost: int) -> None:
    with closing(suite.connect()) as connection, connection.cursor() as cursor:
        cursor.execute(
            "UPDATE system_settings SET pass_hash_enabled = %s, pass_key = %s, pass_cost = %s",
            (enabled, _KEY, cost),
        )
