"""Bodies that are forms: the only ones that the gateway reads, since they may hold the API key."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar
from urllib.parse import urlencode

from aiohttp import BodyPartReader, MultipartReader, web
from aiohttp.http import HttpProcessingError
from dialkit.body import FORM, check_charset
from dialkit.errors import BadRequest, BodyTooLarge

from gateway.lift import API_KEY, Lifted, lift

MULTIPART = "multipart/form-data"
_KINDS = (FORM, MULTIPART)
_MAX_FIELDS = 1000
_BROKEN = (ValueError, LookupError, RuntimeError, AssertionError, HttpProcessingError)
T = TypeVar("T")


def form_kind(content_type: str) -> str | None:
    """Which kind of form a body of this Content-Type is; None for any other body."""
    kind = content_type.partition(";")[0].strip().lower()
    return kind if kind in _KINDS else None


async def read_form(request: web.Request, kind: str, patience_s: float) -> tuple[bytes, Lifted]:
    """The form as the service gets it (urlencoded, without the key), and the key.

    Raises: BadRequest, BodyTooLarge, UnsupportedMediaType.
    """
    check_charset(request)
    if kind == MULTIPART:
        raw = await receive(request, _as_urlencoded, patience_s)
    else:
        raw = await receive(request, web.Request.read, patience_s)
    rest, lifted = lift(raw.decode("latin-1"), (API_KEY,))
    return (rest.encode("latin-1") if lifted else raw), lifted


async def receive(
    request: web.Request, read: Callable[[web.Request], Awaitable[T]], patience_s: float
) -> T:
    """A body, read as a whole. Raises: BadRequest when it does not arrive."""
    try:
        if request.content.is_eof():
            return await read(request)
        async with asyncio.timeout(patience_s):
            return await read(request)
    except TimeoutError:
        raise BadRequest("Body did not arrive in time") from None
    except (ConnectionError, RuntimeError, web.RequestPayloadError):
        raise BadRequest("Body is incomplete or malformed") from None


async def _as_urlencoded(request: web.Request) -> bytes:
    """The text fields of a multipart form, in their order, repeated ones included."""
    fields: list[tuple[str, str]] = []
    try:
        async for part in await request.multipart():
            fields.append(await _text_field(part))
            if len(fields) > _MAX_FIELDS:
                raise BadRequest(f"Body has more than {_MAX_FIELDS} fields")
            _check_size(request, request.content.total_bytes)
    except _BROKEN:
        raise BadRequest(f"Body is not valid {MULTIPART}") from None
    raw = urlencode(fields).encode()
    _check_size(request, len(raw))
    return raw


async def _text_field(part: MultipartReader | BodyPartReader | None) -> tuple[str, str]:
    if not isinstance(part, BodyPartReader) or part.name is None:
        raise BadRequest("Body has a part that is not a field")
    if part.filename:
        raise BadRequest(f"Body has a file, which is not accepted: {part.name}")
    value = await part.read(decode=True)
    return part.name, value.decode(part.get_charset("utf-8"))


def _check_size(request: web.Request, size: int) -> None:
    if size > request.client_max_size:
        raise BodyTooLarge("Body too large")
