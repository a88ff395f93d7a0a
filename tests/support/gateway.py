"""The gateway under test, and stand-in services that note what reaches them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from blockbuster import BlockBuster
from dialkit.http import answer
from dialkit.pods import Resolve
from dialkit.settings import DEFAULT_TIMEZONE, SERVICES
from dialkit.tokens import Caller, TokenKeys, Verifier
from gateway.app import create_app
from gateway.server import GatewayRunner
from gateway.settings import GatewaySettings
from multidict import CIMultiDictProxy

API_KEY = "the-key-of-the-tests"
TOKEN_KEYS = TokenKeys({"k1": "a-secret-for-tests-of-32-characters"})
ENDPOINTS = Path(__file__).parents[1] / "contract" / "endpoints.tsv"

Act = Callable[[web.Request], Awaitable[web.StreamResponse]]
Serve = Callable[[web.AppRunner], Awaitable[str]]
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
ServeRaw = Callable[[Talk], Awaitable[str]]


@dataclass(frozen=True)
class Received:
    """A request as it reached a service."""

    method: str
    path: str
    query: str
    headers: CIMultiDictProxy[str]
    body: bytes
    caller: Caller


@dataclass
class StandIn:
    """A service that notes what it gets and answers 200, or acts as it is told."""

    name: str
    act: Act | None = None
    keys: TokenKeys = TOKEN_KEYS
    received: list[Received] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Refuse what has no token for this service; note the rest."""
        caller = Verifier(self.name, self.keys).caller(request.headers["Authorization"])
        if self.act is not None:
            return await self.act(request)
        url, body = request.rel_url, await request.read()
        got = (url.raw_path, url.raw_query_string, request.headers, body, caller)
        self.received.append(Received(request.method, *got))
        return answer(self.name, None)

    @property
    def last(self) -> Received:
        """The request that came last."""
        return self.received[-1]

    def runner(self) -> web.AppRunner:
        """A server that does not limit, decompress or cancel anything by itself."""
        app = web.Application(client_max_size=0)
        app.router.add_route("*", "/{path:.*}", self.handle)
        return web.AppRunner(
            app, handler_cancellation=True, auto_decompress=False, shutdown_timeout=0.1
        )


@dataclass
class Gateway:
    """The running gateway: `client` knows the API key, `stranger` does not."""

    port: int
    client: aiohttp.ClientSession
    stranger: aiohttp.ClientSession

    async def raw(self, *pieces: bytes) -> bytes:
        """What comes back for these bytes, each piece sent on its own, until the gateway closes."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                # A round trip to the gateway: the piece before has been read when it is answered.
                await (await self.stranger.get("/health")).read()
            return await reader.read()
        finally:
            writer.close()


StartGateway = Callable[..., Awaitable[Gateway]]


def settings(urls: dict[str, str], **others: Any) -> GatewaySettings:
    """Settings of a gateway before services at those addresses."""
    plain = GatewaySettings(
        host="127.0.0.1",
        port=0,
        api_key=API_KEY,
        token_keys=TOKEN_KEYS,
        service_urls=urls,
        trusted_proxies=(),
        timezone=DEFAULT_TIMEZONE,
        log_level="error",
    )
    return replace(plain, **others)


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Serve an application on a free port: `await serve(runner)` is its address."""
    runners = []

    async def start(runner: web.AppRunner) -> str:
        runners.append(runner)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return f"http://127.0.0.1:{site.port}"

    yield start
    for runner in reversed(runners):
        await runner.cleanup()


@pytest.fixture
async def start_gateway(serve: Serve, blocking_calls: BlockBuster) -> AsyncIterator[StartGateway]:
    """Start the gateway: `await start_gateway({"svc-leads": url}, read_timeout_s=0.1)`."""
    sessions: list[aiohttp.ClientSession] = []

    async def start(urls: dict[str, str], resolve: Resolve | None = None, **others: Any) -> Gateway:
        app = create_app(settings(urls, **others), resolve)
        url = await serve(GatewayRunner(app, shutdown_timeout=0.1))
        for headers in ({"X-API-Key": API_KEY}, {}):
            sessions.append(aiohttp.ClientSession(url, headers=headers))
        blocking_calls.activate()
        return Gateway(int(url.rpartition(":")[2]), sessions[-2], sessions[-1])

    yield start
    for session in sessions:
        await session.close()


@pytest.fixture
async def serve_raw() -> AsyncIterator[ServeRaw]:
    """Serve what is no HTTP server: `await serve_raw(talk)` is its address."""
    servers = []

    async def start(talk: Talk) -> str:
        async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await talk(reader, writer)
            finally:
                writer.close()

        servers.append(await asyncio.start_server(once, "127.0.0.1", 0))
        return f"http://127.0.0.1:{servers[-1].sockets[0].getsockname()[1]}"

    yield start
    for server in servers:
        server.close()
        await server.wait_closed()


@pytest.fixture
def services() -> dict[str, StandIn]:
    """Stand-ins for the five services."""
    return {name: StandIn(name) for name in SERVICES}


@pytest.fixture
def leads_stand_in(services: dict[str, StandIn]) -> StandIn:
    """The stand-in for svc-leads."""
    return services["svc-leads"]


@pytest.fixture
async def serve_leads(serve: Serve, leads_stand_in: StandIn) -> str:
    """The address of that stand-in, running."""
    return await serve(leads_stand_in.runner())


@pytest.fixture
async def gateway(
    serve: Serve, start_gateway: StartGateway, services: dict[str, StandIn]
) -> Gateway:
    """The gateway before its five stand-ins."""
    return await start_gateway({n: await serve(s.runner()) for n, s in services.items()})


def endpoints() -> list[tuple[str, ...]]:
    """The contract's list of endpoints: service, method, path, function, in the reference."""
    return [tuple(line.split("\t")) for line in ENDPOINTS.read_text().splitlines()[1:]]
