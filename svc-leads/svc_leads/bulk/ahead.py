"""Working ahead without getting in anybody's way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")
_AT_A_TIME = 25


async def one_ahead(source: AsyncIterator[T]) -> AsyncGenerator[T, None]:
    """The items of the source, the next one being made while one is in hand; never more."""
    upcoming = asyncio.create_task(_next(source))
    try:
        while (item := await upcoming) is not None:
            upcoming = asyncio.create_task(_next(source))
            yield item
    finally:
        upcoming.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await upcoming


async def in_turns(items: Iterable[T]) -> AsyncIterator[T]:
    """The items; after every few of them others get their turn.

    So no request waits for long, and a statement is sent before the next chunk is made ready.
    """
    for place, item in enumerate(items, start=1):
        yield item
        if place % _AT_A_TIME == 0:
            await asyncio.sleep(0)


async def _next(source: AsyncIterator[T]) -> T | None:
    return await anext(source, None)
