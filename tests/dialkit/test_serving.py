"""How a program ends: it says so with each answer, then finishes what runs."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from time import monotonic

import pytest
from aiohttp import web
from aiohttp.test_utils import unused_port
from dialkit.errors import NotFound
from dialkit.http import answer, errors_to_envelopes
from dialkit.serving import Address, CannotListen, Program
from dialkit.settings import ServingSettings

SLOW_S = 30


class Served:
    """The application being served; `go_on` lets those finish who wait in it."""

    def __init__(self, **settings: int) -> None:
        self.port = unused_port()
        self.arrived, self.go_on = asyncio.Event(), asyncio.Event()
        self.closed = False
        app = web.Application(middlewares=[errors_to_envelopes])
        app.router.add_get("/small", self.small)
        app.router.add_get("/refused", self.refused)
        app.router.add_get("/streamed", self.streamed)
        app.router.add_get("/waiting", self.waiting)
        app.router.add_post("/upload", self.upload)
        app.on_cleanup.append(self.clean_up)
        address = Address(host="127.0.0.1", port=self.port)
        self.program = Program("program", app, address, ServingSettings(**settings))

    async def small(self, _request: web.Request) -> web.Response:
        return answer("small", None)

    async def refused(self, _request: web.Request) -> web.Response:
        raise NotFound("refused")

    async def streamed(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"begun,")
        self.arrived.set()
        await self.go_on.wait()
        await response.write(b"ended")
        return response

    async def waiting(self, _request: web.Request) -> web.Response:
        self.arrived.set()
        await self.go_on.wait()
        return answer("waited", None)

    async def upload(self, request: web.Request) -> web.Response:
        self.arrived.set()
        return answer("read", len(await request.read()))

    async def clean_up(self, _app: web.Application) -> None:
        self.closed = True

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def raw(self, request: bytes) -> bytes:
        """All that comes until the connection is closed."""
        reader, writer = await self.connect()
        writer.write(request)
        try:
            async with asyncio.timeout(5):
                return await reader.read()
        finally:
            writer.close()


Start = Callable[..., Awaitable[Served]]


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    """Serve the application: `await start(drain_s=1)`."""
    served: list[Served] = []

    async def begin(**settings: int) -> Served:
        served.append(Served(**settings))
        await served[-1].program.start()
        return served[-1]

    yield begin
    for one in served:
        one.go_on.set()
        await one.program.stop()


def request(path: str, version: str = "1.1", *headers: str) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/{version}", "Host: x", *headers, "", ""]).encode()


async def fetched(reader: asyncio.StreamReader) -> bytes:
    """One answer that has a length."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(line for line in head.split(b"\r\n") if line.startswith(b"Content-Length"))
    return head + await reader.readexactly(int(length.split(b":")[1]))


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(request("/small"), id="small"),
        pytest.param(request("/streamed"), id="streamed"),
        pytest.param(request("/refused"), id="error"),
        pytest.param(request("/nothing"), id="no such path"),
        pytest.param(request("/small", "1.0", "Connection: keep-alive"), id="HTTP/1.0"),
    ],
)
async def test_while_it_drains_each_answer_says_close_and_closes(start: Start, sent: bytes) -> None:
    served = await start(drain_s=SLOW_S)
    served.go_on.set()
    draining = asyncio.create_task(served.program.drain(over := asyncio.Event()))
    await asyncio.sleep(0)

    head, _, body = (await served.raw(sent)).partition(b"\r\n\r\n")
    over.set()
    await draining

    assert [line for line in head.split(b"\r\n") if line.lower().startswith(b"connection")] == [
        b"Connection: close"
    ]
    assert body


async def test_before_that_a_connection_is_kept(start: Start) -> None:
    served = await start()
    reader, writer = await served.connect()

    for _ in range(3):
        writer.write(request("/small"))
        assert b"Connection" not in await fetched(reader)
    writer.close()


