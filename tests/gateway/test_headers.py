"""Which headers pass the gateway, and which stay on their side."""

import gzip

import pytest
from aiohttp import web
from multidict import CIMultiDict
from support.gateway import Act, Gateway, StandIn

GET = "/api/v1/phone/check"


def answers(headers: dict[str, str], body: bytes = b"{}", status: int = 200) -> Act:
    async def act(_request: web.Request) -> web.Response:
        return web.Response(status=status, body=body, headers=headers)

    return act


async def test_service_sees_only_what_it_needs(gateway: Gateway, leads_stand_in: StandIn) -> None:
    await gateway.client.post(
        "/api/v1/leads",
        data=b"{}",
        headers={
            "Accept": "text/csv",
            "Accept-Encoding": "gzip",
            "Authorization": "Bearer of-the-client",
            "Content-Type": "application/json",
            "Cookie": "a=b",
            "Origin": "x",
            "User-Agent": "x",
            "X-Forwarded-For": "192.0.2.7",
            "X-Request-ID": "mine",
            "X-User": "6666",
        },
    )

    headers = CIMultiDict(leads_stand_in.last.headers)
    assert headers.pop("Host").startswith("127.0.0.1:")
    assert headers.pop("Authorization") != "Bearer of-the-client"
    assert headers == {
        "Accept": "text/csv",
        "Accept-Encoding": "identity",
        "Content-Length": "2",
        "Content-Type": "application/json",
        "User-Agent": "gateway",
        "X-Request-ID": "mine",
    }


async def test_header_that_a_client_names_in_connection_stays(
    gateway: Gateway, leads_stand_in: StandIn
) -> None:
    await gateway.client.get(
        GET, headers={"Connection": "keep-alive, ACCEPT", "Accept": "text/csv"}
    )

    assert leads_stand_in.last.headers["Accept"] == "*/*"


async def test_client_sees_what_is_meant_for_it(gateway: Gateway, leads_stand_in: StandIn) -> None:
    meant = {
        "Cache-Control": "no-store",
        "Content-Disposition": 'attachment; filename="a.csv"',
        "Content-Type": "text/csv; charset=utf-8",
        "ETag": '"1"',
        "Link": '</api/v1/phone/check?cursor=%20x>; rel="next"',
        "Retry-After": "7",
    }
    kept = {"Set-Cookie": "a=b", "X-Internal": "1", "Keep-Alive": "timeout=5", "Upgrade": "x"}
    leads_stand_in.act = answers(meant | kept)

    for _ in range(2):
        response = await gateway.client.get(GET)

        own = {"date", "server", "content-length", "x-request-id"}
        shown = {name.lower(): value for name, value in response.headers.items()}
        assert {name: shown[name] for name in shown.keys() - own} == {
            name.lower(): value for name, value in meant.items()
        }


async def test_header_that_a_service_names_in_connection_stays(
    gateway: Gateway, leads_stand_in: StandIn
) -> None:
    leads_stand_in.act = answers({"Connection": "Link, close", "Link": "<x>", "Retry-After": "7"})

    response = await gateway.client.get(GET)

    assert ("Link" in response.headers, response.headers["Retry-After"]) == (False, "7")


@pytest.mark.parametrize("size", [100, 1_000_000])
async def test_encoded_answer_passes_as_it_is(
    gateway: Gateway, leads_stand_in: StandIn, size: int
) -> None:
    body = gzip.compress(bytes(range(256)) * (size // 256), compresslevel=0)
    leads_stand_in.act = answers({"Content-Encoding": "gzip"}, body)

    response = await gateway.client.get(GET, auto_decompress=False)

    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Content-Length"] == str(len(body))
    assert await response.read() == body


async def test_answer_without_body_has_none(gateway: Gateway, leads_stand_in: StandIn) -> None:
    leads_stand_in.act = answers({}, b"", 204)

    response = await gateway.client.get(GET)

    assert (response.status, await response.read()) == (204, b"")


async def test_large_answer_of_unknown_length_passes(
    gateway: Gateway, leads_stand_in: StandIn
) -> None:
    pieces = [bytes([number]) * 50_000 for number in range(100)]

    async def act(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/csv"})
        await response.prepare(request)
        for piece in pieces:
            await response.write(piece)
        return response

    leads_stand_in.act = act

    response = await gateway.client.get(GET, headers={"X-Request-ID": "mine"})

    assert (response.content_type, response.headers["X-Request-ID"]) == ("text/csv", "mine")
    assert await response.read() == b"".join(pieces)


async def test_cookies_of_a_service_are_forgotten(
    gateway: Gateway, leads_stand_in: StandIn
) -> None:
    leads_stand_in.act = answers({"Set-Cookie": "a=b"})
    await gateway.client.get(GET)
    leads_stand_in.act = None

    await gateway.client.get(GET)

    assert "Cookie" not in leads_stand_in.last.headers
