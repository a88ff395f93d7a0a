"""PUT /api/v1/lists/{list_id} with `delete_leads` and `delete_list`."""

import asyncio
from typing import Any

import pytest
from support.apps import Lists, Start, clock_at
from support.builders import make_custom_field, make_custom_table, make_lead, make_list, read_row
from support.changes import admin_log, changes, difference, make_entry
from support.custom_fields import custom_tables, names
from support.database import TestDatabase
from support.lists import LISTS, StandInLeads, change, deleted, lead_ids, list_ids, refused

ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
LIST_ROW = ("LISTS", "DELETE", "101", "ADMIN API DELETE LIST", "list: 101")


@pytest.fixture
async def lists(start_lists: Start, db: TestDatabase) -> Lists:
    """svc-lists on 8 July 2025, 11:30 in New York.

    Lists 101 and 102 have leads in hoppers, and what else belongs to lists and leads.
    """
    make_custom_table(db, 101, color="VARCHAR(10)")
    make_custom_field(db, 101, "color")
    db.insert("vicidial_url_multi", campaign_id="101", entry_type="list", url_type="dispo")
    for list_id in (101, 102):
        make_list(db, list_id)
    for lead_id, list_id, campaign_id in [
        (1, 101, "TESTCAMP"), (2, 101, "OTHER"), (3, 101, None), (4, 102, "TESTCAMP"),
    ]:  # fmt: skip
        make_lead(db, lead_id=lead_id, list_id=list_id)
        make_entry(db, lead_id, list_id=list_id, campaign_id=campaign_id)
        db.insert("custom_101", lead_id=lead_id, color="red")
    return await start_lists(clock=clock_at("2025-07-08T15:30:00"))


def leads_row(leads: int) -> tuple[str, ...]:
    notes = f"list: 101 leads: {leads}"
    return ("LISTS", "DELETE", "101", "ADMIN API DELETE LEADS", notes)


def left(db: TestDatabase) -> dict[str, Any]:
    """The lists, and the leads in each table that knows leads."""
    tables = ("vicidial_list", "vicidial_hopper", "custom_101")
    return {"lists": list_ids(db)} | {table: lead_ids(db, table) for table in tables}


@ENGINES
async def test_a_list_is_deleted_with_its_leads(lists: Lists, db: TestDatabase) -> None:
    answer = await change(lists, delete_leads="Y", delete_list="Y")

    assert answer == deleted("List deleted successfully", 3)
    assert left(db) == {
        "lists": [102], "vicidial_list": [4], "vicidial_hopper": [4], "custom_101": [4]
    }  # fmt: skip
    assert changes(db) == [leads_row(3), LIST_ROW]


@ENGINES
async def test_a_list_is_deleted_and_its_leads_stay(lists: Lists, db: TestDatabase) -> None:
    answer = await change(lists, delete_list="Y", list_id=101)

    assert answer == deleted("List deleted successfully", 0)
    assert left(db) == {
        "lists": [102],
        "vicidial_list": [1, 2, 3, 4],
        "vicidial_hopper": [4],
        "custom_101": [1, 2, 3, 4],
    }
    assert changes(db) == [LIST_ROW]


@ENGINES
async def test_leads_are_deleted_and_the_list_stays(lists: Lists, db: TestDatabase) -> None:
    before = read_row(db, "vicidial_lists", list_id=101)

    answer = await change(lists, delete_leads="Y")

    assert answer == deleted("Leads deleted successfully", 3)
    assert left(db) == {
        "lists": [101, 102], "vicidial_list": [4], "vicidial_hopper": [4], "custom_101": [4]
    }  # fmt: skip
    assert read_row(db, "vicidial_lists", list_id=101) == before
    assert changes(db) == [leads_row(3)]


async def test_what_vicidial_keeps_of_a_deleted_list_stays(lists: Lists, db: TestDatabase) -> None:
    await change(lists, delete_leads="Y", delete_list="Y")

    assert (names(db, 101), custom_tables(db)) == (["color"], ["custom_101"])
    assert db.count("vicidial_url_multi") == 1


async def test_a_flag_that_says_no_counts_as_absent(lists: Lists, db: TestDatabase) -> None:
    response = await lists.put(
        f"{LISTS}/101", data={"delete_leads": "Y", "delete_list": "N", "reset_list": "N"}
    )

    assert (response.status, await response.json()) == deleted("Leads deleted successfully", 3)
    assert list_ids(db) == [101, 102]


