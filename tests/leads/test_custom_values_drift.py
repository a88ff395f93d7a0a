"""Custom fields whose table and definitions do not agree, or change while a request runs."""

import asyncio
from typing import Any

import pytest
from support.apps import Leads
from support.builders import make_custom_field, make_custom_table, make_lead, make_list
from support.database import TestDatabase

LEAD = {"list_id": 101, "phone_number": "5551234567"}


@pytest.fixture(autouse=True)
def custom_list(db: TestDatabase) -> None:
    """List 101 with the custom fields color and nick."""
    make_list(db, 101)
    make_custom_table(db, 101, color="VARCHAR(50)", nick="VARCHAR(50)")
    make_custom_field(db, 101, "color")
    make_custom_field(db, 101, "nick", field_order=2)


async def post_while(
    leads: Leads, db: TestDatabase, values: dict[str, str], changes: list[str]
) -> tuple[int, dict[str, Any]]:
    """The answer to a request whose values were checked before the changes, and written after."""
    with db.hold("vicidial_list"):
        post = asyncio.create_task(
            leads.post("/api/v1/leads", json=LEAD | {"custom_fields": values})
        )
        await db.until_waiting(1)
        for change in changes:
            db.execute(change)
    response = await post
    return response.status, await response.json()


async def test_definition_without_a_column_is_no_field(leads: Leads, db: TestDatabase) -> None:
    make_custom_field(db, 101, "ghost", field_order=3)

    refused = await leads.post("/api/v1/leads", json=LEAD | {"custom_fields": {"ghost": "x"}})
    added = await leads.post("/api/v1/leads", json=LEAD | {"custom_fields": {"nick": "Al"}})

    assert refused.status == 400
    assert (await refused.json())["details"] == {"custom_fields.ghost": ["Not a field of list 101"]}
    assert (await added.json())["data"]["custom_fields"] == {"color": None, "nick": "Al"}
    assert db.count("vicidial_list") == 1


async def test_column_without_a_definition_is_not_shown(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db, entry_list_id=101)
    db.execute("ALTER TABLE custom_101 ADD extra VARCHAR(50)")
    db.execute("INSERT INTO custom_101 VALUES (%s, 'red', 'Al', 'x')", lead_id)

    response = await leads.get(f"/api/v1/leads/{lead_id}/info", params={"custom_fields": "Y"})

    assert (await response.json())["data"]["custom_fields"] == {"color": "red", "nick": "Al"}


async def test_definition_that_could_be_no_column_is_left_out(
    leads: Leads, db: TestDatabase
) -> None:
    make_custom_field(db, 101, "x`; DROP TABLE vicidial_list", field_order=3)
    lead_id = make_lead(db, entry_list_id=101)

    response = await leads.get(f"/api/v1/leads/{lead_id}/info", params={"custom_fields": "Y"})

    assert (await response.json())["data"]["custom_fields"] == {"color": None, "nick": None}


async def test_table_that_is_gone_shows_nothing(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db, entry_list_id=101)
    db.execute("DROP TABLE custom_101")

    response = await leads.get(f"/api/v1/leads/{lead_id}/info", params={"custom_fields": "Y"})

    assert response.status == 200
    assert (await response.json())["data"]["custom_fields"] == {}


DROP_COLOR = [
    "DELETE FROM vicidial_lists_fields WHERE field_label = 'color'",
    "ALTER TABLE custom_101 DROP COLUMN color",
]
RENAME_COLOR = [
    "UPDATE vicidial_lists_fields SET field_label = 'COLOR' WHERE field_label = 'color'",
    "ALTER TABLE custom_101 CHANGE color COLOR VARCHAR(50)",
]


async def test_field_that_goes_while_others_are_written(leads: Leads, db: TestDatabase) -> None:
    status, answer = await post_while(leads, db, {"nick": "Al"}, DROP_COLOR)

    assert (status, answer["data"]["custom_fields"]) == (200, {"nick": "Al"})
    assert db.value("SELECT nick FROM custom_101") == "Al"


async def test_values_go_by_the_definitions_that_are_read_again(
    leads: Leads, db: TestDatabase
) -> None:
    changes = [
        "UPDATE vicidial_lists_fields SET field_show_hide = 'X_OUT_ALL'",
        "DELETE FROM vicidial_lists_fields WHERE field_label = 'nick'",
        "ALTER TABLE custom_101 DROP COLUMN nick",
        *RENAME_COLOR,
    ]

    status, answer = await post_while(leads, db, {"color": "red"}, changes)

    assert (status, answer["data"]["custom_fields"]) == (200, {"COLOR": "XXX"})


@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
@pytest.mark.parametrize(
    ("changes", "details"),
    [
        pytest.param(
            DROP_COLOR, {"custom_fields.color": ["Not a field of list 101"]}, id="field is gone"
        ),
        pytest.param(
            ["DROP TABLE custom_101"],
            {"custom_fields": ["List has no custom fields"]},
            id="table is gone",
        ),
        pytest.param(
            ["ALTER TABLE custom_101 MODIFY color VARCHAR(2)"],
            {"custom_fields.color": ["Does not fit the column"]},
            id="column is narrower",
        ),
        pytest.param(
            ["ALTER TABLE custom_101 MODIFY color ENUM('blue')"],
            {"custom_fields.color": ["Does not fit the column"]},
            id="column is an ENUM",
        ),
        pytest.param(
            ["ALTER TABLE custom_101 MODIFY color INT"],
            {"custom_fields.color": ["Does not fit the column"]},
            id="column is a number",
        ),
    ],
)
async def test_value_that_fits_no_longer_is_a_400_that_names_what_was_added(
    leads: Leads, db: TestDatabase, changes: list[str], details: dict[str, list[str]]
) -> None:
    status, answer = await post_while(leads, db, {"color": "red", "nick": "Al"}, changes)

    assert (status, answer["details"]) == (400, details)
    if db.engine == "MyISAM":
        assert answer["data"] == {"lead_id": db.value("SELECT lead_id FROM vicidial_list")}
    else:
        assert "data" not in answer
        assert db.count("vicidial_list") == 0
