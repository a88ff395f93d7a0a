"""PUT /api/v1/lists/{list_id}/custom-fields: what is refused, and changes nothing."""

from typing import Any

import pytest
from support.apps import Lists
from support.builders import make_custom_field, make_custom_table, make_list
from support.changes import changes
from support.custom_fields import (
    change,
    columns,
    definition,
    fields_url,
    make_field,
    make_lists,
    state,
)
from support.database import TestDatabase

PLAIN_ONLY = ("'", '"', "\\", ";", "<", ">", "a\tb", "a\x00b", "\U0001f600")


@pytest.fixture(autouse=True)
def custom_lists(db: TestDatabase) -> None:
    """List 101 with `color`, TEXT with a default of 5 characters, and a value of 3."""
    make_lists(db)
    make_custom_table(db, 101, color="VARCHAR(50) DEFAULT 'beige'")
    make_custom_field(
        db, 101, "color", field_default="beige", field_options="", field_cost=153, field_size=20
    )
    db.insert("custom_101", lead_id=1, color="red")


def refused(fields: dict[str, Any], named: str | None = None) -> Any:
    named = named or next(iter(fields))
    return pytest.param(fields, {named}, id=f"{named} {fields.get(named, fields)!r}"[:60])


BAD: list[Any] = [
    refused({"field_label": None}),
    refused({"field_label": ""}),
    *[
        refused({name: value})
        for name in ("field_type", "field_required", "field_rerank", "name_position",
                     "multi_position", "field_show_hide")
        for value in ("", None, "X", 1)
    ],
    *[
        refused({name: value})
        for name, limits in {"field_size": (0, 101), "field_max": (0, 1000),
                             "field_rank": (0, 10000), "field_order": (0, 101)}.items()
        for value in (*limits, "", None, "x", 1.5)
    ],
    *[
        refused({name: sign})
        for name in ("field_label", "field_description", "field_help", "field_options",
                     "field_default")
        for sign in PLAIN_ONLY
    ],
    *[
        pytest.param({name: "x" * length}, {name}, id=f"{name} too long")
        for name, length in {"field_label": 5001, "field_description": 101, "field_help": 1001,
                             "field_options": 5001, "field_default": 51}.items()
    ],
    refused({"field_description": None}),
    refused({"field_help": None}),
    refused({"field_options": None}),
    refused({"field_encrypt": "Y"}),
    refused({"field_duplicate": "Y"}),
    refused({"field_cost": 1}),
    refused({"list_id": 101}),
    refused({"x": 1}),
    refused({"field_type": "SELECT"}, "field_options"),
    refused({"field_type": "MULTI", "field_options": ""}, "field_options"),
    refused({"field_type": "RADIO", "field_options": "a,a"}, "field_options"),
    refused({"field_type": "SWITCH", "field_options": "102,Other\n103,Third"}, "field_options"),
    refused({"field_type": "BUTTON"}, "field_options"),
    refused({"field_type": "SOURCESELECT"}, "field_options"),
    # The stored default `beige` is none of the new definition's.
    refused({"field_type": "SELECT", "field_options": "red,blue"}, "field_default"),
    refused({"field_type": "DATE"}, "field_default"),
    refused({"field_type": "TIME", "field_default": "noon"}, "field_default"),
    pytest.param({"field_max": 4}, {"field_max", "field_default"}, id="shorter than the default"),
    pytest.param({"field_max": 6, "field_default": "seventy"}, {"field_max", "field_default"},
                 id="both, and they do not fit"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "named"), BAD)
async def test_bad_input_names_the_field_and_changes_nothing(
    lists: Lists, db: TestDatabase, fields: dict[str, Any], named: set[str]
) -> None:
    before = state(db)

    status, answer = await change(lists, **fields)

    assert status == 400
    assert next(iter(answer["details"])) in named
    assert state(db) == before
    assert changes(db) == []


