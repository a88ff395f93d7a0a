"""Long answers: passed on as they come, and no further than they come."""

import asyncio

import aiohttp
import pytest
from aiohttp import web
from support.gateway import API_KEY, Act, Gateway, Serve, StandIn, StartGateway

PATH = "/api/v1/did-logs/export"
EXPORT = {
    "Content-Type": "text/csv; charset=utf-8; header=present",
    "Content-Disposition": 'attachment; filename="did-logs_20250101_20250131.csv"',
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
    "X-Phone-Match": "leads",
}


@pytest.fixture
def reports(services: dict[str, StandIn]) -> StandIn:
    """The stand-in for svc-reports."""
    return services["svc-reports"]


def sends(*pieces: bytes, gate: asyncio.Event | None = None, ends: bool = True) -> Act:
    """Send the pieces, each after the first once the gate is open."""

    async def act(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers=EXPORT)
        await response.prepare(request)
        for piece in pieces:
            await response.write(piece)
            if gate is not None:
                await gate.wait()
        if not ends:
            assert request.transport is not None
            request.transport.close()
        return response

    return act


def sends_for_ever(ended: asyncio.Event) -> Act:
    async def act(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers=EXPORT)
        await response.prepare(request)
        try:
            while True:
                await response.write(b"x" * 65_536)
        finally:
            ended.set()

    return act


async def test_a_stream_is_passed_on_as_it_comes(gateway: Gateway, reports: StandIn) -> None:
    gate = asyncio.Event()
    reports.act = sends(b"first,", b"second", gate=gate)

    response = await gateway.client.get(PATH)
    first = await response.content.readany()
    gate.set()

    assert (first, await response.read()) == (b"first,", b"second")


async def test_the_headers_of_an_export_pass(gateway: Gateway, reports: StandIn) -> None:
    reports.act = sends(b"uniqueid\r\n")

    response = await gateway.client.get(PATH, headers={"X-Request-ID": "mine"})

    assert {name: response.headers[name] for name in EXPORT} == EXPORT
    assert response.headers["X-Request-ID"] == "mine"
    assert response.headers["Transfer-Encoding"] == "chunked"
    assert "Content-Length" not in response.headers
    assert await response.read() == b"uniqueid\r\n"


async def test_what_came_before_a_stream_broke_off_arrives(
    gateway: Gateway, reports: StandIn
) -> None:
    reports.act = sends(b"rows\n" * 10_000, b'{"success": false}\n', ends=False)
    body = bytearray()

    async def read() -> None:
        async with gateway.client.get(PATH) as response:
            async for piece in response.content.iter_any():
                body.extend(piece)

    with pytest.raises(aiohttp.ClientPayloadError):
        await read()

    assert bytes(body) == b"rows\n" * 10_000 + b'{"success": false}\n'


async def test_a_client_that_takes_nothing_is_cut_off(
    start_gateway: StartGateway, serve: Serve, reports: StandIn
) -> None:
    ended = asyncio.Event()
    reports.act = sends_for_ever(ended)
    address = await serve(reports.runner())
    gateway = await start_gateway({"svc-reports": address}, idle_timeout_s=0.2)

    reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
    writer.write(f"GET {PATH} HTTP/1.1\r\nHost: x\r\nX-API-Key: {API_KEY}\r\n\r\n".encode())
    await ended.wait()

    answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert not answer.endswith(b"\r\n0\r\n\r\n")


async def test_a_service_that_sends_nothing_more_is_given_up(
    start_gateway: StartGateway, serve: Serve, reports: StandIn
) -> None:
    reports.act = sends(b"first,", b"second", gate=asyncio.Event())
    address = await serve(reports.runner())
    gateway = await start_gateway({"svc-reports": address}, slow_read_timeout_s=0.2)

    response = await gateway.client.get(PATH)

    with pytest.raises(aiohttp.ClientPayloadError):
        await response.read()
