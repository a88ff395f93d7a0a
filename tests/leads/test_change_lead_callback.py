"""PUT /api/v1/leads/{lead_id}: `callback` = `Y` and `REMOVE` (contract: "Callbacks")."""

from datetime import datetime
from typing import Any

import pytest
from support.apps import Leads, Start, clock_at
from support.builders import make_campaign, make_lead, make_list, make_user, read_row
from support.changes import difference, make_callback, make_old
from support.database import TestDatabase

NOW = datetime.fromisoformat("2025-07-08T11:30:00")
WHEN = "2025-07-09 15:00:00"


@pytest.fixture
async def leads(start_leads: Start, db: TestDatabase) -> Leads:
    """svc-leads on 8 July 2025, 11:30 in New York, with list 101 of TESTCAMP, 102 of NEWCAMP."""
    for list_id, campaign_id in ((101, "TESTCAMP"), (102, "NEWCAMP")):
        make_campaign(db, campaign_id)
        make_list(db, list_id, campaign_id)
    make_list(db, 103, None)
    make_user(db, "agent1", user_group="SALES")
    return await start_leads(clock=clock_at("2025-07-08T15:30:00"))


async def put(leads: Leads, lead_id: int, **body: Any) -> tuple[int, Any]:
    response = await leads.put(f"/api/v1/leads/{lead_id}", json=body)
    return response.status, await response.json()


def callback(db: TestDatabase, callback_id: int) -> dict[str, Any]:
    row = read_row(db, "vicidial_callbacks", callback_id=callback_id)
    del row["modify_date"]
    return row


async def test_a_new_callback_holds_the_lead(leads: Leads, db: TestDatabase) -> None:
    lead_id, beside = make_lead(db), make_lead(db)
    make_old(db)
    before = [read_row(db, "vicidial_list", lead_id=one) for one in (lead_id, beside)]

    status, answer = await put(leads, lead_id, callback="Y", callback_datetime=WHEN)

    callback_id = db.value("SELECT callback_id FROM vicidial_callbacks")
    assert (status, answer["message"]) == (200, "Lead updated successfully")
    assert answer["data"] == {"lead_id": lead_id, "callback_id": callback_id}
    assert callback(db, callback_id) == {
        "callback_id": callback_id,
        "lead_id": lead_id,
        "list_id": 101,
        "campaign_id": "TESTCAMP",
        "status": "ACTIVE",
        "entry_time": NOW,
        "callback_time": datetime.fromisoformat(WHEN),
        "user": "",
        "recipient": "ANYONE",
        "comments": "",
        "user_group": "",
        "lead_status": "CALLBK",
        "email_alert": None,
        "email_result": None,
        "customer_timezone": "",
        "customer_timezone_diff": "",
        "customer_time": None,
    }
    after = [read_row(db, "vicidial_list", lead_id=one) for one in (lead_id, beside)]
    changes = difference(before[0], after[0])
    assert changes.pop("modify_date") > before[0]["modify_date"]
    assert (changes, after[1]) == ({"status": "CBHOLD"}, before[1])


async def test_every_callback_field_has_its_column(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db)

    status, answer = await put(
        leads,
        lead_id,
        callback="Y",
        callback_datetime="2025-07-09T19:00:00Z",
        callback_status="CALLBACK",
        callback_type="USERONLY",
        callback_user="AGENT1",
        callback_comments="ring twice",
        campaign_id="newcamp",
        status="HOT",
    )

    assert status == 200
    row = callback(db, answer["data"]["callback_id"])
    assert row["callback_time"] == datetime.fromisoformat("2025-07-09T15:00:00")
    assert {name: row[name] for name in ("user", "user_group", "recipient")} == {
        "user": "agent1",
        "user_group": "SALES",
        "recipient": "USERONLY",
    }
    assert (row["lead_status"], row["comments"]) == ("CALLBK", "ring twice")
    assert row["campaign_id"] == "NEWCAMP"
    assert db.value("SELECT status FROM vicidial_list") == "HOT"


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        pytest.param("NOW", "2025-07-08T11:30:00", id="NOW"),
        pytest.param("1DAYS", "2025-07-09T11:30:00", id="1DAYS"),
        pytest.param("999DAYS", "2028-04-02T11:30:00", id="999DAYS"),
        pytest.param("2025-07-09+15:00:00", "2025-07-09T15:00:00", id="VICIdial's habit"),
        pytest.param("2025-07-09T15:00:00-07:00", "2025-07-09T18:00:00", id="RFC 3339"),
    ],
)
async def test_when_a_callback_is(leads: Leads, db: TestDatabase, given: str, stored: str) -> None:
    await put(leads, make_lead(db), callback="Y", callback_datetime=given)

    assert db.value("SELECT callback_time FROM vicidial_callbacks") == datetime.fromisoformat(
        stored
    )


async def test_a_moved_lead_has_its_callback_in_the_new_list(
    leads: Leads, db: TestDatabase
) -> None:
    lead_id = make_lead(db)

    await put(leads, lead_id, callback="Y", callback_datetime="NOW", list_id=102)

    assert db.row("SELECT list_id, campaign_id FROM vicidial_callbacks") == (102, "NEWCAMP")


