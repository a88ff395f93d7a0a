"""POST /api/v1/leads: values of custom fields (contract: "Custom field values").

The fields are made by svc-lists, but those that only VICIdial itself can make.
"""

from datetime import timedelta
from typing import Any

import pytest
from support.apps import Leads, Lists
from support.builders import make_custom_field, make_custom_table, make_lead, make_list, read_row
from support.custom_fields import change, enable, make_field
from support.database import TestDatabase

LEAST = {"list_id": 101, "phone_number": "5551234567"}
KINDS: dict[str, dict[str, Any]] = {
    "Nick": {"field_type": "TEXT", "field_max": 5},
    "hidden": {"field_type": "HIDDEN", "field_max": 5, "field_default": "abc"},
    "locked": {"field_type": "READONLY", "field_max": 5},
    "story": {"field_type": "AREA", "field_max": 3},
    "secret": {"field_type": "HIDEBLOB"},
    "color": {
        "field_type": "SELECT",
        "field_options": "red,Red\nlight blue,Light blue\n",
        "field_default": "red",
    },
    "size": {"field_type": "RADIO", "field_options": "S,Small\nM,Medium"},
    "origin": {
        "field_type": "SOURCESELECT",
        "field_options": "source=>color\nvalue=>red\noption=>web|Web\nvalue=>\noption=>fair|Fair",
    },
    "langs": {"field_type": "MULTI", "field_options": "en,English\nde,German\nfr,French"},
    "boxes": {"field_type": "CHECKBOX", "field_options": "en,English\nde,German\nfr,French"},
    "due": {"field_type": "DATE"},
    "call_at": {"field_type": "TIME"},
}
# What has no column of its own to write to.
CLOSED: dict[str, dict[str, Any]] = {
    "shown": {"field_type": "DISPLAY"},
    "script": {"field_type": "SCRIPT"},
    "switch": {"field_type": "SWITCH", "field_options": "101,Here\n102,There"},
    "button": {"field_type": "BUTTON", "field_options": "SubmitRefresh"},
    "city": {},
}
ONLY_VICIDIALS: dict[str, dict[str, str]] = {
    "crypt": {"field_encrypt": "Y"},
    "twin": {"field_duplicate": "Y"},
    "status": {},
}


@pytest.fixture(autouse=True)
def custom_list(db: TestDatabase) -> None:
    """List 101, which may have custom fields."""
    make_list(db, 101)
    enable(db)


async def make_fields(lists: Lists, db: TestDatabase, *names: str) -> None:
    """Give list 101 the fields of those names, or one of each kind, in the order of `KINDS`."""
    for order, name in enumerate(names or KINDS | CLOSED | ONLY_VICIDIALS, 1):
        columns = {"field_rank": 1, "field_order": order}
        if name in ONLY_VICIDIALS:
            if name == "crypt":
                db.execute("ALTER TABLE custom_101 ADD crypt VARCHAR(50)")
            make_custom_field(db, 101, name, **columns | ONLY_VICIDIALS[name])
        else:
            await make_field(lists, field_name=name, **columns | (KINDS | CLOSED)[name])
    # As VICIdial's own page stores them.
    db.execute(
        "UPDATE vicidial_lists_fields SET field_options = 'S,Small\r\n\r\nM,Medium\r\n'"
        " WHERE field_label = 'size'"
    )


def lead(list_id: int = 101, /, **values: object) -> dict[str, object]:
    return LEAST | {"list_id": list_id, "custom_fields": values}


async def custom_info(leads: Leads, lead_id: int) -> Any:
    response = await leads.get(f"/api/v1/leads/{lead_id}/info", params={"custom_fields": "Y"})
    return (await response.json())["data"]["custom_fields"]


