"""POST and PUT /api/v1/lists with `custom_fields_copy` (contract: "Copying fields")."""

from typing import Any

import pytest
from support.apps import Lists
from support.builders import make_custom_field, make_custom_table, make_list
from support.changes import changes
from support.custom_fields import (
    Answer,
    columns,
    custom_tables,
    definition,
    make_field,
    make_lists,
    names,
    state,
)
from support.database import TestDatabase

LISTS = "/api/v1/lists"
NEW = {"list_name": "Copy of 101", "list_id": 200, "custom_fields_copy": 101}


def refusal(answer: Answer) -> tuple[int, str]:
    """Status and error of an answer, which must say why the copying stopped."""
    status, envelope = answer
    assert not envelope["success"]
    assert list(envelope["details"]) == ["custom_fields_copy"]
    return status, envelope["error"]


@pytest.fixture(autouse=True)
def custom_lists(db: TestDatabase) -> None:
    make_lists(db)


@pytest.fixture
async def source(lists: Lists) -> None:
    """List 101 with a field of each sort: text, one of a few, the lead's own, display-only."""
    await make_field(lists, field_name="Nick", field_max=9, field_default="Al", field_rank=4)
    await make_field(
        lists, field_name="size", field_type="SELECT", field_options="s,Small\nm,Medium",
        field_default="m", field_rank=2, field_order=3, field_required="Y", field_help="Ask",
        field_description="How big", field_show_hide="LAST_1", name_position="TOP",
        multi_position="VERTICAL", field_size=7,
    )  # fmt: skip
    await make_field(lists, field_name="city", field_rank=1)
    await make_field(lists, field_name="note", field_type="DISPLAY", field_default="Be kind",
                     field_rank=3)  # fmt: skip


async def put(lists: Lists, list_id: int, **fields: object) -> Answer:
    response = await lists.put(f"{LISTS}/{list_id}", json=fields)
    return response.status, await response.json()


def copied(db: TestDatabase, name: str, list_id: int) -> dict[str, Any]:
    """A definition without what must differ."""
    row = definition(db, name, list_id)
    del row["field_id"], row["list_id"]
    return row


def logged(db: TestDatabase, list_id: int) -> list[tuple[str, str]]:
    """What was done to a list's fields: type and name."""
    return [
        (kind, notes.split(" ", 1)[1])
        for section, kind, record, _, notes in changes(db)
        if (section, record) == ("CUSTOM_FIELDS", str(list_id))
    ]


@pytest.mark.usefixtures("source")
@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
async def test_a_new_list_gets_the_fields_of_another(lists: Lists, db: TestDatabase) -> None:
    before = state(db)

    response = await lists.post(LISTS, json=NEW)

    assert response.status == 200
    assert names(db, 200) == ["city", "size", "note", "Nick"]  # in the order of GET
    for name in names(db, 200):
        assert copied(db, name, 200) == copied(db, name, 101)
    assert columns(db, 200) == {
        "size": ("enum('s','m')", "m", "YES"),
        "Nick": ("varchar(9)", "Al", "YES"),
    }
    after = state(db)
    assert (after["custom_101"], after["custom_102"]) == (
        before["custom_101"],
        before["custom_102"],
    )
    assert after["definitions"][:6] == before["definitions"]
    assert logged(db, 200) == [("ADD", "city"), ("ADD", "size"), ("ADD", "note"), ("ADD", "Nick")]
    assert changes(db)[-1][:3] == ("LISTS", "ADD", "200")
    assert db.value("SELECT active FROM vicidial_lists WHERE list_id = 200") == "Y"


@pytest.mark.usefixtures("source")
async def test_a_list_without_given_id_gets_them_too(lists: Lists, db: TestDatabase) -> None:
    response = await lists.post(LISTS, json={"list_name": "Copy", "custom_fields_copy": "101"})

    list_id = (await response.json())["data"]["list_id"]
    assert sorted(names(db, list_id)) == ["Nick", "city", "note", "size"]


@pytest.mark.usefixtures("source")
async def test_values_are_not_copied(lists: Lists, db: TestDatabase) -> None:
    db.execute("INSERT INTO custom_101 (lead_id, Nick) VALUES (1, 'Al')")

    await lists.post(LISTS, json=NEW)

    assert db.count("custom_200") == 0


