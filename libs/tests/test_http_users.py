"""Whom a request is about and who asks, also where it is refused."""

from collections.abc import Mapping
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from dialkit import fields
from dialkit.http import AGENT_USER, answer, errors_to_envelopes, takes
from dialkit.tokens import CALLER, Caller
from pytest_aiohttp import AiohttpClient

Client = TestClient[Any, Any]
# The tag, and the login that it is about.
Noted = tuple[str, str | None]
NAMES = ("agent_user", "user")


class Count(fields.NewBody):
    """A body without `user`."""

    agent_user = fields.Text(5)
    count = fields.Integer(1, 5)


class Own(Count):
    """A body with a `user` of its own, unless there is an agent."""

    user = fields.Text(5)

    def keeps_user(self, given: Mapping[str, Any]) -> bool:
        return "agent_user" not in given


class Which(fields.Query):
    """A query with a login."""

    agent_user = fields.Text(5)
    count = fields.Integer(1, 5)


class Path(fields.Query):
    """A path with a login."""

    agent_user = fields.Text(5)


@pytest.fixture
def noted() -> list[Noted]:
    """What the API log would have of each request."""
    return []


@pytest.fixture
async def client(aiohttp_client: AiohttpClient, noted: list[Noted]) -> Client:
    """Answers with what each endpoint got."""

    @web.middleware
    async def note(request: web.Request, handler: Any) -> web.StreamResponse:
        request[CALLER] = Caller(request.headers.get("X-Tag", ""), "192.0.2.7", "gateway")
        response: web.StreamResponse = await handler(request)
        noted.append((request[CALLER].tag, request.get(AGENT_USER)))
        return response

    async def show(_request: web.Request, **given: Any) -> web.Response:
        return answer("Taken", given)

    app = web.Application(middlewares=[note, errors_to_envelopes])
    app.router.add_post("/plain", takes("plain", body=Count())(show))
    app.router.add_post("/body", takes("body", about="agent_user", body=Count())(show))
    app.router.add_post("/own", takes("own", about=NAMES, body=Own())(show))
    app.router.add_get("/query", takes("query", about=NAMES, query=Which())(show))
    about_path = takes("path", about="agent_user", path=Path(), query=Which(), body=Count())
    app.router.add_post("/path/{agent_user}", about_path(show))
    return await aiohttp_client(app)


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        pytest.param("/plain", {"agent_user": "a"}, ("api", None), id="nothing is said"),
        pytest.param("/plain", {"user": "boss"}, ("boss", None), id="tag alone"),
        pytest.param("/body", {"agent_user": "a"}, ("api", "a"), id="agent"),
        pytest.param("/body", {"agent_user": 7}, ("api", "7"), id="number"),
        pytest.param("/body", {"agent_user": "a", "user": "boss"}, ("boss", "a"), id="both"),
        pytest.param("/body", {"user": "boss"}, ("boss", None), id="tag is no agent"),
        pytest.param("/own", {"user": "a"}, ("api", "a"), id="own user"),
        pytest.param("/own", {"user": "boss", "agent_user": "a"}, ("boss", "a"), id="tag beside"),
        pytest.param("/path/a", {"agent_user": None}, ("api", "a"), id="path"),
    ],
)
async def test_tag_and_login_are_noted_whether_the_body_is_taken_or_refused(
    client: Client, noted: list[Noted], path: str, body: dict[str, Any], expected: Noted
) -> None:
    taken = await client.post(path, json=body)
    refused = await client.post(path, json=body | {"count": 9})

    assert (taken.status, refused.status) == (200, 400)
    assert list((await refused.json())["details"]) == ["count"]
    assert noted == [expected] * 2


@pytest.mark.parametrize("login", [None, ["a"], {"a": 1}, 1.5])
async def test_what_is_no_login_is_not_noted(
    client: Client, noted: list[Noted], login: object
) -> None:
    await client.post("/body", json={"agent_user": login})

    assert noted == [("api", None)]


async def test_a_login_that_is_refused_is_noted(client: Client, noted: list[Noted]) -> None:
    response = await client.post("/body", json={"agent_user": "too long"})

    assert response.status == 400
    assert noted == [("api", "too long")]


@pytest.mark.parametrize(("count", "status"), [("1", 200), ("9", 400)])
async def test_a_login_of_the_query_is_noted(
    client: Client, noted: list[Noted], count: str, status: int
) -> None:
    response = await client.get("/query", params={"agent_user": "a", "count": count})

    assert response.status == status
    assert noted == [("api", "a")]


@pytest.mark.parametrize("path", ["/plain", "/body", "/own"])
async def test_a_bad_tag_is_refused_alone_and_the_login_noted(
    client: Client, noted: list[Noted], path: str
) -> None:
    response = await client.post(path, json={"agent_user": "a", "user": "a b", "count": 9})

    assert response.status == 400
    assert list((await response.json())["details"]) == ["user"]
    assert noted == [("api", None if path == "/plain" else "a")]


async def test_a_user_that_the_body_keeps_is_no_tag(client: Client, noted: list[Noted]) -> None:
    response = await client.post("/own", json={"user": "a b"}, headers={"X-Tag": "boss"})

    assert (await response.json())["data"] == {"body": {"user": "a b"}}
    assert noted == [("boss", "a b")]


async def test_a_tag_of_the_header_goes_before_that_of_the_body(
    client: Client, noted: list[Noted]
) -> None:
    await client.post("/body", json={"user": "clerk"}, headers={"X-Tag": "boss"})

    assert noted == [("boss", None)]
