"""A body too large to hold, or of unknown length, on its way from the client to a service."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import StreamReader, web
from dialkit.errors import ApiError, BadRequest, BodyTooLarge


class Upload:
    """Passes a body on chunk by chunk, as fast as the service takes it.

    `refusal` says what the client did wrong, if it did; `stalled` whether it is the client that
    is being waited for.
    """

    def __init__(self, content: StreamReader, *, limit: int, endless: bool) -> None:
        self._content = content
        self._limit = limit
        self._endless = endless
        self.patience: asyncio.Timeout | None = None
        self._idle_s = 0.0
        self.refusal: ApiError | None = None
        self.stalled = False

    @asynccontextmanager
    async def within(self, seconds: float) -> AsyncIterator[None]:
        """A time limit for the whole body; for an endless one, for each piece of it."""
        try:
            async with asyncio.timeout(seconds) as self.patience:
                self._idle_s = seconds
                yield
        finally:
            self.patience = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        passed = 0
        while chunk := await self._read():
            passed += len(chunk)
            if passed > self._limit:
                self.refusal = BodyTooLarge("Body too large")
                raise self.refusal
            yield chunk

    async def _read(self) -> bytes:
        self._prolong()
        self.stalled = True
        try:
            chunk = await self._content.readany()
        except (ConnectionError, RuntimeError, web.RequestPayloadError):
            self.refusal = BadRequest("Body is incomplete or malformed")
            raise
        self.stalled = False
        self._prolong()
        return chunk

    def _prolong(self) -> None:
        if self._endless and self.patience is not None:
            self.patience.reschedule(asyncio.get_running_loop().time() + self._idle_s)
