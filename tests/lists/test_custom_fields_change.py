"""PUT /api/v1/lists/{list_id}/custom-fields: what changes in the definition and its column."""

from typing import Any

import pytest
from support.apps import Lists, Start, clock_at
from support.builders import make_custom_field, make_custom_table
from support.changes import changes, difference
from support.custom_fields import (
    change,
    columns,
    definition,
    fields_url,
    make_field,
    make_lists,
    show,
    state,
)
from support.database import TestDatabase
from support.statements import Statement, statements_sent

DONE = (200, {"success": True, "message": "Field updated successfully", "data": None})
SOURCE = "source=>state\nvalue=>FL\noption=>mia|Miami"


@pytest.fixture(autouse=True)
def custom_lists(db: TestDatabase) -> None:
    make_lists(db)


def definitions_made(sent: list[Statement]) -> list[str]:
    """The statements that create or alter a table."""
    return [one.sql for one in sent if "ALTER TABLE" in one.sql or "CREATE TABLE" in one.sql]


async def test_a_changed_field(start_lists: Start, db: TestDatabase) -> None:
    lists = await start_lists(clock=clock_at("2025-07-08T15:30:00"))
    field_id = await make_field(lists, field_default="red")
    await make_field(lists, field_name="size")
    db.insert("custom_101", lead_id=1, color="blue", size="M")
    before, row, size = state(db), definition(db), definition(db, "size")

    answer = await change(
        lists, field_id=field_id, field_label="Favorite color", field_max=9, field_required="Y"
    )

    assert answer == DONE
    assert difference(row, definition(db)) == {
        "field_name": "Favorite color",
        "field_max": 9,
        "field_cost": 30,
        "field_required": "Y",
    }
    assert columns(db) == {
        "color": ("varchar(9)", "red", "YES"),
        "size": ("varchar(50)", None, "YES"),
    }
    assert db.rows("SELECT * FROM custom_101") == [(1, "blue", "M")]
    assert definition(db, "size") == size
    assert state(db)["custom_102"] == before["custom_102"]
    assert state(db)["definitions"][:2] == before["definitions"][:2]
    assert changes(db)[-1] == (
        "CUSTOM_FIELDS", "MODIFY", "101", "ADMIN MODIFY CUSTOM LIST FIELD", f"{field_id} color"
    )  # fmt: skip
    (logged_at, sql) = db.rows(
        "SELECT event_date, event_sql FROM vicidial_admin_log ORDER BY admin_log_id"
    )[-1]
    first, second = sql.split("\n")
    assert str(logged_at) == "2025-07-08 11:30:00"
    assert first.startswith("ALTER TABLE `custom_101`")
    assert second.startswith("UPDATE vicidial_lists_fields")


async def test_the_field_is_picked_by_id_or_by_name(lists: Lists, db: TestDatabase) -> None:
    field_id = await make_field(lists, field_name="Color")
    picks: list[dict[str, object]] = [
        {"field_id": field_id},
        {"field_id": str(field_id)},
        {"field_name": "Color"},
        {"field_name": "cOLOR"},
        {"field_id": field_id, "field_name": "Color"},
    ]

    for number, picked in enumerate(picks):
        response = await lists.put(fields_url(), json=picked | {"field_label": f"Label {number}"})
        assert (response.status, (await show(lists))[0]["field_label"]) == (200, f"Label {number}")

    assert [one["field_label"] for one in await show(lists, 102)] == ["color", "nick"]
    assert {row[4] for row in changes(db)} == {f"{field_id} Color"}


TEXTS: list[Any] = [
    pytest.param("field_label", "Über & 100%", "field_name", "Über & 100%", id="label"),
    pytest.param("field_description", "What", "field_description", "What", id="description"),
    pytest.param("field_description", "", "field_description", "", id="no description"),
    pytest.param("field_help", "Ask", "field_help", "Ask", id="help"),
    pytest.param("field_help", "", "field_help", "", id="no help"),
    pytest.param("field_options", "not\nused", "field_options", "not\nused", id="options"),
    pytest.param("field_options", "", "field_options", "", id="no options"),
    pytest.param("field_size", 100, "field_size", 100, id="size"),
    pytest.param("field_required", "INBOUND_ONLY", "field_required", "INBOUND_ONLY", id="required"),
    pytest.param("field_rank", 77, "field_rank", 77, id="rank"),
    pytest.param("field_order", "5", "field_order", 5, id="order"),
    pytest.param("name_position", "TOP", "name_position", "TOP", id="name"),
    pytest.param("multi_position", "VERTICAL", "multi_position", "VERTICAL", id="options' place"),
    pytest.param("field_show_hide", "X_OUT_ALL", "field_show_hide", "X_OUT_ALL", id="mask"),
    pytest.param("field_type", "HIDDEN", "field_type", "HIDDEN", id="type with the same column"),
    pytest.param("field_type", "READONLY", "field_type", "READONLY", id="read only"),
]


