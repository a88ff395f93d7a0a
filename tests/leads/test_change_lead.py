"""PUT /api/v1/leads/{lead_id}: which columns change, and which do not."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from support.apps import Leads, Start, clock_at
from support.builders import make_campaign, make_lead, make_list, read_row
from support.changes import admin_log, difference, make_old
from support.database import TestDatabase
from support.statements import statements_sent

CLOCK = clock_at("2025-01-08T15:30:00")
FULL: dict[str, Any] = {
    "first_name": "John",
    "last_name": "Doe",
    "middle_initial": "A",
    "title": "Mr",
    "address1": "123 Main St",
    "address2": "Apt 4B",
    "address3": "Floor 2",
    "city": "New York",
    "state": "NY",
    "province": "Upstate",
    "postal_code": "10001",
    "country_code": "USA",
    "gender": "M",
    "date_of_birth": "1980-01-15",
    "alt_phone": "5559876543",
    "email": "john@example.com",
    "security_phrase": "opal",
    "comments": "VIP customer",
    "owner": "agent1",
    "vendor_lead_code": "V-1",
    "source_id": "S-1",
    "user": "agent1",
    "status": "NA",
    "phone_number": "2125551234",
    "called_count": 3,
    "rank": 5,
    "called_since_last_reset": "Y3",
}


@pytest.fixture
async def leads(start_leads: Start, db: TestDatabase) -> Leads:
    """svc-leads on 8 January 2025, with the lists 101 and 102 of TESTCAMP."""
    make_campaign(db)
    make_list(db, 101)
    make_list(db, 102)
    return await start_leads(clock=CLOCK)


@pytest.fixture
def lead_id(db: TestDatabase) -> int:
    """A lead with all that a lead may have, and another beside it."""
    made = make_lead(db, **FULL)
    make_lead(db, **FULL)
    make_old(db)
    return made


async def put(leads: Leads, lead_id: object, body: dict[str, Any]) -> tuple[int, Any]:
    response = await leads.put(f"/api/v1/leads/{lead_id}", json=body)
    return response.status, await response.json()


async def test_documented_example(leads: Leads, db: TestDatabase, lead_id: int) -> None:
    beside = read_row(db, "vicidial_list", lead_id=lead_id + 1)
    before = read_row(db, "vicidial_list", lead_id=lead_id)

    answer = await put(leads, lead_id, {"first_name": "Jane", "status": "CALLBACK"})

    assert answer == (
        200,
        {"success": True, "message": "Lead updated successfully", "data": {"lead_id": lead_id}},
    )
    changes = difference(before, read_row(db, "vicidial_list", lead_id=lead_id))
    age = db.value("SELECT NOW()") - changes.pop("modify_date")
    assert 0 <= age.total_seconds() < 30
    assert changes == {"first_name": "Jane", "status": "CALLBK"}
    assert read_row(db, "vicidial_list", lead_id=lead_id + 1) == beside
    assert admin_log(db) == []


@pytest.mark.parametrize(
    ("field", "value", "changed"),
    [
        ("first_name", "Zoë", {"first_name": "Zoë"}),
        ("last_name", " O'Neil ", {"last_name": "O'Neil"}),
        ("middle_initial", "B", {"middle_initial": "B"}),
        ("address1", "1 A St", {"address1": "1 A St"}),
        ("address2", "2", {"address2": "2"}),
        ("address3", "3", {"address3": "3"}),
        ("city", "Boston", {"city": "Boston"}),
        ("province", "West", {"province": "West"}),
        ("country_code", "GBR", {"country_code": "GBR"}),
        ("gender", "F", {"gender": "F"}),
        ("date_of_birth", "1999-12-31", {"date_of_birth": date(1999, 12, 31)}),
        ("alt_phone", "(555) 000-1111", {"alt_phone": "5550001111"}),
        ("email", "j@example.com", {"email": "j@example.com"}),
        ("security", "jade", {"security_phrase": "jade"}),
        ("security_phrase", "jade", {"security_phrase": "jade"}),
        ("comments", "one\r\ntwo", {"comments": "one!Ntwo"}),
        ("status", "SALE", {"status": "SALE"}),
        ("rank", -32768, {"rank": -32768}),
        ("rank", "7", {"rank": 7}),
        ("title", "Dr", {"title": "Dr"}),
        ("vendor_lead_code", "V-2", {"vendor_lead_code": "V-2"}),
        ("source_id", "S-2", {"source_id": "S-2"}),
        ("user_field", "agent2", {"user": "agent2"}),
        ("gmt_offset_now", 5.75, {"gmt_offset_now": Decimal("5.75")}),
        ("called_count", 65535, {"called_count": 65535}),
        ("entry_list_id", 102, {"entry_list_id": 102}),
        ("reset_lead", "Y", {"called_since_last_reset": "N"}),
    ],
)
async def test_only_the_given_column_changes(
    leads: Leads, db: TestDatabase, lead_id: int, field: str, value: object, changed: dict[str, Any]
) -> None:
    before = read_row(db, "vicidial_list", lead_id=lead_id)

    status, _ = await put(leads, lead_id, {field: value})

    changes = difference(before, read_row(db, "vicidial_list", lead_id=lead_id))
    assert (status, changes.pop("modify_date") > before["modify_date"]) == (200, True)
    assert changes == changed


EMPTIED = {
    "first_name": "",
    "last_name": "",
    "middle_initial": "",
    "title": "",
    "address1": "",
    "address2": "",
    "address3": "",
    "city": "",
    "state": "",
    "province": "",
    "postal_code": "",
    "country_code": "",
    "alt_phone": "",
    "email": "",
    "security": "",
    "comments": "",
    "owner": "",
    "vendor_lead_code": "",
    "source_id": "",
    "user_field": "",
    "gender": "",
    "date_of_birth": "",
}


async def test_empty_text_empties(leads: Leads, db: TestDatabase, lead_id: int) -> None:
    before = read_row(db, "vicidial_list", lead_id=lead_id)

    status, _ = await put(leads, lead_id, EMPTIED)

    changes = difference(before, read_row(db, "vicidial_list", lead_id=lead_id))
    del changes["modify_date"]
    expected = EMPTIED | {"gender": "U", "date_of_birth": "0000-00-00"}
    expected["security_phrase"] = expected.pop("security")
    expected["user"] = expected.pop("user_field")
    assert (status, changes) == (200, expected)


async def test_the_lead_id_of_the_body_may_repeat_the_path(
    leads: Leads, db: TestDatabase, lead_id: int
) -> None:
    alone = await put(leads, f"0{lead_id}", {"lead_id": lead_id})
    beside = await put(leads, f"0{lead_id}", {"lead_id": str(lead_id), "city": "Boston"})

    assert alone == (400, {"success": False, "error": "No fields to update"})
    assert (beside[0], beside[1]["data"]) == (200, {"lead_id": lead_id})
    assert db.rows("SELECT city FROM vicidial_list ORDER BY lead_id") == [
        ("Boston",),
        ("New York",),
    ]


async def test_the_same_values_again_are_a_success(
    leads: Leads, db: TestDatabase, lead_id: int
) -> None:
    before = read_row(db, "vicidial_list", lead_id=lead_id)

    status, _ = await put(leads, lead_id, {"first_name": "John", "rank": 5})

    # `modify_date` is the server's: it moves when a column changes.
    assert (status, read_row(db, "vicidial_list", lead_id=lead_id)) == (200, before)


async def test_a_form_is_the_same_as_json(leads: Leads, db: TestDatabase, lead_id: int) -> None:
    form = {"first_name": "Zoë", "rank": "12", "user": "importer", "comments": "", "api_key": "x"}

    response = await leads.put(f"/api/v1/leads/{lead_id}", data=form)

    assert response.status == 200
    assert db.row(
        "SELECT first_name, `rank`, comments, user FROM vicidial_list WHERE lead_id = %s", lead_id
    ) == ("Zoë", 12, "", "agent1")


async def test_clean_text_removes_what_is_not_allowed(
    leads: Leads, db: TestDatabase, lead_id: int
) -> None:
    body = {"first_name": 'A";B', "postal_code": "1'0$2", "clean_text": "Y"}

    status, _ = await put(leads, lead_id, body)

    assert status == 200
    assert db.row(
        "SELECT first_name, postal_code FROM vicidial_list WHERE lead_id = %s", lead_id
    ) == ("AB", "102")


async def test_entry_date_and_last_call_time_never_change(
    leads: Leads, db: TestDatabase, lead_id: int
) -> None:
    await put(leads, lead_id, {"list_id": 102, "phone_number": "5550000000", "reset_lead": "Y"})

    moment = datetime.fromisoformat("2025-01-08T10:30:00")
    assert db.row(
        "SELECT entry_date, last_local_call_time FROM vicidial_list WHERE lead_id = %s", lead_id
    ) == (moment, moment)


async def test_a_plain_change_is_two_statements(
    leads: Leads, db: TestDatabase, lead_id: int
) -> None:
    with statements_sent() as sent:
        await put(leads, lead_id, {"status": "NA", "comments": "call 1"})

    assert [one.sql.split()[0] for one in sent] == ["SELECT", "UPDATE"]
