"""POST /api/v1/leads with a callback (contract: "Callbacks")."""

from typing import Any

import pytest
from support.apps import Leads, Start, clock_at
from support.builders import make_campaign, make_list, make_user, read_row
from support.database import TestDatabase

# 8 July 2025, 11:30 in New York.
CLOCK = clock_at("2025-07-08T15:30:00")
LEAST = {"list_id": 101, "phone_number": "5551234567"}
CALLBACK = LEAST | {"callback": "Y", "callback_datetime": "2025-07-09 09:00:00"}


@pytest.fixture
async def leads(start_leads: Start, db: TestDatabase) -> Leads:
    """List 101 of TESTCAMP, list 102 of no campaign, campaign NEWCAMP, user agent1."""
    make_campaign(db, "TESTCAMP")
    make_campaign(db, "NEWCAMP")
    make_list(db, 101)
    make_list(db, 102, None)
    make_user(db, "agent1", user_group="AGENTS")
    return await start_leads(clock=CLOCK)


async def stored_callback(db: TestDatabase, answer: dict[str, Any]) -> dict[str, Any]:
    """The row of the answer's callback, times as text."""
    row = read_row(db, "vicidial_callbacks", callback_id=answer["data"]["callback_id"])
    del row["modify_date"]
    return {name: str(value) if "time" in name and value else value for name, value in row.items()}


async def test_callback_for_anyone_is_stored_and_the_lead_held(
    leads: Leads, db: TestDatabase
) -> None:
    response = await leads.post("/api/v1/leads", json=CALLBACK)

    answer = await response.json()
    assert answer["data"]["status"] == "CBHOLD"
    assert db.value("SELECT status FROM vicidial_list") == "CBHOLD"
    assert db.count("vicidial_callbacks") == 1
    assert await stored_callback(db, answer) == {
        "callback_id": answer["data"]["callback_id"],
        "lead_id": answer["data"]["lead_id"],
        "list_id": 101,
        "campaign_id": "TESTCAMP",
        "status": "ACTIVE",
        "entry_time": "2025-07-08 11:30:00",
        "callback_time": "2025-07-09 09:00:00",
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


async def test_callback_of_one_agent_with_all_fields(leads: Leads, db: TestDatabase) -> None:
    fields = {
        "callback_type": "USERONLY",
        "callback_user": "AGENT1",
        "callback_status": "CALLBACK",
        "callback_comments": "wants O'Brien, $5 off",
        "campaign_id": "newcamp",
        "status": "HOT",
        "list_id": 102,
    }

    response = await leads.post("/api/v1/leads", json=CALLBACK | fields)

    answer = await response.json()
    row = await stored_callback(db, answer)
    assert {name: row[name] for name in ("user", "user_group", "recipient", "comments")} == {
        "user": "agent1",
        "user_group": "AGENTS",
        "recipient": "USERONLY",
        "comments": "wants O'Brien, $5 off",
    }
    assert (row["campaign_id"], row["list_id"], row["lead_status"]) == ("NEWCAMP", 102, "CALLBK")
    assert answer["data"]["status"] == "HOT"


async def test_callback_is_shown_by_callback_info(leads: Leads, db: TestDatabase) -> None:
    answer = await (await leads.post("/api/v1/leads", json=CALLBACK)).json()

    lead_id = answer["data"]["lead_id"]
    shown = await (await leads.get(f"/api/v1/leads/{lead_id}/callback-info")).json()

    assert [(row["callback_id"], row["callback_time"]) for row in shown["data"]] == [
        (answer["data"]["callback_id"], "2025-07-09T13:00:00Z")
    ]


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        pytest.param("2025-07-09 09:00:00", "2025-07-09 09:00:00", id="local"),
        pytest.param("2025-07-09+09:00:00", "2025-07-09 09:00:00", id="plus for the space"),
        pytest.param("2025-07-09T09:00:00", "2025-07-09 09:00:00", id="T"),
        pytest.param("2025-07-09T13:00:00Z", "2025-07-09 09:00:00", id="UTC"),
        pytest.param("2025-07-09T15:00:00+02:00", "2025-07-09 09:00:00", id="offset"),
        pytest.param("2025-12-09T14:00:00Z", "2025-12-09 09:00:00", id="winter time"),
        pytest.param("2001-01-01 00:00:00", "2001-01-01 00:00:00", id="past"),
        pytest.param("NOW", "2025-07-08 11:30:00", id="now"),
        pytest.param("1DAYS", "2025-07-09 11:30:00", id="one day"),
        pytest.param("150DAYS", "2025-12-05 11:30:00", id="the same wall clock in winter"),
        pytest.param("999DAYS", "2028-04-02 11:30:00", id="999 days"),
    ],
)
async def test_callback_time(leads: Leads, db: TestDatabase, given: str, stored: str) -> None:
    response = await leads.post("/api/v1/leads", json=CALLBACK | {"callback_datetime": given})

    assert response.status == 200
    assert str(db.value("SELECT callback_time FROM vicidial_callbacks")) == stored


