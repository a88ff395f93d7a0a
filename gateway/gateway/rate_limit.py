"""How often a client may ask: the notation of the limits, and who counts.

A window begins with a client's first request and ends by itself: one number a client and a limit,
however high the limit is, and the end is known to the millisecond. The price: around the end of a
window up to twice the limit may pass in a short time.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple, Protocol

from aiohttp import web
from dialkit.errors import TooManyRequests

# Some 18 MB a limit. Beyond it, windows are forgotten: many clients do not fill the memory.
MOST_CLIENTS = 65_536
_MOST_PORT = 65_535
_STORAGE = re.compile(
    r"rediss?://([^/?#@\s]*@)?(?P<address>(\[[0-9A-Fa-f:.]+\]|[-_.0-9A-Za-z]+)(:(?P<port>[0-9]{1,5}))?)"
    r"(/[0-9]{0,9})?"
)


class Limit(NamedTuple):
    """So many requests in so many seconds."""

    amount: int
    period_s: int


class Counts(Protocol):
    """Counts the requests of clients."""

    async def take(self, client: str) -> float:
        """Count one and return 0; or count nothing: the seconds until one more may pass."""


def parse_limits(text: str) -> tuple[Limit, ...]:
    """`100/second; 5000 per hour` (the notation of the package limits). Raises: ValueError."""
    # Imported only where there is a limit, as is what talks to Redis: both take long.
    from limits import parse_many

    limits = tuple(Limit(item.amount, item.get_expiry()) for item in parse_many(text))
    if not all(limit.amount for limit in limits):
        raise ValueError("nobody could ask anything")
    return limits


def storage_address(url: str) -> str:
    """`host:port` of a Redis. Raises: ValueError, whose text shows nothing of the URL."""
    match = _STORAGE.fullmatch(url)
    if match is None or int(match["port"] or 0) > _MOST_PORT:
        raise ValueError("Must be redis://[[user]:password@]host[:port][/database].")
    return match["address"]


def counts_for(app: web.Application, limits: str, storage: str) -> Counts:
    """What counts for this application: its process, or the Redis that others use too."""
    parsed = parse_limits(limits)
    if not storage:
        from gateway.counts_in_memory import CountsInMemory

        return CountsInMemory(parsed)
    from gateway.counts_in_redis import CountsInRedis

    counts = CountsInRedis(parsed, storage)
    app.cleanup_ctx.append(counts.connected)
    return counts


async def count_or_refuse(counts: Counts, client: str) -> None:
    """Count one request of this client. Raises: TooManyRequests."""
    wait_s = await counts.take(client)
    if wait_s:
        raise TooManyRequests("Too many requests", retry_after_s=math.ceil(wait_s))
