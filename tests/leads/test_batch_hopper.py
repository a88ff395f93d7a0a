"""PUT /api/v1/leads/batch: leads that leave the hopper."""

from typing import Any

import pytest
from support.apps import Leads
from support.builders import make_campaign, make_lead, make_list
from support.changes import make_entry
from support.database import TestDatabase


@pytest.fixture(autouse=True)
def lists(db: TestDatabase) -> None:
    """The lists 101 of TESTCAMP and 102 of NEWCAMP."""
    for list_id, campaign_id in ((101, "TESTCAMP"), (102, "NEWCAMP")):
        make_campaign(db, campaign_id)
        make_list(db, list_id, campaign_id)


async def put(leads: Leads, lead_ids: list[int], **body: Any) -> Any:
    response = await leads.put("/api/v1/leads/batch", json={"lead_ids": lead_ids} | body)
    assert response.status == 200, await response.text()
    return (await response.json())["data"]


def make_leads(db: TestDatabase, count: int) -> list[int]:
    return [make_lead(db) for _ in range(count)]


def in_hopper(db: TestDatabase) -> list[tuple[Any, ...]]:
    return db.rows(
        "SELECT lead_id, campaign_id, list_id, status FROM vicidial_hopper ORDER BY hopper_id"
    )


async def test_leads_that_move_leave_the_hopper_of_their_old_campaign(
    leads: Leads, db: TestDatabase
) -> None:
    first, second, third, beside = make_leads(db, 4)
    old = {"campaign_id": "TESTCAMP", "list_id": 101}
    new = {"campaign_id": "NEWCAMP", "list_id": 102}
    make_entry(db, first, **old)
    make_entry(db, second, **new)
    make_entry(db, third, **old, status="INCALL")
    make_entry(db, third, **old | {"list_id": 102})
    make_entry(db, third, **new | {"list_id": 101})
    make_entry(db, beside, **old)

    data = await put(leads, [first, second, third], list_id=102)

    assert data == {"updated_count": 3}
    assert in_hopper(db) == [
        (second, "NEWCAMP", 102, "READY"),
        (third, "TESTCAMP", 101, "INCALL"),
        (beside, "TESTCAMP", 101, "READY"),
    ]
    assert db.value("SELECT COUNT(*) FROM vicidial_list WHERE list_id = 102") == 3


async def test_leads_that_move_to_no_campaign_leave_the_hopper(
    leads: Leads, db: TestDatabase
) -> None:
    make_list(db, 103, "NOCAMP")
    (lead_id,) = make_leads(db, 1)
    make_entry(db, lead_id, campaign_id="NOCAMP", list_id=103)

    await put(leads, [lead_id], list_id=103)

    assert in_hopper(db) == []


async def test_remove_from_hopper_alone_changes_no_lead(leads: Leads, db: TestDatabase) -> None:
    first, second, beside = make_leads(db, 3)
    for lead_id in (first, second, beside):
        make_entry(db, lead_id)
    make_entry(db, first, status="DNC")
    before = db.rows("SELECT * FROM vicidial_list")

    data = await put(leads, [first, second, 900_077], remove_from_hopper="Y")

    assert data == {"updated_count": 2, "not_found": [900_077]}
    assert [row[0] for row in in_hopper(db)] == [beside, first]
    assert db.rows("SELECT * FROM vicidial_list") == before


async def test_remove_from_hopper_wins_where_the_leads_stay(leads: Leads, db: TestDatabase) -> None:
    (lead_id,) = make_leads(db, 1)
    make_entry(db, lead_id)

    await put(leads, [lead_id], list_id=101, remove_from_hopper="Y")

    assert in_hopper(db) == []
