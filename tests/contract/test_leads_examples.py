"""The reference's examples of leads, through the gateway, on the demo database."""

from typing import Any

from support.database import TestDatabase
from support.suite import Ask, success

LEAD = {
    "lead_id": 12345,
    "list_id": 101,
    "phone_number": "5551234567",
    "first_name": "John",
    "last_name": "Doe",
    "middle_initial": "A",
    "address1": "123 Main St",
    "address2": "Apt 4B",
    "address3": "",
    "city": "New York",
    "state": "NY",
    "province": "",
    "postal_code": "10001",
    "country_code": "1",
    "gender": "M",
    "date_of_birth": "1980-01-15",
    "alt_phone": "5559876543",
    "email": "john@example.com",
    "security": "",
    "comments": "VIP customer",
    "status": "NEW",
    "entry_date": "2025-01-08T15:30:00Z",
    "modify_date": "2025-01-08T15:30:00Z",
    "called_count": 0,
    "rank": 0,
    "owner": "agent1",
    "phone_code": "1",
    "title": "",
    "vendor_lead_code": "",
    "source_id": "",
    "user": "api",
    "gmt_offset_now": -5.0,
    "called_since_last_reset": "N",
    "last_local_call_time": "2025-01-08T15:30:00Z",
    "entry_list_id": 0,
}
SET_BY_THE_SERVER = ("lead_id", "entry_date", "modify_date", "last_local_call_time")


async def test_add(ask: Ask, db: TestDatabase) -> None:
    sent = {key: LEAD[key] for key in list(LEAD)[1:20]} | {"owner": "agent1", "phone_code": "1"}

    answer = await ask("POST", "/leads", json=sent | {"gmt_offset_now": -5})

    assert answer["message"] == "Lead added successfully"
    assert answer["data"].keys() == LEAD.keys()
    assert without_times(answer["data"]) == without_times(LEAD)
    stored = db.row(
        "SELECT phone_number, last_name, status FROM vicidial_list WHERE lead_id = %s",
        answer["data"]["lead_id"],
    )
    assert stored == ("5551234567", "Doe", "NEW")


async def test_update(ask: Ask, db: TestDatabase) -> None:
    answer = await ask("PUT", "/leads/12345", json={"status": "CALLBACK", "comments": "later"})

    assert answer == success("Lead updated successfully", {"lead_id": 12345})
    changed = db.row("SELECT status, comments, city FROM vicidial_list WHERE lead_id = 12345")
    assert changed == ("CALLBK", "later", "New York")


async def test_batch_update(ask: Ask, db: TestDatabase) -> None:
    lead_ids = [row[0] for row in db.rows("SELECT lead_id FROM vicidial_list LIMIT 5")]

    answer = await ask("PUT", "/leads/batch", json={"lead_ids": lead_ids, "status": "NI"})

    assert answer == success("Leads updated successfully", {"updated_count": 5})
    changed = "SELECT COUNT(*) FROM vicidial_list WHERE status = 'NI' AND lead_id IN %s"
    assert db.value(changed.replace("%s", str(tuple(lead_ids)))) == 5


async def test_search(ask: Ask) -> None:
    answer = await ask("GET", "/leads/search?phone_number=5551234567&list_id=101&last_name=doe")

    assert answer["message"] == "Leads retrieved successfully"
    assert answer["data"][0] == {
        "lead_id": 12345,
        "list_id": 101,
        "phone_number": "5551234567",
        "first_name": "John",
        "last_name": "Doe",
        "email": "john@example.com",
        "status": "NEW",
        "entry_date": "2025-01-08T15:30:00Z",
    }


async def test_info(ask: Ask) -> None:
    answer = await ask("GET", "/leads/12345/info")

    assert answer == success("Lead information retrieved", LEAD)


async def test_field_info(ask: Ask) -> None:
    answer = await ask("GET", "/leads/12345/field-info?field=email")

    assert answer == success("Field retrieved", {"email": "john@example.com"})


