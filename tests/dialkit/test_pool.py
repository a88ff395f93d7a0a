"""The pool of connections: no turn is lost."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from dialkit.db import Database
from support.database import TestDatabase
from support.pool import database_of

SIZE = 5


async def read(database: Database) -> None:
    await database.fetch_value("SELECT 1")


async def read_under_a_lock(database: Database) -> None:
    async with database.locked_connection("the lock", timeout_s=10, long=True) as connection:
        await connection.fetch_value("SELECT 1")


@pytest.mark.parametrize("work", [read, read_under_a_lock])
async def test_work_that_is_cancelled_takes_no_turn_with_it(
    db: TestDatabase, work: Callable[[Database], Awaitable[None]]
) -> None:
    async with database_of(db, "svc-lists", pool_size=SIZE) as database:
        for steps in range(300):
            task = asyncio.ensure_future(work(database))
            for _ in range(steps % 30):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait([task])

        async with AsyncExitStack() as held, asyncio.timeout(5):
            for _ in range(SIZE):
                await held.enter_async_context(database.connection())
