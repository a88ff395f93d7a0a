"""Requests that change the fields of one list at the same time."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest
from support.apps import Lists, Start
from support.builders import make_list
from support.changes import changes
from support.custom_fields import (
    Answer,
    add,
    change,
    columns,
    definition,
    make_field,
    make_lists,
    names,
    reader,
    remove,
    show,
)
from support.database import TestDatabase

ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
PLAIN_TEXT = ("varchar(50)", None, "YES")


@pytest.fixture(autouse=True)
def custom_lists(db: TestDatabase) -> None:
    make_lists(db)


async def answers(
    db: TestDatabase, *requests: Coroutine[Any, Any, Answer], table: str = "custom_101"
) -> list[int]:
    """The statuses of requests that meet before a table which none of them may alter yet."""
    with reader(db, table):
        running = [asyncio.ensure_future(request) for request in requests]
        await db.until_waiting(len(running))
    return [status for status, _ in await asyncio.gather(*running)]


async def until_waiting_or_done(
    db: TestDatabase, number: int, request: "asyncio.Task[Any]"
) -> None:
    """Come back when a request waits too, or has already ended."""
    waiting = asyncio.create_task(db.until_waiting(number))
    await asyncio.wait([waiting, request], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()


@ENGINES
async def test_of_two_fields_of_one_name_one_is_added(start_lists: Start, db: TestDatabase) -> None:
    one, other = await start_lists(), await start_lists()
    await make_field(one, field_name="size")

    statuses = await answers(db, add(one), add(other, field_name="COLOR"))

    assert sorted(statuses) == [200, 409]
    assert len(names(db)) == len(columns(db)) == 2
    assert len(changes(db)) == 2


@ENGINES
async def test_of_two_types_of_one_name_the_column_is_that_of_the_one_added(
    start_lists: Start, db: TestDatabase
) -> None:
    one, other = await start_lists(), await start_lists()
    await make_field(one, field_name="size")

    statuses = await answers(db, add(one, field_type="DATE"), add(other, field_type="TIME"))

    assert sorted(statuses) == [200, 409]
    assert columns(db)["color"][0] == definition(db)["field_type"].lower()


@ENGINES
async def test_two_fields_of_a_list_without_table_are_both_added(
    start_lists: Start, db: TestDatabase
) -> None:
    one, other = await start_lists(), await start_lists()
    with db.hold("vicidial_lists_fields"):
        posts = [
            asyncio.create_task(add(instance, field_name=name))
            for instance, name in ((one, "color"), (other, "size"))
        ]
        await db.until_waiting(2)

    assert [(await post)[0] for post in posts] == [200, 200]
    assert sorted(names(db)) == sorted(columns(db)) == ["color", "size"]


@ENGINES
async def test_many_fields_at_once_are_all_added(lists: Lists, db: TestDatabase) -> None:
    wanted = [f"f{number:02}" for number in range(20)]

    found = await asyncio.gather(*[add(lists, field_name=name) for name in wanted])

    assert [status for status, _ in found] == [200] * 20
    assert sorted(names(db)) == sorted(columns(db)) == wanted


@ENGINES
async def test_two_changes_of_a_field_leave_the_column_of_its_definition(
    start_lists: Start, db: TestDatabase
) -> None:
    one, other = await start_lists(), await start_lists()
    await make_field(one)

    statuses = await answers(db, change(one, field_max=7), change(other, field_max=9))

    assert statuses == [200, 200]
    assert columns(db)["color"][0] == f"varchar({definition(db)['field_max']})"


@ENGINES
async def test_of_two_deletions_one_is_a_404(start_lists: Start, db: TestDatabase) -> None:
    one, other = await start_lists(), await start_lists()
    field_id = await make_field(one)

    with reader(db):
        first = asyncio.create_task(remove(one, field_id))
        await db.until_waiting(1)
        second = asyncio.create_task(remove(other, field_id))
        await until_waiting_or_done(db, 2, second)

    assert [(await first)[0], (await second)[0]] == [200, 404]
    assert (names(db), columns(db)) == ([], {})
    assert len(changes(db)) == 2


@ENGINES
@pytest.mark.parametrize("fields", [{}, {"field_type": "DATE"}], ids=["the same", "another"])
async def test_a_field_that_comes_back_while_it_goes_has_a_column(
    start_lists: Start, db: TestDatabase, fields: dict[str, str]
) -> None:
    one, other = await start_lists(), await start_lists()
    field_id = await make_field(one)

    with reader(db):
        deletion = asyncio.create_task(remove(one, field_id))
        await db.until_waiting(1)
        addition = asyncio.create_task(add(other, **fields))
        await until_waiting_or_done(db, 2, addition)

    assert ((await deletion)[0], (await addition)[0]) == (200, 200)
    assert names(db) == list(columns(db)) == ["color"]


@ENGINES
async def test_a_field_that_is_changed_while_it_goes_leaves_no_definition_without_column(
    start_lists: Start, db: TestDatabase
) -> None:
    one, other = await start_lists(), await start_lists()
    field_id = await make_field(one)

    with reader(db):
        deletion = asyncio.create_task(remove(one, field_id))
        await db.until_waiting(1)
        changing = asyncio.create_task(change(other, field_id=field_id, field_max=9))
        await until_waiting_or_done(db, 2, changing)

    assert ((await deletion)[0], (await changing)[0]) == (200, 404)
    assert (names(db), columns(db)) == ([], {})


@ENGINES
async def test_a_field_that_goes_while_it_is_changed(start_lists: Start, db: TestDatabase) -> None:
    one, other = await start_lists(), await start_lists()
    field_id = await make_field(one)

    with reader(db):
        changing = asyncio.create_task(change(one, field_id=field_id, field_max=9))
        await db.until_waiting(1)
        deletion = asyncio.create_task(remove(other, field_id))
        await until_waiting_or_done(db, 2, deletion)

    assert ((await changing)[0], (await deletion)[0]) == (200, 200)
    assert (names(db), columns(db)) == ([], {})


async def test_requests_that_wait_leave_connections_to_others(
    lists: Lists, db: TestDatabase
) -> None:
    make_list(db, 103)
    await make_field(lists, field_name="size")

    with reader(db):
        waiting = [asyncio.create_task(add(lists, field_name=f"f{n}")) for n in range(20)]
        await db.until_waiting(1)
        shown = await show(lists, 102)
        elsewhere = await add(lists, 103)

    assert [field["field_name"] for field in shown] == ["color", "nick"]
    assert elsewhere[0] == 200
    assert [(await one)[0] for one in waiting] == [200] * 20


async def test_a_copy_that_meets_a_new_field_of_the_same_name(
    start_lists: Start, db: TestDatabase
) -> None:
    one, other = await start_lists(), await start_lists()
    await make_field(one, field_name="size")
    with reader(db):
        copying = asyncio.create_task(
            one.put("/api/v1/lists/101", json={"custom_fields_copy": 102})
        )
        await db.until_waiting(1)
        adding = asyncio.create_task(add(other, field_type="DATE"))
        await until_waiting_or_done(db, 2, adding)

    assert ((await copying).status, (await adding)[0]) == (200, 409)
    assert columns(db) == {"size": PLAIN_TEXT, "color": PLAIN_TEXT, "nick": PLAIN_TEXT}
    assert sorted(names(db)) == ["color", "nick", "size"]
