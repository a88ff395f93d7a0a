"""Pods of a service: servers on addresses of their own and one port, and what DNS says of them."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from time import monotonic

import pytest
from aiohttp import web
from dialkit import pods
from dialkit.http import answer
from multidict import CIMultiDictProxy
from support.gateway import Act, Gateway, StartGateway

_DEADLINE_S = 10


@dataclass(frozen=True)
class Arrived:
    """A request as it reached a pod."""

    method: str
    headers: CIMultiDictProxy[str]
    body: bytes


@dataclass
class PodStandIn:
    """A pod that notes what it gets and answers 200, or acts as it is told."""

    address: str
    port: int
    act: Act | None = None
    arrived: list[Arrived] = field(default_factory=list)
    runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen, as a container does that was started (again)."""
        self.runner = web.AppRunner(self.app(), shutdown_timeout=0.1)
        await self.runner.setup()
        await web.TCPSite(self.runner, self.address, self.port).start()

    async def stop(self) -> None:
        """Listen no more: connections are refused."""
        if self.runner is not None:
            await self.runner.cleanup()

    def app(self) -> web.Application:
        """What it serves."""
        app = web.Application(client_max_size=0)
        app.router.add_route("*", "/{path:.*}", self._handle)
        return app

    def forget(self) -> None:
        """Count from here."""
        self.arrived.clear()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        self.arrived.append(Arrived(request.method, request.headers, await request.read()))
        return await self.act(request) if self.act else answer(self.address, None)


class Cluster:
    """Pods of a service, the name that leads to them, and its addresses."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.2", 0))
            self.port: int = free.getsockname()[1]
        self.url = f"http://pods:{self.port}"
        self.pods: list[PodStandIn] = []
        # None: DNS does not answer.
        self.addresses: list[str] | None = []
        self._looked_up = asyncio.Event()

    async def add(self, act: Act | None = None, *, starts: bool = True) -> PodStandIn:
        """One more pod, which DNS knows at once; without `starts`, nobody listens there."""
        pod = PodStandIn(self.next_address(), self.port, act)
        self.pods.append(pod)
        if starts:
            await pod.start()
        return pod

    def next_address(self) -> str:
        """One more address that DNS knows."""
        assert self.addresses is not None
        self.addresses.append(f"127.0.0.{len(self.addresses) + 2}")
        return self.addresses[-1]

    async def resolve(self, name: str, port: int) -> list[str]:
        """DNS, as the programs ask it."""
        self._looked_up.set()
        assert (name, port) == ("pods", self.port)
        if self.addresses is None:
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return list(self.addresses)

    async def known(self) -> None:
        """Wait until what DNS says now has been learnt."""
        for _ in range(2):  # with the second question, the answer to the first has been learnt
            self._looked_up.clear()
            async with asyncio.timeout(_DEADLINE_S):
                await self._looked_up.wait()


@pytest.fixture
async def cluster(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Cluster]:
    """No pods yet; DNS is asked often."""
    monkeypatch.setattr(pods, "REFRESH_S", 0.02)
    made = Cluster()
    yield made
    for pod in made.pods:
        await pod.stop()


@pytest.fixture
async def three_pods(cluster: Cluster) -> list[PodStandIn]:
    """Three pods."""
    return [await cluster.add() for _ in range(3)]


@pytest.fixture
async def balancing(
    start_gateway: StartGateway, cluster: Cluster, three_pods: list[PodStandIn]
) -> Gateway:
    """The gateway before those three."""
    assert len(three_pods) == 3
    return await start_gateway({"svc-lists": cluster.url}, cluster.resolve, connect_timeout_s=0.2)


async def until(condition: Callable[[], bool]) -> None:
    """Wait for it."""
    deadline = monotonic() + _DEADLINE_S
    while monotonic() < deadline:
        if condition():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


def says(status: int, **headers: str) -> Act:
    """Answer with that status, at once."""

    async def act(_request: web.Request) -> web.Response:
        return web.json_response({"as": "it is"}, status=status, headers=headers)

    return act


def holds(gate: asyncio.Event) -> Act:
    """Answer once the gate is open."""

    async def act(_request: web.Request) -> web.Response:
        await gate.wait()
        return answer("held", None)

    return act


async def breaks(request: web.Request) -> web.StreamResponse:
    """Close the connection without a word."""
    assert request.transport is not None
    request.transport.close()
    return web.Response()


async def breaks_in_body(request: web.Request) -> web.StreamResponse:
    """Close the connection in the middle of a small body."""
    response = web.StreamResponse(headers={"Content-Length": "9"})
    await response.prepare(request)
    await response.write(b"half")
    assert request.transport is not None
    request.transport.close()
    return response
