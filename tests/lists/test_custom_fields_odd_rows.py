"""Custom fields as VICIdial alone could have made them, and tables that others use meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import pytest
from dialkit import sql
from support.apps import Lists
from support.builders import make_custom_field, make_custom_table, make_list
from support.changes import changes
from support.custom_fields import (
    add,
    change,
    columns,
    fields_url,
    make_field,
    make_lists,
    names,
    reader,
    remove,
    show,
    state,
)
from support.database import TestDatabase

ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
ODD_NAMES = ["цвет", "färbe", "a-b", "a b", "it's", "a`b", None]


@pytest.fixture(autouse=True)
def odd_lists(db: TestDatabase) -> None:
    """Lists 101 and 102; custom fields are enabled."""
    make_lists(db)


async def test_a_column_that_differs_by_an_accent_is_another(
    lists: Lists, db: TestDatabase
) -> None:
    make_custom_table(db, 101, año="VARCHAR(50)")

    field_id = await make_field(lists, field_name="ano")
    made = columns(db)
    status, _ = await remove(lists, field_id)

    assert list(made) == ["año", "ano"]
    assert (status, list(columns(db)), names(db)) == (200, ["año"], [])


@pytest.mark.parametrize("name", ODD_NAMES)
async def test_a_field_whose_name_is_no_column_of_ours_goes_and_its_column_stays(
    lists: Lists, db: TestDatabase, name: str | None
) -> None:
    make_custom_table(db, 101)
    column = (name or "other").replace("`", "``")
    db.execute(f"ALTER TABLE custom_101 ADD COLUMN `{column}` VARCHAR(50)")
    make_custom_field(db, 101, "color")
    db.execute("UPDATE vicidial_lists_fields SET field_label = %s WHERE list_id = 101", name)
    (field,) = await show(lists)

    status, answer = await remove(lists, field["field_id"])

    assert (field["field_name"], status) == (name, 200), answer
    assert (names(db), list(columns(db))) == ([], [name or "other"])
    assert [row[1] for row in changes(db)] == ["DELETE"]


@pytest.mark.parametrize("name", ODD_NAMES)
async def test_a_field_whose_name_is_no_column_of_ours_takes_a_label_and_no_other_column(
    lists: Lists, db: TestDatabase, name: str | None
) -> None:
    make_custom_table(db, 101)
    make_custom_field(db, 101, "color", field_default="NULL")
    db.execute("UPDATE vicidial_lists_fields SET field_label = %s WHERE list_id = 101", name)
    (field,) = await show(lists)

    labelled, _ = await change(lists, field_id=field["field_id"], field_label="Colour")
    refused, answer = await change(lists, field_id=field["field_id"], field_max=9)

    assert (labelled, refused, list(answer["details"])) == (200, 400, ["field_name"])
    assert [shown["field_label"] for shown in await show(lists)] == ["Colour"]


async def test_a_name_that_only_looks_alike_picks_no_field(lists: Lists, db: TestDatabase) -> None:
    await make_field(lists)
    before = state(db)

    status, answer = await change(lists, field_name="cólor", field_label="Colour")

    assert (status, answer["error"]) == (404, "Custom field not found")
    assert state(db) == before


async def test_a_row_that_no_strict_server_takes_stops_the_copying(
    lists: Lists, db: TestDatabase
) -> None:
    make_list(db, 103)
    db.execute("SET SESSION sql_mode = ''")
    make_custom_field(db, 103, "odd", field_type="")
    db.execute("SET SESSION sql_mode = 'STRICT_ALL_TABLES'")

    response = await lists.put("/api/v1/lists/101", json={"custom_fields_copy": 103})

    assert response.status == 409
    assert (await response.json())["error"] == "Custom field cannot be copied: odd"
    assert names(db) == []


async def test_options_that_the_new_type_does_not_use_are_kept(
    lists: Lists, db: TestDatabase
) -> None:
    lines = "source=>state\nvalue=>FL\noption=>mia|Miami"
    await make_field(lists, field_type="SOURCESELECT", field_options=lines)

    status, _ = await change(lists, field_type="TEXT")

    assert (status, columns(db)) == (200, {"color": ("varchar(50)", None, "YES")})
    assert (await show(lists))[0]["field_options"] == lines


@ENGINES
@pytest.mark.parametrize("wanted", ["DATE", "TIME", "SELECT"])
async def test_a_value_that_comes_while_empty_ones_are_looked_at_is_not_lost(
    lists: Lists, db: TestDatabase, wanted: str
) -> None:
    await make_field(lists)
    db.insert("custom_101", lead_id=1, color="")
    options = {"field_options": "red,blue"} if wanted == "SELECT" else {}
    with closing(db.server.connect(database=db.name)) as agent, agent.cursor() as cursor:
        agent.begin()
        cursor.execute("INSERT INTO custom_101 (lead_id) VALUES (3)")
        changing = asyncio.create_task(change(lists, field_type=wanted, **options))
        await db.until_waiting(1)  # all values fit so far
        cursor.execute("INSERT INTO custom_101 VALUES (2, 'precious')")
        agent.commit()

    status, answer = await changing

    assert (status, answer["error"]) == (409, "Existing values do not fit the new definition")
    assert db.rows("SELECT color FROM custom_101 ORDER BY lead_id") == [
        ("",),
        ("precious",),
        (None,),
    ]
    assert columns(db) == {"color": ("varchar(50)", None, "YES")}


@ENGINES
async def test_a_table_that_is_not_left_in_time_is_a_503_and_a_repeat_finishes(
    lists: Lists, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql, "_LOCK_WAIT_S", 1)
    field_id = await make_field(lists, field_name="size")
    with reader(db):
        added, answer = await add(lists)
        removed, _ = await remove(lists, field_id)
    found = (names(db), list(columns(db)))

    again, _ = await add(lists)

    assert (added, answer["error"], removed) == (503, "Database is busy", 503)
    assert found == ([], ["size"])
    assert [row[1] for row in changes(db)] == ["ADD", "DELETE", "ADD"]
    assert (again, names(db), list(columns(db))) == (200, ["color"], ["size", "color"])


@asynccontextmanager
async def vicidials_page_drops_the_column(db: TestDatabase) -> AsyncIterator[None]:
    """An administrator is first in line to drop `color`; what the block begins comes after."""
    with closing(db.server.connect(database=db.name)) as page, page.cursor() as cursor:
        with reader(db):
            dropping = asyncio.create_task(
                asyncio.to_thread(cursor.execute, "ALTER TABLE custom_101 DROP COLUMN color")
            )
            await db.until_waiting(1)
            yield
            await db.until_waiting(2)
        await dropping


@ENGINES
async def test_a_column_that_vicidials_page_drops_first_is_gone_all_the_same(
    lists: Lists, db: TestDatabase
) -> None:
    field_id = await make_field(lists)
    async with vicidials_page_drops_the_column(db):
        removing = asyncio.create_task(remove(lists, field_id))

    assert (await removing)[0] == 200
    assert (names(db), columns(db)) == ([], {})
    assert [row[1] for row in changes(db)] == ["ADD", "DELETE"]


@ENGINES
async def test_a_column_that_vicidials_page_drops_first_cannot_be_changed_and_a_repeat_adds_it(
    lists: Lists, db: TestDatabase
) -> None:
    await make_field(lists)
    async with vicidials_page_drops_the_column(db):
        changing = asyncio.create_task(change(lists, field_max=9))
    status, answer = await changing

    again, _ = await change(lists, field_max=9)

    assert (status, answer["error"]) == (409, "Custom fields are being changed, try again")
    assert (again, columns(db)) == (200, {"color": ("varchar(9)", None, "YES")})


async def test_definitions_that_wait_leave_connections_for_others(
    lists: Lists, db: TestDatabase
) -> None:
    for list_id in range(201, 206):
        make_list(db, list_id)
        make_custom_table(db, list_id)
    tables = [f"custom_{list_id}" for list_id in range(201, 206)]
    with db.hold(*tables):
        waiting = [asyncio.create_task(add(lists, list_id)) for list_id in range(201, 206)]
        await db.until_waiting(2)
        async with asyncio.timeout(5):
            shown = await lists.get(fields_url(102))
            added = await lists.post("/api/v1/lists", json={"list_name": "New list"})

    assert (shown.status, added.status) == (200, 200)
    assert {(await one)[0] for one in waiting} == {200}
