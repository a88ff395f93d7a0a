"""POST /api/v1/leads/{lead_id}/dearchive: crashes between its steps, and two at once."""

import asyncio

import aiohttp
import pytest
from support.apps import Leads, authorization
from support.builders import make_lead, read_row
from support.changes import admin_log, archive_lead, make_archive, paused
from support.database import TestDatabase
from support.processes import service_process

ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])


@pytest.fixture
def archived(db: TestDatabase) -> int:
    """A lead in the archive."""
    make_archive(db)
    lead_id = make_lead(db, first_name="José", modify_date="2024-01-01 00:00:00")
    archive_lead(db, lead_id)
    return lead_id


async def status_of(leads: Leads, lead_id: int) -> int:
    return (await leads.post(f"/api/v1/leads/{lead_id}/dearchive")).status


def places(db: TestDatabase) -> tuple[int, int]:
    """How many leads there are, and how many in the archive."""
    return db.count("vicidial_list"), db.count("vicidial_list_archive")


@ENGINES
async def test_killed_between_insert_and_delete_a_repeat_finishes(
    leads: Leads, db: TestDatabase, archived: int, engine: str
) -> None:
    before = read_row(db, "vicidial_list_archive", lead_id=archived)
    async with (
        service_process(db, "svc-leads") as process,
        paused(db, "vicidial_list_archive", "BEFORE DELETE") as fail,
        aiohttp.ClientSession(process.url, headers=authorization("svc-leads")) as client,
    ):
        request = asyncio.create_task(client.post(f"/api/v1/leads/{archived}/dearchive"))
        await db.until_waiting(1)
        process.kill()
        with pytest.raises(aiohttp.ClientError):
            await request
        fail()  # what the server was told already
    after_crash = places(db)

    repeats = [await status_of(leads, archived) for _ in range(2)]

    assert after_crash == ((1, 1) if engine == "MyISAM" else (0, 1))
    assert repeats == [200, 404]
    assert places(db) == (1, 0)
    assert read_row(db, "vicidial_list", lead_id=archived) == before
    assert len(admin_log(db)) == 1


@ENGINES
@pytest.mark.parametrize(
    ("table", "operation", "left_by_myisam", "repeats"),
    [
        pytest.param("vicidial_list", "INSERT", (0, 1), [200, 404], id="insert fails"),
        pytest.param("vicidial_list_archive", "DELETE", (1, 1), [200, 404], id="delete fails"),
    ],
)
async def test_a_step_that_fails_is_finished_by_a_repeat(
    leads: Leads,
    db: TestDatabase,
    archived: int,
    engine: str,
    table: str,
    operation: str,
    left_by_myisam: tuple[int, int],
    repeats: list[int],
) -> None:
    db.fail_writes(table, operation)
    broken = await status_of(leads, archived)
    left = places(db)
    db.mend_writes(table)

    again = [await status_of(leads, archived) for _ in range(2)]

    assert broken == 500
    assert left == (left_by_myisam if engine == "MyISAM" else (0, 1))
    assert again == repeats
    assert places(db) == (1, 0)
    assert len(admin_log(db)) == 1


@ENGINES
async def test_the_log_of_changes_is_written_last(
    leads: Leads, db: TestDatabase, archived: int, engine: str
) -> None:
    db.fail_writes("vicidial_admin_log")
    broken = await status_of(leads, archived)
    left = places(db)
    db.mend_writes("vicidial_admin_log")

    again = await status_of(leads, archived)

    expected = (500, (1, 0), 404) if engine == "MyISAM" else (500, (0, 1), 200)
    assert (broken, left, again) == expected
    assert places(db) == (1, 0)


@ENGINES
async def test_of_two_at_once_one_restores_the_lead(
    leads: Leads, db: TestDatabase, archived: int, engine: str
) -> None:
    with db.hold("vicidial_list"):
        both = [asyncio.create_task(status_of(leads, archived)) for _ in range(2)]
        await db.until_waiting(2)

    assert sorted([await one for one in both]) == [200, 404]
    assert places(db) == (1, 0)
    assert len(admin_log(db)) == 1


async def test_a_lead_that_leaves_the_archive_meanwhile_is_not_restored(
    leads: Leads, db: TestDatabase, archived: int
) -> None:
    with db.hold("vicidial_list"):
        request = asyncio.create_task(status_of(leads, archived))
        await db.until_waiting(1)
        purge = asyncio.create_task(
            asyncio.to_thread(db.execute, "DELETE FROM vicidial_list_archive")
        )
        await purge

    assert await request == 404
    assert places(db) == (0, 0)
    assert admin_log(db) == []
