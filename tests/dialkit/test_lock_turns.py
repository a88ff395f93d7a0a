"""Named locks: one request after the other, and nothing is left behind."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from dialkit.db import Database
from dialkit.db_errors import LockNotGranted
from support.database import TestDatabase
from support.pool import database_of

SIZE = 3


@pytest.fixture
async def database(db: TestDatabase) -> AsyncIterator[Database]:
    """A database with a small pool."""
    async with database_of(db, "svc-users", pool_size=SIZE) as database:
        yield database


def turns(database: Database) -> int:
    """How many turns it remembers."""
    return len(database._lock_turns)


async def work(database: Database, lock: str) -> None:
    async with database.locked_connection(lock, timeout_s=10) as connection:
        await connection.fetch_value("SELECT 1")


async def test_a_lock_that_nobody_holds_takes_no_memory(database: Database) -> None:
    async with database.locked_connection("user:first", timeout_s=10):
        assert turns(database) == 1

    for number in range(100):
        await work(database, f"user:{number}")

    assert turns(database) == 0


async def test_nor_does_one_that_failed_was_refused_or_was_cancelled(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.locked_connection("user:1", timeout_s=10):
            raise ZeroDivisionError
    async with database.locked_connection("user:2", timeout_s=10):
        with pytest.raises(LockNotGranted):
            async with database.locked_connection("user:2", timeout_s=0):
                pass
        waiting = asyncio.create_task(work(database, "user:2"))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait([waiting])

    del waiting
    assert turns(database) == 0


async def test_a_turn_lasts_as_long_as_anybody_waits_for_it(database: Database) -> None:
    at_work: set[int] = set()
    done: list[int] = []

    async def work_alone(number: int) -> None:
        async with database.locked_connection("user:agent1", timeout_s=10) as connection:
            assert not at_work
            at_work.add(number)
            await connection.fetch_value("SELECT 1")
            at_work.discard(number)
            done.append(number)

    await asyncio.gather(*(work_alone(number) for number in range(20)))

    assert done == list(range(20))


async def test_who_waits_for_a_turn_holds_no_connection(database: Database) -> None:
    async with database.locked_connection("user:agent1", timeout_s=10):
        waiting = [asyncio.create_task(work(database, "user:agent1")) for _ in range(2 * SIZE)]

        async with asyncio.timeout(5):
            await work(database, "user:agent2")

    await asyncio.gather(*waiting)


async def test_work_that_is_done_is_done_though_the_lock_cannot_be_given_back(
    database: Database, db: TestDatabase
) -> None:
    async with database.locked_connection("user:first", timeout_s=10) as connection:
        db.execute("KILL %s", await connection.fetch_value("SELECT CONNECTION_ID()"))

    async with database.locked_connection("user:first", timeout_s=10):
        pass
