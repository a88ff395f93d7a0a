"""POST /internal/v1/leads/test-call: the lead of a test call (contract: telephony.md)."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from dialkit.tokens import Caller
from support.apps import Leads, Start, clock_at
from support.builders import read_row
from support.database import TestDatabase

TEST_CALL = "/internal/v1/leads/test-call"
BODY = {
    "campaign_id": "TESTCAMP",
    "list_id": 998,
    "phone_code": "1",
    "phone_number": "5551234567",
    "user": "API",
    "call_date": "2025-01-08 15:30:45",
}
TELEPHONY = Caller("6666", "192.0.2.7", "svc-telephony")


async def test_the_lead_has_the_columns_of_the_contract(
    start_leads: Start, db: TestDatabase
) -> None:
    leads = await start_leads(caller=TELEPHONY)

    response = await leads.post(TEST_CALL, json=BODY)

    assert response.status == 200
    envelope = await response.json()
    lead_id = db.value("SELECT lead_id FROM vicidial_list")
    assert (envelope["success"], envelope["data"]) == (True, {"lead_id": lead_id})
    row = read_row(db, "vicidial_list", lead_id=lead_id)
    age = datetime.now(UTC) - row.pop("modify_date").astimezone(UTC)
    assert abs(age.total_seconds()) < 86_400
    called = datetime.fromisoformat("2025-01-08 15:30:45")
    assert row == {
        "lead_id": lead_id,
        "entry_date": called,
        "status": "CTCALL",
        "user": "VDAD",
        "vendor_lead_code": "999999",
        "source_id": None,
        "list_id": 998,
        "gmt_offset_now": Decimal("0.00"),
        "called_since_last_reset": "Y",
        "phone_code": "1",
        "phone_number": "5551234567",
        "title": None,
        "first_name": "Test",
        "middle_initial": None,
        "last_name": "Call",
        "address1": "Test Call",
        "address2": "2",
        "address3": "3",
        "city": "Springfield",
        "state": "IL",
        "province": None,
        "postal_code": None,
        "country_code": None,
        "gender": "U",
        "date_of_birth": None,
        "alt_phone": None,
        "email": None,
        "security_phrase": None,
        "comments": "TESTCAMP test call placed 2025-01-08 15:30:45",
        "called_count": 1,
        "last_local_call_time": called,
        "rank": 99,
        "owner": "Test Outbound Call",
        "entry_list_id": 0,
    }


async def test_the_admin_log_names_the_user_of_the_body(
    start_leads: Start, db: TestDatabase
) -> None:
    leads = await start_leads(caller=TELEPHONY, clock=clock_at("2025-01-08T20:31:00"))

    response = await leads.post(TEST_CALL, json=BODY)

    lead_id = (await response.json())["data"]["lead_id"]
    row = read_row(db, "vicidial_admin_log", record_id=str(lead_id))
    assert row.pop("admin_log_id") > 0
    sql = row.pop("event_sql")
    assert sql.startswith("INSERT INTO `vicidial_list` ")
    assert "'TESTCAMP test call placed 2025-01-08 15:30:45'" in sql
    assert row == {
        "event_date": datetime.fromisoformat("2025-01-08 15:31:00"),
        "user": "API",
        "ip_address": "192.0.2.7",
        "event_section": "LEADS",
        "event_type": "ADD",
        "record_id": str(lead_id),
        "event_code": "ADMIN API ADD TEST LEAD",
        "event_notes": "",
        "user_group": "---ALL---",
    }


async def test_nothing_is_checked_and_nothing_else_written(leads: Leads, db: TestDatabase) -> None:
    db.insert("vicidial_dnc", phone_number="5551234567")
    first = await leads.post(TEST_CALL, json=BODY)
    again = await leads.post(TEST_CALL, json=BODY)

    assert (first.status, again.status) == (200, 200)
    assert (db.count("vicidial_list"), db.count("vicidial_hopper")) == (2, 0)
    assert db.count("vicidial_callbacks") == 0


async def test_a_call_date_with_offset_is_stored_local(leads: Leads, db: TestDatabase) -> None:
    await leads.post(TEST_CALL, json=BODY | {"call_date": "2025-01-08T20:30:45Z"})

    assert db.row("SELECT CAST(entry_date AS CHAR), comments FROM vicidial_list") == (
        "2025-01-08 15:30:45", "TESTCAMP test call placed 2025-01-08 15:30:45",
    )  # fmt: skip


async def test_internal_calls_are_no_calls_of_the_api(leads: Leads, db: TestDatabase) -> None:
    await leads.post(TEST_CALL, json=BODY)
    await leads.close()

    assert db.count("vicidial_api_log") == 0


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_lead_and_log_row_come_together(leads: Leads, db: TestDatabase) -> None:
    db.fail_writes("vicidial_admin_log")

    response = await leads.post(TEST_CALL, json=BODY)

    assert response.status == 500
    assert db.count("vicidial_list") == 0


@pytest.mark.parametrize("field", BODY)
async def test_every_field_is_required(leads: Leads, db: TestDatabase, field: str) -> None:
    body = {name: value for name, value in BODY.items() if name != field}

    response = await leads.post(TEST_CALL, json=body)

    assert response.status == 400
    assert (await response.json())["details"] == {field: ["Required"]}
    assert db.count("vicidial_list") == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("campaign_id", "TOOLONGID"),
        ("campaign_id", ""),
        ("list_id", 0),
        ("list_id", "x"),
        ("phone_code", "12345678901"),
        ("phone_code", "+1"),
        ("phone_number", "5" * 19),
        ("phone_number", "x"),
        ("user", "a" * 21),
        ("user", ""),
        ("call_date", "yesterday"),
        ("call_date", "2025-01-08"),
        ("other", 1),
    ],
)
async def test_bad_input_is_a_400_that_names_the_field(
    leads: Leads, db: TestDatabase, field: str, value: Any
) -> None:
    response = await leads.post(TEST_CALL, json=BODY | {field: value})

    assert response.status == 400
    assert list((await response.json())["details"]) == [field]
    assert db.count("vicidial_list") == 0
