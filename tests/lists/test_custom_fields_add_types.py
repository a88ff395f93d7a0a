"""POST /api/v1/lists/{list_id}/custom-fields: types, their columns, options and defaults."""

from typing import Any

import pytest
from support.apps import Lists
from support.builders import make_custom_table
from support.custom_fields import add, columns, definition, make_field, make_lists, show, state
from support.database import TestDatabase

THREE = "Residential,Commercial,Government"
LINES = "Residential,Residential\nCommercial,Commercial\nGovernment,Government"
ENUM = "enum('Residential','Commercial','Government')"
# 'Residential','Commercial','Government': 13 + 12 + 12 characters, two commas.
LENGTH = 39
SOURCE = "source=>state\nvalue=>FL\noption=>ftl|Fort Lauderdale\noption=>mia|Miami\n" \
    "value=>NY\noption=>nyc|New York\noption=>mia|Miami (N.Y.)"  # fmt: skip
SWITCH = "101,This list\n102,The other"


@pytest.fixture(autouse=True)
def custom_lists(db: TestDatabase) -> None:
    make_lists(db)


TYPES: list[Any] = [
    pytest.param({"field_type": "TEXT"}, ("varchar(50)", None), 153, id="TEXT"),
    pytest.param({"field_type": "TEXT", "field_max": 1}, ("varchar(1)", None), 6, id="TEXT 1"),
    pytest.param({"field_type": "TEXT", "field_max": 999}, ("varchar(999)", None), 3000,
                 id="TEXT 999"),
    pytest.param({"field_type": "TEXT", "field_default": "Mr."}, ("varchar(50)", "Mr."), 153,
                 id="TEXT default"),
    pytest.param({"field_type": "HIDDEN", "field_max": 9, "field_default": "123456789"},
                 ("varchar(9)", "123456789"), 30, id="HIDDEN"),
    pytest.param({"field_type": "READONLY", "field_max": 255}, ("varchar(255)", None), 768,
                 id="READONLY"),
    pytest.param({"field_type": "AREA", "field_max": 3, "field_default": "longer than 3"},
                 ("text", None), 45, id="AREA"),
    pytest.param({"field_type": "HIDEBLOB", "field_max": 3, "field_default": "longer than 3"},
                 ("blob", None), 45, id="HIDEBLOB"),
    pytest.param({"field_type": "DATE", "field_default": "9999"}, ("date", None), 30, id="DATE"),
    pytest.param({"field_type": "DATE"}, ("date", None), 30, id="DATE no default"),
    pytest.param({"field_type": "TIME", "field_default": "-9999"}, ("time", None), 24, id="TIME"),
    pytest.param({"field_type": "SELECT", "field_options": THREE}, (ENUM, None), 117, id="SELECT"),
    pytest.param({"field_type": "SELECT", "field_options": THREE, "field_default": "Commercial"},
                 (ENUM, "Commercial"), 117, id="SELECT default"),
    pytest.param({"field_type": "SELECT", "field_options": THREE, "field_max": 1,
                  "field_default": "Commercial"},
                 (ENUM, "Commercial"), 117, id="SELECT whatever the maximum"),
    pytest.param({"field_type": "RADIO", "field_options": "r,Red\nb,Blue", "field_default": "b"},
                 ("enum('r','b')", "b"), 21, id="RADIO"),
    pytest.param({"field_type": "RADIO", "field_options": "one"}, ("enum('one')", None), 15,
                 id="RADIO of one"),
    pytest.param({"field_type": "SOURCESELECT", "field_options": SOURCE, "field_default": "nyc"},
                 ("enum('ftl','mia','nyc')", "nyc"), 51, id="SOURCESELECT"),
    pytest.param({"field_type": "MULTI", "field_options": THREE},
                 (f"varchar({LENGTH})", None), 117, id="MULTI"),
    pytest.param({"field_type": "MULTI", "field_options": THREE, "field_default": "Government"},
                 (f"varchar({LENGTH})", "Government"), 117, id="MULTI default"),
    pytest.param({"field_type": "CHECKBOX", "field_options": "a,A\nb,B", "field_default": "a"},
                 ("varchar(7)", "a"), 21, id="CHECKBOX"),
    pytest.param({"field_type": "CHECKBOX", "field_options": "a"}, ("varchar(3)", None), 9,
                 id="CHECKBOX of one"),
    pytest.param({"field_type": "DISPLAY", "field_default": "Be kind"}, None, 3, id="DISPLAY"),
    pytest.param({"field_type": "SCRIPT", "field_options": "<b>It's</b>;\n--A--"}, None, 3,
                 id="SCRIPT"),
    pytest.param({"field_type": "SWITCH", "field_options": SWITCH}, None, 3, id="SWITCH"),
    pytest.param({"field_type": "BUTTON", "field_options": "SubmitRefresh"}, None, 3, id="BUTTON"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "column", "cost"), TYPES)