async def test_an_answer_under_way_says_close_too(start: Start) -> None:
    served = await start(drain_s=SLOW_S)
    asking = asyncio.create_task(served.raw(request("/waiting")))
    await served.arrived.wait()
    draining = asyncio.create_task(served.program.drain(over := asyncio.Event()))
    await asyncio.sleep(0)

    served.go_on.set()

    assert b"Connection: close" in await asking
    over.set()
    await draining


async def test_who_idles_less_than_the_drain_meets_no_closed_connection(start: Start) -> None:
    served, all_called = await start(drain_s=2), asyncio.Barrier(9)
    callers = [asyncio.create_task(call_until_told(served, all_called)) for _ in range(8)]
    await all_called.wait()
    await served.program.drain(asyncio.Event())
    await served.program.stop()

    assert await asyncio.gather(*callers) == ["close"] * 8


async def call_until_told(served: Served, all_called: asyncio.Barrier) -> str:
    """Call on one connection until an answer says what becomes of it; a failure is raised."""
    reader, writer = await served.connect()
    for call in range(100):
        writer.write(request("/small"))
        head = await fetched(reader)
        if told := re.search(rb"Connection: (\w+)", head):
            writer.close()
            return told[1].decode()
        if not call:
            await all_called.wait()
        await asyncio.sleep(0.5)  # it idles, for less than the drain
    raise AssertionError("never told")


async def test_the_drain_is_cut_short(start: Start) -> None:
    served = await start(drain_s=SLOW_S)
    begun, hurry = monotonic(), asyncio.Event()
    draining = asyncio.create_task(served.program.drain(hurry))
    await asyncio.sleep(0)

    hurry.set()
    await draining

    assert monotonic() - begun < 5


async def test_what_runs_is_finished_and_what_idles_is_closed(start: Start) -> None:
    served = await start()
    idle, idle_writer = await served.connect()
    idle_writer.write(request("/small"))
    await fetched(idle)
    asking = asyncio.create_task(served.raw(request("/streamed")))
    await served.arrived.wait()

    stopping = asyncio.create_task(served.program.stop())
    assert await idle.read() == b""
    with pytest.raises(ConnectionRefusedError):
        await served.connect()
    served.go_on.set()

    # Its head was sent before the end: only the closing itself can tell.
    assert (await asking).endswith(b"begun,\r\n5\r\nended\r\n0\r\n\r\n")
    await stopping
    assert served.closed
    idle_writer.close()


async def test_an_upload_under_way_is_read_to_its_end(start: Start) -> None:
    served = await start()
    reader, writer = await served.connect()
    writer.write(b"POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\n123")
    await served.arrived.wait()

    stopping = asyncio.create_task(served.program.stop())
    await refused(served)
    writer.write(b"456")

    answered = await reader.read()
    assert answered.endswith(b'{"success":true,"message":"read","data":6}')
    assert b"Connection: close" in answered
    await stopping
    writer.close()


async def refused(served: Served) -> None:
    """Wait until nobody listens."""
    while True:
        try:
            _, writer = await served.connect()
        except ConnectionError:
            return
        writer.close()
        await writer.wait_closed()


async def test_what_runs_too_long_is_cut_off_when_the_time_is_over(start: Start) -> None:
    served = await start(shutdown_s=1)
    asking = asyncio.create_task(served.raw(request("/waiting")))
    await served.arrived.wait()
    begun = monotonic()

    await served.program.stop()

    assert 1 <= monotonic() - begun < 2
    assert await asking == b""
    assert served.closed


async def test_an_address_that_is_taken_is_named_with_its_variables(start: Start) -> None:
    taken = (await start()).port
    address = Address(host="127.0.0.1", port=taken, host_variable="API_HOST")
    second = Program("second", web.Application(), address, ServingSettings())

    with pytest.raises(CannotListen) as told:
        await second.start()
    await second.stop()

    assert str(told.value) == (
        f"cannot listen on API_HOST 127.0.0.1, PORT {taken}: Address already in use"
    )
