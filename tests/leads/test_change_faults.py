"""PUT /api/v1/leads/{lead_id}: steps that fail are finished by a repeat."""

import asyncio
from typing import Any, NamedTuple

import pytest
from support.apps import Leads
from support.builders import (
    make_campaign,
    make_custom_field,
    make_custom_table,
    make_lead,
    make_list,
)
from support.changes import make_callback, make_entry, paused
from support.database import TestDatabase

ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])


@pytest.fixture(autouse=True)
def lists(db: TestDatabase) -> None:
    """The lists 101 of TESTCAMP and 102 of NEWCAMP, with a custom field each."""
    for list_id, campaign_id in ((101, "TESTCAMP"), (102, "NEWCAMP")):
        make_campaign(db, campaign_id)
        make_list(db, list_id, campaign_id)
        make_custom_table(db, list_id, color="VARCHAR(10)")
        make_custom_field(db, list_id, "color")


async def put(leads: Leads, lead_id: int, body: dict[str, Any]) -> tuple[int, Any]:
    response = await leads.put(f"/api/v1/leads/{lead_id}", json=body)
    return response.status, await response.json()


class State(NamedTuple):
    """What the tables say of the only lead."""

    status: str
    list_id: int
    colors: list[str]
    callbacks: list[str]
    hopper: list[str]


def state(db: TestDatabase) -> State:
    def column(sql: str) -> list[Any]:
        return [row[0] for row in db.rows(sql)]

    status, list_id = db.row("SELECT status, list_id FROM vicidial_list")
    colors = "SELECT color FROM custom_101 UNION ALL SELECT color FROM custom_102"
    return State(
        status,
        list_id,
        column(colors),
        column("SELECT campaign_id FROM vicidial_callbacks"),
        column("SELECT campaign_id FROM vicidial_hopper"),
    )


BODY = {
    "list_id": 102,
    "custom_fields": {"color": "red"},
    "callback": "Y",
    "callback_datetime": "NOW",
    "add_to_hopper": "Y",
}
BEFORE = State("NEW", 101, [], [], ["TESTCAMP"])
AFTER = State("CBHOLD", 102, ["red"], ["NEWCAMP"], ["NEWCAMP"])


@ENGINES
@pytest.mark.parametrize(
    ("table", "operation", "left"),
    [
        pytest.param("custom_102", "INSERT", BEFORE, id="custom values"),
        pytest.param("vicidial_list", "UPDATE", BEFORE._replace(colors=["red"]), id="lead"),
        pytest.param(
            "vicidial_hopper",
            "DELETE",
            State("CBHOLD", 102, ["red"], [], ["TESTCAMP"]),
            id="out of the hopper",
        ),
        pytest.param(
            "vicidial_callbacks", "INSERT", State("CBHOLD", 102, ["red"], [], []), id="callback"
        ),
        pytest.param(
            "vicidial_hopper",
            "INSERT",
            State("CBHOLD", 102, ["red"], ["NEWCAMP"], []),
            id="into the hopper",
        ),
    ],
)
async def test_a_step_that_fails_is_finished_by_a_repeat(
    leads: Leads, db: TestDatabase, engine: str, table: str, operation: str, left: State
) -> None:
    lead_id = make_lead(db)
    make_entry(db, lead_id)
    db.fail_writes(table, operation)
    broken, _ = await put(leads, lead_id, BODY)
    found = state(db)
    db.mend_writes(table)

    again, answer = await put(leads, lead_id, BODY)

    assert found == (left if engine == "MyISAM" else BEFORE)
    assert (broken, again, state(db)) == (500, 200, AFTER)
    assert answer["data"]["hopper"]["added"] is True


@ENGINES
async def test_callbacks_that_were_archived_only_are_removed_by_a_repeat(
    leads: Leads, db: TestDatabase, engine: str
) -> None:
    lead_id = make_lead(db)
    made = [make_callback(db, lead_id) for _ in range(2)]
    beside = make_callback(db, 900_001)
    db.fail_writes("vicidial_callbacks", "DELETE")
    broken, _ = await put(leads, lead_id, {"callback": "REMOVE"})
    archived = db.count("vicidial_callbacks_archive")
    db.mend_writes("vicidial_callbacks")

    again, answer = await put(leads, lead_id, {"callback": "REMOVE"})

    assert (broken, archived) == (500, 2 if engine == "MyISAM" else 0)
    assert (again, answer["data"]) == (200, {"lead_id": lead_id, "callbacks_removed": 2})
    archive = db.rows("SELECT callback_id FROM vicidial_callbacks_archive ORDER BY callback_id")
    assert [row[0] for row in archive] == made
    assert db.rows("SELECT callback_id FROM vicidial_callbacks") == [(beside,)]


async def test_a_callback_that_an_agent_adds_meanwhile_is_not_lost(
    leads: Leads, db: TestDatabase
) -> None:
    lead_id = make_lead(db)
    db.execute("TRUNCATE vicidial_callbacks")  # without holes it takes rows while it is read
    old = make_callback(db, lead_id)
    async with paused(db, "vicidial_callbacks_archive", "AFTER INSERT"):
        removal = asyncio.create_task(put(leads, lead_id, {"callback": "REMOVE"}))
        await db.until_waiting(1)
        new = make_callback(db, lead_id)

    _, answer = await removal
    assert answer["data"]["callbacks_removed"] == 1
    assert db.rows("SELECT callback_id FROM vicidial_callbacks") == [(new,)]
    assert db.rows("SELECT callback_id FROM vicidial_callbacks_archive") == [(old,)]


async def test_a_lead_that_is_deleted_meanwhile_is_a_404(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db)
    with db.hold("custom_101"):
        change = asyncio.create_task(put(leads, lead_id, {"custom_fields": {"color": "red"}}))
        await db.until_waiting(1)
        db.execute("DELETE FROM vicidial_list")

    assert await change == (404, {"success": False, "error": "Lead not found"})


@ENGINES
async def test_a_connection_that_is_lost_in_the_middle_is_a_503(
    leads: Leads, db: TestDatabase, engine: str
) -> None:
    lead_id = make_lead(db)
    make_entry(db, lead_id)
    with db.hold("vicidial_callbacks"):
        change = asyncio.create_task(put(leads, lead_id, {"list_id": 102, "callback": "REMOVE"}))
        await db.until_waiting(1)
        db.kill_service_connections()
        broken = await change

    again, _ = await put(leads, lead_id, {"list_id": 102, "callback": "REMOVE"})

    assert broken == (503, {"success": False, "error": "Database not available"})
    assert again == 200
    assert state(db) == State("NEW", 102, [], [], [])
