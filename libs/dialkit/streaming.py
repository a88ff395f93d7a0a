"""Answers that are sent piece by piece: as fast as the client takes them, or broken off.

A body that breaks off ends without the chunk that says "this was all": clients see that it is
incomplete.
"""

from __future__ import annotations

import asyncio

from aiohttp import web

# What waits in the transport's buffer is this and some at most.
_PIECE = 64 * 1024
# What was written before may still arrive.
_LINGER_S = 5


async def write_patiently(
    request: web.Request, response: web.StreamResponse, data: bytes, idle_s: float
) -> None:
    """Write, for as long as the client takes something every `idle_s`.

    Raises: ConnectionError where it does not, or has gone.
    """
    for start in range(0, len(data), _PIECE):
        await _write_piece(request, response, data[start : start + _PIECE], idle_s)


async def _write_piece(
    request: web.Request, response: web.StreamResponse, data: bytes, idle_s: float
) -> None:
    transport = request.transport
    if transport is None:
        raise ConnectionResetError("the client has gone")
    unsent = transport.get_write_buffer_size() + len(data)
    writing = asyncio.ensure_future(response.write(data))
    try:
        while not (await asyncio.wait([writing], timeout=idle_s))[0]:
            left = transport.get_write_buffer_size()
            if left >= unsent:
                transport.abort()
                raise ConnectionResetError("the client takes nothing")
            unsent = left
        writing.result()
    finally:
        writing.cancel()


def break_off(request: web.Request) -> None:
    """Close the client's connection in the middle of the body."""
    transport = request.transport
    if transport is not None:
        transport.close()
        asyncio.get_running_loop().call_later(_LINGER_S, transport.abort)
