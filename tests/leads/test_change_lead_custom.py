"""PUT /api/v1/leads/{lead_id}: values of custom fields made by svc-lists, and `delete_cf_data`."""

from typing import Any

import pytest
from support.apps import Leads, Lists
from support.builders import make_campaign, make_lead, make_list, read_row
from support.changes import difference, make_old
from support.custom_fields import enable, make_field
from support.database import TestDatabase


@pytest.fixture(autouse=True)
async def custom_lists(lists: Lists, db: TestDatabase) -> None:
    """The lists 101 and 102 with two custom fields each, and 103 with none."""
    make_campaign(db)
    enable(db)
    for list_id in (101, 102):
        make_list(db, list_id)
        for name in ("favorite_color", "Size"):
            await make_field(lists, list_id, field_name=name)
    make_list(db, 103)


async def put(leads: Leads, lead_id: int, body: dict[str, Any]) -> tuple[int, Any]:
    response = await leads.put(f"/api/v1/leads/{lead_id}", json=body)
    return response.status, await response.json()


def make_values(db: TestDatabase, list_id: int, lead_id: int) -> None:
    db.insert(f"custom_{list_id}", lead_id=lead_id, favorite_color="red", Size="M")


def values(db: TestDatabase, list_id: int) -> list[tuple[Any, ...]]:
    return db.rows(f"SELECT lead_id, favorite_color, Size FROM custom_{list_id} ORDER BY lead_id")


async def test_only_given_values_change(leads: Leads, db: TestDatabase) -> None:
    lead_id, beside = make_lead(db), make_lead(db)
    for one in (lead_id, beside):
        make_values(db, 101, one)
    make_old(db)
    before = read_row(db, "vicidial_list", lead_id=lead_id)

    answer = await put(leads, lead_id, {"custom_fields": {"FAVORITE_color": "blue"}})

    assert answer == (
        200,
        {
            "success": True,
            "message": "Lead updated successfully",
            "data": {"lead_id": lead_id, "custom_fields": {"favorite_color": "blue", "Size": "M"}},
        },
    )
    assert values(db, 101) == [(lead_id, "blue", "M"), (beside, "red", "M")]
    changes = difference(before, read_row(db, "vicidial_list", lead_id=lead_id))
    del changes["modify_date"]
    assert changes == {"entry_list_id": 101}


async def test_a_lead_without_values_gets_a_row(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db)

    _, answer = await put(leads, lead_id, {"custom_fields": {"Size": "L"}})

    assert answer["data"]["custom_fields"] == {"favorite_color": None, "Size": "L"}
    assert values(db, 101) == [(lead_id, None, "L")]


async def test_empty_text_empties_a_value(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db)
    make_values(db, 101, lead_id)

    await put(leads, lead_id, {"custom_fields": {"Size": ""}})

    assert values(db, 101) == [(lead_id, "red", "")]


@pytest.mark.parametrize(
    ("lead", "body", "table"),
    [
        pytest.param({}, {}, 101, id="the lead's list"),
        pytest.param({"entry_list_id": 99}, {}, 101, id="entry_list_id below 100"),
        pytest.param({"entry_list_id": 102}, {}, 102, id="the lead's entry_list_id"),
        pytest.param({}, {"list_id": 102}, 102, id="the new list"),
        pytest.param({"entry_list_id": 101}, {"list_id": 102}, 101, id="kept by entry_list_id"),
        pytest.param({}, {"entry_list_id": 102}, 102, id="the request's entry_list_id"),
        pytest.param({"entry_list_id": 102}, {"entry_list_id": 0}, 102, id="the request's is 0"),
    ],
)
async def test_whose_table_holds_the_values(
    leads: Leads, db: TestDatabase, lead: dict[str, int], body: dict[str, int], table: int
) -> None:
    lead_id = make_lead(db, **lead)

    status, _ = await put(leads, lead_id, body | {"custom_fields": {"Size": "L"}})

    assert status == 200
    stored = {list_id: values(db, list_id) for list_id in (101, 102)}
    assert stored == {101: [], 102: []} | {table: [(lead_id, None, "L")]}
    assert db.value("SELECT entry_list_id FROM vicidial_list") == table


