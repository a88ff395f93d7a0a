"""PUT /api/v1/lists/{list_id} with deletions: steps that fail, crashes, and two at once."""

import asyncio
from typing import Any

import aiohttp
import pytest
from support.apps import Leads, Lists, Start, authorization
from support.builders import make_lead, make_list
from support.changes import changes, make_entry, paused
from support.database import TestDatabase
from support.lists import LISTS, change, deleted, lead_ids, list_ids, refused
from support.processes import service_process

ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
BOTH = {"delete_leads": "Y", "delete_list": "Y"}
LIST_ROW = ("LISTS", "DELETE", "101", "ADMIN API DELETE LIST", "list: 101")
GONE: Any = ("gone", [], [])


@pytest.fixture(autouse=True)
def list_101(db: TestDatabase) -> None:
    """List 101 with two leads in hoppers; list 102 with another."""
    for list_id in (101, 102):
        make_list(db, list_id)
    for lead_id, list_id in [(1, 101), (2, 101), (9, 102)]:
        make_lead(db, lead_id=lead_id, list_id=list_id)
        make_entry(db, lead_id, list_id=list_id)


def left(db: TestDatabase) -> tuple[str, list[int], list[int]]:
    """What list 101 is, and its leads in the hoppers and in the table of leads."""
    rows = db.rows("SELECT active FROM vicidial_lists WHERE list_id = 101")
    leads = [lead_ids(db, table) for table in ("vicidial_hopper", "vicidial_list")]
    assert all(9 in ids for ids in leads)  # another list's is never touched
    hopper, own = ([lead_id for lead_id in ids if lead_id != 9] for ids in leads)
    return rows[0][0] if rows else "gone", hopper, own


STEPS: list[Any] = [
    pytest.param("vicidial_lists", "UPDATE", 500, ("Y", [1, 2], [1, 2]), id="inactive first"),
    pytest.param("vicidial_hopper", "DELETE", 502, ("N", [1, 2], [1, 2]), id="then the hopper"),
    pytest.param("vicidial_list", "DELETE", 502, ("N", [], [1, 2]), id="then the leads"),
    pytest.param("vicidial_lists", "DELETE", 500, ("N", [], []), id="the list's row last"),
]


@ENGINES
@pytest.mark.parametrize(("table", "operation", "status", "after_fault"), STEPS)
async def test_a_step_that_fails_is_finished_by_a_repeat(
    lists: Lists, db: TestDatabase, table: str, operation: str, status: int, after_fault: Any
) -> None:
    db.fail_writes(table, operation)
    broken, _ = await change(lists, **BOTH)
    found, logged = left(db), changes(db)
    db.mend_writes(table)

    again, envelope = await change(lists, **BOTH)

    assert (broken, found, logged) == (status, after_fault, [])
    assert (again, envelope["data"]["leads_deleted"]) == (200, len(after_fault[2]))
    assert left(db) == GONE
    assert changes(db)[-1] == LIST_ROW


@ENGINES
async def test_the_log_of_changes_is_written_last(
    lists: Lists, db: TestDatabase, engine: str
) -> None:
    db.fail_writes("vicidial_admin_log")
    broken, _ = await change(lists, **BOTH)
    found = left(db)
    db.mend_writes("vicidial_admin_log")

    again, _ = await change(lists, **BOTH)

    assert broken == 500
    assert (found, again) == ((GONE, 404) if engine == "MyISAM" else (("N", [], []), 200))
    assert left(db) == GONE


@ENGINES
async def test_without_svc_leads_the_list_is_inactive_and_a_repeat_finishes(
    start_lists: Start, lists: Lists, db: TestDatabase
) -> None:
    alone = await start_lists(urls={})

    broken = await change(alone, **BOTH)
    found, logged = left(db), changes(db)

    assert broken == refused(503, "svc-leads is not available")
    assert (found, logged) == (("N", [1, 2], [1, 2]), [])
    assert await change(lists, **BOTH) == deleted("List deleted successfully", 2)
    assert left(db) == GONE


