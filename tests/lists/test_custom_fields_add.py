"""POST /api/v1/lists/{list_id}/custom-fields: the definition, its table and its column."""

from typing import Any

import pytest
from support.apps import Lists, Start, clock_at
from support.builders import make_custom_field, make_custom_table, make_lead, make_list, read_row
from support.changes import changes
from support.custom_fields import (
    add,
    columns,
    custom_tables,
    definition,
    fields_url,
    make_field,
    make_lists,
    names,
    show,
    state,
)
from support.database import TestDatabase
from support.statements import statements_sent

PLAIN_TEXT = ("varchar(50)", None, "YES")
UNFIT = {"success": False, "error": "Existing values do not fit the new definition"}
ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])


@pytest.fixture(autouse=True)
def custom_lists(db: TestDatabase) -> None:
    make_lists(db)


async def test_the_least_that_makes_a_field(lists: Lists, db: TestDatabase) -> None:
    before = state(db)

    response = await lists.post(
        fields_url(), json={"field_name": "customer_type", "field_label": "Customer Type"}
    )

    answer, row = await response.json(), definition(db, "customer_type")
    assert (response.status, answer) == (
        200,
        {
            "success": True,
            "message": "Field added successfully",
            "data": {"field_id": row["field_id"]},
        },
    )
    assert row.pop("field_id") > 0
    assert row == {
        "list_id": 101,
        "field_label": "customer_type",
        "field_name": "Customer Type",
        "field_description": "",
        "field_rank": 1,
        "field_help": "",
        "field_type": "TEXT",
        "field_options": "",
        "field_size": 20,
        "field_max": 50,
        "field_default": "NULL",
        "field_cost": 153,
        "field_required": "N",
        "name_position": "LEFT",
        "multi_position": "HORIZONTAL",
        "field_order": 1,
        "field_encrypt": "N",
        "field_show_hide": "DISABLED",
        "field_duplicate": "N",
    }
    assert columns(db) == {"customer_type": PLAIN_TEXT}
    after = state(db)
    assert after["custom_102"] == before["custom_102"]
    assert after["definitions"][:2] == before["definitions"]
    assert custom_tables(db) == ["custom_101", "custom_102"]


async def test_all_that_a_field_can_have(lists: Lists, db: TestDatabase) -> None:
    given = {
        "field_label": "Customer Type (1): é & 100% #x",
        "field_name": "Customer_Type9",
        "field_type": "RADIO",
        "field_options": "res,Residential\ncom,Commercial",
        "field_size": 1,
        "field_max": 999,
        "field_default": "com",
        "field_required": "INBOUND_ONLY",
        "field_description": "What they are",
        "field_help": "Ask, and wait: ok?",
        "field_rank": 9999,
        "field_order": 100,
        "name_position": "TOP",
        "multi_position": "VERTICAL",
        "field_show_hide": "FIRST_1_LAST_4",
    }

    field_id = await make_field(lists, **given)

    row = definition(db, "Customer_Type9")
    stored = given | {"field_label": given["field_name"], "field_name": given["field_label"]}
    assert row == stored | {
        "field_id": field_id,
        "list_id": 101,
        "field_cost": 33,
        "field_encrypt": "N",
        "field_duplicate": "N",
    }
    assert await show(lists) == [
        given | {"field_id": field_id, "field_encrypt": "N", "field_duplicate": "N"}
    ]
    assert columns(db) == {"Customer_Type9": ("enum('res','com')", "com", "YES")}


@ENGINES
async def test_the_first_field_makes_the_table_as_the_leads_have_it(
    lists: Lists, db: TestDatabase
) -> None:
    await make_field(lists)

    (field, kind, null, key, default, extra) = db.rows("SHOW COLUMNS FROM custom_101")[0]
    assert (field, kind, null, key, default) == ("lead_id", "int(9) unsigned", "NO", "PRI", None)
    assert extra == ""
    assert db.value(
        "SELECT engine FROM information_schema.tables"
        " WHERE table_schema = DATABASE() AND table_name = 'custom_101'"
    ) == (db.engine)


async def test_the_engine_is_that_of_the_leads_whatever_the_servers_default_is(
    lists: Lists, db: TestDatabase
) -> None:
    assert db.value("SELECT @@default_storage_engine") == "InnoDB"

    await make_field(lists)

    assert "ENGINE=MyISAM" in db.row("SHOW CREATE TABLE custom_101")[1]


