"""Custom fields when a step fails: nothing is lost, and a repeat finishes."""

import asyncio

import aiohttp
import pytest
from support.apps import Lists, authorization
from support.changes import changes
from support.custom_fields import (
    add,
    change,
    columns,
    custom_tables,
    definition,
    fields_url,
    make_field,
    make_lists,
    names,
    ranks,
    reader,
    remove,
    state,
)
from support.database import TestDatabase
from support.processes import service_process
from support.statements import statements_sent

ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
FIELD = {"field_name": "color", "field_label": "Color"}
PLAIN_TEXT = ("varchar(50)", None, "YES")


@pytest.fixture(autouse=True)
def custom_lists(db: TestDatabase) -> None:
    make_lists(db)


@ENGINES
async def test_a_column_whose_definition_was_not_written_is_taken_by_a_repeat(
    lists: Lists, db: TestDatabase
) -> None:
    db.fail_writes("vicidial_lists_fields")
    broken = await add(lists)
    found = (names(db), columns(db), changes(db))
    db.mend_writes("vicidial_lists_fields")

    with statements_sent() as sent:
        again = await add(lists)

    assert (broken[0], again[0]) == (500, 200)
    assert found == ([], {"color": PLAIN_TEXT}, [])
    assert (names(db), columns(db), len(changes(db))) == (["color"], {"color": PLAIN_TEXT}, 1)
    assert not [one.sql for one in sent if "ALTER TABLE" in one.sql]


@ENGINES
async def test_a_column_whose_definition_was_not_written_may_become_another(
    lists: Lists, db: TestDatabase
) -> None:
    db.fail_writes("vicidial_lists_fields")
    await add(lists)
    db.mend_writes("vicidial_lists_fields")

    status, _ = await add(lists, field_name="COLOR", field_type="DATE")

    assert (status, names(db)) == (200, ["COLOR"])
    assert [kind for kind, _, _ in columns(db).values()] == ["date"]


@ENGINES
async def test_a_connection_that_is_lost_before_the_column_leaves_no_definition(
    lists: Lists, db: TestDatabase
) -> None:
    await make_field(lists, field_name="size")
    with reader(db):
        broken = asyncio.create_task(add(lists))
        await db.until_waiting(1)
        db.kill_service_connections()
        status, _ = await broken
    found = (names(db), list(columns(db)))

    again, _ = await add(lists)

    assert (status, again) == (503, 200)
    assert found == (["size"], ["size"])
    assert (names(db), list(columns(db))) == (["size", "color"], ["size", "color"])


@ENGINES
async def test_a_definition_whose_change_was_not_written_is_finished_by_a_repeat(
    lists: Lists, db: TestDatabase
) -> None:
    await make_field(lists)
    row = definition(db)
    db.fail_writes("vicidial_lists_fields", "UPDATE")
    broken, _ = await change(lists, field_max=9)
    found = (definition(db), columns(db))
    db.mend_writes("vicidial_lists_fields")

    again, _ = await change(lists, field_max=9)

    assert (broken, again) == (500, 200)
    assert found == (row, {"color": ("varchar(9)", None, "YES")})
    assert (definition(db)["field_max"], definition(db)["field_cost"]) == (9, 30)
    assert len(changes(db)) == 2


@ENGINES
async def test_a_connection_that_is_lost_before_the_column_changes_nothing(
    lists: Lists, db: TestDatabase
) -> None:
    await make_field(lists)
    db.insert("custom_101", lead_id=1, color="red")
    before = state(db)
    with reader(db):
        broken = asyncio.create_task(change(lists, field_type="SELECT", field_options="red"))
        await db.until_waiting(1)
        db.kill_service_connections()
        status, _ = await broken
    found = state(db)

    again, _ = await change(lists, field_type="SELECT", field_options="red")

    assert (status, again, found) == (503, 200, before)
    assert columns(db) == {"color": ("enum('red')", None, "YES")}
    assert db.value("SELECT color FROM custom_101") == "red"


@ENGINES
async def test_the_definition_goes_before_the_column(lists: Lists, db: TestDatabase) -> None:
    field_id = await make_field(lists)
    db.insert("custom_101", lead_id=1, color="red")
    before = state(db)
    db.fail_writes("vicidial_lists_fields", "DELETE")
    broken, _ = await remove(lists, field_id)
    found = state(db)
    db.mend_writes("vicidial_lists_fields")

    again, _ = await remove(lists, field_id)

    assert (broken, found, again) == (500, before, 200)
    assert (names(db), columns(db)) == ([], {})


async def lose_the_connection_before_the_drop(lists: Lists, db: TestDatabase, field_id: int) -> int:
    with reader(db):
        broken = asyncio.create_task(remove(lists, field_id))
        await db.until_waiting(1)
        db.kill_service_connections()
        return (await broken)[0]


@ENGINES
async def test_a_column_that_was_not_dropped_is_unused_and_can_be_taken_again(
    lists: Lists, db: TestDatabase
) -> None:
    field_id = await make_field(lists)
    db.insert("custom_101", lead_id=1, color="red")
    broken = await lose_the_connection_before_the_drop(lists, db, field_id)
    found = (names(db), list(columns(db)))
    repeated, _ = await remove(lists, field_id)

    unfit, _ = await add(lists, field_type="DATE")
    added, _ = await add(lists, field_type="SELECT", field_options="red,blue")

    assert (broken, found) == (503, ([], ["color"]))
    assert (repeated, unfit, added) == (404, 409, 200)
    assert (names(db), columns(db)) == (["color"], {"color": ("enum('red','blue')", None, "YES")})
    assert db.value("SELECT color FROM custom_101") == "red"