@ENGINES
async def test_svc_leads_that_dies_in_between_is_an_error_and_a_repeat_finishes(
    start_lists: Start, leads: Leads, lists: Lists, db: TestDatabase
) -> None:
    async with service_process(db, "svc-leads") as process:
        service = await start_lists(urls={"svc-leads": process.url})
        async with paused(db, "vicidial_list", "BEFORE DELETE") as fail:
            request = asyncio.create_task(change(service, **BOTH))
            await db.until_waiting(1)
            process.kill()
            broken = await request
            fail()  # what the server was told already
    found = left(db)

    assert broken == refused(502, "svc-leads gave no usable answer")
    assert found[0] == "N"
    assert set(found[1]) <= set(found[2]), "a lead that is gone may be dialed"
    assert (await change(lists, **BOTH))[0] == 200
    assert left(db) == GONE


@ENGINES
async def test_killed_in_the_middle_a_repeat_finishes(
    leads: Leads, lists: Lists, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SVC_LEADS_URL", str(leads.make_url("")).rstrip("/"))
    async with (
        service_process(db, "svc-lists") as process,
        paused(db, "vicidial_list", "BEFORE DELETE"),
        aiohttp.ClientSession(process.url, headers=authorization("svc-lists")) as client,
    ):
        request = asyncio.create_task(client.put(f"{LISTS}/101", json=BOTH))
        await db.until_waiting(1)
        process.kill()
        with pytest.raises(aiohttp.ClientError):
            await request
    found = left(db)

    status, _ = await change(lists, **BOTH)

    assert (found[0], found[1]) == ("N", [])
    assert (status, left(db)) == (200, GONE)
    assert changes(db)[-1] == LIST_ROW


async def test_a_caller_that_leaves_does_not_stop_the_deletion(
    leads: Leads, lists: Lists, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SVC_LEADS_URL", str(leads.make_url("")).rstrip("/"))
    # A process: the servers of tests, unlike those of services, stop when a caller leaves.
    async with service_process(db, "svc-lists") as process:
        with db.hold("vicidial_hopper"):
            async with aiohttp.ClientSession(headers=authorization("svc-lists")) as client:
                request = asyncio.create_task(client.put(f"{process.url}{LISTS}/101", json=BOTH))
                await db.until_waiting(1)
                request.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await request
        while LIST_ROW not in changes(db):  # for as long as the test's time limit lets it
            await lists.get("/health/live")

    assert left(db) == GONE
    assert changes(db) == [
        ("LISTS", "DELETE", "101", "ADMIN API DELETE LEADS", "list: 101 leads: 2"),
        LIST_ROW,
    ]


@ENGINES
async def test_of_two_deletions_at_once_one_deletes_the_list(
    start_lists: Start, lists: Lists, db: TestDatabase
) -> None:
    other = await start_lists()
    with db.hold("vicidial_hopper"):
        both = [asyncio.create_task(change(one, **BOTH)) for one in (lists, other)]
        await db.until_waiting(2)
    answers = [await one for one in both]

    assert sorted(status for status, _ in answers) == [200, 404]
    assert left(db) == GONE
    assert changes(db).count(LIST_ROW) == 1
    leads = [int(row[4].rpartition(" ")[2]) for row in changes(db) if row[3].endswith("LEADS")]
    assert (len(leads), sum(leads)) == (2, 2)


@ENGINES
async def test_a_list_that_goes_meanwhile_is_a_404(lists: Lists, db: TestDatabase) -> None:
    with db.hold("vicidial_hopper"):
        request = asyncio.create_task(change(lists, delete_list="Y"))
        await db.until_waiting(1)
        db.execute("DELETE FROM vicidial_lists WHERE list_id = 101")

    assert await request == refused(404, "List not found")
    assert (list_ids(db), changes(db)) == ([102], [])
