"""POST /leads/bulk: what becomes of each row, and the options."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from support.apps import Leads
from support.database import TestDatabase

BULK = "/api/v1/leads/bulk"


def make_list(db: TestDatabase, list_id: int = 101, campaign_id: str = "TESTCAMP", **columns: Any) -> None:
    if not db.rows("SELECT 1 FROM vicidial_campaigns WHERE campaign_id = %s", campaign_id):
        db.insert("vicidial_campaigns", campaign_id=campaign_id, local_call_time="24hours", use_internal_dnc="Y")
    db.insert("vicidial_lists", list_id=list_id, campaign_id=campaign_id, active="Y", **columns)


async def post(leads: Leads, rows: Iterable[dict[str, Any]], **options: Any) -> tuple[int, Any]:
    """The answer to rows sent as a JSON array, with list_id 101 unless a row has another."""
    response = await leads.post(BULK, params={"list_id": 101} | options, json=list(rows))
    return response.status, await response.json()


async def test_documented_example(leads: Leads, db: TestDatabase) -> None:
    make_list(db)
    db.insert("vicidial_list", lead_id=11, list_id=101, phone_number="5551230002")
    db.insert("vicidial_dnc", phone_number="5551230003")

    response = await leads.post(
        BULK,
        params={"list_id": "101", "duplicate_check": "DUPLIST", "dnc_check": "Y"},
        json=[{"phone_number": n} for n in ("555-123-0001", "5551230002", "5551230003", "12")],
    )
    print(await response.text())
    assert await response.json() == {
        "success": True,
        "message": "Leads imported",
        "data": {
            "rows": 4,
            "added": 1,
            "duplicates": 1,
            "dnc": 1,
            "invalid": 1,
            "in_hopper": 0,
            "results": [
                {"row": 1, "result": "added", "lead_id": 12},
                {"row": 2, "result": "duplicate", "check": "DUPLIST", "lead_id": 11, "list_id": 101},
                {"row": 3, "result": "dnc", "list": "SYSTEM_INTERNAL"},
                {
                    "row": 4,
                    "result": "invalid",
                    "errors": {"phone_number": ["Must be 6 to 16 digits"]},
                },
            ],
        },
    }
    assert db.rows(
        "SELECT user, ip_address, event_section, event_type, record_id, event_code, event_sql, event_notes FROM vicidial_admin_log"
    ) == [
        ("6666", "192.0.2.7", "LISTS", "LOAD", "101", "ADMIN API LOAD LIST", "", "GOOD: 1, BAD: 3, TOTAL: 4")
    ]