@pytest.mark.usefixtures("source")
@pytest.mark.parametrize("method", [{}, {"custom_copy_method": "APPEND"}], ids=["none", "APPEND"])
async def test_append_adds_what_the_list_has_not(
    lists: Lists, db: TestDatabase, method: dict[str, str]
) -> None:
    make_custom_field(db, 101, "crypt", field_encrypt="Y")
    make_custom_field(db, 101, "Nick_DUPLICATE_001", field_duplicate="Y")
    nick = definition(db, "nick", 102)  # which is `Nick` in list 101

    status, answer = await put(lists, 102, custom_fields_copy=101, **method)

    assert (status, answer["message"], answer["data"]) == (
        200, "List updated successfully", {"list_id": "102"}
    )  # fmt: skip
    assert names(db, 102) == ["color", "nick", "city", "size", "note"]
    assert definition(db, "nick", 102) == nick
    assert list(columns(db, 102)) == ["color", "nick", "size"]
    assert db.rows("SELECT lead_id, color, nick FROM custom_102") == [(1, "red", "Al")]
    assert copied(db, "size", 102) == copied(db, "size", 101)
    assert logged(db, 102) == [("ADD", "city"), ("ADD", "size"), ("ADD", "note")]


@pytest.mark.usefixtures("source")
async def test_a_repeated_append_adds_nothing(lists: Lists, db: TestDatabase) -> None:
    await put(lists, 102, custom_fields_copy=101)
    before, logged_once = state(db), logged(db, 102)

    status, _ = await put(lists, 102, custom_fields_copy=101)

    assert (status, state(db), logged(db, 102)) == (200, before, logged_once)


@pytest.mark.usefixtures("source")
@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
async def test_update_changes_what_both_have(lists: Lists, db: TestDatabase) -> None:
    color = definition(db, "color", 102)

    status, _ = await put(lists, 102, custom_fields_copy=101, custom_copy_method="UPDATE")

    assert status == 200
    assert names(db, 102) == ["color", "nick"]
    assert definition(db, "color", 102) == color
    assert copied(db, "nick", 102) == copied(db, "Nick", 101) | {"field_label": "nick"}
    assert columns(db, 102) == {
        "color": ("varchar(50)", None, "YES"),
        "nick": ("varchar(9)", "Al", "YES"),
    }
    assert db.rows("SELECT * FROM custom_102") == [(1, "red", "Al")]
    assert logged(db, 102) == [("MODIFY", "nick")]


@pytest.mark.usefixtures("source")
async def test_a_list_that_exists_gets_its_table(lists: Lists, db: TestDatabase) -> None:
    make_list(db, 103)

    status, _ = await put(lists, 103, custom_fields_copy=101, list_description="Copied")

    assert (status, len(names(db, 103))) == (200, 4)
    assert custom_tables(db) == ["custom_101", "custom_102", "custom_103"]
    assert db.value("SELECT list_description FROM vicidial_lists WHERE list_id = 103") == "Copied"


REFUSED: list[Any] = [
    pytest.param({"custom_fields_copy": 999999}, "custom_fields_copy", id="no list"),
    pytest.param({"custom_fields_copy": 104}, "custom_fields_copy", id="fields without a list"),
    pytest.param({"custom_fields_copy": 103}, "custom_fields_copy", id="list without fields"),
    pytest.param({"custom_fields_copy": "x"}, "custom_fields_copy", id="no number"),
    pytest.param({"custom_fields_copy": ""}, "custom_fields_copy", id="empty"),
    pytest.param({"custom_fields_copy": 1.5}, "custom_fields_copy", id="fraction"),
    pytest.param({"custom_fields_copy": 102, "custom_copy_method": "REPLACE"},
                 "custom_copy_method", id="method"),
    pytest.param({"custom_fields_copy": 102, "custom_copy_method": ""}, "custom_copy_method",
                 id="empty method"),
    pytest.param({"custom_copy_method": "UPDATE", "list_description": "x"}, "custom_copy_method",
                 id="method alone"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "named"), REFUSED)
