"""Services that are away, slow, broken or talk rubbish."""

import asyncio
import socket
from collections.abc import Iterator

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import unused_port
from dialkit.http import answer
from structlog.testing import capture_logs
from support.gateway import Act, Gateway, Serve, ServeRaw, StandIn, StartGateway, Talk, settings

GET = "/api/v1/phone/check"
POST = "/api/v1/leads"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK"


async def failed(response: aiohttp.ClientResponse) -> tuple[int, object]:
    told = await response.json()
    assert not told["success"]
    return response.status, told["error"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_service_not_configured_is_a_503(start_gateway: StartGateway, method: str) -> None:
    gateway = await start_gateway({})

    response = await gateway.client.request(method, GET)

    assert response.status == 503
    if method == "GET":
        assert await failed(response) == (503, "Service not available")


async def test_service_that_is_down_affects_only_its_own_paths(
    start_gateway: StartGateway, serve: Serve, services: dict[str, StandIn]
) -> None:
    lists = await serve(services["svc-lists"].runner())
    nobody = f"http://127.0.0.1:{unused_port()}"
    gateway = await start_gateway({"svc-leads": nobody, "svc-lists": lists})

    for response in (await gateway.client.get(GET), await gateway.client.post(POST, json={})):
        assert await failed(response) == (503, "Service not available")
    assert (await gateway.client.get("/api/v1/campaigns")).status == 200


@pytest.fixture
def deaf_address() -> Iterator[str]:
    """Where connections are neither taken nor refused: the queue of a listener is full."""
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for waiting in (first, second):
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


async def test_service_that_takes_no_connection_is_a_503(
    start_gateway: StartGateway, deaf_address: str
) -> None:
    gateway = await start_gateway({"svc-leads": deaf_address}, connect_timeout_s=0.1)

    response = await gateway.client.get(GET)

    assert await failed(response) == (503, "Service not available")


@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
async def test_service_that_does_not_answer_is_a_504(
    start_gateway: StartGateway, serve_raw: ServeRaw, method: str
) -> None:
    async def talk(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.read()

    gateway = await start_gateway(dict.fromkeys(ALL, await serve_raw(talk)), read_timeout_s=0.1)

    response = await gateway.client.request(method, PATHS[method])

    assert await failed(response) == (504, "Service took too long")


SLOW = [
    pytest.param("PUT", "/api/v1/lists/101", id="deletion of a list"),
    pytest.param("POST", "/api/v1/lists", id="new list with copied fields"),
    pytest.param("POST", "/api/v1/lists/101/custom-fields", id="new field"),
    pytest.param("PUT", "/api/v1/lists/101/custom-fields", id="changed field"),
    pytest.param("DELETE", "/api/v1/lists/101/custom-fields/1", id="deleted field"),
]


@pytest.mark.parametrize(("method", "path"), SLOW)
async def test_what_copies_tables_or_deletes_leads_has_more_time(
    start_gateway: StartGateway, serve: Serve, services: dict[str, StandIn], method: str, path: str
) -> None:
    done = asyncio.Event()

    async def act(_request: web.Request) -> web.Response:
        await done.wait()
        return answer("done", None)

    services["svc-lists"].act = act
    urls = {"svc-lists": await serve(services["svc-lists"].runner())}
    gateway = await start_gateway(urls, read_timeout_s=0.1)

    slow = asyncio.create_task(gateway.client.request(method, path, json={}))
    quick = await gateway.client.get("/api/v1/campaigns")
    done.set()

    assert await failed(quick) == (504, "Service took too long")
    assert (await slow).status == 200


def test_limits_of_time_are_those_of_the_contract() -> None:
    plain = settings({})

    assert plain.slow_read_timeout_s == 60
    assert plain.read_timeout_s < plain.slow_read_timeout_s


ALL = ("svc-leads", "svc-lists")
PATHS = {"GET": GET, "POST": POST, "PUT": "/api/v1/leads/7", "DELETE": "/api/v1/dnc/5551234567"}


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"rubbish\r\n\r\n", id="rubbish"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Len", id="half a header"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", id="no length"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", id="half a small body"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: " + b"0" * 200_000 + b"\r\n\r\n", id="endless header"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
async def test_unusable_answer_is_a_502_and_no_change_is_sent_twice(
    start_gateway: StartGateway, serve_raw: ServeRaw, method: str, said: bytes
) -> None:
    requests = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        requests.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(said)
        await writer.drain()

    gateway = await start_gateway(dict.fromkeys(ALL, await serve_raw(talk)))

    response = await gateway.client.request(method, PATHS[method])

    assert await failed(response) == (502, "Service gave no usable answer")
    assert len(requests) <= (2 if method == "GET" else 1)


async def test_read_whose_connection_broke_is_sent_again(
    start_gateway: StartGateway, serve_raw: ServeRaw
) -> None:
    said = [OK, b""]

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(said.pop())

    gateway = await start_gateway({"svc-leads": await serve_raw(talk)})

    response = await gateway.client.get(GET)

    assert (response.status, await response.text(), said) == (200, "OK", [])


@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
async def test_connection_that_a_service_has_closed_is_not_used_again(
    start_gateway: StartGateway, serve_raw: ServeRaw, method: str
) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK)

    gateway = await start_gateway(dict.fromkeys(ALL, await serve_raw(talk)))

    for _ in range(5):
        response = await gateway.client.request(method, PATHS[method])
        assert (response.status, await response.text()) == (200, "OK")
        await (await gateway.stranger.get("/health")).read()


def breaks_off(head: bytes, body: bytes, waits: bool) -> Talk:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n" + body)
        await writer.drain()
        if waits:
            await reader.read()

    return talk


@pytest.mark.parametrize("waits", [False, True])
@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"Content-Length: 100000", b"0" * 70_000),
        (b"Transfer-Encoding: chunked", b"5\r\n12345\r\n"),
    ],
)
async def test_answer_that_breaks_off_has_no_clean_end(
    start_gateway: StartGateway, serve_raw: ServeRaw, head: bytes, body: bytes, waits: bool
) -> None:
    service = await serve_raw(breaks_off(head, body, waits))
    gateway = await start_gateway({"svc-leads": service}, read_timeout_s=0.1)

    with capture_logs() as logs:
        response = await gateway.client.get(GET)
        with pytest.raises(aiohttp.ClientPayloadError):
            await response.read()

    assert response.status == 200
    assert [(line["event"], line["path"]) for line in logs] == [("answer broke off", GET)]