@pytest.mark.parametrize(
    ("fields", "field", "why"),
    [
        pytest.param(
            {"callback_datetime": None},
            "callback_datetime",
            "Required with callback=Y",
            id="no time",
        ),
        pytest.param({"callback_datetime": "tomorrow"}, "callback_datetime", None, id="a word"),
        pytest.param({"callback_datetime": "0DAYS"}, "callback_datetime", None, id="no days"),
        pytest.param({"callback_datetime": "1000DAYS"}, "callback_datetime", None, id="too many"),
        pytest.param({"callback_datetime": "2025-07-09"}, "callback_datetime", None, id="a date"),
        pytest.param(
            {"callback_datetime": "2025-02-29 09:00:00"}, "callback_datetime", None, id="no day"
        ),
        pytest.param({"callback_status": "TOOLONG"}, "callback_status", None, id="status"),
        pytest.param({"callback_status": ""}, "callback_status", None, id="empty status"),
        pytest.param({"callback_type": "ME"}, "callback_type", None, id="type"),
        pytest.param(
            {"callback_type": "USERONLY"},
            "callback_user",
            "Required with callback_type=USERONLY",
            id="nobody",
        ),
        pytest.param(
            {"callback_type": "USERONLY", "callback_user": "agent9"},
            "callback_user",
            "User not found",
            id="unknown user",
        ),
        pytest.param(
            {"callback_user": "agent1"},
            "callback_user",
            "Only with callback_type=USERONLY",
            id="a user for anyone",
        ),
        pytest.param(
            {"callback_comments": "x" * 256},
            "callback_comments",
            "Longer than 255 characters",
            id="comments",
        ),
        pytest.param(
            {"callback_comments": "a\nb"},
            "callback_comments",
            "Character not allowed: U+000A",
            id="line break",
        ),
        pytest.param({"campaign_id": "NOPE"}, "campaign_id", "Campaign not found", id="campaign"),
        pytest.param({"list_id": 102}, "campaign_id", "Required", id="no campaign"),
        pytest.param(
            {"list_id": 555, "list_exists_check": "N"}, "campaign_id", "Required", id="no list"
        ),
    ],
)
async def test_what_a_callback_refuses(
    leads: Leads, db: TestDatabase, fields: dict[str, Any], field: str, why: str | None
) -> None:
    response = await leads.post("/api/v1/leads", json=CALLBACK | fields)

    details = (await response.json())["details"]
    assert response.status == 400
    assert list(details) == [field]
    assert why is None or details[field] == [why]
    assert (db.count("vicidial_list"), db.count("vicidial_callbacks")) == (0, 0)


@pytest.mark.parametrize("callback", [{}, {"callback": "N"}], ids=["absent", "N"])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("callback_datetime", "NOW"),
        ("callback_status", "CALLBK"),
        ("callback_type", "ANYONE"),
        ("callback_user", "agent1"),
        ("callback_comments", "x"),
    ],
)
async def test_callback_fields_need_callback(
    leads: Leads, db: TestDatabase, callback: dict[str, str], field: str, value: str
) -> None:
    response = await leads.post("/api/v1/leads", json=LEAST | callback | {field: value})

    assert response.status == 400
    assert (await response.json())["details"] == {field: ["Needs callback=Y"]}
    assert db.count("vicidial_list") == 0


async def test_without_callback_nothing_is_held(leads: Leads, db: TestDatabase) -> None:
    response = await leads.post("/api/v1/leads", json=LEAST | {"callback": "N"})

    data = (await response.json())["data"]
    assert (data["status"], "callback_id" in data) == ("NEW", False)
    assert db.count("vicidial_callbacks") == 0


async def test_clean_text_cleans_the_comments(leads: Leads, db: TestDatabase) -> None:
    comments = {"callback_comments": " call; `back` ", "clean_text": "Y"}

    response = await leads.post("/api/v1/leads", json=CALLBACK | comments)

    assert response.status == 200
    assert db.value("SELECT comments FROM vicidial_callbacks") == "call back"
