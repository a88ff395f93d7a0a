"""POST /api/v1/lists and PUT /api/v1/lists/{list_id} with `custom_fields_copy`."""

import asyncio
from typing import Any

import pytest
from dialkit import sql
from support.apps import Lists, Start, clock_at
from support.builders import make_custom_field, make_custom_table, make_list, read_row
from support.changes import admin_log, changes, paused
from support.custom_fields import columns, custom_tables, definition, names, reader
from support.database import TestDatabase
from support.lists import add, change, list_ids, refused, updated

COLOR = ("CUSTOM_FIELDS", "ADD", "102", "ADMIN ADD CUSTOM LIST FIELD")
NO_CHOICE = "Invalid parameters: field_options: At least one option is needed"
MODIFY = ("LISTS", "MODIFY", "102", "ADMIN API UPDATE LIST", "list: 102")


@pytest.fixture
async def lists(start_lists: Start, db: TestDatabase) -> Lists:
    """svc-lists on 8 July 2025, 11:30 in New York; list 101 with `color` and `nick`."""
    make_list(db, 101)
    make_custom_table(db, 101, color="VARCHAR(50)", nick="VARCHAR(50)")
    for rank, label in enumerate(("color", "nick"), 1):
        make_custom_field(db, 101, label, field_rank=rank, field_default="NULL")
    return await start_lists(clock=clock_at("2025-07-08T15:30:00"))


def active(db: TestDatabase, list_id: int = 102) -> Any:
    return db.value("SELECT active FROM vicidial_lists WHERE list_id = %s", list_id)


def spoil(db: TestDatabase, label: str) -> None:
    """Make a field of list 101 such as only VICIdial takes: a choice of nothing."""
    db.execute(
        "UPDATE vicidial_lists_fields SET field_type = 'SELECT' WHERE field_label = %s", label
    )


def mend(db: TestDatabase, label: str) -> None:
    db.execute("UPDATE vicidial_lists_fields SET field_type = 'TEXT' WHERE field_label = %s", label)


async def test_a_new_list_gets_the_fields_of_another(lists: Lists, db: TestDatabase) -> None:
    status, envelope = await add(lists, custom_fields_copy=101)

    assert (status, envelope["data"]) == (
        200, {"list_id": 102, "list_name": "New list", "campaign_id": "", "active": "Y"}
    )  # fmt: skip
    assert (names(db, 102), columns(db, 102)) == (["color", "nick"], columns(db, 101))
    assert active(db) == "Y"
    assert [row[:4] for row in changes(db)] == [
        COLOR, COLOR, ("LISTS", "ADD", "102", "ADMIN API ADD LIST")
    ]  # fmt: skip
    assert changes(db)[-1][-1] == "list: 102||101"


async def test_the_log_of_an_addition_holds_both_statements(lists: Lists, db: TestDatabase) -> None:
    await add(lists, custom_fields_copy=101)

    insert, update = admin_log(db)[-1][6].split("\n")
    assert insert.startswith("INSERT INTO `vicidial_lists` (`list_id`")
    assert update == "UPDATE vicidial_lists SET `active` = 'Y' WHERE list_id = 102"


@pytest.mark.parametrize("asked", ["Y", "N"])
async def test_a_new_list_is_inactive_until_it_has_its_fields(
    lists: Lists, db: TestDatabase, asked: str
) -> None:
    async with paused(db, "vicidial_lists_fields", "BEFORE INSERT"):
        request = asyncio.create_task(add(lists, custom_fields_copy=101, active=asked))
        await db.until_waiting(1)
        meanwhile = active(db)
    status, envelope = await request

    assert (status, envelope["data"]["active"]) == (200, asked)
    assert (meanwhile, active(db)) == ("N", asked)


@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
async def test_after_a_crash_put_finishes_the_new_list(lists: Lists, db: TestDatabase) -> None:
    db.fail_writes("vicidial_lists_fields")
    broken, _ = await add(lists, custom_fields_copy=101)
    left = active(db), names(db, 102)
    db.mend_writes("vicidial_lists_fields")

    again, _ = await change(lists, 102, custom_fields_copy=101, active="Y")

    assert (broken, left) == (500, ("N", []))
    assert (again, active(db), names(db, 102)) == (200, "Y", ["color", "nick"])


async def test_a_new_list_whose_fields_cannot_be_copied_stays_inactive_and_is_logged(
    lists: Lists, db: TestDatabase
) -> None:
    spoil(db, "nick")

    status, envelope = await add(lists, custom_fields_copy=101)

    assert (status, envelope) == (
        409,
        {"success": False, "error": "Custom field cannot be copied: nick",
         "details": {"custom_fields_copy": [NO_CHOICE]}, "data": {"list_id": 102}},
    )  # fmt: skip
    assert (active(db), names(db, 102)) == ("N", ["color"])
    assert changes(db)[-1] == ("LISTS", "ADD", "102", "ADMIN API ADD LIST", "list: 102||101")

    mend(db, "nick")
    again = await change(lists, 102, custom_fields_copy=101, active="Y")
    assert again[0] == 200
    assert (active(db), names(db, 102)) == ("Y", ["color", "nick"])


REFUSED: list[Any] = [
    pytest.param(555, 400, "Invalid parameters: custom_fields_copy: List not found", id="unknown"),
    pytest.param(103, 400, "Invalid parameters: custom_fields_copy: List has no custom fields",
                 id="no fields"),
    pytest.param(102, 400, "Invalid parameters: custom_fields_copy: Must be another list",
                 id="itself"),
]  # fmt: skip


