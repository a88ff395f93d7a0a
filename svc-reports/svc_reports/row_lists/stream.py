"""Exports: rows of a whole range, page by page, in constant memory (contract: C5)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing, suppress
from typing import NamedTuple

import structlog
from aiohttp import hdrs, web
from dialkit.audit import BROKEN_OFF
from dialkit.db import Queries
from dialkit.errors import ApiError
from dialkit.http import REASON, REQUEST_ID
from dialkit.streaming import break_off, write_patiently

from svc_reports.databases import REPORT_DATABASE
from svc_reports.row_lists.encodings import ENCODINGS, Encoding
from svc_reports.row_lists.listing import Key, Listing
from svc_reports.settings import LIMITS
from svc_reports.slots import SLOTS

log = structlog.get_logger("exports")
_DAY = "%Y%m%d"
_INTERRUPTED = "Export interrupted"
Pages = AsyncGenerator[bytes, None]
Opening = Callable[[Queries], Awaitable[Listing]]


class _Page(NamedTuple):
    """Encoded rows, and the key of the last where more may come."""

    data: bytes
    last: Key | None


async def stream_rows(
    request: web.Request, kind: str, file: str, opening: Opening
) -> web.StreamResponse:
    """Send all rows; what fails before the first is raised, what fails later breaks the body off.

    Raises: what reading raises, TooManyRequests, TooSlow.
    """
    with request.app[SLOTS].stream():
        async with request.app[SLOTS].in_time():
            listing = await opening(request.app[REPORT_DATABASE])
            encoding = ENCODINGS[kind](listing.fields)
            pages = _pages(request, listing, encoding)
            first = await anext(pages)
        async with aclosing(pages):
            response = _response(listing, encoding, f"{_file_name(file, listing)}.{kind}")
            await response.prepare(request)
            if request.method != hdrs.METH_HEAD:
                await _send(request, response, encoding, _with_head(encoding.head + first, pages))
    return response


async def _pages(request: web.Request, listing: Listing, encoding: Encoding) -> Pages:
    """Pages as they leave, at least one; while one is written, the next is read."""
    reading: asyncio.Task[_Page] | None
    reading = asyncio.create_task(_read(request, listing, encoding, None))
    try:
        while reading is not None:
            page = await reading
            reading = None
            if page.last is not None:
                reading = asyncio.create_task(_read(request, listing, encoding, page.last))
            yield page.data
    finally:
        if reading is not None:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


async def _read(
    request: web.Request, listing: Listing, encoding: Encoding, after: Key | None
) -> _Page:
    """One page; its connection is given back before anything is written."""
    size = request.app[LIMITS].chunk_rows
    async with request.app[SLOTS].in_time():
        rows = await listing.rows(after, size)
        shown = await listing.shown(rows)
    return _Page(encoding.encode(shown), listing.key(rows[-1]) if len(rows) == size else None)


async def _with_head(first: bytes, pages: Pages) -> Pages:
    yield first
    async for page in pages:
        yield page


async def _send(
    request: web.Request, response: web.StreamResponse, encoding: Encoding, pages: Pages
) -> None:
    """Send all pages; whatever stops that breaks the body off."""
    why: str | None = _INTERRUPTED
    try:
        why = await _write(request, response, encoding, pages)
    except ConnectionError as error:
        why = f"{_INTERRUPTED}: {error}"
    finally:
        if why is not None:
            log.warning(why, path=request.path, id=request.headers.get(REQUEST_ID, "-"))
            response[BROKEN_OFF], response[REASON] = True, why
            break_off(request)


async def _write(
    request: web.Request, response: web.StreamResponse, encoding: Encoding, pages: Pages
) -> str | None:
    """Why not all pages were read and written, said as the format can; None if all were."""
    idle_s = request.app[LIMITS].idle_s
    try:
        async for page in pages:
            await write_patiently(request, response, page, idle_s)
    except ConnectionError:
        raise
    except Exception as error:
        if encoding.interrupted:
            with suppress(ConnectionError):  # the error counts, whoever hears of it
                await write_patiently(request, response, encoding.interrupted, idle_s)
        if not isinstance(error, ApiError):
            raise
        return f"{_INTERRUPTED}: {error.message}"
    await response.write_eof()
    return None


def _response(listing: Listing, encoding: Encoding, file: str) -> web.StreamResponse:
    response = web.StreamResponse(
        headers={
            **listing.headers,
            hdrs.CONTENT_TYPE: encoding.content_type,
            hdrs.CONTENT_DISPOSITION: f'attachment; filename="{file}"',
            hdrs.CACHE_CONTROL: "no-store",
            "X-Accel-Buffering": "no",
        }
    )
    response.enable_chunked_encoding()
    return response


def _file_name(name: str, listing: Listing) -> str:
    if listing.span is None:
        return name
    return f"{name}_{listing.span.start:{_DAY}}_{listing.span.last_second:{_DAY}}"
