"""PUT /api/v1/leads/{lead_id}: into the hopper, out of it, and moves to another list."""

from decimal import Decimal
from typing import Any

import pytest
from support.apps import Leads
from support.builders import make_campaign, make_lead, make_list, read_row
from support.changes import make_entry, make_old
from support.database import TestDatabase


@pytest.fixture(autouse=True)
def lists(db: TestDatabase) -> None:
    """The lists 101 and 103 of TESTCAMP, 102 of NEWCAMP."""
    for list_id, campaign_id in ((101, "TESTCAMP"), (102, "NEWCAMP"), (103, None)):
        make_list(db, list_id, campaign_id or "TESTCAMP")
    for campaign_id in ("TESTCAMP", "NEWCAMP"):
        make_campaign(db, campaign_id, use_internal_dnc="Y")


async def put(leads: Leads, lead_id: int, **body: Any) -> Any:
    response = await leads.put(f"/api/v1/leads/{lead_id}", json=body)
    assert response.status == 200, await response.text()
    return (await response.json())["data"]


def in_hopper(db: TestDatabase) -> list[tuple[Any, ...]]:
    return db.rows("SELECT lead_id, campaign_id, list_id FROM vicidial_hopper ORDER BY hopper_id")


async def test_a_lead_goes_in_with_its_new_values(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db, vendor_lead_code="V-1")

    data = await put(
        leads,
        lead_id,
        add_to_hopper="Y",
        hopper_priority=-99,
        state="AZ",
        phone_number="6025551234",
        vendor_lead_code="V-2",
    )

    hopper_id = db.value("SELECT hopper_id FROM vicidial_hopper")
    assert data == {"lead_id": lead_id, "hopper": {"added": True, "hopper_id": hopper_id}}
    assert read_row(db, "vicidial_hopper", hopper_id=hopper_id) == {
        "hopper_id": hopper_id,
        "lead_id": lead_id,
        "campaign_id": "TESTCAMP",
        "status": "READY",
        "user": "",
        "list_id": 101,
        "gmt_offset_now": Decimal("-7.00"),
        "state": "AZ",
        "alt_dial": "NONE",
        "priority": -99,
        "source": "P",
        "vendor_lead_code": "V-2",
    }


async def test_add_to_hopper_alone_changes_no_column(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db)
    make_old(db)
    before = read_row(db, "vicidial_list", lead_id=lead_id)

    data = await put(leads, lead_id, add_to_hopper="Y")

    assert data["hopper"]["added"] is True
    assert read_row(db, "vicidial_list", lead_id=lead_id) == before


async def test_a_lead_that_does_not_get_in_is_changed_all_the_same(
    leads: Leads, db: TestDatabase
) -> None:
    lead_id = make_lead(db)
    db.insert("vicidial_dnc", phone_number="2125550000")

    data = await put(leads, lead_id, add_to_hopper="Y", phone_number="2125550000")
    unchecked = await put(leads, lead_id, add_to_hopper="Y", hopper_dnc_check="N")
    again = await put(leads, lead_id, add_to_hopper="Y", hopper_dnc_check="N")

    assert data == {"lead_id": lead_id, "hopper": {"added": False, "reason": "dnc"}}
    assert unchecked["hopper"]["added"] is True
    assert again["hopper"] == {"added": False, "reason": "in_hopper"}
    assert db.value("SELECT phone_number FROM vicidial_list") == "2125550000"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param({"status": "SALE", "hopper_status_check": "Y"}, "status", id="new status"),
        pytest.param({"list_id": 104}, "list_inactive", id="new list is inactive"),
        pytest.param({"list_id": 777, "list_exists_check": "N"}, "no_campaign", id="no list"),
        pytest.param(
            {"list_id": 105, "hopper_local_call_time_check": "Y"}, "local_time", id="never called"
        ),
    ],
)
async def test_the_new_values_decide(
    leads: Leads, db: TestDatabase, body: dict[str, Any], reason: str
) -> None:
    make_list(db, 104, active="N")
    make_list(db, 105, local_call_time="none")
    lead_id = make_lead(db)

    data = await put(leads, lead_id, add_to_hopper="Y", **body)

    assert data["hopper"] == {"added": False, "reason": reason}
    assert db.count("vicidial_hopper") == 0


