"""Clients that leave take no place with them, in the program as it is run.

A test server cancels the work for a client that leaves; the program goes on with it.
"""

import asyncio
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest
from support.apps import authorization
from support.database import TestDatabase
from support.processes import service_process
from support.report_calls import EXPORTS, REPORTS, Call, make_marked_rows, status_of

DID_LOG, DID_EXPORT, RECORDINGS = REPORTS[1], EXPORTS[1], EXPORTS[0]
TIMES = 3
# Of 1,400 bytes each: more than what sockets and buffers between service and client take.
_MANY = 20_000
_PATIENCE_S = 20


@pytest.fixture
async def program(
    db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[aiohttp.ClientSession]:
    """svc-reports with one place for reports and one for exports, and clients that may idle 1 s."""
    make_marked_rows(db, "SALE")
    monkeypatch.setenv("REPORT_CONCURRENCY", "1")
    monkeypatch.setenv("EXPORT_MAX_STREAMS", "1")
    monkeypatch.setenv("EXPORT_IDLE_SECONDS", "1")
    async with (
        service_process(db, "svc-reports") as process,
        aiohttp.ClientSession(process.url, headers=authorization("svc-reports")) as session,
    ):
        yield session


@pytest.mark.parametrize("call", [DID_LOG, DID_EXPORT], ids=str)
async def test_whoever_leaves_before_the_answer_leaves_the_place_free(
    program: aiohttp.ClientSession, db: TestDatabase, call: Call
) -> None:
    for _ in range(TIMES):
        with db.hold(call.table):
            leaving = asyncio.create_task(status_of(program, call))
            await db.until_waiting(1)
            leaving.cancel()
            await asyncio.wait([leaving])
        assert await first_that_is_let_in(program, call) == 200


async def test_whoever_leaves_in_the_middle_of_an_export_leaves_the_place_free(
    program: aiohttp.ClientSession, db: TestDatabase
) -> None:
    make_many_recordings(db)

    leaving = await program.get(RECORDINGS.path)
    meanwhile = await status_of(program, DID_EXPORT)
    leaving.close()

    assert (leaving.status, meanwhile) == (200, 429)
    assert await first_that_is_let_in(program, DID_EXPORT) == 200


async def test_whoever_takes_nothing_of_an_export_is_cut_off(
    program: aiohttp.ClientSession, db: TestDatabase
) -> None:
    make_many_recordings(db)

    idle = await program.get(RECORDINGS.path)
    meanwhile = await status_of(program, DID_EXPORT)

    assert (idle.status, meanwhile) == (200, 429)
    assert await first_that_is_let_in(program, DID_EXPORT) == 200
    with pytest.raises(aiohttp.ClientPayloadError):
        await idle.read()


async def first_that_is_let_in(program: aiohttp.ClientSession, call: Call) -> int:
    """The status of the first request that is not refused for want of a place."""
    deadline = time.monotonic() + _PATIENCE_S
    while (status := await status_of(program, call)) == 429:
        assert time.monotonic() < deadline
    return status


def make_many_recordings(db: TestDatabase) -> None:
    """Recordings all that day long, each with much text in columns without an index."""
    db.execute(
        "INSERT INTO recording_log (start_time, start_epoch, channel, extension, location)"
        " SELECT '2025-01-08' + INTERVAL 4 * seq SECOND, 1736312400 + 4 * seq,"
        " REPEAT('語', 100), REPEAT('語', 100), REPEAT('語', 255)"
        " FROM seq_1_to_" + str(_MANY)
    )