@pytest.mark.parametrize("body", [{}, {"field_id": 700}, {"field_name": "color"}])
async def test_a_change_of_nothing_is_a_400(
    lists: Lists, db: TestDatabase, body: dict[str, Any]
) -> None:
    db.execute("UPDATE vicidial_lists_fields SET field_id = 700 WHERE list_id = 101")
    before = state(db)

    response = await lists.put(fields_url(), json=body)

    assert response.status == 400
    if body:
        assert await response.json() == {"success": False, "error": "No fields to update"}
    assert (state(db), changes(db)) == (before, [])


@pytest.mark.parametrize(
    ("picked", "named"),
    [
        pytest.param({}, "field_id", id="neither id nor name"),
        pytest.param({"field_id": "x"}, "field_id", id="no number"),
        pytest.param({"field_id": ""}, "field_id", id="empty id"),
        pytest.param({"field_id": True}, "field_id", id="boolean"),
        pytest.param({"field_id": 1.5}, "field_id", id="fraction"),
        pytest.param({"field_name": 1.5}, "field_name", id="name that is no text"),
    ],
)
async def test_a_change_without_a_field_is_a_400(
    lists: Lists, db: TestDatabase, picked: dict[str, Any], named: str
) -> None:
    before = state(db)

    response = await lists.put(fields_url(), json=picked | {"field_label": "x"})

    answer = await response.json()
    assert (response.status, list(answer["details"])) == (400, [named])
    assert (state(db), changes(db)) == (before, [])


@pytest.mark.parametrize("name", ["colour", "nick", "x`y", "COLOR_2", "select"])
async def test_a_name_does_not_change(lists: Lists, db: TestDatabase, name: str) -> None:
    field_id = definition(db)["field_id"]
    before = state(db)

    status, answer = await change(lists, field_id=field_id, field_name=name, field_label="x")

    assert (status, answer["details"]) == (400, {"field_name": ["field_name cannot be changed"]})
    assert (state(db), changes(db)) == (before, [])


async def test_a_field_that_is_not_the_lists_is_a_404(lists: Lists, db: TestDatabase) -> None:
    theirs, before = definition(db, "nick", 102)["field_id"], state(db)
    picks: list[dict[str, object]] = [
        {"field_id": theirs},
        {"field_id": 4_000_000},
        {"field_name": "nick"},
        {"field_name": "col%"},
        {"field_name": "x`; DROP TABLE custom_101"},
    ]

    for picked in picks:
        answer = await change(lists, field_label="x", **picked)
        assert answer == (404, {"success": False, "error": "Custom field not found"})

    assert (state(db), changes(db)) == (before, [])


@pytest.mark.parametrize(
    "list_id", ["103", "abc", "-101", "101.0", "9" * 19, "1" * 20, "101%60", "101%20"]
)
async def test_a_list_that_is_not_there_is_a_404(
    lists: Lists, db: TestDatabase, list_id: str
) -> None:
    make_custom_field(db, 103, "color")
    before = state(db)

    response = await lists.put(
        fields_url(list_id), json={"field_name": "color", "field_label": "x"}
    )

    assert response.status == 404
    assert await response.json() == {"success": False, "error": "List not found"}
    assert (state(db), changes(db)) == (before, [])


@pytest.mark.parametrize("enabled", ["0", None])
async def test_nothing_is_changed_while_custom_fields_are_not_enabled(
    lists: Lists, db: TestDatabase, enabled: str | None
) -> None:
    db.execute("UPDATE system_settings SET custom_fields_enabled = %s", enabled)
    before = state(db)

    answer = await change(lists, field_label="x")

    assert answer == (409, {"success": False, "error": "Custom fields are not enabled"})
    assert (state(db), changes(db)) == (before, [])


async def test_a_list_below_100_cannot_have_fields(lists: Lists, db: TestDatabase) -> None:
    make_list(db, 99)
    make_custom_field(db, 99, "color")
    before = state(db)

    answer = await change(lists, 99, field_label="x")

    assert answer == (409, {"success": False, "error": "List cannot have custom fields"})
    assert (state(db), changes(db)) == (before, [])


