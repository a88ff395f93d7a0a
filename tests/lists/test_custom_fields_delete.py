"""DELETE /api/v1/lists/{list_id}/custom-fields/{field_id}."""

from typing import Any

import pytest
from support.apps import Lists, Start, clock_at
from support.builders import make_custom_field, make_custom_table, make_list
from support.changes import changes
from support.custom_fields import (
    change,
    columns,
    custom_tables,
    definition,
    fields_url,
    make_field,
    make_lists,
    names,
    remove,
    state,
)
from support.database import TestDatabase
from support.statements import statements_sent

DONE = (200, {"success": True, "message": "Field deleted successfully", "data": None})
NO_FIELD = (404, {"success": False, "error": "Custom field not found"})
NO_LIST = (404, {"success": False, "error": "List not found"})


@pytest.fixture(autouse=True)
def custom_lists(db: TestDatabase) -> None:
    make_lists(db)


@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
async def test_a_field_goes_with_its_column(start_lists: Start, db: TestDatabase) -> None:
    lists = await start_lists(clock=clock_at("2025-07-08T15:30:00"))
    field_id = await make_field(lists)
    await make_field(lists, field_name="size")
    db.insert("custom_101", lead_id=1, color="red", size="M")
    before, size = state(db), definition(db, "size")

    answer = await remove(lists, field_id)
    await lists.close()

    assert answer == DONE
    assert (names(db), list(columns(db)), definition(db, "size")) == (["size"], ["size"], size)
    assert db.rows("SELECT * FROM custom_101") == [(1, "M")]
    assert state(db)["custom_102"] == before["custom_102"]
    assert state(db)["definitions"] == [row for row in before["definitions"] if row[0] != field_id]
    assert changes(db)[-1] == (
        "CUSTOM_FIELDS", "DELETE", "101", "ADMIN DELETE CUSTOM LIST FIELD", f"{field_id} color"
    )  # fmt: skip
    (logged_at, sql) = db.rows(
        "SELECT event_date, event_sql FROM vicidial_admin_log ORDER BY admin_log_id"
    )[-1]
    first, second = sql.split("\n")
    assert str(logged_at) == "2025-07-08 11:30:00"
    assert first.startswith("DELETE FROM vicidial_lists_fields")
    assert second.startswith("ALTER TABLE `custom_101` DROP")
    functions = db.rows("SELECT function, result FROM vicidial_api_log")
    assert functions == [("update_list", "SUCCESS")] * 3


async def test_the_last_field_leaves_the_table_and_its_rows(lists: Lists, db: TestDatabase) -> None:
    field_id = await make_field(lists)
    db.insert("custom_101", lead_id=1, color="red")

    assert await remove(lists, field_id) == DONE

    assert custom_tables(db) == ["custom_101", "custom_102"]
    assert db.rows("SELECT * FROM custom_101") == [(1,)]


async def test_a_repeat_is_a_404(lists: Lists, db: TestDatabase) -> None:
    field_id = await make_field(lists)

    assert [await remove(lists, field_id), await remove(lists, field_id)] == [DONE, NO_FIELD]
    assert len(changes(db)) == 2


@pytest.mark.parametrize(
    "kind",
    [
        {"field_type": "DISPLAY"},
        {"field_type": "SCRIPT"},
        {"field_type": "SWITCH", "field_options": "101,Here\n102,There"},
        {"field_type": "BUTTON", "field_options": "SubmitRefresh"},
    ],
    ids=lambda kind: str(kind["field_type"]),
)
async def test_a_field_without_column_takes_none_with_it(
    lists: Lists, db: TestDatabase, kind: dict[str, str]
) -> None:
    field_id = await make_field(lists)
    db.insert("custom_101", lead_id=1, color="red")
    await change(lists, **kind)
    table = state(db)["custom_101"]

    assert await remove(lists, field_id) == DONE

    assert (names(db), state(db)["custom_101"]) == ([], table)


async def test_a_standard_name_takes_no_column_with_it(lists: Lists, db: TestDatabase) -> None:
    field_id = await make_field(lists, field_name="city")
    db.execute("ALTER TABLE custom_101 ADD city VARCHAR(50)")  # whoever made it

    assert await remove(lists, field_id) == DONE

    assert (names(db), list(columns(db))) == ([], ["city"])


@pytest.mark.parametrize(
    ("twin", "stays"),
    [
        pytest.param({"field_label": "a_b_DUPLICATE_001"}, True, id="duplicate"),
        pytest.param({"field_label": "A_B_duplicate_2"}, True, id="in other letters"),
        pytest.param({"field_label": "axb_DUPLICATE_001"}, False, id="of another field"),
        pytest.param({"field_label": "a_bc_DUPLICATE_001"}, False, id="of a longer name"),
        pytest.param({"field_label": "a_bxDUPLICATEx001"}, False, id="underscores"),
        pytest.param(
            {"field_label": "a_b_DUPLICATE_001", "field_duplicate": "N"}, False, id="only its name"
        ),
        pytest.param(
            {"field_label": "a_b_DUPLICATE_001", "list_id": 102}, False, id="of another list"
        ),
    ],
)  # fmt: skip
async def test_a_column_stays_while_a_duplicate_shows_it(
    lists: Lists, db: TestDatabase, twin: dict[str, Any], stays: bool
) -> None:
    field_id = await make_field(lists, field_name="a_b")
    row: dict[str, Any] = {"list_id": 101, "field_name": "x", "field_duplicate": "Y"} | twin
    db.insert("vicidial_lists_fields", **row)

    assert await remove(lists, field_id) == DONE

    assert list(columns(db)) == ["a_b"] * stays
    assert row["field_label"] in names(db, row["list_id"])