async def test_values_of_all_kinds_are_stored_and_answered(
    lists: Lists, leads: Leads, db: TestDatabase
) -> None:
    await make_fields(lists, db)
    db.execute("INSERT INTO custom_101 (lead_id, Nick) VALUES (4000000000, 'other')")
    values = {
        "NICK": "Jöé's",
        "hidden": 12345,
        "locked": " $5 x",
        "story": "one\r\ntwo",
        "secret": "a\nb",
        "color": "light blue",
        "size": "M",
        "origin": "fair",
        "langs": ["fr", "en"],
        "boxes": "de,en",
        "due": "2024-02-29",
        "call_at": "23:59",
    }

    response = await leads.post("/api/v1/leads", json=lead(**values))

    data = (await response.json())["data"]
    assert data["entry_list_id"] == 101
    assert list(data["custom_fields"].items()) == [
        ("Nick", "Jöé's"),
        ("hidden", "12345"),
        ("locked", "$5 x"),
        ("story", "one\ntwo"),
        ("secret", "a\nb"),
        ("color", "light blue"),
        ("size", "M"),
        ("origin", "fair"),
        ("langs", "fr,en"),
        ("boxes", "de,en"),
        ("due", "2024-02-29"),
        ("call_at", "23:59:00"),
    ]
    assert await custom_info(leads, data["lead_id"]) == data["custom_fields"]
    stored = read_row(db, "custom_101", lead_id=data["lead_id"])
    assert (stored["story"], stored["secret"]) == ("one!Ntwo", b"a!Nb")
    assert stored["call_at"] == timedelta(hours=23, minutes=59)
    assert read_row(db, "custom_101", lead_id=4000000000)["Nick"] == "other"
    assert db.value("SELECT entry_list_id FROM vicidial_list") == 101


async def test_values_that_are_not_given_keep_the_columns_defaults(
    lists: Lists, leads: Leads, db: TestDatabase
) -> None:
    await make_fields(lists, db)

    response = await leads.post("/api/v1/leads", json=lead(Nick="Al", due=None))

    data = (await response.json())["data"]
    expected = dict.fromkeys(KINDS) | {"Nick": "Al", "hidden": "abc", "color": "red"}
    assert data["custom_fields"] == expected


async def test_empty_values(lists: Lists, leads: Leads, db: TestDatabase) -> None:
    await make_fields(lists, db)

    response = await leads.post("/api/v1/leads", json=lead(**dict.fromkeys(KINDS, "")))

    none = dict.fromkeys(("color", "size", "origin", "due", "call_at"))
    data = (await response.json())["data"]
    assert data["custom_fields"] == dict.fromkeys(KINDS, "") | none
    stored = read_row(db, "custom_101", lead_id=data["lead_id"])
    assert [stored[name] for name in none] == [None] * 5