@pytest.mark.parametrize("status", ["ACTIVE", "LIVE", "TFHCCL"])
async def test_the_newest_open_callback_is_changed(
    leads: Leads, db: TestDatabase, status: str
) -> None:
    lead_id, beside = make_lead(db), make_lead(db)
    for other in (lead_id, beside):
        make_callback(db, other)
    newest = make_callback(db, lead_id, status=status, user="agent9", recipient="USERONLY")
    for closed in ("INACTIVE", "DEAD"):
        make_callback(db, lead_id, status=closed)
    before = {row[0]: row for row in db.rows("SELECT * FROM vicidial_callbacks")}
    row_before = read_row(db, "vicidial_callbacks", callback_id=newest)

    code, answer = await put(leads, lead_id, callback="Y", callback_datetime=WHEN)

    assert (code, answer["data"]) == (200, {"lead_id": lead_id, "callback_id": newest})
    changes = difference(row_before, read_row(db, "vicidial_callbacks", callback_id=newest))
    assert changes.pop("modify_date") > row_before["modify_date"]
    assert changes.pop("status", status) == "ACTIVE"
    assert changes == {"entry_time": NOW, "callback_time": datetime.fromisoformat(WHEN)}
    after = {row[0]: row for row in db.rows("SELECT * FROM vicidial_callbacks")}
    assert {key for key in after if after[key] != before.get(key)} == {newest}
    assert db.value("SELECT status FROM vicidial_list WHERE lead_id = %s", lead_id) == "CBHOLD"


@pytest.mark.parametrize(
    ("given", "changed"),
    [
        pytest.param({}, {}, id="nothing"),
        pytest.param({"callback_status": "HOT"}, {"lead_status": "HOT"}, id="lead_status"),
        pytest.param({"callback_comments": ""}, {"comments": ""}, id="comments emptied"),
        pytest.param({"campaign_id": "NEWCAMP"}, {"campaign_id": "NEWCAMP"}, id="campaign_id"),
        pytest.param({"list_id": 102}, {"list_id": 102}, id="the lead moves"),
        pytest.param(
            {"callback_type": "ANYONE"},
            {"recipient": "ANYONE", "user": "", "user_group": ""},
            id="for anyone",
        ),
        pytest.param(
            {"callback_type": "USERONLY", "callback_user": "agent1"},
            {"user": "agent1", "user_group": "SALES"},
            id="for another user",
        ),
        pytest.param(
            {"callback_user": "agent1"}, {"user": "agent1", "user_group": "SALES"}, id="user alone"
        ),
    ],
)
async def test_an_open_callback_changes_only_where_something_is_given(
    leads: Leads, db: TestDatabase, given: dict[str, Any], changed: dict[str, Any]
) -> None:
    lead_id = make_lead(db)
    callback_id = make_callback(db, lead_id, user="agent9", user_group="OLD", recipient="USERONLY")
    before = callback(db, callback_id)

    status, _ = await put(leads, lead_id, callback="Y", **given)

    assert status == 200
    assert difference(before, callback(db, callback_id)) == {"entry_time": NOW} | changed


async def test_history_is_left_alone(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db)
    old = make_callback(db, lead_id, status="INACTIVE")
    before = read_row(db, "vicidial_callbacks", callback_id=old)

    _, answer = await put(leads, lead_id, callback="Y", callback_datetime="NOW")

    assert answer["data"]["callback_id"] > old
    assert read_row(db, "vicidial_callbacks", callback_id=old) == before
    assert db.count("vicidial_callbacks") == 2


async def test_remove_moves_all_callbacks_into_the_archive(leads: Leads, db: TestDatabase) -> None:
    lead_id, beside = make_lead(db, status="CBHOLD"), make_lead(db)
    kept = make_callback(db, beside)
    for status in ("ACTIVE", "LIVE", "INACTIVE"):
        make_callback(db, lead_id, status=status, customer_timezone="MST", comments="one")
    rows = db.rows("SELECT * FROM vicidial_callbacks WHERE lead_id = %s", lead_id)
    make_old(db)
    before = read_row(db, "vicidial_list", lead_id=lead_id)

    code, answer = await put(leads, lead_id, callback="REMOVE")

    assert (code, answer["data"]) == (200, {"lead_id": lead_id, "callbacks_removed": 3})
    assert db.rows("SELECT * FROM vicidial_callbacks_archive ORDER BY callback_id") == rows
    assert db.rows("SELECT callback_id FROM vicidial_callbacks") == [(kept,)]
    assert read_row(db, "vicidial_list", lead_id=lead_id) == before


async def test_remove_without_callbacks_is_a_success(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db, status="CBHOLD")

    code, answer = await put(leads, lead_id, callback="REMOVE", status="NEW")

    assert (code, answer["data"]) == (200, {"lead_id": lead_id, "callbacks_removed": 0})
    assert db.value("SELECT status FROM vicidial_list") == "NEW"
