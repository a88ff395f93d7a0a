"""The pods behind the URL of a service, and how a request finds one that answers.

On Kubernetes the name of a headless Service has the addresses of all its ready pods. It is looked
up every few seconds, and each request goes to the pod that is least busy with ours. A pod that
cannot be reached, breaks off, says 503 or closes its connections (it is about to end) is avoided
for a while, as long as there are others. A URL with an address in it has that one pod for ever.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from ipaddress import ip_address
from random import random
from time import monotonic
from typing import TypeVar

import aiohttp
import structlog
from aiohttp import hdrs
from aiohttp.client_middlewares import ClientHandlerType
from yarl import URL

T = TypeVar("T")
Ask = Callable[[str], Awaitable[aiohttp.ClientResponse]]
Use = Callable[[aiohttp.ClientResponse], Awaitable[T]]
Resolve = Callable[[str, int], Awaitable[Iterable[str]]]

REFRESH_S = 2
# A start waits no longer for the first look.
_FIRST_LOOK_S = 2
# Longer than a pod that was told to end goes on to listen.
AVOID_S = 6
# What one pod cannot serve now may be over soon, for all of them.
AVOID_UNWELL_S = 2
# No further pod is tried later than this after the first.
PATIENCE_S = 5
# Shorter than a pod that was told to end goes on to answer: none of its connections is left then.
KEEP_IDLE_S = 4
_UNAVAILABLE = 503

log = structlog.get_logger("pods")


class NoPods(aiohttp.ClientError):
    """The name of a service has no address."""


class Broken(aiohttp.ClientError):
    """The connection broke after a request was sent."""


# Nothing was sent.
UNREACHED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, NoPods)
_BROKEN = (
    Broken,
    aiohttp.ClientOSError,
    aiohttp.ClientConnectionResetError,
    aiohttp.ServerDisconnectedError,
    aiohttp.ClientPayloadError,
)


class Pod:
    """One address of a service."""

    def __init__(self, base: str) -> None:
        self._base = base
        self.requests = 0
        self._avoided_until = 0.0

    def rank(self) -> tuple[bool, int, float]:
        """The lowest is asked next; chance decides among equals, lest all gateways ask one."""
        return self.avoided, self.requests, random()  # noqa: S311 - it keeps no secret

    @property
    def avoided(self) -> bool:
        """Whether another is asked, if there is one."""
        return self._avoided_until > monotonic()

    async def answer(self, ask: Ask) -> aiohttp.ClientResponse:
        """Its answer. Raises: UNREACHED, _BROKEN and what else `ask` does."""
        if self._avoided_until:
            self._avoid(AVOID_S)  # one request tries whether it is well again
        try:
            answer = await ask(self._base)
        except (*UNREACHED, *_BROKEN):
            self._avoid(AVOID_S)
            raise
        if answer.headers.get(hdrs.CONNECTION) == "close":
            self._avoid(AVOID_S)
        elif answer.status == _UNAVAILABLE:
            self._avoid(AVOID_UNWELL_S)
        else:
            self._avoided_until = 0
        return answer

    def _avoid(self, seconds: float) -> None:
        self._avoided_until = monotonic() + seconds


class Pods:
    """The pods of one service."""

    def __init__(self, url: str, resolve: Resolve) -> None:
        self._url = URL(url)
        self._resolve = resolve
        self._pods: dict[str, Pod] = {}
        self._is_lost = False
        # What a pod is told that it is called, though it is asked by its address.
        self.host = self._url.host or ""
        self.authority = self._url.host_port_subcomponent or ""
        self.is_named = not _is_address(self.host)
        if not self.is_named:
            self._know([self.host])

    async def answer(self, ask: Ask, use: Use[T], *, repeatable: bool) -> T:
        """What `use(answer)` makes of the answer of the pod that is asked with `ask(base)`.

        A pod that cannot be reached is no loss: the next is asked. A request that was sent is sent
        once more at most, if it is `repeatable`: where the connection broke, or where the pod said
        503 and there is another that is well. Raises: UNREACHED and what else the two do.
        """
        left = set(self._pods.values())
        failure: Exception = NoPods(self.host)
        deadline = monotonic() + PATIENCE_S
        while left:
            pod = _least_busy(left)
            left.discard(pod)
            pod.requests += 1
            try:
                answer = await pod.answer(ask)
            except UNREACHED as error:
                failure = error
                if monotonic() > deadline:
                    break
            except _BROKEN as error:
                if not repeatable:
                    raise
                repeatable, failure, left = False, error, left or {pod}
            else:
                if not (repeatable and answer.status == _UNAVAILABLE and _any_well(left)):
                    return await use(answer)
                repeatable = False
                answer.close()
            finally:
                pod.requests -= 1
        raise failure

    async def look_up(self) -> None:
        """Learn the addresses; those that are known stay while the name has none."""
        try:
            self._know(await self._resolve(self.host, self._url.port or 0))
        except (OSError, UnicodeError) as error:
            if not self._is_lost:
                log.warning("name has no address", name=self.host, why=str(error))
            self._is_lost = True
        else:
            self._is_lost = False

    async def watch(self) -> None:
        """Look the name up, again and again."""
        while True:
            await asyncio.sleep(REFRESH_S)
            await self.look_up()

    def _know(self, addresses: Iterable[str]) -> None:
        bases = {str(self._url.with_host(address)) for address in addresses}
        if not bases:
            return
        self._pods = {base: self._pods.get(base) or Pod(base) for base in bases}


@asynccontextmanager
async def watched_pods(
    urls: Mapping[str, str], resolve: Resolve | None = None
) -> AsyncIterator[dict[str, Pods]]:
    """The pods of each service, kept up to date inside."""
    services = {service: Pods(url, resolve or addresses) for service, url in urls.items()}
    named = [pods for pods in services.values() if pods.is_named]
    with suppress(TimeoutError):
        async with asyncio.timeout(_FIRST_LOOK_S):
            await asyncio.gather(*(pods.look_up() for pods in named))
    watchers = [asyncio.create_task(pods.watch()) for pods in named]
    try:
        yield services
    finally:
        for watcher in watchers:
            watcher.cancel()
        await asyncio.gather(*watchers, return_exceptions=True)


async def addresses(name: str, port: int) -> set[str]:
    """What DNS, or /etc/hosts, says of a name. Raises: OSError, UnicodeError."""
    found = await asyncio.get_running_loop().getaddrinfo(
        name, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG
    )
    return {str(address[0]) for *_, address in found}


async def never_twice(
    request: aiohttp.ClientRequest, send: ClientHandlerType
) -> aiohttp.ClientResponse:
    """A middleware: aiohttp sends some requests again by itself; whether to is decided here."""
    try:
        return await send(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise Broken from error


def _least_busy(pods: set[Pod]) -> Pod:
    return min(pods, key=Pod.rank) if len(pods) > 1 else next(iter(pods))


def _any_well(pods: Iterable[Pod]) -> bool:
    return any(not pod.avoided for pod in pods)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