@pytest.mark.parametrize("given", [{}, {"Nick": None}], ids=["no values", "a null"])
async def test_no_value_at_all_makes_a_row_of_defaults(
    lists: Lists, leads: Leads, db: TestDatabase, given: dict[str, None]
) -> None:
    await make_fields(lists, db)

    response = await leads.post("/api/v1/leads", json=lead(**given))

    data = (await response.json())["data"]
    assert data["custom_fields"] == dict.fromkeys(KINDS) | {"hidden": "abc", "color": "red"}
    assert db.rows("SELECT lead_id, Nick FROM custom_101") == [(data["lead_id"], None)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("Nick", "x" * 5, id="text"),
        pytest.param("story", "x" * 65_533 + "\n", id="area"),
        pytest.param("secret", "é" * 32_767 + "x", id="blob"),
        pytest.param("langs", ["en", "de", "fr"], id="all of many"),
        pytest.param("langs", ["en"] * 20, id="one again and again"),
        pytest.param("call_at", "00:00:00", id="midnight"),
        pytest.param("due", "1000-01-01", id="first day"),
    ],
)
async def test_values_at_their_limits_are_stored(
    lists: Lists, leads: Leads, db: TestDatabase, name: str, value: object
) -> None:
    await make_fields(lists, db, name)

    response = await leads.post("/api/v1/leads", json=lead(**{name: value}))

    expected = ",".join(dict.fromkeys(value)) if isinstance(value, list) else value
    assert (await response.json())["data"]["custom_fields"][name] == expected


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        pytest.param("Nick", "x" * 6, "Longer than 5 characters", id="text"),
        pytest.param("hidden", "a;b", "Character not allowed: ;", id="character"),
        pytest.param("hidden", "a\nb", "Character not allowed: U+000A", id="line break"),
        pytest.param("locked", "\U0001f600", "Character not allowed: \U0001f600", id="emoji"),
        pytest.param("Nick", ["a"], "Must be a string", id="array"),
        pytest.param("Nick", True, "Must be a string", id="boolean"),
        pytest.param("Nick", 1.5, "Must be a string", id="float"),
        pytest.param("story", "x" * 65_536, "Longer than 65535 characters", id="area"),
        pytest.param("story", "é" * 32_768, "Longer than 65535 bytes", id="area in bytes"),
        pytest.param("story", "$(id)", "Character not allowed: $", id="substitution"),
        pytest.param("color", "green", "Must be one of: light blue, red", id="no option"),
        pytest.param("color", "Red", "Must be one of: light blue, red", id="label"),
        pytest.param("size", ["S"], "Must be a string", id="array for one"),
        pytest.param("origin", "red", "Must be one of: fair, web", id="value of the source"),
        pytest.param("langs", ["en", "it"], "Must be one of: de, en, fr", id="one of many"),
        pytest.param("boxes", "en, de", "Must be one of: de, en, fr", id="space in a list"),
        pytest.param("langs", [["en"]], "Must be a string", id="nested"),
        pytest.param("langs", {"en": 1}, "Must be a string", id="object"),
        pytest.param("due", "2025-02-29", "Must be a date, YYYY-MM-DD", id="no day"),
        pytest.param("due", "29.02.2024", "Must be a date, YYYY-MM-DD", id="format"),
        pytest.param("call_at", "24:00", "Must be a time, HH:MM or HH:MM:SS", id="no hour"),
        pytest.param("call_at", "1:00", "Must be a time, HH:MM or HH:MM:SS", id="one digit"),
        pytest.param("call_at", "10:00:00.5", "Must be a time, HH:MM or HH:MM:SS", id="fraction"),
        pytest.param("nope", "x", "Not a field of list 101", id="unknown"),
        pytest.param("lead_id", "1", "Not a field of list 101", id="lead_id"),
        *[
            pytest.param(name, "x", "Not a field of list 101", id=f"closed {name}")
            for name in CLOSED | ONLY_VICIDIALS
        ],
    ],
)
async def test_values_that_do_not_fit_are_refused(
    lists: Lists, leads: Leads, db: TestDatabase, name: str, value: object, why: str
) -> None:
    known = [one for one in KINDS | CLOSED | ONLY_VICIDIALS if one in {"hidden", name}]
    await make_fields(lists, db, *known)

    response = await leads.post("/api/v1/leads", json=lead(**{name: value}))

    assert response.status == 400
    assert await response.json() == {
        "success": False,
        "error": f"Invalid parameters: custom_fields.{name}: {why}",
        "details": {f"custom_fields.{name}": [why]},
    }
    assert (db.count("vicidial_list"), db.count("custom_101")) == (0, 0)


async def test_one_field_by_two_spellings_is_refused(
    lists: Lists, leads: Leads, db: TestDatabase
) -> None:
    await make_fields(lists, db, "Nick")

    response = await leads.post("/api/v1/leads", json=lead(Nick="a", nick="b"))

    assert (await response.json())["details"] == {"custom_fields.nick": ["Given more than once"]}
    assert db.count("vicidial_list") == 0


async def test_clean_text_cleans_values_too(lists: Lists, leads: Leads, db: TestDatabase) -> None:
    await make_fields(lists, db, "Nick", "story")
    body = lead(Nick=" a;b<c> ", story="one;\n`two`") | {"clean_text": "Y"}

    response = await leads.post("/api/v1/leads", json=body)

    values = (await response.json())["data"]["custom_fields"]
    assert (values["Nick"], values["story"]) == ("abc", "one\ntwo")


async def test_form_takes_the_values_as_json(lists: Lists, leads: Leads, db: TestDatabase) -> None:
    await make_fields(lists, db, "Nick")
    form = {"list_id": "101", "phone_number": "5551234567", "custom_fields": '{"Nick": "Al"}'}

    response = await leads.post("/api/v1/leads", data=form)

    assert (await response.json())["data"]["custom_fields"]["Nick"] == "Al"


