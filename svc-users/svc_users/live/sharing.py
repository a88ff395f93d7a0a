"""Reads that are polled: at most one of a kind at a time, whoever asks meanwhile.

Nothing is kept once those who waited have their answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVarTuple

import orjson
from aiohttp import web

Args = TypeVarTuple("Args")
_Key = tuple[Callable[..., Awaitable[Any]], tuple[Any, ...]]


class SharedReads:
    """Runs of reads, each shared by all who asked before it began.

    So an answer is never older than the request for it: who comes while a run is under way waits
    for the next one, with all others who do.
    """

    def __init__(self) -> None:
        self._running: dict[_Key, asyncio.Task[orjson.Fragment]] = {}
        self._next: dict[_Key, asyncio.Task[orjson.Fragment]] = {}

    async def data(
        self, read: Callable[[*Args], Awaitable[object]], *args: *Args
    ) -> orjson.Fragment:
        """What `read(*args)` returns or raises, in a run that begins after this call.

        Runs are shared where both `read` and `args` are equal; what they return is made JSON once.
        """
        key = (read, args)
        run = self._next.get(key)
        if run is None:
            run = self._next[key] = asyncio.create_task(self._run_in_turn(key))
            run.add_done_callback(_note_error)
        # Not `await run`: who is cancelled would take the run away from the others.
        await asyncio.wait([run])
        return run.result()

    async def close(self) -> None:
        """End what is under way."""
        runs = [*self._running.values(), *self._next.values()]
        for run in runs:
            run.cancel()
        if runs:
            await asyncio.wait(runs)

    async def _run_in_turn(self, key: _Key) -> orjson.Fragment:
        if before := self._running.get(key):
            await asyncio.wait([before])
        self._running[key] = self._next.pop(key)
        read, args = key
        try:
            return orjson.Fragment(orjson.dumps(await read(*args)))
        finally:
            del self._running[key]


def _note_error(run: asyncio.Task[orjson.Fragment]) -> None:
    """Take notice of an error: perhaps nobody waits for it any more."""
    if not run.cancelled():
        run.exception()


SHARED_READS = web.AppKey("SHARED_READS", SharedReads)


@asynccontextmanager
async def shared_reads_context(app: web.Application) -> AsyncIterator[None]:
    """For `cleanup_ctx`, after the database's: `app[SHARED_READS]`."""
    app[SHARED_READS] = reads = SharedReads()
    try:
        yield
    finally:
        await reads.close()
