"""POST /internal/v1/lists/{list_id}/leads/reset and /delete: work on all leads of a list."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from dialkit.db import Database
from support.apps import Leads, service_settings
from support.builders import make_custom_table, make_lead, make_list
from support.changes import make_entry
from support.database import TestDatabase
from support.statements import statements_sent
from svc_leads.internal import list_work

RESET, DELETE = "/internal/v1/lists/101/leads/reset", "/internal/v1/lists/101/leads/delete"
BOTH_ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])


@pytest.fixture
async def database(db: TestDatabase) -> AsyncIterator[Database]:
    """The database as svc-leads reaches it."""
    settings = service_settings(db, "svc-leads")
    opened = Database(settings.database, settings.timezone)
    yield opened
    await opened.close()


@BOTH_ENGINES
async def test_a_reset_lets_all_leads_of_the_list_be_called_again(
    leads: Leads, db: TestDatabase
) -> None:
    for lead_id, flag in enumerate(["Y", "N", "Y10", "D", None], start=1):
        make_lead(db, lead_id=lead_id, called_since_last_reset=flag)
    make_lead(db, lead_id=9, called_since_last_reset="Y", list_id=102)

    response = await leads.post(RESET, json={})
    again = await leads.post(RESET, json={})

    assert response.status == 200
    envelope = await response.json()
    assert (envelope["success"], envelope["data"]) == (True, {"updated": 4, "done": True})
    assert (await again.json())["data"] == {"updated": 0, "done": True}
    assert db.rows("SELECT lead_id, called_since_last_reset FROM vicidial_list ORDER BY 1") == [
        (1, "N"), (2, "N"), (3, "N"), (4, "N"), (5, "N"), (9, "Y"),
    ]  # fmt: skip


async def test_a_reset_does_not_touch_leads_that_are_reset(leads: Leads, db: TestDatabase) -> None:
    make_lead(db, lead_id=1, modify_date="2025-01-08 10:30:00")
    make_lead(db, lead_id=2, modify_date="2025-01-08 10:30:00", called_since_last_reset="Y")

    await leads.post(RESET)

    assert db.rows(
        "SELECT lead_id FROM vicidial_list WHERE modify_date < NOW() - INTERVAL 1 DAY"
    ) == [(1,)]


async def test_a_reset_takes_5000_leads_a_statement(leads: Leads, db: TestDatabase) -> None:
    fill(db, 10_001)

    with statements_sent() as statements:
        response = await leads.post(RESET, json={})

    assert (await response.json())["data"] == {"updated": 10_001, "done": True}
    assert [one.params for one in statements] == [(101, 5000)] * 3
    assert all(one.sql.rstrip().endswith("LIMIT %s") for one in statements)


@pytest.mark.parametrize(
    ("leads_of_list", "updated", "done"),
    [(4999, 4999, True), (5000, 5000, False), (5001, 5000, False)],
)
async def test_a_reset_stops_at_its_time_limit_and_says_so(
    database: Database, db: TestDatabase, leads_of_list: int, updated: int, done: bool
) -> None:
    fill(db, leads_of_list)

    progress = await list_work.reset_list(database, 101, time_limit_s=0)
    rest = await list_work.reset_list(database, 101)

    assert progress == (updated, done)
    assert rest == (leads_of_list - updated, True)


@BOTH_ENGINES
async def test_a_deletion_takes_with_the_leads_what_belongs_to_them(
    leads: Leads, db: TestDatabase
) -> None:
    for list_id in (101, 102, 103):
        make_list(db, list_id)
    make_custom_table(db, 101, color="VARCHAR(20)")
    make_custom_table(db, 102, color="VARCHAR(20)")
    make_lead(db, lead_id=1)
    make_lead(db, lead_id=2, entry_list_id=102)
    make_lead(db, lead_id=3, entry_list_id=103)  # whose table is not there
    make_lead(db, lead_id=9, list_id=102)
    for lead_id in (1, 2, 3, 9):
        db.insert("vicidial_hopper", lead_id=lead_id, list_id=101, status="INCALL")
        db.insert("vicidial_list_alt_phones", lead_id=lead_id, phone_number="5551234567")
        db.insert("custom_101", lead_id=lead_id, color="blue")
        db.insert("custom_102", lead_id=lead_id, color="red")

    response = await leads.post(DELETE, json={})
    again = await leads.post(DELETE, json={})

    assert response.status == 200
    envelope = await response.json()
    assert (envelope["success"], envelope["data"]) == (True, {"deleted": 3, "done": True})
    assert (await again.json())["data"] == {"deleted": 0, "done": True}
    assert {table: ids(db, table) for table in (
        "vicidial_list", "vicidial_hopper", "vicidial_list_alt_phones", "custom_101", "custom_102",
    )} == {
        "vicidial_list": [9],
        "vicidial_hopper": [9],
        "vicidial_list_alt_phones": [9],
        "custom_101": [2, 3, 9],
        "custom_102": [1, 3, 9],
    }  # fmt: skip


async def test_callbacks_and_logs_of_a_deleted_list_stay(leads: Leads, db: TestDatabase) -> None:
    make_lead(db, lead_id=1)
    db.insert("vicidial_callbacks", lead_id=1, list_id=101)

    await leads.post(DELETE, json={})

    assert (ids(db, "vicidial_list"), ids(db, "vicidial_callbacks")) == ([], [1])


async def test_a_deletion_takes_500_leads_a_statement(leads: Leads, db: TestDatabase) -> None:
    fill(db, 1100)

    with statements_sent() as statements:
        response = await leads.post(DELETE, json={})

    assert (await response.json())["data"] == {"deleted": 1100, "done": True}
    deletes = [one for one in statements if one.sql.startswith("DELETE FROM vicidial_list WHERE")]
    assert [len(one.params) for one in deletes] == [500, 500, 100]
    reads = [one for one in statements if "SELECT lead_id, entry_list_id" in one.sql]
    assert [one.params for one in reads] == [(101, 1000)] * 3


@pytest.mark.parametrize(
    ("leads_of_list", "deleted", "done"), [(0, 0, True), (1, 0, False), (2500, 0, False)]
)
async def test_a_deletion_stops_at_its_time_limit_and_says_so(
    database: Database, db: TestDatabase, leads_of_list: int, deleted: int, done: bool
) -> None:
    fill(db, leads_of_list)

    progress = await list_work.delete_list(database, 101, time_limit_s=0)
    rest = await list_work.delete_list(database, 101)

    assert progress == (deleted, done)
    assert rest == (leads_of_list - deleted, True)


@pytest.mark.parametrize(
    "table", ["vicidial_hopper", "custom_101", "vicidial_list_alt_phones", "vicidial_list"]
)
async def test_a_deletion_that_broke_off_is_finished_by_a_repeat(
    leads: Leads, db: TestDatabase, table: str
) -> None:
    make_custom_table(db, 101, color="VARCHAR(20)")
    make_lead(db, lead_id=1)
    for other in ("vicidial_hopper", "vicidial_list_alt_phones", "custom_101"):
        db.insert(other, lead_id=1, **({"list_id": 101} if other == "vicidial_hopper" else {}))

    db.fail_writes(table, "DELETE")
    broken = await leads.post(DELETE, json={})
    left = ids(db, "vicidial_list")
    db.mend_writes(table)
    again = await leads.post(DELETE, json={})

    # The lead itself goes last: while it is there, a repeat finds what belongs to it.
    assert (broken.status, left) == (500, [1])
    assert (await again.json())["data"] == {"deleted": 1, "done": True}
    assert [ids(db, one) for one in ("vicidial_list", "vicidial_hopper", "custom_101",
                                     "vicidial_list_alt_phones")] == [[], [], [], []]  # fmt: skip


@pytest.mark.parametrize("path", [RESET, DELETE])
async def test_the_dialer_gets_its_turn_between_two_statements(
    database: Database, db: TestDatabase, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr("svc_leads.internal.list_work.asyncio", FakeAsyncio(pause))
    fill(db, 5500)

    work = list_work.reset_list if path == RESET else list_work.delete_list
    await work(database, 101)

    assert len(pauses) == (1 if path == RESET else 11)
    assert all(seconds >= 0.005 for seconds in pauses)


@pytest.mark.parametrize("list_id", ["0", "999", "9223372036854775807"])
async def test_an_unknown_list_is_a_0(leads: Leads, list_id: str) -> None:
    reset = await leads.post(f"/internal/v1/lists/{list_id}/leads/reset", json={})
    deleted = await leads.post(f"/internal/v1/lists/{list_id}/leads/delete", json={})

    assert (await reset.json())["data"] == {"updated": 0, "done": True}
    assert (await deleted.json())["data"] == {"deleted": 0, "done": True}


@pytest.mark.parametrize("list_id", ["x", "-1", "1.5", "9223372036854775808", "1%20", "9" * 5000])
@pytest.mark.parametrize("work", ["reset", "delete"])
async def test_what_can_be_no_list_is_a_404(leads: Leads, list_id: str, work: str) -> None:
    response = await leads.post(f"/internal/v1/lists/{list_id}/leads/{work}", json={})

    assert response.status == 404
    assert (await response.json())["error"] == "List not found"


@pytest.mark.parametrize("path", [RESET, DELETE])
async def test_there_is_nothing_to_choose(leads: Leads, db: TestDatabase, path: str) -> None:
    make_lead(db, called_since_last_reset="Y")

    response = await leads.post(path, json={"list_id": 101})

    assert response.status == 400
    assert db.rows("SELECT called_since_last_reset FROM vicidial_list") == [("Y",)]


@BOTH_ENGINES
async def test_two_deletions_at_once_delete_each_lead_once(leads: Leads, db: TestDatabase) -> None:
    fill(db, 1200)

    answers = await asyncio.gather(*(leads.post(DELETE, json={}) for _ in range(2)))

    data = [(await one.json())["data"] for one in answers]
    assert [one["done"] for one in data] == [True, True]
    assert sum(one["deleted"] for one in data) == 1200
    assert ids(db, "vicidial_list") == [100_000]


async def test_a_hopper_row_that_the_loader_puts_back_meanwhile_goes_too(
    leads: Leads, db: TestDatabase
) -> None:
    lead_id = make_lead(db)
    with db.hold("vicidial_list_alt_phones"):
        deletion = asyncio.create_task(leads.post(DELETE, json={}))
        await db.until_waiting(1)
        make_entry(db, lead_id)

    assert (await (await deletion).json())["data"] == {"deleted": 1, "done": True}
    assert db.count("vicidial_hopper") == 0


class FakeAsyncio:
    """The part of asyncio that pauses."""

    def __init__(self, sleep: Any) -> None:
        self.sleep = sleep


def fill(db: TestDatabase, leads: int) -> None:
    """Called leads of list 101, and one of another list beside them."""
    make_lead(db, lead_id=100_000, list_id=555, called_since_last_reset="Y")
    db.execute(
        "INSERT INTO vicidial_list (lead_id, list_id, phone_number, called_since_last_reset)"
        f" SELECT seq, 101, 5550000000 + seq, 'Y' FROM seq_1_to_20000 LIMIT {leads}"
    )


def ids(db: TestDatabase, table: str) -> list[int]:
    """The leads of a table."""
    return [lead_id for (lead_id,) in db.rows(f"SELECT lead_id FROM {table} ORDER BY lead_id")]