async def test_what_cannot_be_a_source_is_refused(
    lists: Lists, db: TestDatabase, fields: dict[str, Any], named: str
) -> None:
    make_list(db, 103)
    make_custom_field(db, 104, "left")
    before, rows = state(db), db.rows("SELECT * FROM vicidial_lists ORDER BY list_id")
    new = {"list_name": "New", "list_id": 200} | fields

    posted = await lists.post(LISTS, json=new)
    changed = await put(lists, 101, **fields)

    answer = await posted.json()
    assert (posted.status, list(answer["details"])) == (400, [named])
    assert (changed[0], list(changed[1]["details"])) == (400, [named])
    assert (state(db), changes(db)) == (before, [])
    assert db.rows("SELECT * FROM vicidial_lists ORDER BY list_id") == rows


async def test_a_list_is_no_source_of_its_own(lists: Lists, db: TestDatabase) -> None:
    before = state(db)
    new = {"list_name": "New", "list_id": 104, "custom_fields_copy": 104}
    make_custom_field(db, 104, "left", field_id=700)

    posted = await lists.post(LISTS, json=new)
    status, answer = await put(lists, 102, custom_fields_copy=102)

    assert (posted.status, list((await posted.json())["details"])) == (400, ["custom_fields_copy"])
    assert (status, list(answer["details"])) == (400, ["custom_fields_copy"])
    db.execute("DELETE FROM vicidial_lists_fields WHERE field_id = 700")
    assert (state(db), changes(db)) == (before, [])
    assert db.rows("SELECT 1 FROM vicidial_lists WHERE list_id = 104") == []


@pytest.mark.parametrize("enabled", ["0", None])
async def test_nothing_is_copied_while_custom_fields_are_not_enabled(
    lists: Lists, db: TestDatabase, enabled: str | None
) -> None:
    db.execute("UPDATE system_settings SET custom_fields_enabled = %s", enabled)
    before, refused = state(db), {"success": False, "error": "Custom fields are not enabled"}

    posted = await lists.post(LISTS, json=NEW | {"custom_fields_copy": 102})
    changed = await put(lists, 101, custom_fields_copy=102)

    assert (posted.status, await posted.json()) == (409, refused)
    assert changed == (409, refused)
    assert (state(db), changes(db)) == (before, [])
    assert db.rows("SELECT 1 FROM vicidial_lists WHERE list_id = 200") == []


async def test_a_list_below_100_cannot_have_fields(lists: Lists, db: TestDatabase) -> None:
    make_list(db, 99)
    before = state(db)

    answer = await put(lists, 99, custom_fields_copy=102)

    assert answer == (409, {"success": False, "error": "List cannot have custom fields"})
    assert (state(db), changes(db)) == (before, [])


UNCOPIABLE: list[Any] = [
    pytest.param("odd", {"field_type": "SELECT", "field_options": "it's,It's\nb,B"}, id="options"),
    pytest.param("odd", {"field_default": "it's"}, id="default"),
    pytest.param("odd", {"field_default": "x" * 60}, id="default too long"),
    pytest.param("x`y", {}, id="name that is no column"),
    pytest.param("odd", {"field_max": 32000}, id="maximum"),
]


@pytest.mark.parametrize(("name", "fields"), UNCOPIABLE)
async def test_copying_stops_at_what_could_not_be_made_here(
    lists: Lists, db: TestDatabase, name: str, fields: dict[str, Any]
) -> None:
    await make_field(lists, field_name="alpha", field_rank=1)
    make_custom_field(db, 101, name, **{"field_rank": 2, "field_default": "NULL"} | fields)
    await make_field(lists, field_name="omega", field_rank=3)
    refused = f"Custom field cannot be copied: {name}"

    response = await lists.post(LISTS, json=NEW)
    found = names(db, 200), list(columns(db, 200))
    state_of_list = db.value("SELECT active FROM vicidial_lists WHERE list_id = 200")
    db.execute("DELETE FROM vicidial_lists_fields WHERE field_label = %s", name)
    status, _ = await put(lists, 200, custom_fields_copy=101, active="Y")

    assert (response.status, (await response.json())["error"]) == (409, refused)
    assert (found, state_of_list) == ((["alpha"], ["alpha"]), "N")
    assert (status, names(db, 200)) == (200, ["alpha", "omega"])
    assert logged(db, 200) == [("ADD", "alpha"), ("ADD", "omega")]


FREELY_MADE: list[Any] = [
    pytest.param("select", {}, ["select"], id="reserved word"),
    pytest.param("1e5", {}, ["1e5"], id="digit first"),
    pytest.param("odd", {"field_type": "SWITCH", "field_options": "101,A\n102,B"}, [], id="switch"),
    pytest.param("odd", {"field_name": "<b>it's</b>", "field_help": None}, ["odd"], id="texts"),
]


