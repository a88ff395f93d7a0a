"""Malformed HTTP: an envelope too, and the gateway alive afterwards."""

import re

import pytest
from structlog.testing import capture_logs
from support.gateway import Gateway, StandIn

START = b"POST /api/v1/leads HTTP/1.1\r\nHost: x\r\nX-API-Key: the-key-of-the-tests\r\n"
CHUNKED = START + b"Transfer-Encoding: chunked\r\n\r\n"
FORM = START + b"Content-Type: application/x-www-form-urlencoded\r\n"


def check_envelope(said: bytes, error: str) -> None:
    head, _, body = said.partition(b"\r\n\r\n")
    assert re.match(rb"HTTP/1\.[01] 400 Bad Request\r\n", head)
    assert b"\r\nContent-Type: application/json\r\n" in head
    assert re.search(rb"\r\nX-Request-ID: [0-9a-f]{32}\r\n", head)
    assert body == f'{{"success":false,"error":"{error}"}}'.encode()


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"rubbish\r\n\r\n", id="no request line"),
        pytest.param(b"GET / HTTP/x\r\n\r\n", id="no version"),
        pytest.param(b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n", id="no URL"),
        pytest.param(b"GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n", id="null byte"),
        pytest.param(b"GET / HTTP/1.1\r\nHost x\r\n\r\n", id="no colon"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: x\r\nA: \x01\r\n\r\n", id="control character"),
        pytest.param(b"GET / HTTP/1.1\r\n\r\n", id="no host"),
        pytest.param(b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", id="long URL"),
        pytest.param(START + b"A: " + b"a" * 9000 + b"\r\n\r\n", id="long header"),
        pytest.param(START + b"A: 1\r\n" * 200 + b"\r\n", id="many headers"),
        pytest.param(START + b"Content-Length: -1\r\n\r\n", id="negative length"),
        pytest.param(START + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", id="two lengths"),
        pytest.param(
            START + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            id="length and chunks",
        ),
        pytest.param(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", id="TLS"),
    ],
)
async def test_malformed_request_is_a_400(
    gateway: Gateway,
    leads_stand_in: StandIn,
    sent: bytes,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with capture_logs() as logs:
        check_envelope(await gateway.raw(sent), "Malformed HTTP request")

    assert (logs, caplog.records) == ([], [])
    assert leads_stand_in.received == []


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param((CHUNKED + b"zz\r\n",), id="chunk size"),
        pytest.param((CHUNKED, b"zz\r\n"), id="chunk size, later"),
        pytest.param((CHUNKED + b"3\r\nabc\r\n", b"3\r\nabcdef\r\n"), id="chunk too long"),
        pytest.param((FORM + b"Transfer-Encoding: chunked\r\n\r\n", b"zz\r\n"), id="form"),
    ],
)
async def test_malformed_body_is_one_400_and_the_end(
    gateway: Gateway, leads_stand_in: StandIn, pieces: tuple[bytes, ...]
) -> None:
    said = await gateway.raw(*pieces)

    error = "Body is incomplete or malformed" if len(pieces) > 1 else "Malformed HTTP request"
    check_envelope(said, error)
    assert leads_stand_in.received == []


async def test_rubbish_after_a_request_does_not_spoil_its_answer(gateway: Gateway) -> None:
    first, second = (
        await gateway.raw(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n", b"rubbish\r\n\r\n")
    ).split(b"OK", 2)[1:]

    assert first.endswith(b"\r\n\r\n")
    check_envelope(second, "Malformed HTTP request")


async def test_unknown_expectation_is_an_envelope(gateway: Gateway) -> None:
    response = await gateway.client.get("/api/v1/version", headers={"Expect": "much"})

    assert (response.status, await response.json()) == (
        417,
        {"success": False, "error": "Expectation Failed"},
    )


async def test_client_that_waits_for_100_continue_may_go_on(
    gateway: Gateway, leads_stand_in: StandIn
) -> None:
    response = await gateway.client.post("/api/v1/leads", data=b"{}", expect100=True)

    assert (response.status, leads_stand_in.last.body) == (200, b"{}")