async def test_status_search(ask: Ask) -> None:
    answer = await ask("GET", "/leads/status-search?status=CALLBACK&list_id=101&limit=3")

    assert answer["message"] == "Leads retrieved"
    assert len(answer["data"]) == 3
    keys = {"lead_id", "list_id", "phone_number", "first_name", "last_name", "status"}
    assert {frozenset(lead) for lead in answer["data"]} == {frozenset(keys)}
    assert {lead["status"] for lead in answer["data"]} == {"CALLBK"}


async def test_callback_info(ask: Ask, db: TestDatabase) -> None:
    answer = await ask("GET", "/leads/12345/callback-info")

    (callback,) = answer["data"]
    assert answer["message"] == "Callbacks retrieved"
    assert callback == {
        "callback_id": db.value("SELECT callback_id FROM vicidial_callbacks WHERE lead_id = 12345"),
        "lead_id": 12345,
        "list_id": 101,
        "campaign_id": "TESTCAMP",
        "status": "ACTIVE",
        "entry_time": "2025-01-08T15:00:00Z",
        "callback_time": "2025-01-08T20:00:00Z",
        "user": "agent1",
        "recipient": "ANYONE",
        "comments": "Customer requested 3pm callback",
        "lead_status": "CALLBK",
        "user_group": "",
        "callback_type": "CURRENT",
        "customer_timezone": "",
        "customer_time": None,
        "modify_date": "2025-01-08T15:00:00Z",
    }


async def test_dearchive(ask: Ask, db: TestDatabase) -> None:
    lead_id = db.value("SELECT lead_id FROM vicidial_list_archive")

    answer = await ask("POST", f"/leads/{lead_id}/dearchive")

    assert answer == success("Lead restored successfully", {"lead_id": lead_id})
    assert db.count("vicidial_list_archive") == 0
    assert db.rows("SELECT 1 FROM vicidial_list WHERE lead_id = %s", lead_id) == [(1,)]


async def test_phone_check(ask: Ask, db: TestDatabase) -> None:
    count = db.value("SELECT COUNT(*) FROM vicidial_list WHERE phone_number = '5551234567'")

    answer = await ask("GET", "/phone/check?phone_number=5551234567&user=6666")

    data = {"phone_number": "5551234567", "exists": True, "count": count, "checked_by": "6666"}
    assert answer == success("Phone check complete", data)


async def test_hopper_list(ask: Ask, db: TestDatabase) -> None:
    ready = db.value(
        "SELECT COUNT(*) FROM vicidial_hopper WHERE campaign_id = 'TESTCAMP' AND status = 'READY'"
    )

    answer = await ask("GET", "/campaigns/TESTCAMP/hopper")

    assert answer["message"] == "Hopper entries retrieved"
    assert [entry["hopper_order"] for entry in answer["data"]] == list(range(ready))
    assert answer["data"][0].keys() >= {"hopper_id", "lead_id", "phone_number", "lead_status"}


async def test_bulk_insert_into_the_hopper(ask: Ask, db: TestDatabase) -> None:
    db.execute("DELETE FROM vicidial_hopper WHERE lead_id = 12345")
    body = {"lead_ids": [12345, 12345, 4294967295], "priority": 5}

    answer = await ask("POST", "/campaigns/TESTCAMP/hopper/bulk", json=body)

    data = {
        "requested": 3,
        "inserted": 1,
        "not_inserted": [
            {"lead_id": 12345, "reason": "repeated"},
            {"lead_id": 4294967295, "reason": "lead_not_found"},
        ],
    }
    assert answer == success("Leads inserted to hopper", data)
    row = db.row(
        "SELECT campaign_id, status, priority, source FROM vicidial_hopper WHERE lead_id = 12345"
    )
    assert row == ("TESTCAMP", "READY", 5, "P")


async def test_transferred_lead(ask: Ask) -> None:
    answer = await ask("GET", "/ccc/lead-info/12345")

    summary = {
        "total_calls": 3,
        "campaigns_called": 2,
        "last_call_date": "2025-01-08T17:00:01Z",
    }
    assert answer == success("CCC lead information retrieved", LEAD | summary)


async def test_version(ask: Ask) -> None:
    answer = await ask("GET", "/version")

    assert answer["message"] == "Version retrieved"
    assert answer["data"].keys() >= {"version", "build", "date", "epoch"}


def without_times(lead: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in lead.items() if key not in SET_BY_THE_SERVER}