@pytest.mark.parametrize(("name", "fields", "made"), FREELY_MADE)
async def test_what_vicidial_made_more_freely_is_copied_as_it_is(
    lists: Lists, db: TestDatabase, name: str, fields: dict[str, Any], made: list[str]
) -> None:
    make_custom_field(db, 101, name, **{"field_default": "NULL"} | fields)

    response = await lists.post(LISTS, json=NEW)

    assert (response.status, list(columns(db, 200))) == (200, made)
    costs = {"field_cost": definition(db, name, 200)["field_cost"]}
    assert copied(db, name, 200) == copied(db, name, 101) | costs


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"field_type": "SWITCH", "field_options": "101,A\n103,B"}, id="switch"),
        pytest.param({"field_type": "DATE", "field_default": "today"}, id="date"),
        pytest.param({"field_type": "BUTTON", "field_options": "Click"}, id="button"),
        pytest.param({"field_max": 32000}, id="maximum"),
    ],
)
async def test_update_goes_by_the_rules_of_put(
    lists: Lists, db: TestDatabase, fields: dict[str, Any]
) -> None:
    row = {"field_default": "NULL", "field_options": "", "field_size": 20} | fields
    make_custom_field(db, 101, "color", **row)
    before = state(db)

    answer = await put(lists, 102, custom_fields_copy=101, custom_copy_method="UPDATE")

    assert refusal(answer) == (409, "Custom field cannot be copied: color")
    assert state(db) == before


@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
async def test_copying_stops_where_values_do_not_fit(lists: Lists, db: TestDatabase) -> None:
    await make_field(lists, field_name="color", field_max=9, field_rank=1, field_label="New")
    await make_field(lists, field_name="nick", field_max=1, field_rank=2, field_label="New")
    nick = definition(db, "nick", 102)

    refused = await put(lists, 102, custom_fields_copy=101, custom_copy_method="UPDATE")
    row, found = definition(db, "nick", 102), columns(db, 102)
    db.execute("UPDATE custom_102 SET nick = 'A'")
    again = await put(lists, 102, custom_fields_copy=101, custom_copy_method="UPDATE")

    assert refusal(refused) == (409, "Custom field cannot be copied: nick")
    assert (row, found["color"][0], found["nick"][0]) == (nick, "varchar(9)", "varchar(50)")
    assert (again[0], columns(db, 102)["nick"][0]) == (200, "varchar(1)")


async def test_copying_stops_where_a_row_would_be_too_large(lists: Lists, db: TestDatabase) -> None:
    make_list(db, 103)
    make_custom_table(db, 103, filler="VARCHAR(21842)", rest="SMALLINT")
    await make_field(lists, field_name="note", field_type="DISPLAY")
    await make_field(lists, field_name="size")

    answer = await put(lists, 103, custom_fields_copy=101)

    assert refusal(answer) == (409, "Custom field cannot be copied: size")
    assert names(db, 103) == ["note"]


async def test_a_column_that_a_list_already_has_is_taken(lists: Lists, db: TestDatabase) -> None:
    make_list(db, 103)
    make_custom_table(db, 103, size="VARCHAR(50)")
    db.insert("custom_103", lead_id=1, size="M")
    await make_field(lists, field_name="size")

    status, _ = await put(lists, 103, custom_fields_copy=101)

    assert (status, names(db, 103)) == (200, ["size"])
    assert db.rows("SELECT * FROM custom_103") == [(1, "M")]


@pytest.mark.usefixtures("source")
async def test_a_copy_that_fails_leaves_an_inactive_list_for_a_change_to_finish(
    lists: Lists, db: TestDatabase
) -> None:
    db.fail_writes("vicidial_lists_fields")
    broken = await lists.post(LISTS, json=NEW)
    row = db.rows("SELECT active FROM vicidial_lists WHERE list_id = 200")
    db.mend_writes("vicidial_lists_fields")

    status, _ = await put(lists, 200, custom_fields_copy=101, active="Y")

    assert (broken.status, row) == (500, [("N",)])
    assert (status, len(names(db, 200))) == (200, 4)
    assert db.value("SELECT active FROM vicidial_lists WHERE list_id = 200") == "Y"
