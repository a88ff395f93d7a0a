"""PUT /api/v1/lists/{list_id} with `campaign_id`: the list leaves the other campaigns' hoppers."""

import asyncio
from typing import Any

import pytest
from support.apps import Lists, Start
from support.builders import make_lead, make_list, read_row
from support.changes import changes, make_entry
from support.database import TestDatabase
from support.lists import change, lead_ids, make_things, refused, updated

ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
MODIFIED = [("LISTS", "MODIFY", "101", "ADMIN API UPDATE LIST", "list: 101")]


@pytest.fixture(autouse=True)
def hopper(db: TestDatabase) -> None:
    """List 101 of TESTCAMP; leads of two lists in the hoppers of three campaigns."""
    make_things(db)
    make_list(db, 101)
    make_list(db, 102)
    for lead_id, list_id, campaign_id, status in [
        (1, 101, "TESTCAMP", "READY"),
        (2, 101, "NEWCAMP", "READY"),
        (3, 101, "OTHER", "INCALL"),
        (4, 101, None, "READY"),
        (5, 102, "TESTCAMP", "READY"),
    ]:
        make_lead(db, lead_id=lead_id, list_id=list_id)
        make_entry(db, lead_id, list_id=list_id, campaign_id=campaign_id, status=status)


def in_hopper(db: TestDatabase) -> list[int]:
    return lead_ids(db, "vicidial_hopper")


def campaign(db: TestDatabase) -> Any:
    return db.value("SELECT campaign_id FROM vicidial_lists WHERE list_id = 101")


@ENGINES
@pytest.mark.parametrize(
    ("campaign_id", "stored", "left"),
    [
        pytest.param("NEWCAMP", "NEWCAMP", [2, 5], id="another campaign"),
        pytest.param("newcamp", "NEWCAMP", [2, 5], id="in another spelling"),
        pytest.param("TESTCAMP", "TESTCAMP", [1, 5], id="the same campaign"),
        pytest.param("", "", [5], id="no campaign"),
    ],
)
async def test_a_list_leaves_the_hoppers_of_all_other_campaigns(
    lists: Lists, db: TestDatabase, campaign_id: str, stored: str, left: list[int]
) -> None:
    assert await change(lists, campaign_id=campaign_id) == updated()

    assert (campaign(db), in_hopper(db)) == (stored, left)
    assert changes(db) == MODIFIED
    assert lead_ids(db) == [1, 2, 3, 4, 5]


async def test_without_a_campaign_the_hopper_is_left_alone(lists: Lists, db: TestDatabase) -> None:
    assert await change(lists, active="N", list_name="New") == updated()
    assert in_hopper(db) == [1, 2, 3, 4, 5]


async def test_a_repeat_clears_what_the_loader_put_back(lists: Lists, db: TestDatabase) -> None:
    await change(lists, campaign_id="NEWCAMP")
    make_entry(db, 1)

    assert await change(lists, campaign_id="NEWCAMP") == updated()
    assert in_hopper(db) == [2, 5]


async def test_the_campaign_is_changed_before_the_hopper_is_cleared(
    lists: Lists, db: TestDatabase
) -> None:
    with db.hold("vicidial_hopper"):
        request = asyncio.create_task(change(lists, campaign_id="NEWCAMP"))
        await db.until_waiting(1)
        meanwhile = campaign(db)

    assert (await request, meanwhile) == (updated(), "NEWCAMP")


@ENGINES
async def test_no_lock_is_held_while_svc_leads_works(lists: Lists, db: TestDatabase) -> None:
    with db.hold("vicidial_hopper"):
        request = asyncio.create_task(change(lists, campaign_id="NEWCAMP"))
        await db.until_waiting(1)
        others = await change(lists, list_name="Meanwhile")

    assert (await request, others) == (updated(), updated())
    row = read_row(db, "vicidial_lists", list_id=101)
    assert (row["campaign_id"], row["list_name"]) == ("NEWCAMP", "Meanwhile")


@ENGINES
async def test_without_svc_leads_the_campaign_is_changed_and_a_repeat_finishes(
    start_lists: Start, lists: Lists, db: TestDatabase
) -> None:
    alone = await start_lists(urls={})

    broken = await change(alone, campaign_id="NEWCAMP", list_name="New")
    left = campaign(db), in_hopper(db), changes(db)
    again = await change(lists, campaign_id="NEWCAMP", list_name="New")

    assert broken == refused(503, "svc-leads is not available")
    assert left == ("NEWCAMP", [1, 2, 3, 4, 5], MODIFIED)
    assert (again, in_hopper(db), changes(db)) == (updated(), [2, 5], MODIFIED * 2)


async def test_a_hopper_that_cannot_be_cleared_is_a_502_and_a_repeat_finishes(
    lists: Lists, db: TestDatabase
) -> None:
    db.fail_writes("vicidial_hopper", "DELETE")
    broken = await change(lists, campaign_id="NEWCAMP")
    left = campaign(db), changes(db)
    db.mend_writes("vicidial_hopper")

    again = await change(lists, campaign_id="NEWCAMP")

    assert broken == refused(502, "svc-leads gave no usable answer")
    assert left == ("NEWCAMP", MODIFIED)
    assert (again, in_hopper(db), changes(db)) == (updated(), [2, 5], MODIFIED * 2)


async def test_a_request_that_is_refused_clears_no_hopper(lists: Lists, db: TestDatabase) -> None:
    status, _ = await change(lists, campaign_id="NEWCAMP", script="NOSCRIPT")

    assert status == 400
    assert (campaign(db), in_hopper(db)) == ("TESTCAMP", [1, 2, 3, 4, 5])
