"""Which logs of outbound calls the site has indexed by phone number: the stock ones are not."""

from __future__ import annotations

from collections.abc import Collection
from time import monotonic

from aiohttp import web
from dialkit.db import Queries

from svc_reports.phone_logs import store

_KNOWN_S = 3600


class NumberIndexes:
    """Looked up when first asked, and every hour: an administrator may add one while we run."""

    def __init__(self) -> None:
        self._logs: Collection[str] = ()
        self._known_until = 0.0

    async def has(self, db: Queries, log: str) -> bool:
        """Whether that log has such an index."""
        now = monotonic()
        if now >= self._known_until:
            self._logs = await store.list_indexed_logs(db)
            self._known_until = now + _KNOWN_S
        return log in self._logs


NUMBER_INDEXES = web.AppKey("NUMBER_INDEXES", NumberIndexes)