async def test_a_duplicate_goes_without_the_column_that_it_shows(
    lists: Lists, db: TestDatabase
) -> None:
    await make_field(lists)
    make_custom_field(db, 101, "color_DUPLICATE_001", field_id=700, field_duplicate="Y")

    assert await remove(lists, 700) == DONE

    assert (names(db), list(columns(db))) == (["color"], ["color"])


@pytest.mark.parametrize("table", ["made", "missing"])
async def test_a_column_that_is_not_there_stops_nothing(
    lists: Lists, db: TestDatabase, table: str
) -> None:
    if table == "made":
        make_custom_table(db, 101, other="INT")
    make_custom_field(db, 101, "color", field_id=700)

    assert await remove(lists, 700) == DONE

    assert (names(db), list(columns(db))) == ([], ["other"] if table == "made" else [])


@pytest.mark.parametrize("name", ["1e5", "_utf8", "select", "status_", "key"])
async def test_columns_that_could_not_be_made_here_go_too(
    lists: Lists, db: TestDatabase, name: str
) -> None:
    make_custom_table(db, 101, **{name: "VARCHAR(50)", "other": "INT"})
    make_custom_field(db, 101, name, field_id=700)

    assert await remove(lists, 700) == DONE

    assert (names(db), list(columns(db))) == ([], ["other"])


@pytest.mark.parametrize("name", ["lead_id", "x` , DROP COLUMN `other", "a b", "it's", "", "é"])
async def test_a_definition_that_could_be_no_column_goes_alone(
    lists: Lists, db: TestDatabase, name: str
) -> None:
    make_custom_table(db, 101, other="INT")
    make_custom_field(db, 101, name, field_id=700)
    table = state(db)["custom_101"]

    assert await remove(lists, 700) == DONE

    assert (names(db), state(db)["custom_101"]) == ([], table)


async def test_an_encrypted_field_can_be_deleted(lists: Lists, db: TestDatabase) -> None:
    field_id = await make_field(lists)
    db.execute("UPDATE vicidial_lists_fields SET field_encrypt = 'Y' WHERE list_id = 101")

    assert await remove(lists, field_id) == DONE

    assert (names(db), columns(db)) == ([], {})


async def test_a_field_that_is_not_the_lists_is_a_404(lists: Lists, db: TestDatabase) -> None:
    theirs = definition(db, "nick", 102)["field_id"]
    await make_field(lists)
    before = state(db)

    for field_id in (theirs, 0, -1, 4_000_000, "9" * 30, "color", "1.0", "%60", "1%20OR%201"):
        assert await remove(lists, field_id) == NO_FIELD

    assert state(db) == before


@pytest.mark.parametrize("list_id", ["103", "abc", "-101", "9" * 19, "1" * 20, "101%60"])
async def test_a_list_that_is_not_there_is_a_404(
    lists: Lists, db: TestDatabase, list_id: str
) -> None:
    make_custom_field(db, 103, "color", field_id=700)
    before = state(db)

    response = await lists.delete(fields_url(list_id, 700))

    assert (response.status, await response.json()) == NO_LIST
    assert (state(db), changes(db)) == (before, [])


@pytest.mark.parametrize("enabled", ["0", None])
async def test_nothing_is_deleted_while_custom_fields_are_not_enabled(
    lists: Lists, db: TestDatabase, enabled: str | None
) -> None:
    field_id = await make_field(lists)
    db.execute("UPDATE system_settings SET custom_fields_enabled = %s", enabled)
    before = state(db)

    answer = await remove(lists, field_id)

    assert answer == (409, {"success": False, "error": "Custom fields are not enabled"})
    assert state(db) == before


async def test_a_list_below_100_cannot_have_fields(lists: Lists, db: TestDatabase) -> None:
    make_list(db, 99)
    make_custom_field(db, 99, "color", field_id=700)
    before = state(db)

    answer = await remove(lists, 700, 99)

    assert answer == (409, {"success": False, "error": "List cannot have custom fields"})
    assert state(db) == before


async def test_a_name_is_free_again(lists: Lists, db: TestDatabase) -> None:
    field_id = await make_field(lists)
    await remove(lists, field_id)

    again = await make_field(lists, field_type="DATE")

    assert again != field_id
    assert columns(db) == {"color": ("date", None, "YES")}


async def test_values_are_read_by_nobody(lists: Lists, db: TestDatabase) -> None:
    """A DROP COLUMN needs no look at what is lost."""
    field_id = await make_field(lists)
    with statements_sent() as sent:
        await remove(lists, field_id)

    assert not [one.sql for one in sent if "FROM `custom_101`" in one.sql]