@ENGINES
async def test_further_fields_leave_columns_and_values_alone(
    lists: Lists, db: TestDatabase
) -> None:
    await make_field(lists)
    db.insert("custom_101", lead_id=4000000000, color="red")

    await make_field(lists, field_name="size", field_max=7)

    assert columns(db) == {"color": PLAIN_TEXT, "size": ("varchar(7)", None, "YES")}
    assert db.rows("SELECT lead_id, color, size FROM custom_101") == [(4000000000, "red", None)]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"field_type": "DISPLAY"}, id="display-only"),
        pytest.param({"field_name": "city"}, id="standard name"),
    ],
)
async def test_a_field_without_column_makes_the_table_too(
    lists: Lists, db: TestDatabase, fields: dict[str, object]
) -> None:
    await make_field(lists, **fields)

    assert custom_tables(db) == ["custom_101", "custom_102"]
    assert columns(db) == {}


@pytest.mark.parametrize("list_id", [100, 99999999999999])
async def test_lists_from_100_up_can_have_fields(
    lists: Lists, db: TestDatabase, list_id: int
) -> None:
    make_list(db, list_id)

    await make_field(lists, list_id)

    assert columns(db, list_id) == {"color": PLAIN_TEXT}


async def test_the_next_rank_is_the_lists_highest_and_one(lists: Lists, db: TestDatabase) -> None:
    make_custom_field(db, 102, "last", field_rank=40)
    make_custom_field(db, 101, "none", field_rank=None)
    await make_field(lists, field_name="a", field_rank=7)
    await make_field(lists, field_name="b", field_rank=3)

    await make_field(lists, field_name="c")

    assert definition(db, "c")["field_rank"] == 8


async def test_a_form_gives_the_same_field(lists: Lists, db: TestDatabase) -> None:
    form = {
        "field_name": "color",
        "field_label": "Color",
        "field_type": "SELECT",
        "field_options": "red,Red\r\nblue,Blue",
        "field_rank": "4",
        "field_default": "",
        "user": "7777",  # is no field: it tags the request
    }

    response = await lists.post(fields_url(), data=form)

    row = definition(db)
    assert response.status == 200
    assert (row["field_rank"], row["field_options"]) == (4, "red,Red\nblue,Blue")
    assert columns(db) == {"color": ("enum('red','blue')", None, "YES")}


async def test_digit_strings_are_integers_and_integers_are_text(
    lists: Lists, db: TestDatabase
) -> None:
    await make_field(lists, field_max="12", field_size="3", field_label=2024, field_default=7)

    row = definition(db)
    stored = ("field_max", "field_size", "field_name", "field_default")
    assert [row[name] for name in stored] == [12, 3, "2024", "7"]


async def test_nulls_are_absent(lists: Lists, db: TestDatabase) -> None:
    optional = {name: None for name in definition(db, "nick", 102) if name.startswith("field_")}
    for name in ("field_id", "field_cost", "field_encrypt", "field_duplicate"):
        del optional[name]

    await make_field(lists, **optional | {"field_name": "color", "field_label": "Color"})

    row = definition(db)
    assert (row["field_type"], row["field_max"], row["field_default"]) == ("TEXT", 50, "NULL")


async def test_outer_spaces_are_cut_off(lists: Lists, db: TestDatabase) -> None:
    await make_field(
        lists,
        field_label="  Color  ",
        field_description=" a b ",
        field_help=" ",
        field_default=" r ",
    )

    row = definition(db)
    texts = ("field_name", "field_description", "field_help", "field_default")
    assert [row[name] for name in texts] == ["Color", "a b", "", "r"]
    assert columns(db) == {"color": ("varchar(50)", "r", "YES")}


FIFTY = [f"{number:04},{'x' * 94}" for number in range(50)]
LONGEST: list[Any] = [
    pytest.param({"field_label": "é" * 5000}, id="label"),
    pytest.param({"field_description": "é" * 100}, id="description"),
    pytest.param({"field_help": "é" * 1000}, id="help"),
    pytest.param({"field_name": "a" * 50}, id="name"),
    pytest.param({"field_options": "é\n" + "x" * 4998}, id="options that are not used"),
    pytest.param({"field_type": "AREA", "field_default": "é" * 255}, id="default"),
    pytest.param({"field_default": "é" * 255, "field_max": 255}, id="default in SQL"),
    pytest.param(
        {"field_type": "SELECT", "field_options": "\n".join(FIFTY) + "x"},
        id="options as stored",
    ),
    pytest.param(
        {"field_type": "MULTI", "field_options": f"{'v' * 100},{'L' * 255}\nw,W"},
        id="a value, a label",
    ),
]  # fmt: skip


