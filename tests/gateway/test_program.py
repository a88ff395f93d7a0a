"""The program itself: how it starts, how it ends, and how much memory it takes."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import psutil
import pytest
from aiohttp import web
from aiohttp.test_utils import unused_port
from dialkit.http import answer
from support.gateway import API_KEY, TOKEN_KEYS, StandIn

BULK = "/api/v1/leads/bulk"
MIB = 1024**2
SIZE = 200 * MIB
ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "API_KEY": API_KEY,
    "LOG_FORMAT": "text",
    "INTERNAL_JWT_KEYS": f"k1:{TOKEN_KEYS.by_id['k1']}",
}

Start = Callable[..., Awaitable[Process]]


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    """Start `python -m gateway` with these variables set (or left out, where None)."""
    processes = []

    async def run(**variables: str | None) -> Process:
        given = {k: v for k, v in (ENVIRONMENT | variables).items() if v is not None}
        command = (sys.executable, "-m", "gateway")
        processes.append(await asyncio.create_subprocess_exec(*command, env=given, stderr=PIPE))
        return processes[-1]

    yield run
    for process in processes:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("API_KEY", None),
        ("API_KEY", ""),
        ("API_KEY", " key"),
        ("API_PORT", "port"),
        ("INTERNAL_JWT_KEYS", None),
        ("INTERNAL_JWT_KEYS", "k1:short"),
        ("TRUSTED_PROXIES", "10.0.0.0/99"),
        ("TIMEZONE", "Mars/Olympus"),
        ("EXPORT_IDLE_SECONDS", "0"),
        ("REPORT_SECONDS", "soon"),
    ],
)
async def test_bad_setting_ends_the_start_with_one_line_that_names_it(
    start: Start, name: str, value: str | None
) -> None:
    process = await start(**{name: value})

    _, said = await process.communicate()
    assert process.returncode == 1
    assert said.count(b"\n") == 1
    assert said.startswith(b"gateway: ")
    assert f"'{name}'".encode() in said
    assert API_KEY.encode() not in said


async def test_port_that_is_taken_is_named(start: Start) -> None:
    taken = await asyncio.start_server(lambda _r, w: w.close(), "127.0.0.1", 0)
    port = taken.sockets[0].getsockname()[1]

    process = await start(API_PORT=str(port))

    _, said = await process.communicate()
    assert (process.returncode, said.count(b"\n")) == (1, 1)
    assert f"API_PORT {port}".encode() in said
    taken.close()


@pytest.fixture
def variables() -> dict[str, str]:
    """Other settings of the program, for `parametrize`."""
    return {}


@pytest.fixture
async def program(
    start: Start, serve_leads: str, variables: dict[str, str]
) -> AsyncIterator["Program"]:
    """The gateway as a program before the stand-in of svc-leads."""
    port = unused_port()
    process = await start(API_PORT=str(port), SVC_LEADS_URL=serve_leads, **variables)
    assert process.stderr is not None
    assert b"ready" in await process.stderr.readline()
    headers = {"X-API-Key": API_KEY}
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}", headers=headers) as client:
        yield Program(process, client, port)


class Program:
    """A running gateway, and a client of it."""

    def __init__(self, process: Process, client: aiohttp.ClientSession, port: int) -> None:
        self.process = process
        self.client = client
        self.port = port
        self._ps = psutil.Process(process.pid)

    def memory(self) -> int:
        """Its resident memory."""
        return self._ps.memory_info().rss

    async def until_not_ready(self) -> Any:
        """What it says when it is ready no more."""
        while True:
            async with self.client.get("/health/ready") as response:
                if response.status == 503:
                    return await response.json()


async def test_stop_signal_lets_requests_end(program: Program, leads_stand_in: StandIn) -> None:
    arrived, go_on = asyncio.Event(), asyncio.Event()

    async def act(_request: web.Request) -> web.Response:
        arrived.set()
        await go_on.wait()
        return answer("done", None)

    leads_stand_in.act = act
    asking = asyncio.create_task(program.client.get("/api/v1/phone/check"))
    await arrived.wait()

    program.process.send_signal(signal.SIGTERM)
    await refused(program.client)
    go_on.set()

    assert (await asking).status == 200
    assert await program.process.wait() == 0


@pytest.mark.parametrize("variables", [{"DRAIN_SECONDS": "50"}])
async def test_first_stop_signal_lets_go_of_the_callers_and_the_second_ends(
    program: Program,
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", program.port)
    writer.write(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
    assert b"Connection" not in await reader.readuntil(b"}")

    program.process.send_signal(signal.SIGTERM)
    ready = await program.until_not_ready()
    answers = [
        await program.client.get("/health/live"),
        await program.client.get("/api/v1/phone/check"),
        await program.client.get("/api/v1/phone/check", headers={"X-API-Key": "wrong"}),
        await program.client.get("/api/v1/nothing"),
    ]
    writer.write(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
    last = await reader.read()
    program.process.send_signal(signal.SIGINT)

    assert ready == {"success": False, "error": "Shutting down"}
    assert [response.status for response in answers] == [200, 200, 401, 404]
    assert {response.headers.get("Connection") for response in answers} == {"close"}
    assert b"\r\nConnection: close\r\n" in last
    assert await program.process.wait() == 0
    writer.close()


async def refused(client: aiohttp.ClientSession) -> None:
    """Ask until nobody listens any more."""
    while True:
        try:
            await (await client.get("/health", headers={"Connection": "close"})).read()
        except aiohttp.ClientConnectionError:
            return


async def test_200_mb_pass_to_a_service_in_constant_memory(
    program: Program, leads_stand_in: StandIn
) -> None:
    await (await program.client.post(BULK, data=b"0" * MIB)).read()
    before, peak, size = program.memory(), 0, 0

    async def act(request: web.Request) -> web.Response:
        nonlocal peak, size
        async for piece in request.content.iter_chunked(MIB):
            size += len(piece)
            peak = max(peak, program.memory())
        return answer("read", None)

    leads_stand_in.act = act
    response = await program.client.post(BULK, data=pieces())

    assert (response.status, size) == (200, SIZE)
    assert peak - before < 20 * MIB


async def pieces() -> AsyncIterator[bytes]:
    piece = b"0" * MIB
    for _ in range(SIZE // MIB):
        yield piece


async def test_200_mb_pass_to_a_client_in_constant_memory(
    program: Program, leads_stand_in: StandIn
) -> None:
    async def act(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        response.content_length = SIZE
        await response.prepare(request)
        async for piece in pieces():
            await response.write(piece)
        return response

    await (await program.client.get("/api/v1/leads/search")).read()
    before, peak, size = program.memory(), 0, 0
    leads_stand_in.act = act

    response = await program.client.get("/api/v1/leads/search")
    async for piece in response.content.iter_chunked(MIB):
        size += len(piece)
        peak = max(peak, program.memory())

    assert (response.status, size) == (200, SIZE)
    assert peak - before < 20 * MIB
