"""Lists of rows, read page after page as their links lead."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import aiohttp
from support.apps import Service
from yarl import URL

_FAR_TOO_MANY = 200


def next_page(response: aiohttp.ClientResponse) -> URL | None:
    """The address of the next page; None on the last."""
    link = response.headers.get("Link")
    if link is None:
        return None
    address = link.removeprefix("<").removesuffix('>; rel="next"')
    assert link == f'<{address}>; rel="next"', link
    return URL(address, encoded=True)


async def page(
    client: Service | aiohttp.ClientSession, url: str | URL | None
) -> tuple[list[dict[str, Any]], URL | None]:
    """The rows of a page, which there is, and the address of the next."""
    assert url is not None
    response = await client.get(url)
    envelope = await response.json()
    assert response.status == 200, envelope
    data = envelope["data"]
    return data["logs"] if isinstance(data, dict) else data, next_page(response)


async def all_pages(
    client: Service | aiohttp.ClientSession, url: str | URL
) -> list[list[dict[str, Any]]]:
    """The rows of each page, from the first to the last."""
    rows, following = await page(client, url)
    pages = [rows]
    while following is not None:
        rows, following = await page(client, following)
        pages.append(rows)
        assert len(pages) < _FAR_TOO_MANY, following
    return pages


def parameters(url: URL | None, path: str) -> dict[str, str]:
    """What the next page of that list is asked for, but for its cursor."""
    assert url is not None
    assert (url.path, url.host) == (path, None)
    return {name: value for name, value in url.query.items() if name != "cursor"}


def cursor(*key: object) -> str:
    """The cursor of a row with that key."""
    return cursor_of(json.dumps(key, separators=(",", ":"), ensure_ascii=False))


def cursor_of(text: str) -> str:
    """A cursor that carries that text, JSON or not."""
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def key_after(url: URL | None) -> Any:
    """The key that the next page goes on after."""
    assert url is not None
    text = url.query["cursor"]
    return json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
