"""Reads that are polled: one at a time, whoever asks meanwhile.

Nothing is kept once those who waited have their answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVarTuple

import orjson
from aiohttp import web

from dialkit.errors import Unavailable

Args = TypeVarTuple("Args")
# As long as a connection of the pool is waited for.
_PATIENCE_S = 10
_Key = tuple[Callable[..., Awaitable[Any]], tuple[Any, ...]]


class SharedReads:
    """Runs of reads, one at a time, each shared by all who asked for it before it began.

    So an answer is never older than the request for it, and however many poll, and whatever for,
    one connection of the pool serves them.
    """

    def __init__(self, patience_s: float = _PATIENCE_S, busy: str = "Database is busy") -> None:
        self._patience_s, self._busy = patience_s, busy
        self._turn = asyncio.Lock()
        self._waiting: dict[_Key, asyncio.Task[orjson.Fragment]] = {}
        self._runs: set[asyncio.Task[orjson.Fragment]] = set()

    async def data(
        self, read: Callable[[*Args], Awaitable[object]], *args: *Args
    ) -> orjson.Fragment:
        """What `read(*args)` returns or raises, in a run that begins after this call.

        Runs are shared where both `read` and `args` are equal; what they return is made JSON once.
        Raises also: Unavailable, where the turn of a run does not come.
        """
        key = (read, args)
        run = self._waiting.get(key)
        if run is None:
            run = self._waiting[key] = asyncio.create_task(self._run_in_turn(key))
            self._runs.add(run)
            run.add_done_callback(self._forget)
        # Not `await run`: who is cancelled would take the run away from the others.
        await asyncio.wait([run])
        return run.result()

    async def close(self) -> None:
        """End what is under way."""
        for run in self._runs:
            run.cancel()
        if self._runs:
            await asyncio.wait(self._runs)

    async def _run_in_turn(self, key: _Key) -> orjson.Fragment:
        try:
            async with asyncio.timeout(self._patience_s):
                await self._turn.acquire()
        except TimeoutError:
            raise Unavailable(self._busy) from None
        finally:
            del self._waiting[key]  # who comes from now on waits for the next run
        try:
            read, args = key
            return orjson.Fragment(orjson.dumps(await read(*args)))
        finally:
            self._turn.release()

    def _forget(self, run: asyncio.Task[orjson.Fragment]) -> None:
        self._runs.discard(run)
        if not run.cancelled():
            run.exception()  # perhaps nobody waits for it any more


SHARED_READS = web.AppKey("SHARED_READS", SharedReads)


@asynccontextmanager
async def shared_reads_context(
    app: web.Application, reads: SharedReads | None = None
) -> AsyncIterator[None]:
    """For `cleanup_ctx`, after the database's: `app[SHARED_READS]`."""
    app[SHARED_READS] = reads = reads or SharedReads()
    try:
        yield
    finally:
        await reads.close()
