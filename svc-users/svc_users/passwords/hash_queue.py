"""Hashes beside the event loop, one at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from threading import Thread
from time import monotonic, thread_time
from typing import TypeVar

from aiohttp import web
from dialkit.errors import TooSlow
from dialkit.secret import Secret

from svc_users.passwords.vicidial_hash import check_configured, password_hash

_LIMIT_S = 30
# Takes 15 ms; each step of cost doubles the time, so that one of 12 takes a quarter of a second.
_SAMPLE_COST = 8
_CHEAP_COST = 12
T = TypeVar("T")


class HashingTooSlow(TooSlow):
    """504: the site's cost, or too many passwords at once."""

    def __init__(self) -> None:
        super().__init__("Password hashing took too long")


class Hasher:
    """Makes hashes in the order of asking.

    One at a time: of two at once the event loop would get less of a processor, or of the
    interpreter. A hash that has begun cannot be ended: it keeps its turn until it is made, whoever
    waits for it.
    """

    def __init__(self, limit_s: float = _LIMIT_S) -> None:
        self._limit_s = limit_s
        self._turn = asyncio.Lock()

    async def hash(self, password: str, *, pass_key: str, cost: int) -> Secret:
        """What `password_hash` makes. Raises: HashingNotConfigured, HashingTooSlow."""
        check_configured(pass_key=pass_key, cost=cost)
        until = monotonic() + self._limit_s
        try:
            async with asyncio.timeout(self._limit_s):
                await self._turn.acquire()
        except TimeoutError:
            raise HashingTooSlow from None
        left_s = until - monotonic()
        try:
            made = _in_thread(partial(_hash_in_time, password, pass_key, cost, limit_s=left_s))
        except BaseException:  # no thread can be had
            self._turn.release()
            raise
        made.add_done_callback(self._end_turn)
        return await asyncio.shield(made)

    def _end_turn(self, made: asyncio.Future[Secret]) -> None:
        self._turn.release()
        if not made.cancelled():
            made.exception()  # perhaps nobody waits for it any more


HASHER = web.AppKey("HASHER", Hasher)


def _hash_in_time(password: str, pass_key: str, cost: int, *, limit_s: float) -> Secret:
    """A hash, if there is time for it."""
    if cost > _CHEAP_COST:
        before = thread_time()
        password_hash(password, pass_key=pass_key, cost=_SAMPLE_COST)
        if (thread_time() - before) * 2 ** (cost - _SAMPLE_COST) > limit_s:
            raise HashingTooSlow
    return password_hash(password, pass_key=pass_key, cost=cost)


def _in_thread(work: Callable[[], T]) -> asyncio.Future[T]:
    """Like `asyncio.to_thread`, in a thread that the end of the program does not wait for."""
    future: Future[T] = Future()
    future.set_running_or_notify_cancel()
    Thread(target=_fulfil, args=(future, work), daemon=True).start()
    return asyncio.wrap_future(future)


def _fulfil(future: Future[T], work: Callable[[], T]) -> None:
    try:
        future.set_result(work())
    except BaseException as error:  # the waiter's, not this thread's
        future.set_exception(error)
