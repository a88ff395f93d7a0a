"""PUT /api/v1/leads/{lead_id} with `delete_lead`: the lead and what belongs to it."""

from datetime import datetime
from typing import Any

import pytest
from dialkit.tokens import Caller
from support.apps import Leads, Start, clock_at
from support.builders import make_campaign, make_custom_table, make_lead, make_list
from support.changes import admin_log, make_alt_phone, make_callback, make_entry
from support.database import TestDatabase

TABLES = ("vicidial_list", "vicidial_hopper", "vicidial_callbacks", "vicidial_list_alt_phones",
          "custom_101", "custom_102")  # fmt: skip


@pytest.fixture(autouse=True)
def lists(db: TestDatabase) -> None:
    """The lists 101 and 102 of TESTCAMP, each with a custom table."""
    make_campaign(db)
    for list_id in (101, 102):
        make_list(db, list_id)
        make_custom_table(db, list_id, color="VARCHAR(10)")


def make_full_lead(db: TestDatabase, **columns: Any) -> int:
    """A lead with something in every table that knows leads."""
    lead_id = make_lead(db, **columns)
    make_callback(db, lead_id)
    make_alt_phone(db, lead_id)
    for status in ("READY", "INCALL", "DNC"):
        make_entry(db, lead_id, status=status)
    for list_id in (101, 102):
        db.insert(f"custom_{list_id}", lead_id=lead_id, color="red")
    return lead_id


def leads_in(db: TestDatabase, table: str) -> set[int]:
    return {row[0] for row in db.rows(f"SELECT lead_id FROM {table}")}


async def delete(leads: Leads, path: object, **more: Any) -> tuple[int, Any]:
    response = await leads.put(f"/api/v1/leads/{path}", json={"delete_lead": "Y"} | more)
    return response.status, await response.json()


@pytest.mark.parametrize(
    ("entry_list_id", "kept"),
    [
        pytest.param(0, "custom_102", id="values of its list"),
        pytest.param(99, "custom_102", id="entry_list_id below 100"),
        pytest.param(102, "custom_101", id="values of entry_list_id"),
    ],
)
async def test_what_belongs_to_the_lead_goes_with_it(
    leads: Leads, db: TestDatabase, entry_list_id: int, kept: str
) -> None:
    lead_id = make_full_lead(db, entry_list_id=entry_list_id)
    beside = make_full_lead(db)
    callbacks = db.rows("SELECT * FROM vicidial_callbacks WHERE lead_id = %s", lead_id)

    answer = await delete(leads, lead_id)

    assert answer == (
        200,
        {"success": True, "message": "Lead deleted successfully", "data": {"lead_id": lead_id}},
    )
    left = {table: leads_in(db, table) for table in TABLES}
    assert left == {table: {beside} for table in TABLES} | {kept: {lead_id, beside}}
    assert db.rows("SELECT * FROM vicidial_callbacks_archive") == callbacks


async def test_it_is_noted_in_the_log_of_changes(start_leads: Start, db: TestDatabase) -> None:
    lead_id = make_lead(db, list_id=102)
    leads = await start_leads(
        clock=clock_at("2025-07-08T15:30:00"), caller=Caller("", "192.0.2.7", "gateway")
    )

    await delete(leads, lead_id)

    ((*who, sql, notes, group),) = admin_log(db)
    kind = ("LEADS", "DELETE", str(lead_id), "ADMIN API DELETE LEAD")
    assert (*who, notes, group) == ("api", "192.0.2.7", *kind, "list: 102", "---ALL---")
    assert f"DELETE FROM vicidial_list WHERE lead_id IN ({lead_id})" in sql
    assert db.value("SELECT event_date FROM vicidial_admin_log") == datetime.fromisoformat(
        "2025-07-08T11:30:00"
    )


async def test_the_tag_of_the_body_is_noted(start_leads: Start, db: TestDatabase) -> None:
    leads = await start_leads(caller=Caller("", "", "gateway"))

    status, _ = await delete(leads, make_lead(db), user="1234", api_key="x")

    assert (status, [row[:2] for row in admin_log(db)]) == (200, [("1234", "")])


async def test_a_lead_whose_list_has_no_table_is_deleted(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db, list_id=103, entry_list_id=104)

    assert (await delete(leads, lead_id, lead_id=lead_id))[0] == 200
    assert db.count("vicidial_list") == 0


async def test_logs_and_recordings_of_its_calls_stay(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db)
    db.insert("vicidial_log", uniqueid="1.1", lead_id=lead_id)
    db.insert("recording_log", lead_id=lead_id, filename="x")

    await delete(leads, lead_id)

    assert (db.count("vicidial_log"), db.count("recording_log")) == (1, 1)


async def test_a_repeat_is_a_404(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db)
    await delete(leads, lead_id)

    answer = await delete(leads, lead_id)

    assert answer == (404, {"success": False, "error": "Lead not found"})
    assert len(admin_log(db)) == 1


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        pytest.param({"first_name": "Jane"}, ["first_name"], id="a lead field"),
        pytest.param({"clean_text": "Y", "city": "x"}, ["city", "clean_text"], id="two"),
        pytest.param({"delete_cf_data": "Y"}, ["delete_cf_data"], id="delete_cf_data"),
        pytest.param({"callback": "REMOVE"}, ["callback"], id="callback"),
        pytest.param({"remove_from_hopper": "Y"}, ["remove_from_hopper"], id="hopper"),
        pytest.param({"custom_fields": {"color": "red"}}, ["custom_fields"], id="custom_fields"),
        pytest.param({"list_id": 101}, ["list_id"], id="list_id"),
    ],
)
async def test_delete_lead_stands_alone(
    leads: Leads, db: TestDatabase, more: dict[str, Any], fields: list[str]
) -> None:
    lead_id = make_full_lead(db)

    status, answer = await delete(leads, lead_id, **more)

    assert (status, answer["details"]) == (400, {name: ["Not with delete_lead"] for name in fields})
    assert [leads_in(db, table) for table in TABLES] == [{lead_id}] * len(TABLES)
    assert admin_log(db) == []


async def test_the_lead_id_of_the_body_must_be_that_of_the_path(
    leads: Leads, db: TestDatabase
) -> None:
    lead_id = make_lead(db)

    status, answer = await delete(leads, lead_id, lead_id=lead_id + 1)

    assert (status, list(answer["details"])) == (400, ["lead_id"])
    assert db.count("vicidial_list") == 1


async def test_flags_that_are_n_count_as_absent(leads: Leads, db: TestDatabase) -> None:
    flags = ("reset_lead", "delete_cf_data", "callback", "add_to_hopper", "remove_from_hopper")

    status, _ = await delete(leads, make_lead(db), **dict.fromkeys(flags, "N"))

    assert (status, db.count("vicidial_list")) == (200, 0)
