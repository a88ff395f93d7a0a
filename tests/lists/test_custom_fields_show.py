"""GET /api/v1/lists/{list_id}/custom-fields: the definitions."""

from typing import Any

import pytest
from support.apps import Lists
from support.builders import make_custom_field, make_list
from support.custom_fields import fields_url, make_lists, show, state
from support.database import TestDatabase
from support.statements import explained, statements_sent

SHORT = "Residential,Residential\nCommercial,Commercial\nGovernment,Government"


@pytest.fixture(autouse=True)
def custom_lists(db: TestDatabase) -> None:
    make_lists(db)


async def test_the_documented_answer(lists: Lists, db: TestDatabase) -> None:
    make_custom_field(
        db, 101, "customer_type", field_id=77, field_name="Customer Type", field_type="SELECT",
        field_options=SHORT, field_size=20, field_max=50, field_default="Residential",
        field_cost=117, field_required="N", field_description="", field_help="",
    )  # fmt: skip

    response = await lists.get(fields_url())

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "Custom fields retrieved",
        "data": [
            {
                "field_id": 77,
                "field_label": "Customer Type",
                "field_name": "customer_type",
                "field_type": "SELECT",
                "field_options": "Residential,Commercial,Government",
                "field_size": 20,
                "field_max": 50,
                "field_default": "Residential",
                "field_required": "N",
                "field_description": "",
                "field_help": "",
                "field_rank": 1,
                "field_order": 1,
                "name_position": "LEFT",
                "multi_position": "HORIZONTAL",
                "field_encrypt": "N",
                "field_show_hide": "DISABLED",
                "field_duplicate": "N",
            }
        ],
    }


async def test_fields_come_by_rank_then_order_then_name(lists: Lists, db: TestDatabase) -> None:
    for name, rank, order in [("f", 3, 1), ("e", 2, 2), ("b", 2, 1), ("a", 2, 1), ("d", 1, 9)]:
        make_custom_field(db, 101, name, field_rank=rank, field_order=order)

    assert [field["field_name"] for field in await show(lists)] == ["d", "a", "b", "e", "f"]


async def test_all_fields_are_shown_at_once(lists: Lists, db: TestDatabase) -> None:
    for number in range(1, 1202):
        make_custom_field(db, 101, f"f{number}", field_rank=number)

    response = await lists.get(fields_url())

    assert len((await response.json())["data"]) == 1201
    assert "Link" not in response.headers


@pytest.mark.parametrize("enabled", ["0", "1", None])
async def test_reading_works_whether_custom_fields_are_enabled_or_not(
    lists: Lists, db: TestDatabase, enabled: str | None
) -> None:
    db.execute("UPDATE system_settings SET custom_fields_enabled = %s", enabled)

    assert await show(lists, 101) == []
    assert [field["field_name"] for field in await show(lists, 102)] == ["color", "nick"]


async def test_a_list_below_100_has_none(lists: Lists, db: TestDatabase) -> None:
    make_list(db, 99)

    assert await show(lists, 99) == []


OPTIONS: list[Any] = [
    pytest.param("SELECT", SHORT, "Residential,Commercial,Government", id="labels equal values"),
    pytest.param("RADIO", "A,A\n", "A", id="one value"),
    pytest.param("MULTI", "a,a\r\nb,b\r\n", "a,b", id="with CR, as VICIdial stores them"),
    pytest.param("CHECKBOX", "a,a\n\nb,b\n", "a,b", id="with an empty line"),
    pytest.param("SELECT", "a,a\nb,B", "a,a\nb,B", id="one label differs"),
    pytest.param("RADIO", "a,A\n", "a,A\n", id="one value, other label"),
    pytest.param("SELECT", "it's,it's\"", "it's,it's\"", id="what could not be made here"),
    pytest.param("AREA", "a,a\nb,b", "a,a\nb,b", id="no options at all"),
    pytest.param("SCRIPT", "one\n<b>two</b>", "one\n<b>two</b>", id="script"),
    pytest.param("SWITCH", "101,Here\n102,There", "101,Here\n102,There", id="switch"),
    pytest.param("TEXT", None, None, id="NULL"),
]


