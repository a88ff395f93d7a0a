"""POST /api/v1/leads: the documented example, what is stored, what is answered."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from dialkit.tokens import Caller
from support.apps import CALLER, Leads, Start, clock_at
from support.builders import make_campaign, make_lead, make_list, read_row
from support.database import TestDatabase
from support.statements import statements_sent

NOW = datetime.fromisoformat("2025-01-08T10:30:00")
CLOCK = clock_at("2025-01-08T15:30:00")
EXAMPLE = {
    "list_id": 101,
    "phone_number": "5551234567",
    "first_name": "John",
    "last_name": "Doe",
    "middle_initial": "A",
    "address1": "123 Main St",
    "address2": "Apt 4B",
    "city": "New York",
    "state": "NY",
    "postal_code": "10001",
    "date_of_birth": "1980-01-15",
    "gender": "M",
    "alt_phone": "5559876543",
    "email": "john@example.com",
    "comments": "VIP customer",
    "owner": "agent1",
}
LEAST = {"list_id": 101, "phone_number": "5551234567"}


@pytest.fixture
async def leads(start_leads: Start, db: TestDatabase) -> Leads:
    """svc-leads on 8 January 2025, 10:30 in New York, with list 101 of TESTCAMP."""
    make_campaign(db)
    make_list(db)
    return await start_leads(clock=CLOCK)


async def test_documented_example(start_leads: Start, db: TestDatabase) -> None:
    make_campaign(db)
    make_list(db)
    leads = await start_leads(clock=CLOCK, caller=Caller("", "192.0.2.7", "gateway"))

    response = await leads.post("/api/v1/leads", json=EXAMPLE)

    assert response.status == 200
    assert response.content_type == "application/json"
    assert await response.json() == {
        "success": True,
        "message": "Lead added successfully",
        "data": EXAMPLE
        | {
            "lead_id": db.value("SELECT lead_id FROM vicidial_list"),
            "address3": "",
            "province": "",
            "country_code": "1",
            "security": "",
            "status": "NEW",
            "entry_date": "2025-01-08T15:30:00Z",
            "modify_date": "2025-01-08T15:30:00Z",
            "called_count": 0,
            "rank": 0,
            "phone_code": "1",
            "title": "",
            "vendor_lead_code": "",
            "source_id": "",
            "user": "api",
            "gmt_offset_now": -5.0,
            "called_since_last_reset": "N",
            "last_local_call_time": "2025-01-08T15:30:00Z",
            "entry_list_id": 0,
        },
    }


async def test_every_field_is_stored_in_its_column(leads: Leads, db: TestDatabase) -> None:
    make_list(db, 102)
    other = make_lead(db, phone_number="5550000000")
    before = read_row(db, "vicidial_list", lead_id=other)
    beyond = {
        "address3": "Floor 2",
        "province": "Upstate",
        "country_code": "USA",
        "security": "opal",
        "status": "HOT",
        "rank": -7,
        "phone_code": "44",
        "title": "Dr",
        "vendor_lead_code": "V-1",
        "source_id": "S-1",
        "user_field": "agent2",
        "gmt_offset_now": 5.75,
        "entry_list_id": 102,
    }

    response = await leads.post("/api/v1/leads", json=EXAMPLE | beyond)

    lead_id = (await response.json())["data"]["lead_id"]
    stored = read_row(db, "vicidial_list", lead_id=lead_id)
    modified = stored.pop("modify_date")
    expected: dict[str, Any] = EXAMPLE | beyond
    expected["user"] = expected.pop("user_field")
    expected["security_phrase"] = expected.pop("security")
    assert stored == expected | {
        "lead_id": lead_id,
        "entry_date": NOW,
        "last_local_call_time": NOW,
        "called_since_last_reset": "N",
        "called_count": 0,
        "date_of_birth": date(1980, 1, 15),
        "gmt_offset_now": Decimal("5.75"),
    }
    assert 0 <= (db.value("SELECT NOW()") - modified).total_seconds() < 30
    assert read_row(db, "vicidial_list", lead_id=other) == before


async def test_defaults_of_a_lead_with_a_list_and_a_number(leads: Leads, db: TestDatabase) -> None:
    response = await leads.post("/api/v1/leads", json=LEAST)

    stored = read_row(db, "vicidial_list", lead_id=(await response.json())["data"]["lead_id"])
    for name in ("lead_id", "modify_date"):
        del stored[name]
    empty = (
        "vendor_lead_code source_id title first_name middle_initial last_name address1 address2"
        " address3 city state province postal_code alt_phone email security_phrase comments owner"
    )
    assert stored == dict.fromkeys(empty.split(), "") | {
        "list_id": 101,
        "phone_number": "5551234567",
        "entry_date": NOW,
        "last_local_call_time": NOW,
        "status": "NEW",
        "user": "6666",
        "gmt_offset_now": Decimal("-5.00"),
        "called_since_last_reset": "N",
        "phone_code": "1",
        "country_code": "1",
        "gender": "U",
        "date_of_birth": "0000-00-00",
        "called_count": 0,
        "rank": 0,
        "entry_list_id": 0,
    }


async def test_answer_is_what_the_database_holds(leads: Leads, db: TestDatabase) -> None:
    body = EXAMPLE | {"comments": "one\r\ntwo", "gmt_offset_now": "-3.50", "rank": "12"}

    added = (await (await leads.post("/api/v1/leads", json=body)).json())["data"]
    read = await (await leads.get(f"/api/v1/leads/{added['lead_id']}/info")).json()

    assert added["comments"] == "one\ntwo"
    # The server's own clock runs, the service's stands still.
    assert added | {"modify_date": read["data"]["modify_date"]} == read["data"]


@pytest.mark.parametrize(
    ("given_tag", "body", "stored"),
    [
        pytest.param("6666", {}, "6666", id="of the token"),
        pytest.param("", {}, "api", id="default"),
        pytest.param("", {"user": "importer"}, "importer", id="of the body"),
        pytest.param("6666", {"user": "importer"}, "6666", id="the token's wins over the body's"),
        pytest.param("6666", {"user_field": "agent1"}, "agent1", id="user_field"),
        pytest.param("6666", {"user_field": ""}, "", id="empty user_field"),
    ],
)
async def test_column_user_is_user_field_or_tag(
    start_leads: Start, db: TestDatabase, given_tag: str, body: dict[str, str], stored: str
) -> None:
    make_list(db)
    leads = await start_leads(caller=Caller(given_tag, CALLER.ip, "gateway"))

    response = await leads.post("/api/v1/leads", json=LEAST | body)

    assert (await response.json())["data"]["user"] == stored
    assert db.value("SELECT user FROM vicidial_list") == stored


async def test_two_names_of_one_field(leads: Leads, db: TestDatabase) -> None:
    alone = await leads.post("/api/v1/leads", json=LEAST | {"security_phrase": "opal"})
    agreeing = await leads.post(
        "/api/v1/leads", json=LEAST | {"security": "opal", "security_phrase": "opal"}
    )
    differing = await leads.post(
        "/api/v1/leads", json=LEAST | {"security": "opal", "security_phrase": "jade"}
    )

    assert [(await each.json())["data"]["security"] for each in (alone, agreeing)] == ["opal"] * 2
    assert differing.status == 400
    assert list((await differing.json())["details"]) == ["security_phrase"]
    assert db.rows("SELECT security_phrase FROM vicidial_list") == [("opal",)] * 2


async def test_form_is_the_same_as_json(leads: Leads, db: TestDatabase) -> None:
    form = EXAMPLE | {"comments": "a+b & c", "rank": "3", "first_name": "José", "user": "x"}

    as_form = await leads.post("/api/v1/leads", data=form)
    as_json = await leads.post("/api/v1/leads", json=form | {"rank": 3})

    first, second = [(await each.json())["data"] for each in (as_form, as_json)]
    assert first.pop("lead_id") + 1 == second.pop("lead_id")
    assert first == second
    assert (first["comments"], first["first_name"]) == ("a+b & c", "José")


async def test_null_counts_as_absent_and_a_number_as_its_digits(
    leads: Leads, db: TestDatabase
) -> None:
    body = dict.fromkeys(("phone_code", "status", "alt_phones", "custom_fields", "callback"))

    response = await leads.post(
        "/api/v1/leads",
        json=body | {"list_id": "101", "phone_number": 5551234567, "vendor_lead_code": 77},
    )

    assert response.status == 200
    assert db.rows("SELECT phone_number, vendor_lead_code, status FROM vicidial_list") == [
        ("5551234567", "77", "NEW")
    ]


async def test_callback_is_taken_for_the_status_callbk(leads: Leads, db: TestDatabase) -> None:
    response = await leads.post("/api/v1/leads", json=LEAST | {"status": "CALLBACK"})

    assert (await response.json())["data"]["status"] == "CALLBK"
    assert db.value("SELECT status FROM vicidial_list") == "CALLBK"


async def test_a_plain_add_is_three_statements(leads: Leads) -> None:
    body = EXAMPLE | {"phone_number": "2125551234"}
    await leads.post("/api/v1/leads", json=body)

    with statements_sent() as sent:
        await leads.post("/api/v1/leads", json=body)

    assert [statement.sql.split()[0] for statement in sent] == ["SELECT", "SELECT", "INSERT"]
    tables = ("vicidial_lists", "vicidial_phone_codes", "vicidial_list")
    assert all(table in each.sql for table, each in zip(tables, sent, strict=True))


async def test_every_call_leaves_a_row_in_the_api_log(leads: Leads, db: TestDatabase) -> None:
    await leads.post("/api/v1/leads", json=LEAST)
    await leads.post("/api/v1/leads", json={"phone_number": "5551234567"})

    await leads.close()
    assert db.rows(
        "SELECT user, api_date, function, result, result_reason, data FROM vicidial_api_log"
        " ORDER BY api_id"
    ) == [
        ("6666", NOW, "add_lead", "SUCCESS", "Lead added successfully", "POST /api/v1/leads"),
        (
            "6666",
            NOW,
            "add_lead",
            "ERROR",
            "Invalid parameters: list_id: Required",
            "POST /api/v1/leads",
        ),
    ]
    assert db.count("vicidial_admin_log") == 0