@pytest.mark.parametrize(
    ("given", "details"),
    [
        pytest.param(
            {"smell": "x"}, {"custom_fields.smell": ["Not a field of list 101"]}, id="no field"
        ),
        pytest.param(
            {"Size": None}, {"custom_fields.Size": ["May not be null"]}, id="null of a value"
        ),
        pytest.param(
            {"Size": "x" * 51}, {"custom_fields.Size": ["Longer than 50 characters"]}, id="long"
        ),
        pytest.param(
            {"Size": "a;b"}, {"custom_fields.Size": ["Character not allowed: ;"]}, id="character"
        ),
    ],
)
async def test_bad_values_change_nothing(
    leads: Leads, db: TestDatabase, given: dict[str, Any], details: dict[str, list[str]]
) -> None:
    lead_id = make_lead(db)
    make_values(db, 101, lead_id)
    before = read_row(db, "vicidial_list", lead_id=lead_id)

    status, answer = await put(leads, lead_id, {"city": "Boston", "custom_fields": given})

    assert (status, answer["details"]) == (400, details)
    assert values(db, 101) == [(lead_id, "red", "M")]
    assert read_row(db, "vicidial_list", lead_id=lead_id) == before


async def test_a_list_without_custom_fields_is_a_400(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db, list_id=103)

    status, answer = await put(leads, lead_id, {"custom_fields": {"Size": "L"}})

    assert (status, answer["details"]) == (400, {"custom_fields": ["List has no custom fields"]})


async def test_custom_fields_that_are_not_enabled_are_a_409(leads: Leads, db: TestDatabase) -> None:
    db.execute("UPDATE system_settings SET custom_fields_enabled = '0'")
    lead_id = make_lead(db)
    before = read_row(db, "vicidial_list", lead_id=lead_id)

    answer = await put(leads, lead_id, {"city": "Boston", "custom_fields": {"Size": "L"}})

    assert answer == (409, {"success": False, "error": "Custom fields are not enabled"})
    assert (values(db, 101), read_row(db, "vicidial_list", lead_id=lead_id)) == ([], before)


async def test_a_form_gives_values_as_json(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db)

    response = await leads.put(
        f"/api/v1/leads/{lead_id}", data={"custom_fields": '{"Size": "L"}', "city": "Boston"}
    )

    assert response.status == 200
    assert values(db, 101) == [(lead_id, None, "L")]
    assert db.value("SELECT city FROM vicidial_list") == "Boston"


@pytest.mark.parametrize(
    ("entry_list_id", "table"),
    [pytest.param(0, 101, id="of the list"), pytest.param(102, 102, id="of entry_list_id")],
)
async def test_delete_cf_data_deletes_the_values(
    leads: Leads, db: TestDatabase, entry_list_id: int, table: int
) -> None:
    lead_id = make_lead(db, entry_list_id=entry_list_id)
    for list_id in (101, 102):
        for one in (lead_id, lead_id + 1):
            make_values(db, list_id, one)
    make_old(db)
    before = read_row(db, "vicidial_list", lead_id=lead_id)

    status, answer = await put(leads, lead_id, {"delete_cf_data": "Y"})

    assert (status, answer["data"]) == (200, {"lead_id": lead_id})
    other = 203 - table
    assert [row[0] for row in values(db, table)] == [lead_id + 1]
    assert [row[0] for row in values(db, other)] == [lead_id, lead_id + 1]
    after = read_row(db, "vicidial_list", lead_id=lead_id)
    assert after["entry_list_id"] == 0
    assert difference(before, after).keys() <= {"entry_list_id", "modify_date"}


async def test_delete_cf_data_of_a_list_without_table_is_a_success(
    leads: Leads, db: TestDatabase
) -> None:
    lead_id = make_lead(db, list_id=103, entry_list_id=104)

    status, _ = await put(leads, lead_id, {"delete_cf_data": "Y", "city": "Boston"})

    assert status == 200
    assert db.row("SELECT entry_list_id, city FROM vicidial_list") == (0, "Boston")


async def test_values_of_a_lead_that_moves_stay_in_the_old_table(
    leads: Leads, db: TestDatabase
) -> None:
    lead_id = make_lead(db, entry_list_id=101)
    make_values(db, 101, lead_id)

    await put(leads, lead_id, {"list_id": 102})

    assert (values(db, 101), values(db, 102)) == ([(lead_id, "red", "M")], [])
    assert db.row("SELECT list_id, entry_list_id FROM vicidial_list") == (102, 101)
