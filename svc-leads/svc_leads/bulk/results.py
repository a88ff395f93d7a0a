"""The results of rows on their way into the answer: in memory while few, else in a file."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import Any

import orjson
from aiohttp import web
from dialkit.http import REASON

_IN_MEMORY = 1024 * 1024
_BLOCK = 256 * 1024
_OPENED, _CLOSED = b',"results":[', b"]}}"


class Results:
    """The rows' results as JSON, first written, then read."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile[bytes](max_size=_IN_MEMORY)
        self._size = 0

    async def add(self, results: Sequence[Mapping[str, Any]]) -> None:
        """Add results of rows."""
        if not results:
            return
        text = orjson.dumps(results)[1:-1]
        if self._size:
            text = b"," + text
        self._size += len(text)
        if self._size > _IN_MEMORY:
            await asyncio.to_thread(self._file.write, text)
        else:
            self._file.write(text)

    async def join(self, request: web.Request, response: web.Response) -> web.StreamResponse:
        """The response with them as last key of its `data`; sent already, where it is large."""
        body = response.body
        if not isinstance(body, bytes) or not body.endswith(b"}}"):
            raise ValueError("no envelope whose last key is data")
        head = body.removesuffix(b"}}") + _OPENED
        if self._size <= _IN_MEMORY:
            self._file.seek(0)
            response.body = head + self._file.read() + _CLOSED
            return response
        return await self._stream(request, response, head)

    async def close(self) -> None:
        """Throw the results away."""
        await asyncio.to_thread(self._file.close)

    async def _stream(
        self, request: web.Request, response: web.Response, head: bytes
    ) -> web.StreamResponse:
        stream = web.StreamResponse(status=response.status)
        stream.content_type = response.content_type
        stream.content_length = len(head) + self._size + len(_CLOSED)
        stream[REASON] = response[REASON]
        with suppress(ConnectionError):  # the client left: what is imported is imported
            await stream.prepare(request)
            await stream.write(head)
            await asyncio.to_thread(self._file.seek, 0)
            while block := await asyncio.to_thread(self._file.read, _BLOCK):
                await stream.write(block)
            await stream.write_eof(_CLOSED)
        return stream
