"""What takes all three programs: svc-lists changes a list or campaign, svc-leads its leads."""

from typing import Any

import aiohttp
import pytest
from support.database import TestDatabase
from support.suite import Ask, success

LEADS = "SELECT COUNT(*) FROM vicidial_list WHERE list_id = %s"
IN_HOPPER = "SELECT COUNT(*) FROM vicidial_hopper WHERE list_id = %s"
CALLED = f"{LEADS} AND called_since_last_reset <> 'N'"


async def test_a_list_is_deleted_with_its_leads(ask: Ask, db: TestDatabase) -> None:
    leads, all_leads = db.value(LEADS, 101), db.count("vicidial_list")

    answer = await ask("PUT", "/lists/101", json={"delete_list": "Y", "delete_leads": "Y"})

    data = {"list_id": "101", "leads_deleted": leads, "done": True}
    assert answer == success("List deleted successfully", data)
    assert db.rows("SELECT list_id FROM vicidial_lists ORDER BY list_id") == [(102,), (201,)]
    assert (db.value(LEADS, 101), db.value(IN_HOPPER, 101), db.count("custom_101")) == (0, 0, 0)
    assert db.count("vicidial_list") == all_leads - leads
    # Definitions stay, as in VICIdial.
    assert db.count("vicidial_lists_fields") == 2


async def test_a_list_that_is_gone_takes_no_leads(
    api: aiohttp.ClientSession, ask: Ask, db: TestDatabase
) -> None:
    leads = db.value(LEADS, 101)
    await ask("PUT", "/lists/101", json={"delete_list": "Y"})

    status, answer = await add_lead(api)

    assert (status, answer["details"]) == (400, {"list_id": ["List not found"]})
    assert (db.value(LEADS, 101), db.value(IN_HOPPER, 101)) == (leads, 0)


async def test_the_leads_of_a_list_are_reset(ask: Ask, db: TestDatabase) -> None:
    called, called_elsewhere = db.value(CALLED, 101), db.value(CALLED, 201)

    answer = await ask("PUT", "/lists/101", json={"reset_list": "Y"})

    data = {"list_id": "101", "leads_reset": called, "reset_done": True}
    assert answer == success("List updated successfully", data)
    assert called > 0
    assert (db.value(CALLED, 101), db.value(CALLED, 201)) == (0, called_elsewhere)
    assert db.value("SELECT resets_today FROM vicidial_lists WHERE list_id = 101") == 1


async def test_a_list_that_moves_leaves_the_hopper_of_its_campaign(
    ask: Ask, db: TestDatabase
) -> None:
    db.execute("UPDATE vicidial_hopper SET campaign_id = 'NEWCAMP' ORDER BY hopper_id LIMIT 5")
    db.execute("UPDATE vicidial_hopper SET list_id = 102 ORDER BY hopper_id DESC LIMIT 3")

    answer = await ask("PUT", "/lists/101", json={"campaign_id": "newcamp"})

    assert answer == success("List updated successfully", {"list_id": "101"})
    assert db.value("SELECT campaign_id FROM vicidial_lists WHERE list_id = 101") == "NEWCAMP"
    left = "SELECT campaign_id, list_id, COUNT(*) FROM vicidial_hopper GROUP BY 1, 2 ORDER BY 1, 2"
    assert db.rows(left) == [("NEWCAMP", 101, 5), ("TESTCAMP", 102, 3)]


async def test_the_hopper_of_a_campaign_is_emptied_but_for_what_is_going_on(
    ask: Ask, db: TestDatabase
) -> None:
    db.execute("UPDATE vicidial_hopper SET status = 'INCALL' ORDER BY hopper_id LIMIT 1")
    db.execute("UPDATE vicidial_hopper SET campaign_id = 'NEWCAMP' ORDER BY hopper_id DESC LIMIT 2")

    answer = await ask("PUT", "/campaigns/TESTCAMP", json={"reset_hopper": "Y"})

    data = {"campaign_id": "TESTCAMP", "hopper_removed": 17}
    assert answer == success("Campaign updated successfully", data)
    left = "SELECT campaign_id, status, COUNT(*) FROM vicidial_hopper GROUP BY 1, 2 ORDER BY 1"
    assert db.rows(left) == [("NEWCAMP", "READY", 2), ("TESTCAMP", "INCALL", 1)]


async def test_a_lead_has_a_value_of_a_field_that_was_just_made(
    ask: Ask, api: aiohttp.ClientSession, db: TestDatabase
) -> None:
    field = {"field_label": "Plan", "field_name": "plan", "field_type": "SELECT"}
    before, _ = await add_lead(api, custom_fields={"favorite_color": "red"})
    unknown, _ = await add_lead(api, custom_fields={"plan": "Premium"})
    await ask("POST", "/lists/101/custom-fields", json=field | {"field_options": "Basic,Premium"})

    status, added = await add_lead(api, custom_fields={"plan": "Premium"})

    assert (before, unknown, status) == (200, 400, 200)
    lead_id = added["data"]["lead_id"]
    stored = db.rows("SELECT plan, favorite_color FROM custom_101 WHERE lead_id = %s", lead_id)
    assert stored == [("Premium", None)]
    shown = await ask("GET", f"/leads/{lead_id}/info?custom_fields=Y")
    assert shown["data"]["custom_fields"]["plan"] == "Premium"


async def test_a_field_that_was_deleted_takes_no_values(
    ask: Ask, api: aiohttp.ClientSession
) -> None:
    before, _ = await add_lead(api, custom_fields={"favorite_color": "red"})
    await ask("DELETE", "/lists/101/custom-fields/2")

    status, answer = await add_lead(api, custom_fields={"favorite_color": "red"})

    assert (before, status) == (200, 400)
    assert list(answer["details"]) == ["custom_fields.favorite_color"]


@pytest.mark.parametrize("campaign_id", ["SYSTEM_INTERNAL", "TESTCAMP"])
async def test_a_number_on_a_dnc_list_makes_no_lead_until_it_is_off_the_list(
    ask: Ask, api: aiohttp.ClientSession, campaign_id: str
) -> None:
    entry = {"phone_number": "2125550147", "campaign_id": campaign_id}
    lead = {"phone_number": "2125550147", "dnc_check": "Y", "campaign_dnc_check": "Y"}
    await ask("POST", "/dnc", json=entry)
    on_list, _ = await add_lead(api, **lead)

    await ask("DELETE", "/dnc/2125550147", params={"campaign_id": campaign_id})

    off_list, _ = await add_lead(api, **lead)
    assert (on_list, off_list) == (409, 200)


async def add_lead(api: aiohttp.ClientSession, **fields: Any) -> tuple[int, Any]:
    """POST a lead of list 101: the status, and the answer."""
    body = {"list_id": 101, "phone_number": "2125550100"} | fields
    async with api.post("/api/v1/leads", json=body) as response:
        return response.status, await response.json()
