"""How many reports and exports run at a time, and for how long (contract: reports.md, C3, C5)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from aiohttp import web
from dialkit.db_errors import StatementTooSlow
from dialkit.errors import TooManyRequests, TooSlow

from svc_reports.settings import Limits

_PATIENCE_S = 5


class Slots:
    """The places of this process for reports that are read, and for exports that are sent."""

    def __init__(self, limits: Limits) -> None:
        self._report_s = limits.report_s
        self._reports = asyncio.Semaphore(limits.reports)
        self._streams_left = limits.streams

    @asynccontextmanager
    async def report(self) -> AsyncIterator[None]:
        """A place for a report, for `REPORT_SECONDS` at most.

        Raises: TooManyRequests where none gets free, TooSlow.
        """
        async with self.in_time():
            try:
                async with asyncio.timeout(_PATIENCE_S):
                    await self._reports.acquire()
            except TimeoutError:
                raise TooManyRequests("Too many reports in progress", retry_after_s=10) from None
            try:
                yield
            finally:
                self._reports.release()

    @contextmanager
    def stream(self) -> Iterator[None]:
        """A place for an export. Raises: TooManyRequests."""
        if not self._streams_left:
            raise TooManyRequests("Too many exports in progress", retry_after_s=30)
        self._streams_left -= 1
        try:
            yield
        finally:
            self._streams_left += 1

    @asynccontextmanager
    async def in_time(self) -> AsyncIterator[None]:
        """Work that may take `REPORT_SECONDS`. Raises: TooSlow."""
        try:
            async with asyncio.timeout(self._report_s):
                yield
        except (TimeoutError, StatementTooSlow):
            raise TooSlow("Report took too long") from None


SLOTS = web.AppKey("SLOTS", Slots)