@pytest.mark.parametrize("fields", LONGEST)
async def test_the_longest_texts_are_stored_whole(
    lists: Lists, db: TestDatabase, fields: dict[str, str]
) -> None:
    given = {"field_name": "color", "field_label": "Color"} | fields

    await make_field(lists, **given)

    (shown,) = await show(lists)
    assert {name: shown[name] for name in given} == given


async def test_the_change_is_logged(start_lists: Start, db: TestDatabase) -> None:
    lists = await start_lists(clock=clock_at("2025-07-08T15:30:00"))

    field_id = await make_field(lists, field_name="customer_type", field_default="a")
    await lists.close()

    row = read_row(db, "vicidial_admin_log", event_section="CUSTOM_FIELDS")
    statements = row["event_sql"].split("\n")
    assert {name: row[name] for name in row if name not in ("admin_log_id", "event_sql")} == {
        "event_date": row["event_date"],
        "user": "6666",
        "ip_address": "192.0.2.7",
        "event_section": "CUSTOM_FIELDS",
        "event_type": "ADD",
        "record_id": "101",
        "event_code": "ADMIN ADD CUSTOM LIST FIELD",
        "event_notes": f"{field_id} customer_type",
        "user_group": row["user_group"],
    }
    assert str(row["event_date"]) == "2025-07-08 11:30:00"
    beginnings = ["CREATE TABLE", "ALTER TABLE `custom_101`", "INSERT INTO `vicidial_lists_fields`"]
    assert [one.startswith(start) for one, start in zip(statements, beginnings, strict=True)] == (
        [True] * 3
    )
    assert ";" not in row["event_sql"]
    assert db.rows("SELECT function, result FROM vicidial_api_log") == [("update_list", "SUCCESS")]


async def test_a_column_without_definition_is_taken_as_it_is(
    lists: Lists, db: TestDatabase
) -> None:
    make_custom_table(db, 101, color="VARCHAR(50)", other="INT")
    db.insert("custom_101", lead_id=1, color="red", other=5)
    with statements_sent() as sent:
        await make_field(lists)

    assert not [one.sql for one in sent if "ALTER" in one.sql]
    assert names(db) == ["color"]
    assert columns(db)["color"] == PLAIN_TEXT
    assert db.rows("SELECT * FROM custom_101") == [(1, "red", 5)]


@ENGINES
async def test_a_column_without_definition_is_made_what_the_field_needs(
    lists: Lists, db: TestDatabase
) -> None:
    make_custom_table(db, 101, color="VARCHAR(90) DEFAULT 'x'", other="INT")
    for lead_id, color in enumerate(["red", "", None], 1):
        db.insert("custom_101", lead_id=lead_id, color=color, other=5)

    await make_field(lists, field_type="SELECT", field_options="blue,red", field_default="blue")

    assert columns(db)["color"] == ("enum('blue','red')", "blue", "YES")
    assert db.rows("SELECT lead_id, NULLIF(color, ''), other FROM custom_101 ORDER BY lead_id") == [
        (1, "red", 5), (2, None, 5), (3, None, 5)
    ]  # fmt: skip


@ENGINES
async def test_values_of_a_column_without_definition_are_not_lost(
    lists: Lists, db: TestDatabase
) -> None:
    make_custom_table(db, 101, color="VARCHAR(50)")
    db.insert("custom_101", lead_id=1, color="green")
    before = state(db)

    assert await add(lists, field_type="RADIO", field_options="blue,red") == (409, UNFIT)
    assert await add(lists, field_max=4) == (409, UNFIT)

    assert state(db) == before
    assert changes(db) == []


async def test_a_column_in_other_letters_is_the_same_column(lists: Lists, db: TestDatabase) -> None:
    make_custom_table(db, 101, COLOR="VARCHAR(50)")
    db.insert("custom_101", lead_id=1, COLOR="red")

    await make_field(lists)

    assert [name.lower() for name in columns(db)] == ["color"]
    assert db.value("SELECT color FROM custom_101") == "red"


async def test_leads_are_not_touched(lists: Lists, db: TestDatabase) -> None:
    lead_id = make_lead(db)
    before = read_row(db, "vicidial_list", lead_id=lead_id)
    the_list = read_row(db, "vicidial_lists", list_id=101)

    await make_field(lists)

    assert read_row(db, "vicidial_list", lead_id=lead_id) == before
    assert read_row(db, "vicidial_lists", list_id=101) == the_list
    assert db.count("custom_101") == 0