@pytest.mark.parametrize(("field", "value", "column", "stored"), TEXTS)
async def test_a_change_that_leaves_the_column_alone_defines_nothing(
    lists: Lists, db: TestDatabase, field: str, value: object, column: str, stored: object
) -> None:
    await make_field(
        lists, field_description="Old", field_help="Old", field_options="old", field_rank=3
    )
    await make_field(lists, field_name="size", field_rank=3)
    row, others = definition(db), definition(db, "size")
    with statements_sent() as sent:
        answer = await change(lists, **{field: value})

    assert answer == DONE
    assert difference(row, definition(db)) == {column: stored}
    assert definition(db, "size") == others
    assert definitions_made(sent) == []


@pytest.mark.parametrize("default", ["", None, "NULL"])
async def test_a_default_can_be_taken_away(
    lists: Lists, db: TestDatabase, default: str | None
) -> None:
    await make_field(lists, field_default="red")
    db.insert("custom_101", lead_id=1)

    answer = await change(lists, field_default=default)

    assert (answer, definition(db)["field_default"]) == (DONE, "NULL")
    assert columns(db) == {"color": ("varchar(50)", None, "YES")}
    assert db.value("SELECT color FROM custom_101") == "red"


async def test_a_new_default_is_for_new_rows(lists: Lists, db: TestDatabase) -> None:
    await make_field(lists, field_type="SELECT", field_options="red,blue")
    db.insert("custom_101", lead_id=1)

    await change(lists, field_default="blue")

    db.insert("custom_101", lead_id=2)
    assert db.rows("SELECT color FROM custom_101 ORDER BY lead_id") == [(None,), ("blue",)]


@pytest.mark.parametrize(
    ("options", "stored"),
    [
        pytest.param("red,green", "red,red\ngreen,green", id="short"),
        pytest.param("red,Red\r\ngreen,Green\r\n", "red,Red\ngreen,Green", id="lines"),
        pytest.param("red", "red,red\n", id="one"),
    ],
)
async def test_new_options(lists: Lists, db: TestDatabase, options: str, stored: str) -> None:
    await make_field(lists, field_type="MULTI", field_options="red,blue,yellow")

    answer = await change(lists, field_options=options)

    assert answer == DONE
    row = definition(db)
    length = {"red,red\ngreen,green": 13, "red,Red\ngreen,Green": 13, "red,red\n": 5}[stored]
    assert (row["field_options"], row["field_cost"]) == (stored, 3 * length)
    assert columns(db) == {"color": (f"varchar({length})", None, "YES")}


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("SELECT", "a,b"), ("RADIO", "a,A\nb,b"), ("MULTI", "a"), ("CHECKBOX", "a,A\n"),
        ("SOURCESELECT", SOURCE), ("SWITCH", "101,Here\n102,There"), ("SCRIPT", "<b>\nit's</b>"),
        ("BUTTON", "SubmitRefresh\nx"), ("AREA", "not\nused"), ("DATE", ""), ("DISPLAY", ""),
    ],
)  # fmt: skip
async def test_what_get_answers_can_be_put_back_and_changes_nothing(
    lists: Lists, db: TestDatabase, kind: str, options: str
) -> None:
    await make_field(lists, field_type=kind, field_options=options)
    before = state(db)
    (shown,) = await show(lists)
    del shown["field_encrypt"], shown["field_duplicate"]
    with statements_sent() as sent:
        answer = await change(lists, **shown)

    assert (answer, state(db), definitions_made(sent)) == (DONE, before, [])


async def test_a_repeat_is_a_success(lists: Lists, db: TestDatabase) -> None:
    await make_field(lists)

    answers = [await change(lists, field_max=9, field_label="x") for _ in range(2)]

    assert answers == [DONE, DONE]
    assert len(changes(db)) == 3


async def test_a_form_changes_a_field(lists: Lists, db: TestDatabase) -> None:
    field_id = await make_field(lists)
    form = {"field_id": str(field_id), "field_max": "9", "field_help": "", "user": "7777"}

    response = await lists.put(fields_url(), data=form)

    assert (response.status, definition(db)["field_max"]) == (200, 9)
    assert columns(db) == {"color": ("varchar(9)", None, "YES")}


async def test_a_type_without_column_leaves_the_column_and_its_values(
    lists: Lists, db: TestDatabase
) -> None:
    await make_field(lists)
    db.insert("custom_101", lead_id=1, color="red")
    with statements_sent() as sent:
        hidden = await change(lists, field_type="DISPLAY")
    made = definitions_made(sent)
    between = columns(db)

    back = await change(lists, field_type="TEXT")

    assert (hidden, back, made) == (DONE, DONE, [])
    assert between == columns(db) == {"color": ("varchar(50)", None, "YES")}
    assert db.value("SELECT color FROM custom_101") == "red"


async def test_a_column_left_by_a_type_without_one_is_made_what_the_field_needs(
    lists: Lists, db: TestDatabase
) -> None:
    await make_field(lists)
    await change(lists, field_type="DISPLAY")

    answer = await change(lists, field_type="SELECT", field_options="a,b")

    assert (answer, columns(db)) == (DONE, {"color": ("enum('a','b')", None, "YES")})


