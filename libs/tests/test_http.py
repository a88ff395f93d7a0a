"""What an endpoint declares that it takes, ids that paths name, and the way to the next page."""

from typing import Any
from urllib.parse import quote

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, make_mocked_request
from dialkit import fields
from dialkit.http import (
    answer,
    errors_to_envelopes,
    load,
    next_page,
    path_number,
    path_text,
    takes,
)
from dialkit.tokens import CALLER, Caller
from pytest_aiohttp import AiohttpClient

Client = TestClient[Any, Any]
MISSING = "Nothing of that number"


class NumberPath(fields.Query):
    """A phone number in the path."""

    phone = fields.Phone(6, 10, required=True)


class Wish(fields.Query):
    """How many of it, in the query."""

    count = fields.Integer(1, 5, load_default=1)


@pytest.fixture
async def client(aiohttp_client: AiohttpClient) -> Client:
    """Answers what the endpoint got."""

    @takes("show", path=NumberPath(), query=Wish())
    async def show(
        _request: web.Request, path: dict[str, Any], query: dict[str, Any]
    ) -> web.Response:
        return answer("Taken", {"path": path, "query": query})

    @takes("find", query=Wish())
    async def find(request: web.Request, query: dict[str, Any]) -> web.Response:
        number = path_number(request, "number", most=4_294_967_295, missing=MISSING)
        return answer("Taken", number * query["count"])

    @takes("name")
    async def name(request: web.Request) -> web.Response:
        return answer("Taken", path_text(request, "name", most=10, missing=MISSING))

    app = web.Application(middlewares=[errors_to_envelopes])
    app.router.add_get("/names/{name}", name)
    app.router.add_get("/phones/{phone}", show)
    app.router.add_get("/numbers/{number}", find)
    return await aiohttp_client(app)


async def test_what_the_path_says_is_taken_like_a_field(client: Client) -> None:
    response = await client.get("/phones/(555)%20123-4567", params={"count": "3"})

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "Taken",
        "data": {"path": {"phone": "5551234567"}, "query": {"count": 3}},
    }


async def test_a_bad_value_of_the_path_is_refused_by_name(client: Client) -> None:
    response = await client.get("/phones/12345", params={"count": "9"})

    assert response.status == 400
    assert await response.json() == {
        "success": False,
        "error": "Invalid parameters: phone: Must be 6 to 10 digits",
        "details": {"phone": ["Must be 6 to 10 digits"]},
    }


async def test_a_query_does_not_change_what_the_path_says(client: Client) -> None:
    response = await client.get("/phones/5551234567", params={"phone": "5550000000"})

    assert (await response.json())["data"]["path"] == {"phone": "5551234567"}


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("7", 7), ("007", 7), ("4294967295", 4_294_967_295), ("%37", 7)],
)
async def test_a_number_of_the_path(client: Client, text: str, number: int) -> None:
    response = await client.get(f"/numbers/{text}")

    assert (response.status, (await response.json())["data"]) == (200, number)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("4294967296", id="too large"),
        pytest.param("9" * 20, id="much too large"),
        pytest.param("0" * 20 + "7", id="too long"),
        pytest.param("9" * 5000, id="endless"),
        pytest.param("-1", id="below zero"),
        pytest.param("+1", id="plus"),
        pytest.param("1.0", id="decimal"),
        pytest.param("1_0", id="underscore"),
        pytest.param("x", id="letter"),
        pytest.param("%201", id="space"),
        pytest.param("1%0A", id="line break"),
        pytest.param("%00", id="zero byte"),
        pytest.param("%D9%A1", id="other digit"),
    ],
)
async def test_what_can_be_no_number_is_not_found(client: Client, text: str) -> None:
    response = await client.get(f"/numbers/{text}")

    assert response.status == 404
    assert await response.json() == {"success": False, "error": MISSING}


@pytest.mark.parametrize("text", ["a", "Zoë 1", "a/b", "<%>", "x" * 10, " ", "\uffef"])
async def test_a_name_of_the_path_is_taken_as_it_is(client: Client, text: str) -> None:
    response = await client.get(f"/names/{quote(text, safe='')}")

    assert (response.status, (await response.json())["data"]) == (200, text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x" * 11, id="too long"),
        pytest.param("a\nb", id="line break"),
        pytest.param("a\0", id="zero byte"),
        pytest.param("\u2028", id="line separator"),
        pytest.param("😀", id="what utf8mb3 has not"),
    ],
)
async def test_what_can_be_no_name_is_not_found(client: Client, text: str) -> None:
    response = await client.get(f"/names/{quote(text, safe='')}")

    assert response.status == 404
    assert await response.json() == {"success": False, "error": MISSING}


@pytest.mark.parametrize(
    ("url", "end", "link"),
    [
        ("/calls", "7", "/calls?before=7"),
        ("/calls?limit=5", "7", "/calls?limit=5&before=7"),
        ("/calls?before=9&limit=5", "7", "/calls?before=7&limit=5"),
        ("/calls?after=9", "7", "/calls?after=9&before=7"),
        ("/calls", 'a&b=c>;"\r\n', "/calls?before=a%26b%3Dc%3E%3B%22%0D%0A"),
    ],
)
def test_the_next_page_begins_where_the_parameter_says(url: str, end: str, link: str) -> None:
    headers = next_page(make_mocked_request("GET", url), end, parameter="before")

    assert headers == {"Link": f'<{link}>; rel="next"'}


def test_the_next_page_comes_after_an_end_if_nothing_else_is_said() -> None:
    request = make_mocked_request("GET", "/calls?limit=5&after=3")

    assert next_page(request, "7") == {"Link": '</calls?limit=5&after=7>; rel="next"'}


@pytest.mark.parametrize("parameter", ["after", "before"])
def test_there_is_no_page_after_the_last(parameter: str) -> None:
    request = make_mocked_request("GET", "/calls?before=9")

    assert next_page(request, None, parameter=parameter) is None


def test_names_that_no_schema_knows_are_not_remembered() -> None:
    wish = Wish()
    load(wish, {"count": "2"})
    known = fields.narrowed.cache_info().currsize

    for number in range(50):
        assert load(wish, {"count": "2", f"unheard-of-{number}": 1}) == {"count": 2}

    assert fields.narrowed.cache_info().currsize == known


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(None, 200, id="none"),
        pytest.param({}, 200, id="empty"),
        pytest.param({"user": "6666", "api_key": "x"}, 200, id="who asks"),
        pytest.param({"count": 2}, 400, id="a parameter in the wrong place"),
        pytest.param({"x": 1}, 400, id="anything else"),
    ],
)
async def test_a_deletion_whose_body_would_be_passed_over_is_refused(
    aiohttp_client: AiohttpClient, body: dict[str, Any] | None, status: int
) -> None:
    @takes("delete", query=Wish())
    async def delete(_request: web.Request, query: dict[str, Any]) -> web.Response:
        return answer("Deleted", query)

    app = web.Application(middlewares=[errors_to_envelopes, as_caller])
    app.router.add_delete("/things", delete)
    client = await aiohttp_client(app)

    response = (
        await client.delete("/things", json=body)
        if body is not None
        else (await client.delete("/things"))
    )

    assert response.status == status


@web.middleware
async def as_caller(request: web.Request, handler: Any) -> web.StreamResponse:
    """The gateway's caller, without a token."""
    request[CALLER] = Caller("", "192.0.2.7", "gateway")
    response: web.StreamResponse = await handler(request)
    return response
