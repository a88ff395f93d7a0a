"""Forms: read by the gateway, and passed on as urlencoded."""

import io

import aiohttp
import pytest
from support.gateway import API_KEY, Gateway, StandIn

PATH = "/api/v1/leads"
URLENCODED = "application/x-www-form-urlencoded"
BOUNDARY = "multipart/form-data; boundary=b"


def part(name: str, value: str, more: str = "") -> bytes:
    return (
        f'--b\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n'
    ).encode()


async def test_urlencoded_form_without_key_passes_as_it_is(
    gateway: Gateway, leads_stand_in: StandIn
) -> None:
    body = b"a=%20+\xc3\xa9&&a=2&b&api_keys=1"

    await gateway.client.post(
        PATH, data=body, headers={"Content-Type": f"{URLENCODED.title()}; charset=UTF-8"}
    )

    got = leads_stand_in.last
    assert (got.body, got.headers["Content-Type"]) == (body, URLENCODED)
    assert got.headers["Content-Length"] == str(len(body))


async def test_multipart_form_passes_as_urlencoded(
    gateway: Gateway, leads_stand_in: StandIn
) -> None:
    form = aiohttp.FormData([("a", "1 &=é"), ("api_key", API_KEY), ("a", "2"), ("b", "")])
    form.add_field("user", "6666", content_type="text/plain")

    response = await gateway.stranger.post(PATH, data=form)

    got = leads_stand_in.last
    assert (response.status, got.headers["Content-Type"]) == (200, URLENCODED)
    assert got.body == b"a=1+%26%3D%C3%A9&a=2&b=&user=6666"


async def test_empty_file_field_of_a_browser_is_an_empty_text(
    gateway: Gateway, leads_stand_in: StandIn
) -> None:
    body = part("a", "1") + part("f", "", '; filename=""') + b"--b--\r\n"

    await gateway.client.post(PATH, data=body, headers={"Content-Type": BOUNDARY})

    assert leads_stand_in.last.body == b"a=1&f="


@pytest.mark.parametrize(
    ("content_type", "body", "status", "error"),
    [
        pytest.param(
            BOUNDARY,
            part("f", "text", '; filename="a.csv"') + b"--b--\r\n",
            400,
            "Body has a file, which is not accepted: f",
            id="file",
        ),
        pytest.param(
            BOUNDARY, part("a", "1"), 400, "Body is not valid multipart/form-data", id="no end"
        ),
        pytest.param(
            BOUNDARY, part("a", "1")[:-4], 400, "Body is not valid multipart/form-data", id="cut"
        ),
        pytest.param(
            BOUNDARY, b"a=1", 400, "Body is not valid multipart/form-data", id="no boundary in it"
        ),
        pytest.param(
            "multipart/form-data",
            part("a", "1") + b"--b--\r\n",
            400,
            "Body is not valid multipart/form-data",
            id="no boundary",
        ),
        pytest.param(
            BOUNDARY,
            b"--b\r\nX: 1\r\n\r\n1\r\n--b--\r\n",
            400,
            "Body has a part that is not a field",
            id="no name",
        ),
        pytest.param(
            BOUNDARY,
            b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\r\n--b--\r\n',
            400,
            "Body is not valid multipart/form-data",
            id="not UTF-8",
        ),
        pytest.param(
            BOUNDARY,
            b"".join(part("a", "") for _ in range(1001)) + b"--b--\r\n",
            400,
            "Body has more than 1000 fields",
            id="too many fields",
        ),
        pytest.param(
            f"{URLENCODED}; charset=utf-16",
            b"a=1",
            415,
            "Unsupported media type: the body must be UTF-8",
            id="charset",
        ),
    ],
)
async def test_bad_form_is_refused(
    gateway: Gateway,
    leads_stand_in: StandIn,
    content_type: str,
    body: bytes,
    status: int,
    error: str,
) -> None:
    response = await gateway.client.post(PATH, data=body, headers={"Content-Type": content_type})

    assert (response.status, await response.json()) == (status, {"success": False, "error": error})
    assert leads_stand_in.received == []


async def test_encoded_form_is_refused(gateway: Gateway, leads_stand_in: StandIn) -> None:
    response = await gateway.client.post(PATH, data={"a": "1"}, compress="gzip")

    assert (response.status, leads_stand_in.received) == (415, [])


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("content_type", [URLENCODED, BOUNDARY])
@pytest.mark.parametrize("path", [PATH, "/api/v1/leads/bulk"])
async def test_form_over_1_mib_is_a_413(
    gateway: Gateway, leads_stand_in: StandIn, path: str, content_type: str, chunked: bool
) -> None:
    body = part("a", "0" * 1024**2) + b"--b--\r\n"

    response = await gateway.client.post(
        path, data=io.BytesIO(body), headers={"Content-Type": content_type}, chunked=chunked or None
    )

    assert (response.status, (await response.json())["error"]) == (413, "Body too large")
    assert leads_stand_in.received == []


async def test_multipart_form_that_is_too_large_as_urlencoded_is_a_413(gateway: Gateway) -> None:
    body = part("a", "é" * 300_000) + b"--b--\r\n"

    response = await gateway.client.post(PATH, data=body, headers={"Content-Type": BOUNDARY})

    assert response.status == 413
