"""Each answer carries a request id: the caller's when it is usable, else a new one."""

import io

import pytest
from aiohttp import web
from support.gateway import Gateway, StandIn

PATH = "/api/v1/phone/check"


@pytest.mark.parametrize("given", ["a", "A-z_0.9", "0" * 64])
async def test_usable_id_is_kept(gateway: Gateway, leads_stand_in: StandIn, given: str) -> None:
    response = await gateway.client.get(PATH, headers={"X-Request-ID": given})

    passed = leads_stand_in.last.headers["X-Request-ID"]
    assert (response.headers.getall("X-Request-ID"), passed) == ([given], given)


@pytest.mark.parametrize("given", ["", "0" * 65, "a b", "a\tb", "é", 'a"b', "a;b", "a/b"])
async def test_unusable_id_is_replaced(
    gateway: Gateway, leads_stand_in: StandIn, given: str
) -> None:
    response = await gateway.client.get(PATH, headers={"X-Request-ID": given})

    made = response.headers["X-Request-ID"]
    assert len(made) == 32
    assert (made != given, leads_stand_in.last.headers["X-Request-ID"]) == (True, made)


async def test_new_ids_differ(gateway: Gateway) -> None:
    ids = {(await gateway.client.get(PATH)).headers["X-Request-ID"] for _ in range(10)}

    assert len(ids) == 10


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/health", 200),
        ("GET", "/api/v1/version", 401),
        ("GET", "/nothing", 404),
        ("GET", "/api/v1/leads", 405),
        ("POST", "/api/v1/leads", 413),
    ],
)
async def test_answers_of_the_gateway_carry_it_too(
    gateway: Gateway, method: str, path: str, status: int
) -> None:
    session = gateway.client if status == 413 else gateway.stranger
    body = b"0" * (1024**2 + 1) if status == 413 else None

    response = await session.request(
        method, path, data=body and io.BytesIO(body), headers={"X-Request-ID": "mine"}
    )

    assert (response.status, response.headers["X-Request-ID"]) == (status, "mine")


async def test_id_of_a_service_is_not_shown(gateway: Gateway, leads_stand_in: StandIn) -> None:
    async def act(_request: web.Request) -> web.Response:
        return web.Response(headers={"X-Request-ID": "another"})

    leads_stand_in.act = act

    response = await gateway.client.get(PATH, headers={"X-Request-ID": "mine"})

    assert response.headers.getall("X-Request-ID") == ["mine"]
