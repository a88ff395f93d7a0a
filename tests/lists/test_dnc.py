"""POST /api/v1/dnc and DELETE /api/v1/dnc/{phone}: numbers that may not be called."""

from typing import Any

import pytest
from support.apps import Lists, Start, clock_at
from support.builders import make_campaign
from support.changes import admin_log
from support.database import TestDatabase

DNC = "/api/v1/dnc"
LOG = "SELECT phone_number, campaign_id, action, action_date, user FROM vicidial_dnc_log"


@pytest.fixture
async def lists(start_lists: Start) -> Lists:
    """svc-lists on 8 July 2025, 11:30 in New York."""
    return await start_lists(clock=clock_at("2025-07-08T15:30:00"))


async def test_the_documented_addition(lists: Lists, db: TestDatabase) -> None:
    response = await lists.post(DNC, json={"phone_number": "(555) 123-4567"})

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "Phone number added to DNC list",
        "data": {"phone_number": "5551234567", "campaign_id": "SYSTEM_INTERNAL"},
    }
    assert db.rows("SELECT phone_number FROM vicidial_dnc") == [("5551234567",)]
    assert db.count("vicidial_campaign_dnc") == 0
    assert [(*row[:3], str(row[3]), row[4]) for row in db.rows(LOG)] == [
        ("5551234567", "-SYSINT-", "add", "2025-07-08 11:30:00", "6666")
    ]
    assert [row[:6] + row[7:8] for row in admin_log(db)] == [
        ("6666", "192.0.2.7", "LISTS", "ADD", "5551234567", "ADMIN API ADD DNC NUMBER",
         "5551234567|SYSTEM_INTERNAL")
    ]  # fmt: skip


async def test_the_log_of_changes_holds_the_statements(lists: Lists, db: TestDatabase) -> None:
    await lists.post(DNC, json={"phone_number": "5551234567"})

    assert db.value("SELECT event_sql FROM vicidial_admin_log").split("\n") == [
        "INSERT INTO `vicidial_dnc` (`phone_number`) VALUES ('5551234567')",
        "INSERT INTO `vicidial_dnc_log` (`phone_number`, `campaign_id`, `action`, `action_date`,"
        " `user`) VALUES ('5551234567', '-SYSINT-', 'add', '2025-07-08 11:30:00', '6666')",
    ]


async def test_a_campaigns_list_is_answered_as_the_database_spells_it(
    lists: Lists, db: TestDatabase
) -> None:
    make_campaign(db, use_other_campaign_dnc="OTHER")

    response = await lists.post(DNC, json={"phone_number": "5551234567", "campaign_id": "testcamp"})

    assert (await response.json())["data"] == {
        "phone_number": "5551234567",
        "campaign_id": "TESTCAMP",
        "effective_campaign_id": "OTHER",
    }
    assert db.rows("SELECT * FROM vicidial_campaign_dnc") == [("5551234567", "TESTCAMP")]
    assert db.count("vicidial_dnc") == 0


BAD: list[Any] = [
    pytest.param({}, "phone_number", id="no number"),
    pytest.param({"phone_number": "12345"}, "phone_number", id="too short"),
    pytest.param({"phone_number": "1" * 19}, "phone_number", id="too long"),
    pytest.param({"phone_number": "5551234567", "campaign_id": "NOCAMP"}, "campaign_id",
                 id="unknown campaign"),
    pytest.param({"phone_number": "5551234567", "x": 1}, "x", id="unknown field"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "field"), BAD)
async def test_bad_input_names_the_field_and_writes_nothing(
    lists: Lists, db: TestDatabase, body: dict[str, Any], field: str
) -> None:
    response = await lists.post(DNC, json=body)

    answer = await response.json()
    assert (response.status, list(answer["details"])) == (400, [field])
    assert db.count("vicidial_dnc") + db.count("vicidial_dnc_log") == 0
    assert admin_log(db) == []
