"""Bodies on their way to a service: complete or not at all, within their limits."""

import asyncio
import gzip
import io
from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
from aiohttp import StreamReader, web
from dialkit.http import answer
from gateway.upload import Upload
from support.gateway import Act, Gateway, StandIn, StartGateway

PATH = "/api/v1/leads"
BULK = "/api/v1/leads/bulk"
HASTY = {"read_timeout_s": 0.1, "slow_read_timeout_s": 0.1}
KIB, MIB, GIB = 1024, 1024**2, 1024**3
HEAD = "POST {} HTTP/1.1\r\nHost: x\r\nX-API-Key: the-key-of-the-tests\r\n{}\r\n\r\n"


class Reader:
    """A service that tells when a body begins, and whether it ends."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.complete: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    async def act(self, request: web.Request) -> web.Response:
        await request.content.readany()
        self.begun.set()
        try:
            await request.read()
        except (Exception, asyncio.CancelledError):
            self.complete.set_result(False)
            raise
        self.complete.set_result(True)
        return answer("read", None)


@pytest.fixture
async def reader(leads_stand_in: StandIn) -> Reader:
    """What svc-leads does in this test."""
    reader = Reader()
    leads_stand_in.act = reader.act
    return reader


async def chunks(size: int) -> AsyncIterator[bytes]:
    """A body without a length."""
    for start in range(0, size, 10_000):
        yield b"0" * min(10_000, size - start)


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(
    ("path", "size"),
    [
        (PATH, 0),
        (PATH, 1),
        (PATH, 64 * KIB),
        (PATH, 64 * KIB + 1),
        (PATH, MIB),
        (BULK, MIB + 1),
        (BULK, 3 * MIB),
    ],
)
async def test_body_up_to_the_limit_passes(
    gateway: Gateway, leads_stand_in: StandIn, path: str, size: int, chunked: bool
) -> None:
    body = chunks(size) if chunked else io.BytesIO(b"0" * size)

    response = await gateway.client.post(path, data=body)

    got = leads_stand_in.last
    assert (response.status, got.body == b"0" * size) == (200, True)
    assert got.headers.get("Content-Length") == (None if chunked else str(size))


@pytest.mark.parametrize("body", [b"{not json", b"\xff\x00", b'{"a":1,"a":2}'])
async def test_json_passes_unread(gateway: Gateway, leads_stand_in: StandIn, body: bytes) -> None:
    kind = "application/json; charset=utf-7"

    await gateway.client.post(PATH, data=body, headers={"Content-Type": kind})

    got = leads_stand_in.last
    assert (got.body, got.headers["Content-Type"]) == (body, kind)


async def test_compressed_body_passes_as_it_is(gateway: Gateway, leads_stand_in: StandIn) -> None:
    body = gzip.compress(b"0" * 100_000)

    await gateway.client.post(PATH, data=body, headers={"Content-Encoding": "gzip"})

    got = leads_stand_in.last
    assert (got.body, got.headers["Content-Encoding"]) == (body, "gzip")


@pytest.mark.parametrize("length", [0, 5])
async def test_missing_content_type_stays_missing(
    gateway: Gateway, leads_stand_in: StandIn, length: int
) -> None:
    await gateway.raw(
        HEAD.format(PATH, f"Connection: close\r\nContent-Length: {length}").encode() + b"0" * length
    )

    got = leads_stand_in.last
    assert (len(got.body), "Content-Type" in got.headers) == (length, False)


@pytest.mark.parametrize(
    ("path", "length"), [(PATH, MIB + 1), (BULK, GIB + 1), ("/api/v1/campaigns/A", 2 * MIB)]
)
async def test_longer_body_is_refused_before_it_is_read(
    gateway: Gateway, leads_stand_in: StandIn, path: str, length: int
) -> None:
    method = "PUT" if path.endswith("/A") else "POST"
    head = HEAD.format(path, f"Content-Length: {length}").replace("POST", method)
    reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)

    writer.write(head.encode())
    answered = await reader.readuntil(b"}")

    assert answered.startswith(b"HTTP/1.1 413 ")
    assert answered.endswith(b'{"success":false,"error":"Body too large"}')
    assert leads_stand_in.received == []
    writer.close()


async def test_connection_serves_on_after_a_413(gateway: Gateway) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)

    writer.write(HEAD.format(PATH, f"Content-Length: {MIB + 1}").encode() + b"0" * (MIB + 1))
    writer.write(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")

    first, second = (await reader.read()).split(b"}", 1)
    assert first.startswith(b"HTTP/1.1 413 ")
    assert second.startswith(b"HTTP/1.1 200 ")
    writer.close()


async def test_chunked_body_that_grows_over_the_limit_is_a_413(
    gateway: Gateway, reader: Reader
) -> None:
    response = await gateway.client.post(PATH, data=chunks(MIB + 1))

    assert (response.status, (await response.json())["error"]) == (413, "Body too large")
    assert not await reader.complete


@pytest.mark.parametrize("framing", [f"Content-Length: {GIB}", "Transfer-Encoding: chunked"])
@pytest.mark.parametrize("path", [PATH, BULK])
async def test_client_that_leaves_leaves_an_incomplete_body(
    gateway: Gateway, reader: Reader, path: str, framing: str
) -> None:
    framing = framing.replace(str(GIB), str(MIB)) if path == PATH else framing
    _, writer = await asyncio.open_connection("127.0.0.1", gateway.port)

    writer.write(HEAD.format(path, framing).encode() + b"5\r\n12345\r\n")
    await reader.begun.wait()
    writer.close()

    assert not await reader.complete


async def test_client_that_leaves_in_a_small_body_reaches_no_service(
    gateway: Gateway, leads_stand_in: StandIn
) -> None:
    await cut_off(gateway, HEAD.format(PATH, "Content-Length: 10").encode() + b"12345")

    assert leads_stand_in.received == []


async def cut_off(gateway: Gateway, sent: bytes) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
    writer.write(sent)
    await writer.drain()
    await (await gateway.stranger.get("/health")).read()
    writer.close()
    await writer.wait_closed()
    await (await gateway.stranger.get("/health")).read()


@pytest.mark.parametrize(
    ("framing", "path"),
    [
        ("Content-Length: 10", PATH),
        (f"Content-Length: {MIB}", PATH),
        ("Transfer-Encoding: chunked", PATH),
        ("Transfer-Encoding: chunked", BULK),
        ("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 10", PATH),
    ],
)
async def test_client_that_stalls_is_told_so(
    start_gateway: StartGateway,
    serve_leads: str,
    framing: str,
    path: str,
) -> None:
    gateway = await start_gateway({"svc-leads": serve_leads}, **HASTY)
    reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)

    writer.write(HEAD.format(path, framing).encode() + b"5\r\n123")

    answered = await reader.readuntil(b"}")
    assert answered.startswith(b"HTTP/1.1 400 ")
    assert answered.endswith(b'{"success":false,"error":"Body did not arrive in time"}')
    writer.close()


async def test_service_that_does_not_read_is_too_slow(
    start_gateway: StartGateway, serve_leads: str, leads_stand_in: StandIn
) -> None:
    leads_stand_in.act = waits_for(done := asyncio.Event())
    gateway = await start_gateway({"svc-leads": serve_leads}, **HASTY)

    response = await gateway.client.post(BULK, data=io.BytesIO(b"0" * (20 * MIB)))

    assert (response.status, (await response.json())["error"]) == (504, "Service took too long")
    done.set()


def waits_for(event: asyncio.Event) -> Act:
    async def act(_request: web.Request) -> web.Response:
        await event.wait()
        return answer("done", None)

    return act


@pytest.mark.parametrize("send", [lambda: chunks(10 * MIB), lambda: io.BytesIO(b"0" * 10 * MIB)])
async def test_early_answer_of_a_service_is_passed_on(
    gateway: Gateway, leads_stand_in: StandIn, send: Callable[[], aiohttp.payload.Payload]
) -> None:
    async def act(_request: web.Request) -> web.Response:
        return web.json_response({"success": False, "error": "Unknown column: x"}, status=400)

    leads_stand_in.act = act

    for _ in range(3):
        response = await gateway.client.post(BULK, data=send())

        assert (response.status, (await response.json())["error"]) == (400, "Unknown column: x")


@pytest.mark.parametrize(("endless", "prolonged"), [(True, True), (False, False)])
async def test_time_limit_starts_anew_only_for_an_import(endless: bool, prolonged: bool) -> None:
    content = StreamReader(_Open(), 2**16)
    upload = Upload(content, limit=GIB, endless=endless)

    async with upload.within(60):
        assert upload.patience is not None
        before = upload.patience.when()
        content.feed_data(b"1")
        assert await anext(aiter(upload)) == b"1"
        after = upload.patience.when()

    assert before is not None
    assert after is not None
    assert (after > before) == prolonged


class _Open(aiohttp.base_protocol.BaseProtocol):
    def __init__(self) -> None:
        super().__init__(asyncio.get_running_loop())
