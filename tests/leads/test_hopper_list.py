"""GET /api/v1/campaigns/{campaign_id}/hopper: what is dialed next."""

import re
from typing import Any

import pytest
from support.apps import Leads
from support.builders import make_campaign, make_lead
from support.database import TestDatabase
from support.statements import explained, statements_sent

HOPPER = "/api/v1/campaigns/TESTCAMP/hopper"
STATUSES = ["READY", "QUEUE", "INCALL", "DONE", "HOLD", "DNC", "RHOLD", "RQUEUE"]


async def test_the_documented_answer(leads: Leads, db: TestDatabase) -> None:
    make_campaign(db)
    make_lead(
        db, lead_id=12345, phone_number="5551234567", first_name="John", last_name="Doe",
        state="XX", gmt_offset_now=9, vendor_lead_code="not the hopper's", status="NEW",
        entry_date="2025-01-08 10:30:00", last_local_call_time="2025-01-08 10:30:00",
    )  # fmt: skip
    make_entry(
        db, hopper_id=1677922, lead_id=12345, list_id=101, user="", state="NY",
        gmt_offset_now=-5, source="S", vendor_lead_code="",
    )  # fmt: skip

    response = await leads.get(HOPPER)

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "Hopper entries retrieved",
        "data": [
            {
                "hopper_id": 1677922,
                "lead_id": 12345,
                "campaign_id": "TESTCAMP",
                "status": "READY",
                "user": "",
                "list_id": 101,
                "priority": 0,
                "phone_number": "5551234567",
                "first_name": "John",
                "last_name": "Doe",
                "hopper_order": 0,
                "phone_code": "1",
                "state": "NY",
                "gmt_offset_now": -5.0,
                "alt_dial": "NONE",
                "source": "S",
                "vendor_lead_code": "",
                "lead_status": "NEW",
                "called_count": 0,
                "rank": 0,
                "source_id": "",
                "entry_date": "2025-01-08T15:30:00Z",
                "last_local_call_time": "2025-01-08T15:30:00Z",
            }
        ],
    }
    assert "Link" not in response.headers


async def test_an_empty_hopper_is_an_empty_list(leads: Leads, db: TestDatabase) -> None:
    make_campaign(db)
    make_entry(db, campaign_id="NEWCAMP")

    assert await entries(leads) == []


async def test_an_unknown_campaign_is_a_404(leads: Leads, db: TestDatabase) -> None:
    make_entry(db, campaign_id="NOCAMP")

    for path in ("NOCAMP", "%F0%9F%98%80", "TESTCAMP'--", "%25", "x" * 300):
        response = await leads.get(f"/api/v1/campaigns/{path}/hopper")

        assert response.status == 404
        assert await response.json() == {"success": False, "error": "Campaign not found"}


async def test_the_campaign_is_found_as_the_database_compares(
    leads: Leads, db: TestDatabase
) -> None:
    make_campaign(db)
    make_entry(db, lead_id=1)

    response = await leads.get("/api/v1/campaigns/testcamp/hopper")

    assert [entry["campaign_id"] for entry in (await response.json())["data"]] == ["TESTCAMP"]


async def test_a_lead_that_is_gone_has_nulls_in_its_fields(leads: Leads, db: TestDatabase) -> None:
    make_campaign(db)
    make_entry(db, hopper_id=7, lead_id=1, state="NY", gmt_offset_now=-5, vendor_lead_code="V")

    (entry,) = await entries(leads)

    hoppers = {
        "hopper_id": 7, "lead_id": 1, "campaign_id": "TESTCAMP", "status": "READY", "user": None,
        "list_id": 101, "priority": 0, "hopper_order": 0, "state": "NY", "gmt_offset_now": -5.0,
        "alt_dial": "NONE", "source": "", "vendor_lead_code": "V",
    }  # fmt: skip
    assert entry == hoppers | dict.fromkeys(
        ("phone_number", "first_name", "last_name", "phone_code", "lead_status", "called_count",
         "rank", "source_id", "entry_date", "last_local_call_time"),
    )  # fmt: skip


async def test_text_leaves_as_it_is_stored(leads: Leads, db: TestDatabase) -> None:
    odd = "\"'\\/\t\n\x01\x7f\u2028äöü中%"
    make_campaign(db)
    make_lead(db, lead_id=1, first_name=odd, last_name=None, source_id="null")
    make_entry(db, lead_id=1)

    (entry,) = await entries(leads)

    assert (entry["first_name"], entry["last_name"], entry["source_id"]) == (odd, None, "null")


async def test_the_highest_priority_comes_first_then_the_oldest(
    leads: Leads, db: TestDatabase
) -> None:
    make_campaign(db)
    for hopper_id, priority in [(1, 0), (2, 50), (3, -99), (4, 99), (5, 50), (6, 0)]:
        make_entry(db, hopper_id=hopper_id, lead_id=hopper_id, priority=priority)

    found = await entries(leads)

    assert [entry["hopper_id"] for entry in found] == [4, 2, 5, 1, 6, 3]
    assert [entry["hopper_order"] for entry in found] == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("status", STATUSES)
