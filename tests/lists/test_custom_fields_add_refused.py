"""POST /api/v1/lists/{list_id}/custom-fields: what is refused, and leaves nothing behind."""

from typing import Any

import pytest
from support.apps import Lists
from support.builders import make_custom_field, make_list
from support.changes import changes
from support.custom_fields import add, fields_url, make_lists, state
from support.database import TestDatabase


@pytest.fixture(autouse=True)
def custom_lists(db: TestDatabase) -> None:
    """Lists 101 and 102, and leftovers of a list 103 that is gone."""
    make_lists(db)
    make_custom_field(db, 103, "leftover")


def refused(fields: dict[str, Any], named: str | None = None, *, id: str | None = None) -> Any:  # noqa: A002 - as pytest.param
    named = named or next(iter(fields))
    return pytest.param(fields, named, id=id or f"{named} {fields[named]!r}"[:60])


def of_type(kind: str, named: str, why: str, **fields: Any) -> Any:
    return pytest.param({"field_type": kind} | fields, named, id=f"{kind}: {why}")


PLAIN_ONLY = (
    "'",
    '"',
    "\\",
    ";",
    "<",
    ">",
    "a\nb",
    "a\tb",
    "a\x00b",
    "a\x7fb",
    "\U0001f600",
    "a\u2028b",
)
BAD: list[Any] = [
    refused({"field_label": None}),
    refused({"field_label": ""}),
    refused({"field_label": "  "}),
    refused({"field_label": "x" * 5001}, id="label too long"),
    refused({"field_label": True}),
    refused({"field_label": ["x"]}),
    refused({"field_name": None}),
    refused({"field_type": ""}),
    refused({"field_type": "BOX"}),
    refused({"field_type": 1}),
    refused({"field_type": ["TEXT"]}),
    refused({"field_required": ""}),
    refused({"field_required": "YES"}),
    refused({"field_rerank": ""}),
    refused({"field_rerank": "Y"}),
    refused({"name_position": ""}),
    refused({"name_position": "RIGHT"}),
    refused({"multi_position": ""}),
    refused({"multi_position": "LEFT"}),
    refused({"field_show_hide": ""}),
    refused({"field_show_hide": "LAST_5"}),
    refused({"field_description": "x" * 101}, id="description too long"),
    refused({"field_help": "x" * 1001}, id="help too long"),
    *[
        refused({name: value})
        for name, values in {
            "field_size": (0, 101),
            "field_max": (0, 1000),
            "field_rank": (0, 10000),
            "field_order": (0, 101),
        }.items()
        for value in (*values, -1, "", "x", "1.5", 1.5, True, [1])
    ],
    *[
        refused({name: sign})
        for name in ("field_label", "field_description", "field_help")
        for sign in PLAIN_ONLY
    ],
    refused({"field_encrypt": "N"}),
    refused({"field_duplicate": "N"}),
    refused({"field_id": 5}),
    refused({"field_cost": 5}),
    refused({"list_id": 101}),
    refused({"x": 1}),
]
BAD_OPTIONS: list[Any] = [
    of_type("SELECT", "field_options", "none"),
    of_type("RADIO", "field_options", "empty", field_options=""),
    of_type("MULTI", "field_options", "empty lines", field_options="\n\r\n"),
    of_type("CHECKBOX", "field_options", "only commas", field_options=","),
    of_type("SELECT", "field_options", "one empty", field_options="a,,b"),
    of_type("SELECT", "field_options", "equal values", field_options="a,b,a"),
    of_type("SELECT", "field_options", "equal but for case", field_options="a,b,A"),
    of_type("MULTI", "field_options", "equal lines", field_options="a,A\na,B"),
    of_type("SELECT", "field_options", "too long a value", field_options=f"{'x' * 101},b"),
    of_type("SELECT", "field_options", "line without label", field_options="a,A\nb"),
    of_type("SELECT", "field_options", "empty label", field_options="a,A\nb,"),
    of_type("SELECT", "field_options", "empty value", field_options="a,A\n,B"),
    of_type("SELECT", "field_options", "comma in a label", field_options="a,A\nb,B,C"),
    of_type("SELECT", "field_options", "bar in a label", field_options="a,A\nb,B|C"),
    of_type("SELECT", "field_options", "quote in a label", field_options="a,A\nb,it's"),
    of_type("SELECT", "field_options", "tag in a label", field_options="a,A\nb,<b>"),
    of_type("SELECT", "field_options", "too long a label", field_options=f"a,A\nb,{'x' * 256}"),
    of_type("SELECT", "field_options", "space before a value", field_options="a, b"),
    of_type("SELECT", "field_options", "letter beyond ASCII", field_options="a,é"),
    of_type("SELECT", "field_options", "emoji", field_options="a,\U0001f600"),
    of_type("SELECT", "field_options", "tab", field_options="a,b\tc"),
    *[
        of_type("MULTI", "field_options", f"sign {sign}", field_options=f"a,b{sign}c")
        for sign in "'\"\\;<>`()+*&%#|!$~^[]{}"
    ],
    of_type("SELECT", "field_options", "too long as stored",
            field_options=",".join(f"{n:024}" for n in range(101))),
    of_type("SELECT", "field_options", "too long as sent", field_options="a,A\nb," + "x" * 4995),
    of_type("SELECT", "field_options", "not a text", field_options=["a", "b"]),
    of_type("SOURCESELECT", "field_options", "none"),
    of_type("SOURCESELECT", "field_options", "no option",
            field_options="source=>state\nvalue=>FL"),
    of_type("SOURCESELECT", "field_options", "plain options", field_options="a,A\nb,B"),
    of_type("SOURCESELECT", "field_options", "another line",
            field_options="source=>state\nvalue=>FL\noption=>a|A\nfoo=>bar"),
    of_type("SOURCESELECT", "field_options", "quote in a value",
            field_options="source=>state\nvalue=>FL\noption=>a'b|A"),
    of_type("SOURCESELECT", "field_options", "quote in a label",
            field_options="source=>state\nvalue=>FL\noption=>a|it's"),
    of_type("SWITCH", "field_options", "none"),
    of_type("SWITCH", "field_options", "not this list", field_options="102,Other\n103,Third"),
    of_type("SWITCH", "field_options", "no number", field_options="101,This\nabc,Other"),
    of_type("SWITCH", "field_options", "no label", field_options="101,This\n102"),
    of_type("SWITCH", "field_options", "quote", field_options="101,This\n102,it's"),
    of_type("SWITCH", "field_options", "longer id", field_options="1010,This\n102,Other"),
    of_type("SCRIPT", "field_options", "double quote", field_options='say "hello"'),
    of_type("SCRIPT", "field_options", "backslash", field_options="a\\b"),
    of_type("SCRIPT", "field_options", "emoji", field_options="\U0001f600"),
    of_type("SCRIPT", "field_options", "control character", field_options="a\x07b"),
    of_type("SCRIPT", "field_options", "too long", field_options="x" * 5001),
    of_type("BUTTON", "field_options", "none"),
    of_type("BUTTON", "field_options", "another word", field_options="Refresh"),
    of_type("BUTTON", "field_options", "second line", field_options="x\nSubmitRefresh"),
    of_type("BUTTON", "field_options", "other case", field_options="submitrefresh"),
    of_type("BUTTON", "field_options", "quote", field_options="SubmitRefresh\nit's"),
    *[
        of_type(kind, "field_options", f"not used, sign {sign!r}", field_options=sign)
        for kind in ("TEXT", "AREA", "DATE", "DISPLAY")
        for sign in PLAIN_ONLY if sign != "a\nb"
    ],
    of_type("TEXT", "field_options", "too long", field_options="x" * 5001),
]  # fmt: skip
BAD_DEFAULTS: list[Any] = [
    *[
        of_type(kind, "field_default", f"sign {sign!r}", field_default=sign)
        for kind in ("TEXT", "READONLY", "AREA", "HIDEBLOB", "DISPLAY")
        for sign in PLAIN_ONLY
    ],
    of_type("TEXT", "field_default", "longer than 50", field_default="x" * 51),
    of_type("HIDDEN", "field_default", "longer than its maximum", field_default="xxxx",
            field_max=3),
    of_type("TEXT", "field_default", "longer than its column", field_default="x" * 256,
            field_max=999),
    of_type("AREA", "field_default", "longer than its column", field_default="x" * 256),
    of_type("TEXT", "field_default", "not a text", field_default=1.5),
    *[
        of_type(kind, "field_default", repr(default), field_default=default)
        for kind in ("DATE", "TIME")
        for default in ("x", "1.5", 1.5, 10000, "-10000", "2025-01-08", "10:00", "NOW()", "1 ,",
                        "1e3", "\u0663")
    ],
    of_type("SELECT", "field_default", "no value", field_options="a,b", field_default="c"),
    of_type("RADIO", "field_default", "a label", field_options="a,A1\nb,B1", field_default="A1"),
    of_type("SOURCESELECT", "field_default", "value of the source", field_default="FL",
            field_options="source=>state\nvalue=>FL\noption=>mia|Miami"),
    of_type("MULTI", "field_default", "two values", field_options="a,b", field_default="a,b"),
    of_type("CHECKBOX", "field_default", "no value", field_options="a,b", field_default="c"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "named"), BAD + BAD_OPTIONS + BAD_DEFAULTS)
