"""The CID groups: writes that fail, and requests that meet."""

import asyncio
from contextlib import closing

import pytest
from support.apps import Lists, Start, clock_at
from support.changes import admin_log, changes
from support.cid_groups import cids, make_cid, make_cid_group, stamps
from support.database import TestDatabase

CIDS = "/api/v1/cid-groups"
TABLE = "vicidial_campaign_cid_areacodes"
ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
OLD, NOW = "2024-01-01 00:00:00", "2025-07-08 11:30:00"
BEFORE = ("FLCIDS", "727", "7275551212", "Y", "before")


@pytest.fixture
async def lists(start_lists: Start, db: TestDatabase) -> Lists:
    """svc-lists on 8 July 2025, 11:30 in New York; the group FLCIDS with one entry."""
    make_cid_group(db)
    make_cid(db, "727", "7275551212", cid_description="before")
    return await start_lists(clock=clock_at("2025-07-08T15:30:00"))


async def add(lists: Lists) -> int:
    body = {"cid_group_id": "FLCIDS", "areacode": "813", "outbound_cid": "8135551212"}
    return (await lists.post(CIDS, json=body)).status


async def change(lists: Lists) -> int:
    response = await lists.put(f"{CIDS}/FLCIDS:727", json={"cid_description": "after"})
    return response.status


async def delete(lists: Lists) -> int:
    return (await lists.delete(f"{CIDS}/FLCIDS:727")).status


def state(db: TestDatabase) -> tuple[list[str], str, int]:
    """The descriptions, the stamp, and how many changes are logged."""
    return [row[4] for row in cids(db)], stamps(db)["FLCIDS"], len(admin_log(db))


@ENGINES
async def test_a_repeat_finishes_a_change_that_was_not_dated(
    lists: Lists, db: TestDatabase, engine: str
) -> None:
    db.fail_writes("vicidial_cid_groups", "UPDATE")
    broken = await change(lists)
    found = state(db)
    db.mend_writes("vicidial_cid_groups")

    again = await change(lists)

    assert (broken, found) == (500, (["after" if engine == "MyISAM" else "before"], OLD, 0))
    assert (again, state(db)) == (200, (["after"], NOW, 1))


@ENGINES
async def test_a_change_is_logged_last(lists: Lists, db: TestDatabase, engine: str) -> None:
    db.fail_writes("vicidial_admin_log")
    broken = await change(lists)
    found = state(db)
    db.mend_writes("vicidial_admin_log")

    again = await change(lists)

    assert broken == 500
    assert found == ((["after"], NOW, 0) if engine == "MyISAM" else (["before"], OLD, 0))
    assert (again, state(db)) == (200, (["after"], NOW, 1))


@ENGINES
@pytest.mark.parametrize("operation", ["UPDATE", "DELETE", "INSERT"])
async def test_what_could_not_be_written_is_neither_dated_nor_logged(
    lists: Lists, db: TestDatabase, operation: str
) -> None:
    write = {"UPDATE": change, "DELETE": delete, "INSERT": add}[operation]
    db.fail_writes(TABLE, operation)
    broken = await write(lists)
    found = state(db)
    db.mend_writes(TABLE)

    again = await write(lists)

    assert (broken, found) == (500, (["before"], OLD, 0))
    assert again == 200
    assert state(db)[1:] == (NOW, 1)


@ENGINES
@pytest.mark.parametrize("table", ["vicidial_cid_groups", "vicidial_admin_log"])
async def test_a_deletion_is_dated_and_logged_after_it_is_done(
    lists: Lists, db: TestDatabase, engine: str, table: str
) -> None:
    db.fail_writes(table, "UPDATE" if table == "vicidial_cid_groups" else "INSERT")
    broken = await delete(lists)
    found = cids(db)
    db.mend_writes(table)

    again = await delete(lists)

    assert broken == 500
    assert (found, again) == (([], 404) if engine == "MyISAM" else ([BEFORE], 200))
    assert cids(db) == []


@ENGINES
@pytest.mark.parametrize("table", ["vicidial_cid_groups", "vicidial_admin_log"])
async def test_an_addition_is_dated_and_logged_after_it_is_done(
    lists: Lists, db: TestDatabase, engine: str, table: str
) -> None:
    db.fail_writes(table, "UPDATE" if table == "vicidial_cid_groups" else "INSERT")
    broken = await add(lists)
    found = len(cids(db))
    db.mend_writes(table)

    again = await add(lists)

    assert broken == 500
    assert (found, again) == ((2, 409) if engine == "MyISAM" else (1, 200))
    assert len(cids(db)) == 2


@ENGINES
async def test_of_two_additions_at_once_one_wins(lists: Lists, db: TestDatabase) -> None:
    with db.hold(TABLE):
        both = [asyncio.create_task(add(lists)) for _ in range(2)]
        await db.until_waiting(2)

    assert sorted([await one for one in both]) == [200, 409]
    assert (len(cids(db)), len(admin_log(db))) == (2, 1)


@ENGINES
async def test_of_two_deletions_at_once_one_wins(lists: Lists, db: TestDatabase) -> None:
    with db.hold(TABLE):
        both = [asyncio.create_task(delete(lists)) for _ in range(2)]
        await db.until_waiting(2)

    assert sorted([await one for one in both]) == [200, 404]
    assert (cids(db), len(admin_log(db))) == ([], 1)


@ENGINES
async def test_of_two_changes_at_once_both_are_made_and_logged(
    lists: Lists, db: TestDatabase
) -> None:
    with db.hold(TABLE):
        both = [asyncio.create_task(change(lists)) for _ in range(2)]
        await db.until_waiting(2)

    assert [await one for one in both] == [200, 200]
    assert state(db) == (["after"], NOW, 2)


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_entries_that_go_between_reading_and_writing_are_a_404(
    lists: Lists, db: TestDatabase
) -> None:
    with closing(db.server.connect(database=db.name)) as other, other.cursor() as cursor:
        other.begin()
        cursor.execute(f"DELETE FROM {TABLE}")
        waiting = asyncio.create_task(change(lists))
        await db.until_waiting(1)
        other.commit()

    assert await waiting == 404
    assert (changes(db), stamps(db)["FLCIDS"]) == ([], OLD)
