"""The API key: where it may stand, which one wins, and that it stays at the gateway."""

import logging

import aiohttp
import pytest
from structlog.testing import capture_logs
from support.gateway import API_KEY, Gateway, StandIn
from yarl import URL

PATH = "/api/v1/leads"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    ("header", "query", "form", "status"),
    [
        pytest.param("right", None, None, 200, id="header"),
        pytest.param(None, "right", None, 200, id="query"),
        pytest.param(None, None, "right", 200, id="form"),
        pytest.param("right", "wrong", "wrong", 200, id="header wins"),
        pytest.param("wrong", "right", "right", 401, id="wrong header wins"),
        pytest.param(None, "right", "wrong", 200, id="query wins over form"),
        pytest.param(None, "wrong", "right", 401, id="wrong query wins over form"),
        pytest.param(None, None, "wrong", 401, id="wrong form"),
        pytest.param("", "", "right", 200, id="empty ones do not count"),
        pytest.param("", "", "", 401, id="only empty ones"),
    ],
)
async def test_header_wins_over_query_over_form(
    gateway: Gateway, header: str | None, query: str | None, form: str | None, status: int
) -> None:
    keys = {"right": API_KEY, "wrong": "no-key", "": ""}
    headers = {} if header is None else {"X-API-Key": keys[header]}
    params = {} if query is None else {"api_key": keys[query]}
    data = {"a": "1"} if form is None else {"a": "1", "api_key": keys[form]}

    response = await gateway.stranger.post(PATH, headers=headers, params=params, data=data)

    assert response.status == status


async def test_missing_and_wrong_key_are_told_apart(gateway: Gateway) -> None:
    missing = await gateway.stranger.get("/api/v1/campaigns")
    wrong = await gateway.stranger.get("/api/v1/campaigns", headers={"X-API-Key": API_KEY[:-1]})

    assert (missing.status, await missing.json()) == (
        401,
        {"success": False, "error": "Authentication required"},
    )
    assert (wrong.status, await wrong.json()) == (
        401,
        {"success": False, "error": "Authentication failed"},
    )


async def test_key_in_a_json_body_is_none(gateway: Gateway, leads_stand_in: StandIn) -> None:
    response = await gateway.stranger.post(PATH, json={"api_key": API_KEY})

    assert (response.status, leads_stand_in.received) == (401, [])


@pytest.mark.parametrize(
    ("sent", "passed"),
    [
        ("api_key={}", ""),
        ("a=1&api_key={}", "a=1"),
        ("api_key={}&a=%20+x&&b", "a=%20+x&&b"),
        ("a=1&api%5Fkey={}&b=api_key", "a=1&b=api_key"),
        ("%61%70%69%5f%6b%65%79={}&a=%zz", "a=%zz"),
        ("api_key={}&api_key=other&my_api_key=2", "my_api_key=2"),
    ],
)
async def test_key_is_cut_out_of_the_query_and_the_rest_left_as_it_was(
    gateway: Gateway, leads_stand_in: StandIn, sent: str, passed: str
) -> None:
    url = URL(f"/api/v1/phone/check?{sent.format(API_KEY)}", encoded=True)

    response = await gateway.stranger.get(url)

    assert (response.status, leads_stand_in.last.query) == (200, passed)


@pytest.mark.parametrize(
    ("sent", "passed"),
    [
        ("api_key={}&a=1", "a=1"),
        ("a=%20+x&api%5fkey={}&a=2", "a=%20+x&a=2"),
        ("first_name=Jos\u00e9&api_key={}", "first_name=Jos\u00e9"),
    ],
)
async def test_key_is_cut_out_of_a_form(
    gateway: Gateway, leads_stand_in: StandIn, sent: str, passed: str
) -> None:
    for session in (gateway.client, gateway.stranger):
        response = await session.post(PATH, data=sent.format(API_KEY).encode(), headers=FORM)

        assert (response.status, leads_stand_in.last.body.decode()) == (200, passed)


async def test_key_of_other_bytes_than_utf8_is_a_wrong_one(gateway: Gateway) -> None:
    response = await gateway.raw(
        b"GET /api/v1/version HTTP/1.1\r\nHost: x\r\n"
        b"X-API-Key: \xff\xe9\r\nConnection: close\r\n\r\n"
    )

    assert response.startswith(b"HTTP/1.1 401 ")


async def test_key_is_nowhere_behind_the_gateway_nor_in_its_logs(
    gateway: Gateway, leads_stand_in: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    both = {"api_key": API_KEY, "user": "6666"}
    multipart = aiohttp.FormData(both)
    multipart.add_field("a", "1", content_type="text/plain")

    with capture_logs() as logs:
        for body in (both, multipart, b"{}"):
            for path in (PATH, "/api/v1/nothing", "/api/v1/leads/search"):
                response = await gateway.client.post(path, params=both, data=body)
                assert API_KEY not in await response.text()
        await gateway.raw(f"GET /x HTTP/9\r\nX-API-Key: {API_KEY}\r\n\r\n".encode())

    assert len(leads_stand_in.received) == 3
    assert API_KEY not in repr(leads_stand_in.received)
    assert API_KEY not in repr(logs) + caplog.text