@pytest.mark.parametrize("enabled", ["0", None])
async def test_custom_fields_that_are_not_enabled(
    lists: Lists, leads: Leads, db: TestDatabase, enabled: str | None
) -> None:
    await make_fields(lists, db, "Nick")
    db.execute("UPDATE system_settings SET custom_fields_enabled = %s", enabled)

    response = await leads.post("/api/v1/leads", json=lead(Nick="Al"))

    assert response.status == 409
    assert await response.json() == {"success": False, "error": "Custom fields are not enabled"}
    assert db.count("vicidial_list") == 0


@pytest.mark.parametrize(
    ("list_id", "entry_list_id", "table"),
    [
        pytest.param(101, None, 101, id="its list"),
        pytest.param(101, 0, 101, id="its list, as entry list 0"),
        pytest.param(101, 102, 102, id="entry list"),
        pytest.param(103, 102, 102, id="entry list of a list without fields"),
    ],
)
async def test_which_table_holds_the_values(
    lists: Lists,
    leads: Leads,
    db: TestDatabase,
    list_id: int,
    entry_list_id: int | None,
    table: int,
) -> None:
    make_list(db, 102)
    make_list(db, 103)
    for made in (101, 102):
        await make_field(lists, made, field_name="Nick", field_max=5)

    response = await leads.post(
        "/api/v1/leads", json=lead(list_id, Nick="Al") | {"entry_list_id": entry_list_id}
    )

    data = (await response.json())["data"]
    assert (data["list_id"], data["entry_list_id"]) == (list_id, table)
    assert db.rows(f"SELECT lead_id, Nick FROM custom_{table}") == [(data["lead_id"], "Al")]
    assert db.count("custom_101") + db.count("custom_102") == 1
    assert db.value("SELECT entry_list_id FROM vicidial_list") == table


@pytest.mark.parametrize("table", [True, False], ids=["no definitions", "no table"])
async def test_list_without_custom_fields(leads: Leads, db: TestDatabase, table: bool) -> None:
    make_list(db, 102)  # whose custom fields are half gone
    if table:
        make_custom_table(db, 102, Nick="VARCHAR(5)")
    else:
        make_custom_field(db, 102, "Nick", field_max=5)

    response = await leads.post("/api/v1/leads", json=lead(102, Nick="Al"))

    assert response.status == 400
    assert (await response.json())["details"] == {"custom_fields": ["List has no custom fields"]}
    assert db.count("vicidial_list") == 0


@pytest.mark.parametrize(
    ("setting", "shown"),
    [
        ("DISABLED", "12345"),
        ("X_OUT_ALL", "XXXXX"),
        ("LAST_1", "XXXX5"),
        ("LAST_2", "XXX45"),
        ("LAST_3", "XX345"),
        ("LAST_4", "X2345"),
        ("FIRST_1_LAST_4", "12345"),
    ],
)
async def test_masked_values_are_stored_whole(
    lists: Lists, leads: Leads, db: TestDatabase, setting: str, shown: str
) -> None:
    await make_fields(lists, db, "Nick")
    await change(lists, field_name="Nick", field_show_hide=setting)

    response = await leads.post("/api/v1/leads", json=lead(Nick="12345"))

    data = (await response.json())["data"]
    assert data["custom_fields"]["Nick"] == shown
    assert (await custom_info(leads, data["lead_id"]))["Nick"] == shown
    assert db.value("SELECT Nick FROM custom_101") == "12345"


async def test_lead_without_a_row_shows_nulls(lists: Lists, leads: Leads, db: TestDatabase) -> None:
    await make_fields(lists, db)
    lead_id = make_lead(db)

    assert await custom_info(leads, lead_id) == dict.fromkeys(KINDS)


async def test_fields_are_shown_by_rank_and_order(
    lists: Lists, leads: Leads, db: TestDatabase
) -> None:
    await make_fields(lists, db)
    await change(lists, field_name="Nick", field_rank=2)
    db.execute("UPDATE vicidial_lists_fields SET field_order = -1 WHERE field_label = 'call_at'")

    response = await leads.post("/api/v1/leads", json=lead(Nick="Al"))

    names = list((await response.json())["data"]["custom_fields"])
    assert (names[0], names[-1]) == ("call_at", "Nick")