async def test_values_left_by_a_type_without_column_are_not_lost(
    lists: Lists, db: TestDatabase
) -> None:
    await make_field(lists)
    db.insert("custom_101", lead_id=1, color="red")
    await change(lists, field_type="DISPLAY")
    before = state(db)

    status, answer = await change(lists, field_type="DATE")

    assert (status, answer["error"]) == (409, "Existing values do not fit the new definition")
    assert state(db) == before


async def test_a_field_that_gets_a_column(lists: Lists, db: TestDatabase) -> None:
    await make_field(lists, field_type="DISPLAY", field_default="Be kind")
    db.execute("INSERT INTO custom_101 VALUES (1)")

    answer = await change(lists, field_type="TEXT", field_max=7)

    assert (answer, columns(db)) == (DONE, {"color": ("varchar(7)", "Be kind", "YES")})
    assert definition(db)["field_cost"] == 24


async def test_a_missing_column_is_added(lists: Lists, db: TestDatabase) -> None:
    make_custom_table(db, 101)
    make_custom_field(db, 101, "color", field_default="NULL", field_options="")

    answer = await change(lists, field_max=9)

    assert (answer, columns(db)) == (DONE, {"color": ("varchar(9)", None, "YES")})


async def test_a_missing_column_is_added_though_the_definitions_column_stays(
    lists: Lists, db: TestDatabase
) -> None:
    make_custom_table(db, 101)
    make_custom_field(db, 101, "color", field_default="NULL", field_options="")

    answer = await change(lists, field_max=50)

    assert (answer, columns(db)) == (DONE, {"color": ("varchar(50)", None, "YES")})


async def test_a_label_is_no_reason_to_look_at_the_table(lists: Lists, db: TestDatabase) -> None:
    make_custom_table(db, 101)
    make_custom_field(db, 101, "color", field_default="NULL", field_options="")

    answer = await change(lists, field_label="Favorite color")

    assert (answer, columns(db)) == (DONE, {})


FREELY_FILLED: list[Any] = [
    pytest.param({"field_options": "it's,It's\nb,\"B\"", "field_type": "SELECT"}, id="options"),
    pytest.param({"field_options": None, "field_type": "SELECT"}, id="no options"),
    pytest.param({"field_default": "it's"}, id="default"),
    pytest.param({"field_default": "x" * 60}, id="default too long"),
    pytest.param({"field_default": None, "field_options": None, "field_max": None}, id="NULLs"),
    pytest.param({"field_max": 0, "field_size": 0, "field_rank": 0}, id="numbers"),
    pytest.param({"field_max": 32000}, id="high number"),
    pytest.param({"field_name": "<b>it's</b>", "field_help": '"x"\ny'}, id="texts"),
]


@pytest.mark.parametrize("columns", FREELY_FILLED)
async def test_what_vicidial_filled_more_freely_can_get_a_new_label(
    lists: Lists, db: TestDatabase, columns: dict[str, Any]
) -> None:
    make_custom_table(db, 101, color="VARCHAR(50)")
    make_custom_field(db, 101, "color", **columns)
    row = definition(db)

    answer = await change(lists, field_label="New", field_order=2)

    changed = difference(row, definition(db))
    changed.pop("field_cost", None)
    assert (answer, changed) == (DONE, {"field_name": "New", "field_order": 2})


@pytest.mark.parametrize("name", ["1e5", "_utf8", "status", "select", "x_DUPLICATE_1"])
async def test_names_that_could_not_be_made_here_can_get_a_new_label(
    lists: Lists, db: TestDatabase, name: str
) -> None:
    make_custom_table(db, 101, **{name: "VARCHAR(50)"})
    make_custom_field(db, 101, name, field_id=700)

    by_id = await change(lists, field_id=700, field_label="One")
    by_name = await change(lists, field_name=name, field_order=2)

    row = definition(db, name)
    assert (by_id, by_name, row["field_name"], row["field_order"]) == (DONE, DONE, "One", 2)


async def test_options_as_vicidial_stores_them_serve_a_change(
    lists: Lists, db: TestDatabase
) -> None:
    make_custom_table(db, 101, color="ENUM('a','b')")
    stored = {"field_type": "SELECT", "field_options": "a,A\r\nb,B\r\n", "field_default": "NULL"}
    make_custom_field(db, 101, "color", **stored)

    answer = await change(lists, field_default="b")

    assert (answer, columns(db)) == (DONE, {"color": ("enum('a','b')", "b", "YES")})
    assert definition(db)["field_options"] == "a,A\r\nb,B\r\n"


async def test_stored_options_serve_a_new_type(lists: Lists, db: TestDatabase) -> None:
    await make_field(lists, field_type="SELECT", field_options="a,A\nb,B", field_default="b")

    await change(lists, field_type="TEXT")
    as_text = columns(db)
    answer = await change(lists, field_type="RADIO")

    assert as_text == {"color": ("varchar(50)", "b", "YES")}
    assert (answer, columns(db)) == (DONE, {"color": ("enum('a','b')", "b", "YES")})