@pytest.mark.parametrize(
    ("status", "removed"),
    [
        ("READY", True),
        ("QUEUE", True),
        ("RHOLD", True),
        ("RQUEUE", True),
        ("INCALL", False),
        ("DONE", False),
        ("HOLD", False),
        ("DNC", False),
    ],
)
async def test_remove_from_hopper_leaves_what_the_dialer_has_in_hand(
    leads: Leads, db: TestDatabase, status: str, removed: bool
) -> None:
    lead_id, beside = make_lead(db), make_lead(db)
    make_old(db)
    before = read_row(db, "vicidial_list", lead_id=lead_id)
    for one in (lead_id, beside):
        make_entry(db, one, status=status)

    data = await put(leads, lead_id, remove_from_hopper="Y")

    assert data == {"lead_id": lead_id, "hopper": {"removed": removed}}
    left = [beside] if removed else [lead_id, beside]
    assert [row[0] for row in in_hopper(db)] == left
    assert read_row(db, "vicidial_list", lead_id=lead_id) == before


async def test_remove_from_hopper_of_a_lead_outside_is_a_success(
    leads: Leads, db: TestDatabase
) -> None:
    lead_id = make_lead(db)

    data = await put(leads, lead_id, remove_from_hopper="Y")

    assert data["hopper"] == {"removed": False}


@pytest.mark.parametrize("list_id", [102, 103])
async def test_a_lead_that_moves_leaves_the_hopper(
    leads: Leads, db: TestDatabase, list_id: int
) -> None:
    lead_id, beside = make_lead(db), make_lead(db)
    for one in (lead_id, beside):
        make_entry(db, one)

    data = await put(leads, lead_id, list_id=list_id)

    assert data == {"lead_id": lead_id}
    assert in_hopper(db) == [(beside, "TESTCAMP", 101)]


async def test_a_lead_that_moves_out_of_all_campaigns_leaves_the_hopper(
    leads: Leads, db: TestDatabase
) -> None:
    lead_id = make_lead(db)
    make_entry(db, lead_id)

    await put(leads, lead_id, list_id=777, list_exists_check="N")

    assert in_hopper(db) == []


@pytest.mark.parametrize("status", ["INCALL", "DONE", "HOLD", "DNC"])
async def test_a_move_leaves_what_the_dialer_has_in_hand(
    leads: Leads, db: TestDatabase, status: str
) -> None:
    lead_id = make_lead(db)
    make_entry(db, lead_id, status=status)

    await put(leads, lead_id, list_id=102)

    assert in_hopper(db) == [(lead_id, "TESTCAMP", 101)]


async def test_the_same_list_again_is_no_move(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db)
    make_entry(db, lead_id)

    await put(leads, lead_id, list_id=101, city="Boston")

    assert in_hopper(db) == [(lead_id, "TESTCAMP", 101)]


async def test_a_move_and_add_to_hopper_go_in_for_the_new_campaign(
    leads: Leads, db: TestDatabase
) -> None:
    lead_id = make_lead(db)
    make_entry(db, lead_id)

    data = await put(leads, lead_id, list_id=102, add_to_hopper="Y")

    assert data["hopper"]["added"] is True
    assert in_hopper(db) == [(lead_id, "NEWCAMP", 102)]


async def test_a_move_and_remove_from_hopper_tell_what_was_removed(
    leads: Leads, db: TestDatabase
) -> None:
    lead_id = make_lead(db)
    make_entry(db, lead_id)

    data = await put(leads, lead_id, list_id=102, remove_from_hopper="Y")

    assert data["hopper"] == {"removed": True}
    assert in_hopper(db) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("hopper_priority", 100),
        ("hopper_priority", -100),
        ("hopper_dnc_check", "X"),
        ("hopper_status_check", ""),
        ("hopper_local_call_time_check", "AREACODE"),
        ("add_to_hopper", "yes"),
        ("remove_from_hopper", True),
    ],
)
async def test_bad_input(leads: Leads, db: TestDatabase, field: str, value: object) -> None:
    lead_id = make_lead(db)

    response = await leads.put(
        f"/api/v1/leads/{lead_id}", json={"add_to_hopper": "Y", "city": "Boston", field: value}
    )

    assert (response.status, list((await response.json())["details"])) == (400, [field])
    assert (db.value("SELECT city FROM vicidial_list"), in_hopper(db)) == ("", [])
