"""PUT /api/v1/leads/{lead_id} with `delete_lead`: steps that fail, and two at once."""

import asyncio

import pytest
from support.apps import Leads
from support.builders import make_campaign, make_custom_table, make_lead, make_list
from support.changes import admin_log, make_alt_phone, make_callback, make_entry
from support.database import TestDatabase

ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
# In the order in which they are emptied.
TABLES = ("vicidial_hopper", "vicidial_callbacks", "vicidial_list_alt_phones", "custom_101",
          "vicidial_list")  # fmt: skip


@pytest.fixture
def lead_id(db: TestDatabase) -> int:
    """A lead with something in every table that knows leads."""
    make_campaign(db)
    make_list(db)
    make_custom_table(db, 101, color="VARCHAR(10)")
    made = make_lead(db)
    make_callback(db, made)
    make_alt_phone(db, made)
    make_entry(db, made)
    db.insert("custom_101", lead_id=made, color="red")
    return made


async def delete(leads: Leads, lead_id: int) -> int:
    response = await leads.put(f"/api/v1/leads/{lead_id}", json={"delete_lead": "Y"})
    return response.status


def left(db: TestDatabase) -> list[str]:
    return [table for table in TABLES if db.count(table)]


@ENGINES
@pytest.mark.parametrize("table", TABLES)
async def test_a_step_that_fails_is_finished_by_a_repeat(
    leads: Leads, db: TestDatabase, lead_id: int, engine: str, table: str
) -> None:
    db.fail_writes(table, "DELETE")
    broken = await delete(leads, lead_id)
    found = left(db)
    db.mend_writes(table)

    again = await delete(leads, lead_id)

    emptied = TABLES.index(table) if engine == "MyISAM" else 0
    assert (broken, again) == (500, 200)
    assert found == list(TABLES[emptied:])
    assert left(db) == []
    assert db.count("vicidial_callbacks_archive") == 1
    assert len(admin_log(db)) == 1


@ENGINES
async def test_callbacks_are_archived_before_they_go(
    leads: Leads, db: TestDatabase, lead_id: int, engine: str
) -> None:
    db.fail_writes("vicidial_callbacks_archive")
    broken = await delete(leads, lead_id)
    found = left(db)
    db.mend_writes("vicidial_callbacks_archive")

    assert (broken, found) == (500, list(TABLES[1 if engine == "MyISAM" else 0 :]))
    assert await delete(leads, lead_id) == 200
    assert (left(db), db.count("vicidial_callbacks_archive")) == ([], 1)


@ENGINES
async def test_the_log_of_changes_is_written_last(
    leads: Leads, db: TestDatabase, lead_id: int, engine: str
) -> None:
    db.fail_writes("vicidial_admin_log")
    broken = await delete(leads, lead_id)
    found = left(db)
    db.mend_writes("vicidial_admin_log")

    again = await delete(leads, lead_id)

    assert broken == 500
    assert (found, again) == (([], 404) if engine == "MyISAM" else (list(TABLES), 200))
    assert left(db) == []


async def test_a_row_that_the_loader_puts_back_meanwhile_goes_too(
    leads: Leads, db: TestDatabase, lead_id: int
) -> None:
    with db.hold("vicidial_list_alt_phones"):
        deletion = asyncio.create_task(delete(leads, lead_id))
        await db.until_waiting(1)
        make_entry(db, lead_id)

    assert await deletion == 200
    assert left(db) == []


@ENGINES
async def test_of_two_at_once_one_deletes_the_lead(
    leads: Leads, db: TestDatabase, lead_id: int, engine: str
) -> None:
    with db.hold("vicidial_list_alt_phones"):
        both = [asyncio.create_task(delete(leads, lead_id)) for _ in range(2)]
        await db.until_waiting(2)

    assert sorted([await one for one in both]) == [200, 404]
    assert left(db) == []
    assert len(admin_log(db)) == 1
