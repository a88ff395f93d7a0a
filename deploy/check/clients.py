"""Clients that call a running suite without a pause, while something is done to it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import count

import aiohttp

CLIENTS = 8
LEAD = 12345
_WAIT_LIMIT_S = 60
_LIMITS = aiohttp.ClientTimeout(total=30, sock_connect=2)


class Answers:
    """What the clients were answered, by method."""

    def __init__(self) -> None:
        self.good: Counter[str] = Counter()
        self.bad: list[tuple[str, str]] = []
        self._news = asyncio.Condition()

    async def note(self, method: str, problem: str | None) -> None:
        """One more."""
        if problem is None:
            self.good[method] += 1
        else:
            self.bad.append((method, problem))
        async with self._news:
            self._news.notify_all()

    async def more(self, number: int) -> None:
        """Come back when that many more have been good."""
        wanted = self.good.total() + number
        async with asyncio.timeout(_WAIT_LIMIT_S), self._news:
            await self._news.wait_for(lambda: self.good.total() >= wanted)

    def failed(self, method: str) -> list[str]:
        """What went wrong with calls of that method."""
        return [problem for of, problem in self.bad if of == method]


@asynccontextmanager
async def calling(gateways: Sequence[str], api_key: str) -> AsyncIterator[Answers]:
    """While the block runs, eight clients read a lead and change it, by turns.

    A gateway that takes no connection is passed by, as a Service passes by what is not ready.
    """
    answers, over, numbers = Answers(), asyncio.Event(), count()
    left = list(gateways)

    async def call_on() -> None:
        headers = {"X-API-Key": api_key}
        async with aiohttp.ClientSession(headers=headers, timeout=_LIMITS) as session:
            while not over.is_set():
                number = next(numbers)
                method = "PUT" if number % 4 == 0 else "GET"
                await answers.note(method, await _problem(session, left, method, number))

    async with asyncio.TaskGroup() as clients:
        for _ in range(CLIENTS):
            clients.create_task(call_on())
        try:
            yield answers
        finally:
            over.set()


async def _problem(
    session: aiohttp.ClientSession, gateways: list[str], method: str, number: int
) -> str | None:
    """What is wrong with the answer to one call; None when it is what it should be."""
    path, body = f"/api/v1/leads/{LEAD}/info", None
    if method == "PUT":
        path, body = f"/api/v1/leads/{LEAD}", {"comments": f"call {number}"}
    while gateways:
        gateway = gateways[number % len(gateways)]
        try:
            async with session.request(method, gateway + path, json=body) as answer:
                text = await answer.text()
                return None if answer.status == 200 else f"{answer.status} {text}"
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            if gateway in gateways:
                gateways.remove(gateway)
        except (aiohttp.ClientError, TimeoutError) as error:
            return f"{type(error).__name__}: {error}"
    return "no gateway takes a connection"