@pytest.mark.parametrize("list_id", [998, 999])
async def test_vicidials_default_lists_stay(lists: Lists, db: TestDatabase, list_id: int) -> None:
    make_list(db, list_id)
    make_lead(db, lead_id=9, list_id=list_id)
    before = read_row(db, "vicidial_lists", list_id=list_id)

    both = await change(lists, list_id, delete_list="Y", delete_leads="Y")
    alone = await change(lists, list_id, delete_list="Y")

    assert both == alone == refused(409, "List is reserved by the system")
    assert read_row(db, "vicidial_lists", list_id=list_id) == before
    assert (lead_ids(db), admin_log(db)) == ([1, 2, 3, 4, 9], [])


@pytest.mark.parametrize("list_id", [998, 999])
async def test_a_default_list_that_is_not_there_is_a_404(lists: Lists, list_id: int) -> None:
    assert await change(lists, list_id, delete_list="Y") == refused(404, "List not found")


async def test_the_leads_of_a_default_list_may_be_deleted(lists: Lists, db: TestDatabase) -> None:
    make_list(db, 999)
    make_lead(db, lead_id=9, list_id=999)

    status, envelope = await change(lists, 999, delete_leads="Y")

    assert (status, envelope["data"]["leads_deleted"]) == (200, 1)
    assert (lead_ids(db), list_ids(db)) == ([1, 2, 3, 4], [101, 102, 999])


async def test_the_list_is_inactive_while_its_leads_leave(lists: Lists, db: TestDatabase) -> None:
    before = read_row(db, "vicidial_lists", list_id=101)
    with db.hold("vicidial_hopper"):
        request = asyncio.create_task(change(lists, delete_list="Y"))
        await db.until_waiting(1)
        meanwhile = read_row(db, "vicidial_lists", list_id=101)

    assert (await request)[0] == 200
    changed = {name: str(value) for name, value in difference(before, meanwhile).items()}
    assert changed == {"active": "N", "list_changedate": "2025-07-08 11:30:00"}


async def test_the_log_of_changes_holds_the_statements(lists: Lists, db: TestDatabase) -> None:
    await change(lists, delete_list="Y")

    (row,) = admin_log(db)
    assert row[:2] == ("6666", "192.0.2.7")
    assert row[6].split("\n") == [
        "UPDATE vicidial_lists SET `active` = 'N', `list_changedate` = '2025-07-08 11:30:00'"
        " WHERE list_id = 101",
        "DELETE FROM vicidial_lists WHERE list_id = 101",
    ]


async def test_the_call_is_logged_under_vicidials_name(lists: Lists, db: TestDatabase) -> None:
    await change(lists, delete_list="Y")
    await lists.close()

    rows = db.rows("SELECT function, result, result_reason FROM vicidial_api_log")
    assert rows == [("update_list", "SUCCESS", "List deleted successfully")]


@ENGINES
@pytest.mark.usefixtures("lists")
async def test_a_deletion_goes_on_until_svc_leads_is_done(
    start_lists: Start, db: TestDatabase
) -> None:
    steps = [{"deleted": 70_000, "done": False}, {"deleted": 5, "done": True}]
    async with StandInLeads(*steps).running() as leads:
        service = await start_lists(urls=leads.urls)
        answer = await change(service, delete_leads="Y", delete_list="Y")

    assert answer == deleted("List deleted successfully", 70_005)
    assert leads.asked == [
        ("/hopper/remove", {"list_id": 101, "except_campaign_id": ""}),
        ("/lists/101/leads/delete", {}),
        ("/lists/101/leads/delete", {}),
    ]
    assert changes(db) == [leads_row(70_005), LIST_ROW]


@ENGINES
@pytest.mark.parametrize("delete_list", ["Y", "N"])
async def test_a_deletion_that_takes_too_long_goes_on_with_a_repeat(
    start_lists: Start,
    lists: Lists,
    db: TestDatabase,
    monkeypatch: pytest.MonkeyPatch,
    delete_list: str,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("svc_lists.lists.leads_work.CALLS_WITHIN_S", 0)
        async with StandInLeads({"deleted": 2000, "done": False}).running() as leads:
            service = await start_lists(urls=leads.urls)
            unfinished = await change(service, delete_leads="Y", delete_list=delete_list)
    row = read_row(db, "vicidial_lists", list_id=101)
    logged = changes(db)

    again = await change(lists, delete_leads="Y", delete_list=delete_list)

    message = f"{'List' if delete_list == 'Y' else 'Leads'} deleted successfully"
    assert unfinished == deleted("Deletion not finished", 2000, done=False)
    assert row["active"] == ("N" if delete_list == "Y" else "Y")
    assert logged == [leads_row(2000)]
    assert again == deleted(message, 3)
    assert list_ids(db) == ([102] if delete_list == "Y" else [101, 102])