async def test_ranks_that_were_not_moved_are_moved_by_a_change(
    lists: Lists, db: TestDatabase
) -> None:
    await make_field(lists, field_name="size", field_rank=1)
    db.fail_writes("vicidial_lists_fields", "UPDATE")
    broken, _ = await add(lists, field_rank=1, field_rerank="YES")
    found = ranks(db)
    db.mend_writes("vicidial_lists_fields")

    again, _ = await add(lists, field_rank=1, field_rerank="YES")
    moved, _ = await change(lists, field_rank=1, field_rerank="YES")

    assert (broken, again, moved) == (500, 409, 200)
    assert (found, ranks(db)) == ({"size": 1, "color": 1}, {"size": 2, "color": 1})


async def test_the_log_of_changes_is_written_last(lists: Lists, db: TestDatabase) -> None:
    removed = await make_field(lists, field_name="size")
    await make_field(lists, field_name="nick")
    db.fail_writes("vicidial_admin_log")

    added, _ = await add(lists)
    changed, _ = await change(lists, field_name="nick", field_max=9)
    deleted, _ = await remove(lists, removed)

    assert (added, changed, deleted) == (500, 500, 500)
    assert names(db) == ["nick", "color"]
    assert columns(db) == {"nick": ("varchar(9)", None, "YES"), "color": PLAIN_TEXT}
    assert definition(db, "nick")["field_max"] == 9


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_where_there_are_transactions_a_change_without_a_column_is_one(
    lists: Lists, db: TestDatabase
) -> None:
    field_id = await make_field(lists, field_type="DISPLAY", field_rank=1)
    before = state(db)
    db.fail_writes("vicidial_admin_log")

    added, _ = await add(lists, field_name="city", field_rank=1, field_rerank="YES")
    changed, _ = await change(lists, field_label="New", field_rank=2, field_rerank="YES")
    deleted, _ = await remove(lists, field_id)

    assert (added, changed, deleted) == (500, 500, 500)
    assert state(db) == before


@ENGINES
async def test_killed_in_the_middle_of_an_alter_a_repeat_finishes(
    lists: Lists, db: TestDatabase
) -> None:
    await make_field(lists, field_name="size")
    async with (
        service_process(db, "svc-lists") as process,
        aiohttp.ClientSession(process.url, headers=authorization("svc-lists")) as client,
    ):
        with reader(db):
            post = asyncio.create_task(client.post(fields_url(), json=FIELD))
            await db.until_waiting(1)
            process.kill()
            with pytest.raises(aiohttp.ClientError):
                await post
            assert names(db) == ["size"]

    status, _ = await add(lists)

    assert (status, names(db)) == (200, ["size", "color"])
    assert columns(db) == {"size": PLAIN_TEXT, "color": PLAIN_TEXT}


@ENGINES
async def test_killed_in_the_middle_of_a_deletion_a_new_field_finishes(
    lists: Lists, db: TestDatabase
) -> None:
    field_id = await make_field(lists)
    async with (
        service_process(db, "svc-lists") as process,
        aiohttp.ClientSession(process.url, headers=authorization("svc-lists")) as client,
    ):
        with reader(db):
            deletion = asyncio.create_task(client.delete(fields_url(101, field_id)))
            await db.until_waiting(1)
            process.kill()
            with pytest.raises(aiohttp.ClientError):
                await deletion
            assert names(db) == []

    status, _ = await add(lists)

    # Whether or not the server has dropped the column meanwhile.
    assert (status, names(db), columns(db)) == (200, ["color"], {"color": PLAIN_TEXT})


@ENGINES
async def test_a_client_that_leaves_stops_nothing(lists: Lists, db: TestDatabase) -> None:
    await make_field(lists, field_name="size")
    async with (
        # The program: aiohttp's test server ends the handlers of clients that leave.
        service_process(db, "svc-lists") as process,
        aiohttp.ClientSession(process.url, headers=authorization("svc-lists")) as client,
    ):
        with reader(db):
            post = asyncio.create_task(client.post(fields_url(), json=FIELD))
            await db.until_waiting(1)
            post.cancel()
            with pytest.raises(asyncio.CancelledError):
                await post

        # A request whose turn comes after that of the POST.
        await client.put(fields_url(), json={"field_name": "size", "field_label": "Size"})

    assert names(db) == ["size", "color"]
    assert columns(db) == {"size": PLAIN_TEXT, "color": PLAIN_TEXT}
    assert [row[1] for row in changes(db)] == ["ADD", "ADD", "MODIFY"]


async def test_a_table_without_fields_is_no_hindrance(lists: Lists, db: TestDatabase) -> None:
    """What a crash between the table and the column leaves."""
    db.execute("CREATE TABLE custom_101 (lead_id INT(9) UNSIGNED NOT NULL PRIMARY KEY)")

    status, _ = await add(lists)

    assert (status, columns(db)) == (200, {"color": PLAIN_TEXT})
    assert custom_tables(db) == ["custom_101", "custom_102"]
