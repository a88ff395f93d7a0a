"""Requests that arrive where runs of reads are shared."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from dialkit.sharing import SharedReads

Arrived = Callable[[int], Awaitable[None]]


@contextmanager
def arrivals() -> Iterator[Arrived]:
    """`await arrived(n)`: that many more requests have come to where runs are shared."""
    data, came = SharedReads.data, asyncio.Semaphore(0)

    async def note(self: SharedReads, *args: Any) -> Any:
        came.release()
        return await data(self, *args)

    async def arrived(number: int) -> None:
        for _ in range(number):
            await came.acquire()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SharedReads, "data", note)
        yield arrived