async def test_each_type_has_its_column_and_its_cost(
    lists: Lists, db: TestDatabase, fields: dict[str, Any],
    column: tuple[str, str | None] | None, cost: int,
) -> None:  # fmt: skip
    before = state(db)

    await make_field(lists, **fields)

    row, after = definition(db), state(db)
    assert columns(db) == ({"color": (*column, "YES")} if column else {})
    assert (row["field_type"], row["field_cost"]) == (fields["field_type"], cost)
    assert (row["field_max"], row["field_default"]) == (
        fields.get("field_max", 50),
        fields.get("field_default", "NULL"),
    )
    assert (after["custom_102"], after["definitions"][:2]) == (
        before["custom_102"],
        before["definitions"],
    )


async def test_every_type_can_stand_beside_every_other(lists: Lists, db: TestDatabase) -> None:
    db.insert("custom_102", lead_id=2, color="blue", nick="Bo")
    given = {f"f{number}": case.values[0] for number, case in enumerate(TYPES)}

    for name, fields in given.items():
        await make_field(lists, field_name=name, **fields)

    expected = {f"f{number}": case.values[1] for number, case in enumerate(TYPES)}
    assert columns(db) == {name: (*one, "YES") for name, one in expected.items() if one}
    assert [one["field_name"] for one in await show(lists)] == list(given)


OPTIONS: list[Any] = [
    pytest.param("a,b", "a,a\nb,b", "a,b", "enum('a','b')", id="commas"),
    pytest.param("a", "a,a\n", "a", "enum('a')", id="one value"),
    pytest.param("a,A\n", "a,A\n", "a,A\n", "enum('a')", id="one line"),
    pytest.param("a,a\n", "a,a\n", "a", "enum('a')", id="one line, equal label"),
    pytest.param("a,A\nb,B", "a,A\nb,B", "a,A\nb,B", "enum('a','b')", id="lines"),
    pytest.param("a,A\nb,B\n", "a,A\nb,B", "a,A\nb,B", "enum('a','b')", id="closed by a line feed"),
    pytest.param("a,A\r\nb,B\r\n", "a,A\nb,B", "a,A\nb,B", "enum('a','b')", id="CR and LF"),
    pytest.param("\n\na,A\n\n\nb,B\n\n", "a,A\nb,B", "a,A\nb,B", "enum('a','b')", id="empty lines"),
    pytest.param("a,a\nb,b", "a,a\nb,b", "a,b", "enum('a','b')", id="lines, labels equal"),
    pytest.param("a,A\nb,b", "a,A\nb,b", "a,A\nb,b", "enum('a','b')", id="one label differs"),
    pytest.param("a b,c", "a b,a b\nc,c", "a b,c", "enum('a b','c')", id="inner space"),
    pytest.param(
        "-./:=?@_,0", "-./:=?@_,-./:=?@_\n0,0", "-./:=?@_,0", "enum('-./:=?@_','0')", id="signs"
    ),
    pytest.param("b,a", "b,b\na,a", "b,a", "enum('b','a')", id="not sorted"),
    pytest.param("NULL,x", "NULL,NULL\nx,x", "NULL,x", "enum('NULL','x')", id="the word NULL"),
    pytest.param(
        "a,50% (of: all) & more #1 é\nb,B", "a,50% (of: all) & more #1 é\nb,B",
        "a,50% (of: all) & more #1 é\nb,B", "enum('a','b')", id="signs in a label",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "stored", "shown", "column"), OPTIONS)
async def test_options_are_stored_as_lines_and_shown_short_where_they_can_be(
    lists: Lists, db: TestDatabase, sent: str, stored: str, shown: str, column: str
) -> None:
    await make_field(lists, field_type="SELECT", field_options=sent)

    assert definition(db)["field_options"] == stored
    assert [one["field_options"] for one in await show(lists)] == [shown]
    assert columns(db) == {"color": (column, None, "YES")}


@pytest.mark.parametrize("kind", ["RADIO", "MULTI", "CHECKBOX"])
async def test_options_are_the_same_for_all_types_that_have_them(
    lists: Lists, db: TestDatabase, kind: str
) -> None:
    await make_field(lists, field_type=kind, field_options="a,b")

    assert definition(db)["field_options"] == "a,a\nb,b"
    assert [one["field_options"] for one in await show(lists)] == ["a,b"]


KEPT: list[Any] = [
    *[
        pytest.param(kind, "Not, used\nbut: kept & shown (100%)", id=kind)
        for kind in ("TEXT", "HIDDEN", "READONLY", "AREA", "HIDEBLOB", "DATE", "TIME", "DISPLAY")
    ],
    pytest.param("SCRIPT", "<p>It's {first_name}; 100%s</p>\n\n`x` | é", id="SCRIPT"),
    pytest.param("BUTTON", "SubmitRefresh\nanything, else", id="BUTTON"),
    pytest.param("BUTTON", "SubmitRefreshAndMore", id="BUTTON that goes on"),
    pytest.param("SWITCH", "102,The other\n101,This list", id="SWITCH"),
    pytest.param("SOURCESELECT", SOURCE, id="SOURCESELECT"),
]


@pytest.mark.parametrize(("kind", "text"), KEPT)
async def test_texts_of_other_types_are_kept_as_sent(
    lists: Lists, db: TestDatabase, kind: str, text: str
) -> None:
    await make_field(lists, field_type=kind, field_options=text)

    assert definition(db)["field_options"] == text
    assert [one["field_options"] for one in await show(lists)] == [text]