async def test_a_status_may_be_chosen(leads: Leads, db: TestDatabase, status: str) -> None:
    make_campaign(db)
    for number, other in enumerate(STATUSES, start=1):
        make_entry(db, lead_id=number, status=other)

    found = await entries(leads, status=status)

    assert [entry["status"] for entry in found] == [status]


async def test_ready_is_the_default_and_all_means_all(leads: Leads, db: TestDatabase) -> None:
    make_campaign(db)
    for number, status in enumerate(STATUSES, start=1):
        make_entry(db, lead_id=number, status=status)

    assert [entry["status"] for entry in await entries(leads)] == ["READY"]
    assert [entry["status"] for entry in await entries(leads, status="ALL")] == STATUSES


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
async def test_pages_hold_all_once_and_in_order(leads: Leads, db: TestDatabase, limit: int) -> None:
    make_campaign(db)
    priorities = [0, None, -1, 5, 5, -99, 99, 0, None, -1, 5]
    for hopper_id, priority in enumerate(priorities, start=1):
        make_entry(db, hopper_id=hopper_id, lead_id=hopper_id, priority=priority)

    found: list[int] = []
    url = f"{HOPPER}?limit={limit}&status=ALL"
    while url:
        response = await leads.get(url)
        page = (await response.json())["data"]
        assert [entry["hopper_order"] for entry in page] == list(range(len(page)))
        found += [entry["hopper_id"] for entry in page]
        link = re.fullmatch(r'<(.*)>; rel="next"', response.headers.get("Link", ""))
        url = link[1] if link else ""

    assert found == [7, 4, 5, 11, 1, 2, 8, 9, 3, 10, 6]


async def test_the_link_says_where_the_page_ended(leads: Leads, db: TestDatabase) -> None:
    make_campaign(db)
    for hopper_id in (1, 2):
        make_entry(db, hopper_id=hopper_id, lead_id=hopper_id, priority=-5)

    response = await leads.get(f"{HOPPER}?limit=1")
    last = await leads.get(f"{HOPPER}?limit=2")

    assert response.headers["Link"] == f'<{HOPPER}?limit=1&after=-5:1>; rel="next"'
    assert "Link" not in last.headers


async def test_a_page_has_1000_entries_by_default_and_10000_at_most(
    leads: Leads, db: TestDatabase
) -> None:
    make_campaign(db)
    db.execute(
        "INSERT INTO vicidial_hopper (lead_id, campaign_id, list_id)"
        " SELECT seq, 'TESTCAMP', 101 FROM seq_1_to_1001"
    )

    assert len(await entries(leads)) == 1000
    assert len(await entries(leads, limit="10000")) == 1001


async def test_leads_are_read_500_a_statement_and_by_their_key(
    leads: Leads, db: TestDatabase
) -> None:
    make_campaign(db)
    db.execute(
        "INSERT INTO vicidial_hopper (lead_id, campaign_id, list_id)"
        " SELECT seq, 'TESTCAMP', 101 FROM seq_1_to_700"
    )
    db.execute(
        "INSERT INTO vicidial_list (phone_number, first_name)"
        " SELECT 5550000000 + seq, CONCAT('Name', seq) FROM seq_1_to_5000"
    )

    with statements_sent() as statements:
        found = await entries(leads)

    _, hopper, *of_leads = statements
    assert "JOIN" not in hopper.sql
    assert [len(statement.params) for statement in of_leads] == [500, 200]
    assert [explained(db, statement)[0]["key"] for statement in of_leads] == ["PRIMARY"] * 2
    assert all(entry["first_name"] == f"Name{entry['lead_id']}" for entry in found)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"status": "ready"}, "status"),
        ({"status": "LIVE"}, "status"),
        ({"limit": "0"}, "limit"),
        ({"limit": "10001"}, "limit"),
        ({"after": "5"}, "after"),
        ({"after": "x:5"}, "after"),
        ({"after": "5:"}, "after"),
        ({"after": "1000:5"}, "after"),
    ],
)
async def test_bad_input_is_a_400_that_names_the_field(
    leads: Leads, db: TestDatabase, query: dict[str, str], field: str
) -> None:
    make_campaign(db)

    response = await leads.get(HOPPER, params=query)

    assert response.status == 400
    assert list((await response.json())["details"]) == [field]


def make_entry(db: TestDatabase, **columns: Any) -> int:
    """A row of the hopper; its id."""
    defaults = {"lead_id": 1, "campaign_id": "TESTCAMP", "list_id": 101, "status": "READY"}
    return db.insert("vicidial_hopper", **defaults | columns)


async def entries(leads: Leads, **query: str) -> list[dict[str, Any]]:
    """What the hopper of TESTCAMP shows."""
    response = await leads.get(HOPPER, params=query)
    envelope = await response.json()
    assert response.status == 200, envelope
    found: list[dict[str, Any]] = envelope["data"]
    return found