async def test_client_that_leaves_in_an_answer_ends_it(
    gateway: Gateway, leads_stand_in: StandIn
) -> None:
    ended = asyncio.Event()
    leads_stand_in.act = answers_without_end(ended)

    response = await gateway.client.get(GET)
    await response.content.readany()
    response.close()

    await ended.wait()


def answers_without_end(ended: asyncio.Event) -> Act:
    async def act(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b"0" * 10_000)
        finally:
            ended.set()

    return act


@pytest.mark.parametrize("status", [200, 400, 404, 409, 415, 429, 500, 503])
async def test_answer_of_a_service_passes_as_it_is(
    gateway: Gateway, leads_stand_in: StandIn, status: int
) -> None:
    async def act(_request: web.Request) -> web.Response:
        return web.Response(status=status, body=b'{"as": "it is"}', content_type="application/json")

    leads_stand_in.act = act

    response = await gateway.client.post(POST, json={})

    assert (response.status, await response.read()) == (status, b'{"as": "it is"}')


async def test_server_errors_are_logged_without_the_query(
    start_gateway: StartGateway,
) -> None:
    gateway = await start_gateway({})

    with capture_logs() as logs:
        await gateway.client.get(f"{GET}?a=secret", headers={"X-Request-ID": "mine"})
        await gateway.client.get("/api/v1/nothing")

    assert logs == [
        {
            "event": "request failed",
            "log_level": "warning",
            "status": 503,
            "id": "mine",
            "method": "GET",
            "path": GET,
            "service": "svc-leads",
        }
    ]
