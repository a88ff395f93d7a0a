"""Turns at something scarce, given in the order of asking."""

from __future__ import annotations

import asyncio

from aiohttp import web


class Turns(asyncio.Semaphore):
    """A semaphore that tells how many turns are taken, and how many wait for one."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size

    @property
    def taken(self) -> int:
        """Turns that somebody has now."""
        return self.size - self._value

    @property
    def waiting(self) -> int:
        """Those who wait for a turn."""
        return len(self._waiters or ())


# Those of each pool of connections, by its name in the metrics.
POOLS = web.AppKey("POOLS", dict[str, Turns])