@pytest.mark.parametrize(("kind", "stored", "shown"), OPTIONS)
async def test_options_are_short_where_labels_equal_values(
    lists: Lists, db: TestDatabase, kind: str, stored: str | None, shown: str | None
) -> None:
    make_custom_field(db, 101, "color", field_type=kind, field_options=stored)

    assert [field["field_options"] for field in await show(lists)] == [shown]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("NULL", None), (None, None), ("red", "red"), ("-5", "-5"), ("0", "0"), ("null", "null")],
)
async def test_no_default_is_a_null(
    lists: Lists, db: TestDatabase, stored: str | None, shown: str | None
) -> None:
    make_custom_field(db, 101, "color", field_default=stored)

    assert [field["field_default"] for field in await show(lists)] == [shown]


async def test_columns_that_are_null_leave_as_nulls(lists: Lists, db: TestDatabase) -> None:
    db.insert("vicidial_lists_fields", list_id=101, field_label="color", field_id=5)
    nullable = [
        column
        for column, _, null, *_ in db.rows("SHOW COLUMNS FROM vicidial_lists_fields")
        if null == "YES" and column != "field_label"
    ]
    db.execute(f"UPDATE vicidial_lists_fields SET {', '.join(f'{one} = NULL' for one in nullable)}"
               " WHERE list_id = 101")  # fmt: skip

    (field,) = await show(lists)

    assert {name: value for name, value in field.items() if value is not None} == {
        "field_id": 5,
        "field_name": "color",
    }
    assert len(field) == 18


async def test_what_cannot_be_made_here_is_shown_too(lists: Lists, db: TestDatabase) -> None:
    make_custom_field(db, 101, "crypt", field_encrypt="Y", field_rank=1)
    make_custom_field(db, 101, "color_DUPLICATE_001", field_duplicate="Y", field_rank=2)
    make_custom_field(db, 101, "it's", field_show_hide="FIRST_1_LAST_4", field_rank=3)

    shown = [
        (one["field_name"], one["field_encrypt"], one["field_duplicate"], one["field_show_hide"])
        for one in await show(lists)
    ]

    assert shown == [
        ("crypt", "Y", "N", "DISABLED"),
        ("color_DUPLICATE_001", "N", "Y", "DISABLED"),
        ("it's", "N", "N", "FIRST_1_LAST_4"),
    ]


@pytest.mark.parametrize(
    "list_id", ["103", "0", "abc", "-101", "101.0", "1e2", "%20101", "x101", "9" * 19, "1" * 20,
                "%D9%A1%D9%A0%D9%A1", "101%00", "101'", "101%27--"]
)  # fmt: skip
async def test_a_list_that_is_not_there_is_a_404(
    lists: Lists, db: TestDatabase, list_id: str
) -> None:
    make_custom_field(db, 103, "leftover")

    response = await lists.get(fields_url(list_id))

    assert response.status == 404
    assert await response.json() == {"success": False, "error": "List not found"}


async def test_reading_changes_nothing_and_is_logged_by_its_name(
    lists: Lists, db: TestDatabase
) -> None:
    before = state(db)

    await show(lists, 102)
    await lists.close()

    assert state(db) == before
    assert db.count("vicidial_admin_log") == 0
    assert db.rows("SELECT function, result FROM vicidial_api_log") == [
        ("list_custom_fields", "SUCCESS")
    ]


@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
async def test_the_lists_fields_are_found_by_their_index(lists: Lists, db: TestDatabase) -> None:
    db.execute(
        "INSERT INTO vicidial_lists_fields (list_id, field_label)"
        " SELECT 1000 + seq % 500, CONCAT('f', seq) FROM seq_1_to_5000"
    )
    db.execute("ANALYZE TABLE vicidial_lists_fields")
    with statements_sent() as sent:
        await show(lists, 102)

    (statement,) = [one for one in sent if "vicidial_lists_fields" in one.sql]
    assert [row["key"] for row in explained(db, statement, "svc-lists")] == ["listfield"]