async def test_a_busy_table_stops_the_copying_and_the_answer_tells_the_list(
    lists: Lists, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql, "_LOCK_WAIT_S", 1)
    make_custom_table(db, 150)
    with reader(db, "custom_150"):
        status, envelope = await add(lists, list_id=150, custom_fields_copy=101)
    found = (active(db, 150), names(db, 150), [row[3] for row in changes(db)])

    again, _ = await change(lists, 150, custom_fields_copy=101, active="Y")

    assert (status, envelope["error"]) == (503, "Database is busy")
    assert envelope["data"] == {"list_id": 150}
    assert found == ("N", [], ["ADMIN API ADD LIST"])
    assert (again, active(db, 150), names(db, 150)) == (200, "Y", ["color", "nick"])


@pytest.mark.parametrize(("source", "status", "error"), REFUSED)
async def test_what_cannot_be_copied_is_refused_before_anything_is_written(
    lists: Lists, db: TestDatabase, source: int, status: int, error: str
) -> None:
    make_list(db, 103)
    added = await add(lists, list_id=102, custom_fields_copy=source)
    assert list_ids(db) == [101, 103]
    make_list(db, 102)
    before = read_row(db, "vicidial_lists", list_id=102)
    changed = await change(lists, 102, custom_fields_copy=source, list_name="Changed")

    for answer in (added, changed):
        assert (answer[0], answer[1]["error"]) == (status, error)
        assert list(answer[1]["details"]) == ["custom_fields_copy"]
    assert read_row(db, "vicidial_lists", list_id=102) == before
    assert (admin_log(db), custom_tables(db)) == ([], ["custom_101"])


async def test_custom_fields_that_are_not_enabled_are_a_409(lists: Lists, db: TestDatabase) -> None:
    make_list(db, 103)
    db.execute("UPDATE system_settings SET custom_fields_enabled = '0'")

    added = await add(lists, custom_fields_copy=101)
    changed = await change(lists, 103, custom_fields_copy=101, list_name="Changed")

    assert added == changed == refused(409, "Custom fields are not enabled")
    assert list_ids(db) == [101, 103]
    assert db.count("vicidial_lists_fields") == 2
    assert admin_log(db) == []


async def test_a_list_below_100_gets_no_fields(lists: Lists, db: TestDatabase) -> None:
    make_list(db, 99)

    answer = await change(lists, 99, custom_fields_copy=101)

    assert answer == refused(409, "List cannot have custom fields")
    assert custom_tables(db) == ["custom_101"]


async def test_a_change_may_consist_of_copying_alone(lists: Lists, db: TestDatabase) -> None:
    make_list(db, 102, list_changedate="2024-01-01 00:00:00")
    before = read_row(db, "vicidial_lists", list_id=102)

    status, envelope = await change(lists, 102, custom_fields_copy="101")

    assert (status, envelope["data"]) == (200, {"list_id": "102"})
    assert names(db, 102) == ["color", "nick"]
    assert read_row(db, "vicidial_lists", list_id=102) == before
    assert [row[:4] for row in changes(db)] == [COLOR, COLOR]


async def test_columns_are_changed_before_fields_are_copied_and_logged_after(
    lists: Lists, db: TestDatabase
) -> None:
    make_list(db, 102)
    async with paused(db, "vicidial_lists_fields", "BEFORE INSERT"):
        request = asyncio.create_task(change(lists, 102, custom_fields_copy=101, list_name="New"))
        await db.until_waiting(1)
        meanwhile = db.value("SELECT list_name FROM vicidial_lists WHERE list_id = 102")
    status, _ = await request

    assert (status, meanwhile) == (200, "New")
    assert [row[:4] for row in changes(db)] == [COLOR, COLOR, MODIFY[:4]]


async def test_what_was_changed_before_copying_stopped_is_logged(
    lists: Lists, db: TestDatabase
) -> None:
    make_list(db, 102)
    spoil(db, "color")

    answer = await change(lists, 102, custom_fields_copy=101, list_name="New", reset_list="Y")

    status, envelope = refused(409, "Custom field cannot be copied: color")
    assert answer == (status, envelope | {"details": {"custom_fields_copy": [NO_CHOICE]}})
    assert db.value("SELECT list_name FROM vicidial_lists WHERE list_id = 102") == "New"
    assert changes(db) == [
        MODIFY,
        ("LISTS", "RESET", "102", "ADMIN API RESET LIST",
         "0 leads reset, list resets today: 1"),
    ]  # fmt: skip


async def test_the_method_update_changes_fields_and_adds_none(
    lists: Lists, db: TestDatabase
) -> None:
    make_list(db, 102)
    make_custom_field(db, 102, "color", field_name="Old", field_default="NULL")
    db.execute("CREATE TABLE custom_102 LIKE custom_101")
    db.execute("UPDATE vicidial_lists_fields SET field_name = 'Colour' WHERE list_id = 101")

    answer = await change(lists, 102, custom_fields_copy=101, custom_copy_method="UPDATE")

    assert answer == (200, updated()[1] | {"data": {"list_id": "102"}})
    assert names(db, 102) == ["color"]
    assert definition(db, "color", 102)["field_name"] == "Colour"
