"""POST /leads/bulk: duplicates, of leads and of rows."""

import asyncio
from typing import Any

import pytest
from support.apps import Leads, Start, clock_at
from support.builders import make_campaign, make_lead, make_list
from support.bulk import import_rows, numbers, results
from support.database import TestDatabase

NUMBER = "2125551234"
ROW = {"phone_number": NUMBER}


@pytest.fixture
def db(db: TestDatabase) -> TestDatabase:
    """Lists 101 and 102 of TESTCAMP, 103 of NEWCAMP, 104 and 105 of none."""
    make_campaign(db)
    make_campaign(db, "NEWCAMP")
    for list_id, campaign in ((101, "TESTCAMP"), (102, "TESTCAMP"), (103, "NEWCAMP")):
        make_list(db, list_id, campaign)
    make_list(db, 104, None)
    make_list(db, 105, "")
    return db


def repeats(check: str, lead_id: int, list_id: int, **more: int) -> dict[str, Any]:
    return {"result": "duplicate", "check": check, "lead_id": lead_id, "list_id": list_id} | more


@pytest.mark.parametrize(
    ("check", "there", "new", "hit"),
    [
        ("DUPLIST", {}, {}, True),
        ("DUPLIST", {}, {"list_id": 102}, False),
        ("DUPLIST", {"phone_number": "2125551235"}, {}, False),
        ("DUPCAMP", {}, {"list_id": 102}, True),
        ("DUPCAMP", {}, {"list_id": 103}, False),
        ("DUPCAMP", {"list_id": 104}, {"list_id": 104}, True),
        ("DUPCAMP", {"list_id": 104}, {"list_id": 105}, False),
        ("DUPCAMP", {"list_id": 999}, {}, False),
        ("DUPSYS", {"list_id": 999}, {}, True),
        ("DUPSYS", {"list_id": 103}, {}, True),
        ("DUPNAMEPHONELIST", {"first_name": "ZOË "}, {"first_name": "Zoe"}, True),
        ("DUPNAMEPHONELIST", {"first_name": "Zoe"}, {"first_name": "Joe"}, False),
        ("DUPNAMEPHONELIST", {"last_name": "Doe"}, {}, False),
        ("DUPNAMEPHONELIST", {"last_name": None}, {}, False),
        ("DUPNAMEPHONECAMP", {"last_name": "Straße"}, {"last_name": "STRASSE"}, True),
        ("DUPNAMEPHONESYS", {"list_id": 103}, {}, True),
        ("DUPSYS7DAY", {"entry_date": "2025-01-01 10:30:01"}, {}, True),
        ("DUPSYS7DAY", {"entry_date": "2025-01-01 10:30:00"}, {}, False),
        ("DUPNAMEPHONELIST30DAY", {"entry_date": "2024-12-01 10:30:00"}, {}, False),
    ],
)
@pytest.mark.parametrize("way", ["of a lead", "of a row"])
async def test_what_is_a_duplicate(
    start_leads: Start,
    db: TestDatabase,
    way: str,
    check: str,
    there: dict[str, Any],
    new: dict[str, Any],
    hit: bool,
) -> None:
    leads = await start_leads(clock=clock_at("2025-01-08T15:30:00"))
    make_lead(db, lead_id=11, **ROW | there)

    (result,) = await results(leads, [ROW | new], duplicate_check=check)

    expected = repeats(check, 11, there.get("list_id", 101)) if hit else {"result": "added", "lead_id": 12}
    assert result == expected