async def test_an_option_of_a_source_may_be_empty(lists: Lists, db: TestDatabase) -> None:
    text = "source=>state\nvalue=>\noption=>|Choose\nvalue=>FL\noption=>mia|Miami"

    await make_field(lists, field_type="SOURCESELECT", field_options=text)

    assert columns(db) == {"color": ("enum('','mia')", None, "YES")}
    assert definition(db)["field_cost"] == 24


NO_DEFAULT: list[Any] = [
    pytest.param({"field_default": default} | fields, id=f"{fields['field_type']} {default!r}")
    for fields in ({"field_type": "TEXT"}, {"field_type": "AREA"}, {"field_type": "DATE"},
                   {"field_type": "TIME"}, {"field_type": "DISPLAY"}, {"field_type": "HIDEBLOB"},
                   {"field_type": "SELECT", "field_options": "a,b"},
                   {"field_type": "MULTI", "field_options": "NULL,b"},
                   {"field_type": "RADIO", "field_options": "NULL,b"})
    for default in ("", None, "NULL")
]  # fmt: skip


@pytest.mark.parametrize("fields", NO_DEFAULT)
async def test_no_default_is_stored_as_the_text_null(
    lists: Lists, db: TestDatabase, fields: dict[str, Any]
) -> None:
    await make_field(lists, **fields)

    assert definition(db)["field_default"] == "NULL"
    assert [default for _, default, _ in columns(db).values()] in ([], [None])
    assert [one["field_default"] for one in await show(lists)] == [None]


@pytest.mark.parametrize(
    ("kind", "default", "stored"),
    [
        pytest.param("DATE", 0, "0", id="integer"),
        pytest.param("DATE", "-30", "-30", id="digits"),
        pytest.param("DATE", -9999, "-9999", id="least"),
        pytest.param("TIME", 9999, "9999", id="most"),
        pytest.param("TEXT", 42, "42", id="number as text"),
        pytest.param("TEXT", "50% %s %(a)s {} -- # /*!1*/ `x` a.b é", None, id="signs"),
        pytest.param("HIDDEN", "NOW()", None, id="a function"),
        pytest.param("READONLY", "CURRENT_TIMESTAMP", None, id="a word of SQL"),
        pytest.param("DISPLAY", "Ask (nicely) & wait: 100%", None, id="text shown"),
    ],
)
async def test_defaults_are_literal(
    lists: Lists, db: TestDatabase, kind: str, default: str | int, stored: str | None
) -> None:
    stored = str(default) if stored is None else stored

    await make_field(lists, field_type=kind, field_default=default)

    assert definition(db)["field_default"] == stored
    in_sql = stored if kind in {"TEXT", "HIDDEN", "READONLY"} else None
    assert {one for _, one, _ in columns(db).values()} <= {in_sql}
    assert [one["field_default"] for one in await show(lists)] == [stored]


async def test_values_in_letters_of_any_script(lists: Lists, db: TestDatabase) -> None:
    db.execute("UPDATE system_settings SET use_non_latin = '1'")

    await make_field(
        lists, field_type="SELECT", field_options="красный,größe,红", field_default="红"
    )

    assert columns(db) == {"color": ("enum('красный','größe','红')", "红", "YES")}
    assert definition(db)["field_cost"] == 63
    db.execute("INSERT INTO custom_101 (lead_id) VALUES (1)")
    assert db.value("SELECT color FROM custom_101") == "红"


async def test_values_that_the_collation_takes_as_equal_are_refused(
    lists: Lists, db: TestDatabase
) -> None:
    db.execute("UPDATE system_settings SET use_non_latin = '1'")
    await make_field(lists, field_name="size")
    before = state(db)

    status, answer = await add(lists, field_type="SELECT", field_options="e,é")

    assert (status, list(answer["details"])) == (400, ["field_options"])
    assert state(db) == before


TOO_LARGE: list[Any] = [
    pytest.param({}, "field_max", id="TEXT"),
    pytest.param({"field_type": "HIDDEN", "field_max": 3}, "field_max", id="HIDDEN"),
    pytest.param({"field_type": "MULTI", "field_options": THREE}, "field_options", id="MULTI"),
    pytest.param({"field_type": "CHECKBOX", "field_options": "a,b"}, "field_options",
                 id="CHECKBOX"),
    pytest.param({"field_type": "SELECT", "field_options": "a,b"}, "field_options", id="SELECT"),
]  # fmt: skip


@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
@pytest.mark.parametrize(("fields", "named"), TOO_LARGE)
async def test_a_row_too_large_for_a_table_is_refused(
    lists: Lists, db: TestDatabase, fields: dict[str, Any], named: str
) -> None:
    # All of the 65,535 bytes that a row may have.
    make_custom_table(db, 101, filler="VARCHAR(21842)", rest="SMALLINT")
    before = state(db)

    status, answer = await add(lists, **fields)

    assert (status, list(answer["details"])) == (400, [named])
    assert state(db) == before
    assert db.count("vicidial_admin_log") == 0