@pytest.mark.parametrize("stored", [None, 0, 1000, 32000])
@pytest.mark.parametrize("default", ["", "x"])
async def test_a_stored_maximum_out_of_range_needs_another_before_the_column_changes(
    lists: Lists, db: TestDatabase, stored: int | None, default: str
) -> None:
    db.execute("UPDATE vicidial_lists_fields SET field_max = %s WHERE list_id = 101", stored)
    db.execute("DELETE FROM custom_101")
    before = state(db)

    status, answer = await change(lists, field_default=default)
    unchanged = state(db)
    taken, _ = await change(lists, field_default=default, field_max=60)

    assert (status, unchanged) == (400, before)
    assert next(iter(answer["details"])) in {"field_max", "field_default"}
    assert (taken, columns(db)["color"][0]) == (200, "varchar(60)")


async def test_an_encrypted_field_keeps_its_column(lists: Lists, db: TestDatabase) -> None:
    db.execute("UPDATE vicidial_lists_fields SET field_encrypt = 'Y' WHERE list_id = 101")
    before = state(db)

    refused = await change(lists, field_max=60)
    unchanged = state(db)
    taken = await change(lists, field_label="x", field_max=50)

    assert refused == (409, {"success": False, "error": "Encrypted field cannot be changed"})
    assert unchanged == before
    assert (taken[0], definition(db)["field_name"]) == (200, "x")
    assert state(db)["custom_101"] == before["custom_101"]


@pytest.mark.parametrize("kind", ["SELECT", "AREA", "DATE", "DISPLAY", "HIDDEN"])
async def test_a_duplicate_keeps_its_type(lists: Lists, db: TestDatabase, kind: str) -> None:
    make_custom_field(
        db, 101, "color_DUPLICATE_001", field_duplicate="Y", field_default="NULL", field_options="",
        field_id=700,
    )  # fmt: skip
    before = state(db)

    status, answer = await change(lists, field_id=700, field_type=kind, field_options="a,b")

    assert (status, list(answer["details"])) == (400, ["field_type"])
    assert (state(db), changes(db)) == (before, [])


async def test_a_duplicate_has_no_column(lists: Lists, db: TestDatabase) -> None:
    make_custom_field(
        db, 101, "color_DUPLICATE_001", field_duplicate="Y", field_default="NULL", field_options="",
        field_id=700,
    )  # fmt: skip

    status, _ = await change(lists, field_id=700, field_type="TEXT", field_max=9, field_label="x")

    assert (status, list(columns(db))) == (200, ["color"])
    row = definition(db, "color_DUPLICATE_001")
    assert (row["field_max"], row["field_name"]) == (9, "x")


async def test_a_row_too_large_for_a_table_is_refused(lists: Lists, db: TestDatabase) -> None:
    db.execute("ALTER TABLE custom_101 ADD filler VARCHAR(21700)")
    before = state(db)

    longer = await change(lists, field_max=999)
    options = ",".join(f"{number:020}" for number in range(100))
    many = await change(lists, field_type="MULTI", field_options=options, field_default="")

    assert (longer[0], list(longer[1]["details"])) == (400, ["field_max"])
    assert (many[0], list(many[1]["details"])) == (400, ["field_options"])
    assert (state(db), changes(db)) == (before, [])


async def test_values_that_the_collation_takes_as_equal_are_refused(
    lists: Lists, db: TestDatabase
) -> None:
    db.execute("UPDATE system_settings SET use_non_latin = '1'")
    await make_field(lists, field_name="size", field_type="SELECT", field_options="e,f")
    before = state(db)

    status, answer = await change(lists, field_name="size", field_options="e,é")

    assert (status, list(answer["details"])) == (400, ["field_options"])
    assert state(db) == before