async def test_bad_input_names_the_field_and_writes_nothing(
    lists: Lists, db: TestDatabase, fields: dict[str, Any], named: str
) -> None:
    before = state(db)

    status, answer = await add(lists, **fields)

    assert (status, list(answer["details"])) == (400, [named])
    assert answer["error"].startswith(f"Invalid parameters: {named}: ")
    assert state(db) == before
    assert changes(db) == []


async def test_all_faults_are_told_at_once(lists: Lists) -> None:
    response = await lists.post(fields_url(), json={"field_max": 0, "field_type": "BOX"})

    assert sorted((await response.json())["details"]) == [
        "field_label", "field_max", "field_name", "field_type"
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["color", "COLOR", "Color"])
async def test_a_name_is_taken_once_whatever_its_case(
    lists: Lists, db: TestDatabase, name: str
) -> None:
    before = state(db)

    answer = await add(lists, 102, field_name=name, field_label="Another")

    assert answer == (409, {"success": False, "error": "Custom field already exists"})
    assert state(db) == before
    assert changes(db) == []


@pytest.mark.parametrize("enabled", ["0", None])
async def test_nothing_is_added_while_custom_fields_are_not_enabled(
    lists: Lists, db: TestDatabase, enabled: str | None
) -> None:
    db.execute("UPDATE system_settings SET custom_fields_enabled = %s", enabled)
    before = state(db)

    answer = await add(lists)

    assert answer == (409, {"success": False, "error": "Custom fields are not enabled"})
    assert (state(db), changes(db)) == (before, [])


