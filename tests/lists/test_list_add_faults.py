"""POST /api/v1/lists: steps that fail, and a crash."""

import asyncio

import aiohttp
import pytest
from support.apps import Lists, authorization
from support.changes import changes, paused
from support.database import TestDatabase
from support.lists import LISTS, add, list_ids
from support.processes import service_process

ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])


@ENGINES
async def test_the_log_of_changes_is_written_last(
    lists: Lists, db: TestDatabase, engine: str
) -> None:
    db.fail_writes("vicidial_admin_log")
    broken, _ = await add(lists, list_id=500)
    left = list_ids(db)
    db.mend_writes("vicidial_admin_log")

    again, _ = await add(lists, list_id=500)

    assert broken == 500
    assert (left, again) == (([500], 409) if engine == "MyISAM" else ([], 200))
    assert list_ids(db) == [500]


@ENGINES
async def test_a_row_that_cannot_be_written_leaves_nothing(lists: Lists, db: TestDatabase) -> None:
    db.fail_writes("vicidial_lists")
    broken, _ = await add(lists)
    left = list_ids(db), changes(db)
    db.mend_writes("vicidial_lists")

    again, envelope = await add(lists)

    assert (broken, left) == (500, ([], []))
    assert (again, envelope["data"]["list_id"]) == (200, 101)


@ENGINES
async def test_a_killed_service_is_in_nobodys_way(lists: Lists, db: TestDatabase) -> None:
    async with (
        service_process(db, "svc-lists") as process,
        paused(db, "vicidial_lists", "BEFORE INSERT") as fail,
        aiohttp.ClientSession(process.url, headers=authorization("svc-lists")) as client,
    ):
        request = asyncio.create_task(client.post(LISTS, json={"list_name": "Killed"}))
        await db.until_waiting(1)
        process.kill()
        with pytest.raises(aiohttp.ClientError):
            await request
        fail()  # what the server was told already

    status, envelope = await add(lists)

    assert (status, envelope["data"]["list_id"]) == (200, 101)
    assert list_ids(db) == [101]
