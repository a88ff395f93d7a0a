"""Requests counted in Redis, by all gateways together; without Redis, nothing is counted.

What comes while a question is under way is asked together, next: so there is one question at a
time, over one connection, and under load it costs each request little.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import NamedTuple

import structlog
from aiohttp import web
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from gateway.rate_limit import MOST_CLIENTS, Limit, storage_address

log = structlog.get_logger("gateway")

# A request may wait for the end of one question, and then for the answer to its own.
_PATIENCE_S = 0.05
# A question that takes longer has failed. By then no request waits for it.
_LONGEST_S = 1
_PAUSE_S = 1
_SILENCE_S = 60
_FAILURES = (RedisError, OSError, TimeoutError)

# KEYS: of each request, one a limit. ARGV: amount and milliseconds of each limit.
# The answer: how many milliseconds each request has to wait; it was counted if none.
_TAKE = """
local limits, waits = #ARGV / 2, {}
for first = 0, #KEYS - 1, limits do
  local wait = 0
  for n = 1, limits do
    local key = KEYS[first + n]
    if tonumber(redis.call('GET', key) or 0) >= tonumber(ARGV[2 * n - 1]) then
      wait = math.max(wait, redis.call('PTTL', key))
    end
  end
  for n = 1, wait == 0 and limits or 0 do
    if redis.call('INCR', KEYS[first + n]) == 1 then
      redis.call('PEXPIRE', KEYS[first + n], ARGV[2 * n])
    end
  end
  waits[#waits + 1] = wait
end
return waits
"""


class _Refusal(NamedTuple):
    """What Redis said of a client: who asks in vain, and often, is answered without Redis."""

    end: float
    ask_at: float


_Waiting = list[tuple[str, "asyncio.Future[float]"]]


class CountsInRedis:
    """No request waits longer than 100 ms, and none while Redis is known to be away."""

    def __init__(
        self, limits: Sequence[Limit], url: str, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limits = limits
        self._arguments = [number for limit in limits for number in (limit[0], 1000 * limit[1])]
        self._url = url
        self._clock = clock
        self._absence = _Absence(storage_address(url), clock)
        self._refusals: dict[str, _Refusal] = {}
        self._waiting: _Waiting = []
        self._answers = True
        self._asking: asyncio.Task[None] | None = None
        self._returning: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def connected(self, _app: web.Application) -> AsyncIterator[None]:
        """For `cleanup_ctx`. A Redis that is away stops no start."""
        # Repeats would make requests wait; to introduce itself, the driver would read files.
        self._redis = Redis.from_url(
            self._url, retry=Retry(NoBackoff(), 0), protocol=2, driver_info=None
        )
        self._script = self._redis.register_script(_TAKE)
        try:
            if not await self._greet():
                self._await_return()
            yield
        finally:
            for task in (self._asking, self._returning):
                if task is not None:
                    task.cancel()
            await self._redis.aclose()

    async def take(self, client: str) -> float:
        """Count one and return 0; or count nothing: the seconds until one more may pass."""
        if refusal := self._refusals.get(client):
            now = self._clock()
            if now < refusal.ask_at:
                return refusal.end - now
            # One asks again; the others need not wait for that.
            self._refuse(client, now, refusal.end)
        if not self._answers:
            return 0
        answer: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waiting.append((client, answer))
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())
        return await answer

    async def _ask(self) -> None:
        """Ask for those who wait, until nobody does."""
        asked: _Waiting = []
        try:
            while self._waiting:
                asked, self._waiting = self._waiting, []
                self._tell(asked, await self._waits_ms(asked))
        except _FAILURES as error:
            self._absence.report(error)
            self._await_return()
        finally:
            # Whatever went wrong: nobody waits for an answer that does not come.
            self._let_pass(asked)
            self._asking = None
            self._answers = self._returning is None

    async def _waits_ms(self, asked: _Waiting) -> list[int]:
        keys = [
            f"rate-limit:{amount}/{period_s}:{client}"
            for client, _ in asked
            for amount, period_s in self._limits
        ]
        loop = asyncio.get_running_loop()
        impatience = loop.call_later(_PATIENCE_S, self._lose_patience, asked)
        try:
            async with asyncio.timeout(_LONGEST_S):
                waits_ms: list[int] = await self._script(keys, self._arguments)
        finally:
            impatience.cancel()
        return waits_ms

    def _tell(self, asked: _Waiting, waits_ms: Sequence[int]) -> None:
        self._answers, now = True, self._clock()
        for (client, answer), wait_ms in zip(asked, waits_ms, strict=True):
            if wait_ms:
                self._refuse(client, now, now + wait_ms / 1000)
            # A client may have gone, or lost its patience.
            if not answer.done():
                answer.set_result(wait_ms / 1000)

    def _refuse(self, client: str, now: float, end: float) -> None:
        self._refusals.pop(client, None)
        if len(self._refusals) >= MOST_CLIENTS:
            self._refusals.clear()
        if now < end:
            self._refusals[client] = _Refusal(end, min(end, now + _PAUSE_S))

    def _lose_patience(self, asked: _Waiting) -> None:
        """The question goes on, but until it is answered nobody waits for it."""
        self._answers = False
        self._let_pass(asked)

    def _let_pass(self, asked: _Waiting) -> None:
        for _, answer in asked + self._waiting:
            if not answer.done():
                answer.set_result(0)
        self._waiting = []

    def _await_return(self) -> None:
        self._answers = False
        self._refusals.clear()
        self._returning = asyncio.create_task(self._return())

    async def _return(self) -> None:
        """See when Redis answers again."""
        while True:
            await asyncio.sleep(_PAUSE_S)
            if await self._greet():
                break
        self._answers, self._returning = True, None
        self._absence.end()

    async def _greet(self) -> bool:
        try:
            async with asyncio.timeout(_LONGEST_S):
                await self._redis.ping()
        except _FAILURES as error:
            self._absence.report(error)
            return False
        return True


class _Absence:
    """Says once a minute at most that Redis is away, and then when it is back."""

    def __init__(self, address: str, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._silent_until = -1.0
        self._reported = False
        self._log = log.bind(redis=address)

    def report(self, error: BaseException) -> None:
        """Only the kind of error is shown: a server's texts may repeat the password."""
        now = self._clock()
        if now < self._silent_until:
            return
        self._silent_until, self._reported = now + _SILENCE_S, True
        self._log.warning("no request is counted: Redis is away", why=type(error).__name__)

    def end(self) -> None:
        if self._reported:
            self._reported = False
            self._log.info("requests are counted again")
