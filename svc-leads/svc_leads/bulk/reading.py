"""From a body to chunks of rows, read no faster than they are taken."""

from __future__ import annotations

import asyncio
from codecs import BOM_UTF8
from collections.abc import AsyncIterator
from typing import Any, NamedTuple

from aiohttp import StreamReader, web
from dialkit.body import MalformedJson
from dialkit.errors import ApiError, BadRequest, BodyTooLarge, Details, InvalidInput

from svc_leads.bulk.ahead import in_turns
from svc_leads.bulk.formats import ROW, Format
from svc_leads.bulk.records import MAX_ROW
from svc_leads.limits import CHUNK

_CHUNK_BYTES = 1024 * 1024
_MAX_ROWS = 1_000_000
_MAX_BODY = 1024**3


class BodyCut(BadRequest):
    """400: the client went away, or sent no proper end of the body."""


class RawRow(NamedTuple):
    """A row by its number, as it came; without fields it has errors."""

    number: int
    fields: dict[str, Any]
    errors: Details
    size: int


async def read_blocks(content: StreamReader, *, max_bytes: int = _MAX_BODY) -> AsyncIterator[bytes]:
    """The body in blocks, without a BOM. Raises: BodyTooLarge behind the limit, BodyCut."""
    left = max_bytes
    try:
        first = await _first_bytes(content)
        if first and first != BOM_UTF8:
            yield first
        left -= len(first)
        async for block in content.iter_any():
            yield block[:left]
            left -= len(block)
            if left < 0:
                raise BodyTooLarge("Body too large")
    except (ConnectionError, web.RequestPayloadError):
        raise BodyCut("Body ends too early") from None


async def _first_bytes(content: StreamReader) -> bytes:
    try:
        return await content.readexactly(len(BOM_UTF8))
    except asyncio.IncompleteReadError as all_there_is:
        return all_there_is.partial


async def read_rows(
    blocks: AsyncIterator[bytes], form: Format, *, max_rows: int = _MAX_ROWS
) -> AsyncIterator[RawRow]:
    """The rows, counted. Raises: BadRequest, BodyTooLarge after the last row that can be read."""
    number = 0
    try:
        async for row in _cut(blocks, form):
            if number == max_rows:
                raise BodyTooLarge("Too many rows")
            read = _read(number + 1, row, form)
            number += 1
            yield read
    except MalformedJson:
        raise BadRequest(f"Body is not valid JSON after row {number}") from None
    if not number:
        raise BadRequest("No rows")


async def in_chunks(rows: AsyncIterator[RawRow]) -> AsyncIterator[list[RawRow]]:
    """The rows in chunks; what stops the reading is raised after the rows before it."""
    chunk: list[RawRow] = []
    size = 0
    problem: ApiError | None = None
    try:
        async for row in rows:
            chunk.append(row)
            size += row.size
            if len(chunk) == CHUNK or size >= _CHUNK_BYTES:
                yield chunk
                chunk, size = [], 0
    except BodyCut:
        raise
    except ApiError as error:
        problem = error
    if chunk:
        yield chunk
    if problem:
        raise problem


async def _cut(blocks: AsyncIterator[bytes], form: Format) -> AsyncIterator[bytes | None]:
    async for block in blocks:
        async for row in in_turns(form.feed(block)):
            yield row
    for row in form.close():
        yield row


def _read(number: int, row: bytes | None, form: Format) -> RawRow:
    if row is None:
        return RawRow(number, {}, {ROW: [f"Row is longer than {MAX_ROW} bytes"]}, 0)
    try:
        return RawRow(number, form.fields(row), {}, len(row))
    except MalformedJson:
        raise
    except InvalidInput as error:
        return RawRow(number, {}, dict(error.details or {}), len(row))
    except BadRequest as error:
        return RawRow(number, {}, {ROW: [error.message]}, len(row))
