"""Bodies: what is read, and what is refused because somebody would have to guess."""

import json
from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from dialkit.body import load_form, load_json, read_fields
from dialkit.errors import BadRequest, InvalidInput
from dialkit.http import answer, errors_to_envelopes
from hypothesis import given
from hypothesis import strategies as st
from pytest_aiohttp import AiohttpClient

Client = TestClient[Any, Any]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@pytest.fixture
async def echo(aiohttp_client: AiohttpClient) -> Client:
    """Answers the fields of what is sent to it."""

    async def show(request: web.Request) -> web.Response:
        return answer("Read", await read_fields(request))

    app = web.Application(middlewares=[errors_to_envelopes])
    app.router.add_post("/", show)
    return await aiohttp_client(app)


async def test_an_object_is_read(echo: Client) -> None:
    assert await read(echo, b'{"a": "\xc3\xa4", "b": [1]}') == {"a": "ä", "b": [1]}


async def test_no_body_is_an_empty_object(echo: Client) -> None:
    assert await read(echo, b"") == {}
    assert await read(echo, b"", content_type="text/html") == {}


async def test_a_form_is_read(echo: Client) -> None:
    form = "application/x-www-form-urlencoded"

    assert await read(echo, b"a=1&b=+x%C3%A4%2B&c=", content_type=form) == {
        "a": "1", "b": " xä+", "c": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    "content_type",
    ["application/json; charset=UTF-8", "application/json;charset=us-ascii", "Application/JSON"],
)
async def test_the_media_type_may_carry_parameters(echo: Client, content_type: str) -> None:
    assert await read(echo, b'{"a": 1}', content_type=content_type) == {"a": 1}


@pytest.mark.parametrize(
    ("headers", "error"),
    [
        ({"Content-Type": "text/plain"}, "Unsupported media type: send application/json or"),
        ({"Content-Type": ""}, "Unsupported media type"),
        ({"Content-Type": "application/json; charset=utf-16"}, "the body must be UTF-8"),
        ({"Content-Type": "application/json", "Content-Encoding": "gzip"}, "without encoding"),
    ],
)
async def test_what_cannot_be_read_is_a_415(
    echo: Client, headers: dict[str, str], error: str
) -> None:
    async with echo.post("/", data=b'{"a": 1}', headers=headers) as response:
        envelope = await response.json()

    assert response.status == 415
    assert error in envelope["error"]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        pytest.param(b"[1]", "Body must be a JSON object", id="array"),
        pytest.param(b"null", "Body must be a JSON object", id="null"),
        pytest.param(b'"a"', "Body must be a JSON object", id="string"),
        pytest.param(b'{"a": 1', "Body is not valid JSON: ", id="cut off"),
        pytest.param(b'{"a": 1}}', "Body is not valid JSON: Extra data", id="too long"),
        pytest.param(b"{'a': 1}", "Body is not valid JSON: ", id="other quotes"),
        pytest.param(b'{"a": NaN}', "NaN is not a JSON value", id="NaN"),
        pytest.param(b'{"a": -Infinity}', "-Infinity is not a JSON value", id="infinity"),
        pytest.param(b'{"a": "\xff"}', "Body is not valid UTF-8", id="not UTF-8"),
        pytest.param(b'{"a": "\\ud83d"}', "half of a surrogate pair", id="half a character"),
        pytest.param(b'{"\\ud83d": 1}', "half of a surrogate pair", id="half a name"),
        pytest.param(b'{"a":' + b"[" * 100_000, "nested too deeply", id="deep"),
        pytest.param(b'{"a": ' + b"9" * 5000 + b"}", "Body is not valid JSON", id="huge number"),
        pytest.param(b"\xef\xbb\xbf{}", "Body is not valid JSON", id="byte order mark"),
    ],
)
async def test_what_is_no_json_object_is_a_400(echo: Client, body: bytes, error: str) -> None:
    async with echo.post("/", data=body, headers={"Content-Type": "application/json"}) as response:
        envelope = await response.json()

    assert response.status == 400
    assert error in envelope["error"]


async def test_a_whole_surrogate_pair_is_a_character(echo: Client) -> None:
    assert await read(echo, b'{"a": "\\ud83d\\ude00"}') == {"a": "😀"}


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"list_id": 1, "a": 2, "list_id": 3}'),
        ("application/x-www-form-urlencoded", b"list_id=1&a=2&list_id=3"),
    ],
)
async def test_a_field_given_twice_is_a_400_that_names_it(
    echo: Client, content_type: str, body: bytes
) -> None:
    async with echo.post("/", data=body, headers={"Content-Type": content_type}) as response:
        envelope = await response.json()

    assert response.status == 400
    assert envelope["details"] == {"list_id": ["Given more than once"]}


async def test_a_body_beyond_the_limit_is_a_413(echo: Client) -> None:
    body = BytesIO(b'{"a": "' + b"x" * 1024**2 + b'"}')
    async with echo.post("/", data=body, headers={"Content-Type": "application/json"}) as response:
        envelope = await response.json()

    assert response.status == 413
    assert envelope == {"success": False, "error": "Body too large"}


@given(json_values)
def test_json_is_read_as_json(value: Any) -> None:
    assert load_json(json.dumps(value).encode()) == value


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    for read_bytes in (load_json, load_form):
        with suppress(BadRequest):
            read_bytes(raw)


def test_a_form_has_a_bounded_number_of_fields() -> None:
    assert len(load_form("&".join(f"a{number}=" for number in range(1000)).encode())) == 1000
    with pytest.raises(BadRequest, match="more than 1000 fields"):
        load_form("&".join(f"a{number}=" for number in range(1001)).encode())


def test_a_name_repeated_deep_inside_is_refused_too() -> None:
    with pytest.raises(InvalidInput):
        load_json(b'{"a": [{"b": 1, "b": 1}]}')


async def read(
    client: Client, body: bytes, *, content_type: str = "application/json"
) -> dict[str, Any]:
    """The fields that the service has read."""
    async with client.post("/", data=body, headers={"Content-Type": content_type}) as response:
        envelope = await response.json()
    assert response.status == 200, envelope
    fields: dict[str, Any] = envelope["data"]
    return fields