@pytest.mark.parametrize("list_id", [0, 1, 99])
async def test_a_list_below_100_cannot_have_fields(
    lists: Lists, db: TestDatabase, list_id: int
) -> None:
    make_list(db, list_id)
    before = state(db)

    answer = await add(lists, list_id)

    assert answer == (409, {"success": False, "error": "List cannot have custom fields"})
    assert (state(db), changes(db)) == (before, [])


@pytest.mark.parametrize(
    "list_id", ["103", "abc", "-101", "101.0", "x101", "101x", "9" * 19, "1" * 20, "101%60",
                "%D9%A1%D9%A0%D9%A1", "101%3B", "101%20", "102%60%20(x%20INT)%3B--"]
)  # fmt: skip
async def test_a_list_that_is_not_there_is_a_404(
    lists: Lists, db: TestDatabase, list_id: str
) -> None:
    before = state(db)

    response = await lists.post(
        fields_url(list_id), json={"field_name": "color", "field_label": "Color"}
    )

    assert response.status == 404
    assert await response.json() == {"success": False, "error": "List not found"}
    assert (state(db), changes(db)) == (before, [])


async def test_a_refused_field_can_be_added_once_it_is_right(
    lists: Lists, db: TestDatabase
) -> None:
    await add(lists, field_type="SELECT", field_options="a,a")

    status, _ = await add(lists, field_type="SELECT", field_options="a,b")

    assert status == 200
