"""How far a bulk import's body is read, and in what chunks (contract: POST /leads/bulk)."""

import asyncio
from collections.abc import AsyncIterator
from typing import TypeVar

import pytest
from aiohttp import StreamReader
from aiohttp.base_protocol import BaseProtocol
from dialkit.errors import ApiError
from svc_leads.bulk.formats import JsonArray, JsonLines
from svc_leads.bulk.reading import BodyCut, in_chunks, read_blocks, read_rows

T = TypeVar("T")


async def blocks_of(body: bytes) -> AsyncIterator[bytes]:
    for place in range(0, len(body), 10_000):
        yield body[place : place + 10_000]


def content(body: bytes, problem: Exception | None = None) -> StreamReader:
    """A request's body as aiohttp hands it out."""
    loop = asyncio.get_running_loop()
    stream = StreamReader(BaseProtocol(loop), 2**16, loop=loop)
    stream.feed_data(body)
    if problem:
        stream.set_exception(problem)
    else:
        stream.feed_eof()
    return stream


async def taken(items: AsyncIterator[T]) -> tuple[list[T], tuple[int, str] | None]:
    """All that comes, and the status and text of what stops it."""
    came = []
    try:
        async for item in items:
            came.append(item)
    except ApiError as error:
        return came, (error.status, error.message)
    return came, None


@pytest.mark.parametrize("body", [b"", b"a", b"ab\n", b"abcdef"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
async def test_a_bom_is_dropped(bom: bytes, body: bytes) -> None:
    blocks, error = await taken(read_blocks(content(bom + body)))

    assert (b"".join(blocks), error) == (body, None)


@pytest.mark.parametrize(("limit", "error"), [(8, (413, "Body too large")), (10, None)])
async def test_a_body_is_read_to_its_limit(limit: int, error: tuple[int, str] | None) -> None:
    blocks, problem = await taken(read_blocks(content(b"abcdefghij"), max_bytes=limit))

    assert (b"".join(blocks), problem) == (b"abcdefghij"[:limit], error)


async def test_a_connection_that_breaks_cuts_the_body() -> None:
    _, error = await taken(read_blocks(content(b"abcdef", ConnectionResetError())))

    assert error == (400, "Body ends too early")


async def test_more_rows_than_allowed_are_an_error_after_those_allowed() -> None:
    rows, error = await taken(read_rows(blocks_of(b"{}\n" * 4), JsonLines(), max_rows=3))

    assert ([row.number for row in rows], error) == ([1, 2, 3], (413, "Too many rows"))


async def test_as_many_rows_as_allowed_are_no_error() -> None:
    rows, error = await taken(read_rows(blocks_of(b"{}\n" * 3), JsonLines(), max_rows=3))

    assert (len(rows), error) == (3, None)


@pytest.mark.parametrize(
    ("row", "number", "sizes"),
    [
        pytest.param(b'{"a": 1}\n', 1200, [500, 500, 200], id="500 rows"),
        pytest.param(b'{"a": "' + b"x" * 60_000 + b'"}\n', 40, [18, 18, 4], id="a mebibyte"),
    ],
)
async def test_chunks_have_their_limits(row: bytes, number: int, sizes: list[int]) -> None:
    chunks, _ = await taken(in_chunks(read_rows(blocks_of(row * number), JsonLines())))

    assert [len(chunk) for chunk in chunks] == sizes


async def test_rows_before_an_error_come_before_it() -> None:
    body = b"[" + b"{}," * 812 + b"oops]"

    chunks, error = await taken(in_chunks(read_rows(blocks_of(body), JsonArray())))

    assert [len(chunk) for chunk in chunks] == [500, 312]
    assert error == (400, "Body is not valid JSON after row 812")


async def test_a_chunk_that_the_client_did_not_finish_is_no_chunk() -> None:
    async def cut() -> AsyncIterator[bytes]:
        yield b"{}\n" * 700
        raise BodyCut("Body ends too early")

    chunks, error = await taken(in_chunks(read_rows(cut(), JsonLines())))

    assert ([len(chunk) for chunk in chunks], error) == ([500], (400, "Body ends too early"))
