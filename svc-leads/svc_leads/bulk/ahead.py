"""Making the next item while one is in hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


async def one_ahead(source: AsyncIterator[T]) -> AsyncGenerator[T, None]:
    """The items of the source; at most one waits, so that memory does not grow."""
    upcoming = asyncio.create_task(_next(source))
    try:
        while (item := await upcoming) is not None:
            upcoming = asyncio.create_task(_next(source))
            yield item
    finally:
        upcoming.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await upcoming


async def _next(source: AsyncIterator[T]) -> T | None:
    return await anext(source, None)
