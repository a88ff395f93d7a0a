"""Requests counted by this process, for itself."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence

from gateway.rate_limit import MOST_CLIENTS, Limit


class CountsInMemory:
    """Takes a microsecond, however many clients there are."""

    def __init__(
        self,
        limits: Sequence[Limit],
        *,
        most_clients: int = MOST_CLIENTS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._windows = [_Windows(limit, most_clients) for limit in limits]
        self._clock = clock

    async def take(self, client: str) -> float:
        """Count one and return 0; or count nothing: the seconds until one more may pass."""
        now, wait_s = self._clock(), 0.0
        for windows in self._windows:
            wait_s = max(wait_s, windows.wait_s(client, now))
        if not wait_s:
            for windows in self._windows:
                windows.take(client, now)
        return wait_s


class _Window:
    __slots__ = ("end", "left")

    def __init__(self, left: int, end: float) -> None:
        self.left = left
        self.end = end


class _Windows:
    """The windows of one limit, in the order of their ends.

    When there are too many, those that would end first are forgotten.
    """

    def __init__(self, limit: Limit, most_clients: int) -> None:
        self._limit = limit
        self._most = most_clients
        self._by_client: OrderedDict[str, _Window] = OrderedDict()

    def wait_s(self, client: str, now: float) -> float:
        """0 if one more may pass."""
        window = self._by_client.get(client)
        return 0 if window is None or window.left else max(0, window.end - now)

    def take(self, client: str, now: float) -> None:
        """Count one of a client that may pass."""
        window = self._by_client.get(client)
        if window is None or window.end <= now:
            self._by_client.pop(client, None)
            self._make_room(now)
            window = _Window(self._limit.amount, now + self._limit.period_s)
            self._by_client[client] = window
        window.left -= 1

    def _make_room(self, now: float) -> None:
        """Two go for one that comes: in time all that have ended, and never many at once."""
        windows = self._by_client
        for _ in range(2):
            if windows and next(iter(windows.values())).end <= now:
                windows.popitem(last=False)
        if len(windows) >= self._most:
            windows.popitem(last=False)
