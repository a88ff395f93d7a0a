"""Each path of the contract reaches its service, and no other path anything."""

import re

import pytest
from gateway.routes import ROUTES
from support.gateway import Gateway, StandIn, endpoints

_OF_SERVICES = [row[:3] for row in endpoints() if row[0] != "gateway"]


def test_table_is_the_contracts() -> None:
    assert sorted((r.service, r.method, r.path) for r in ROUTES) == sorted(_OF_SERVICES)


@pytest.mark.parametrize(("service", "method", "path"), _OF_SERVICES)
async def test_endpoint_reaches_its_service(
    gateway: Gateway, services: dict[str, StandIn], service: str, method: str, path: str
) -> None:
    path = re.sub(r"\{[a-z_]+\}", "7", path)

    response = await gateway.client.request(method, path)

    assert (response.status, (await response.json())["message"]) == (200, service)
    assert [(r.method, r.path) for r in services[service].received] == [(method, path)]
    assert not any(s.received for name, s in services.items() if name != service)


async def test_get_routes_answer_head_without_a_body(gateway: Gateway) -> None:
    path = "/api/v1/leads/search"

    response = await gateway.client.head(path)

    shown = await (await gateway.client.get(path)).read()
    assert (response.status, response.headers["Content-Length"]) == (200, str(len(shown)))


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/api/v1",
        "/api/v1/nothing",
        "/api/v1/leads/",
        "/api/v1/leads/7/info/more",
        "/internal/v1/leads/7",
        "/api/v1/leads/../../../internal/v1/leads/7",
        "/health/",
    ],
)
async def test_path_of_no_service_is_a_404(gateway: Gateway, path: str) -> None:
    response = await gateway.raw(
        f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
    )

    head, body = response.split(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 404 ")
    assert b"application/json" in head
    assert body == b'{"success":false,"error":"Not found"}'


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/api/v1/leads", "POST"),
        ("DELETE", "/api/v1/leads/7", "PUT"),
        ("POST", "/api/v1/leads/search", "GET,HEAD,PUT"),
        ("PATCH", "/api/v1/version", "GET,HEAD"),
        ("POST", "/health", "GET,HEAD"),
        ("OPTIONS", "/api/v1/dnc", "POST"),
    ],
)
async def test_other_method_is_a_405_that_names_those_allowed(
    gateway: Gateway, method: str, path: str, allowed: str
) -> None:
    response = await gateway.stranger.request(method, path)

    assert (response.status, response.headers["Allow"]) == (405, allowed)
    assert await response.json() == {"success": False, "error": "Method not allowed"}


async def test_path_and_query_pass_as_they_were_sent(
    gateway: Gateway, leads_stand_in: StandIn
) -> None:
    target = "/api/v1/ccc/lead-info/..%2F%2e%41?a=%20+b&&=x&c=%e9&d=a=b&%41=1"

    await gateway.raw(
        f"GET {target} HTTP/1.1\r\nHost: x\r\nX-API-Key: the-key-of-the-tests\r\n"
        "Connection: close\r\n\r\n".encode()
    )

    assert f"{leads_stand_in.last.path}?{leads_stand_in.last.query}" == target
