"""The examples of lists, custom fields and campaigns, through the gateway, on the demo database."""

from typing import Any

import aiohttp
from support.database import TestDatabase
from support.suite import Ask, success

LIST = {
    "list_id": 102,
    "list_name": "January 2025 Leads",
    "campaign_id": "TESTCAMP",
    "active": "Y",
    "list_description": "Leads for January campaign",
    "script": "GENERIC",
    "web_form": "http://example.com/form",
    "web_form_address_two": "",
    "web_form_address_three": "",
    "outbound_cid": "",
    "am_message": "",
    "drop_inbound_group": "",
    "reset_time": "",
    "expiration_date": "2099-12-31",
    "tz_method": "COUNTRY_AND_AREA_CODE",
    "local_call_time": "campaign",
    "xferconf_one": "",
    "xferconf_two": "",
    "xferconf_three": "",
    "xferconf_four": "",
    "xferconf_five": "",
    "na_call_url": "",
    "list_changedate": "2025-01-08T15:30:00Z",
    "list_lastcalldate": None,
    "resets_today": 0,
    "daily_reset_limit": -1,
}
NEW_LIST = {key: LIST[key] for key in list(LIST)[1:7]}
CUSTOMER_TYPE = {
    "field_id": 1,
    "field_label": "Customer Type",
    "field_name": "customer_type",
    "field_type": "SELECT",
    "field_options": "Residential,Commercial,Government",
    "field_size": 20,
    "field_max": 50,
    "field_default": "Residential",
    "field_required": "N",
    "field_description": "",
    "field_help": "",
    "field_rank": 1,
    "field_order": 1,
    "name_position": "LEFT",
    "multi_position": "HORIZONTAL",
    "field_encrypt": "N",
    "field_show_hide": "DISABLED",
    "field_duplicate": "N",
}
CAMPAIGN = {
    "campaign_id": "TESTCAMP",
    "campaign_name": "Test Campaign",
    "active": "Y",
    "user_group": "---ALL---",
    "dial_method": "RATIO",
    "auto_dial_level": "1.0",
    "lead_order": "DOWN",
    "dial_statuses": "DROP A NEW",
    "dial_status": "DROP A NEW",
    # Documented are 9am-9pm and 9am-5pm; with these the examples of the hopper fail at night.
    "local_call_time": "24hours",
    "hopper_level": 50,
    "dial_timeout": 60,
    "dial_prefix": "9",
    "manual_dial_prefix": "",
    "three_way_dial_prefix": "",
}
IN_BOTH_ANSWERS = [*list(CAMPAIGN)[:3], *list(CAMPAIGN)[4:10]]
LEADS = "SELECT COUNT(*) FROM vicidial_list WHERE list_id = %s"


async def test_add_a_list(ask: Ask, db: TestDatabase) -> None:
    answer = await ask("POST", "/lists", json=NEW_LIST)

    # 102 is a list of the demo rows.
    data = {key: LIST[key] for key in ("list_name", "campaign_id", "active")}
    assert answer == success("List created successfully", {"list_id": 103} | data)
    stored = db.row(
        "SELECT list_name, campaign_id, active, list_description, agent_script_override,"
        " web_form_address FROM vicidial_lists WHERE list_id = 103"
    )
    assert stored == tuple(NEW_LIST.values())


async def test_a_list_that_was_added_is_the_documented_one(ask: Ask) -> None:
    await ask("POST", "/lists", json=NEW_LIST | {"list_id": 20250108})

    answer = await ask("GET", "/lists/20250108/info")

    expected = LIST | {"list_id": 20250108}
    expected["list_changedate"] = answer["data"]["list"]["list_changedate"]
    assert answer == success("List retrieved", {"list": expected, "lead_count": 0})


async def test_change_a_list(ask: Ask, db: TestDatabase) -> None:
    body = {"active": "Y", "drop_inbound_group": "sales", "web_form_address": ""}

    answer = await ask("PUT", "/lists/102", json=body)

    assert answer == success("List updated successfully", {"list_id": "102"})
    changed = db.row(
        "SELECT active, drop_inbound_group_override, web_form_address, list_name"
        " FROM vicidial_lists WHERE list_id = 102"
    )
    assert changed == ("Y", "SALES", "", "January 2025 Leads")


async def test_list_info(ask: Ask, db: TestDatabase) -> None:
    answer = await ask("GET", "/lists/102/info?leads_counts=Y")

    counts = {
        "lead_count": db.value(LEADS, 102),
        "new_lead_count": db.value(f"{LEADS} AND status = 'NEW'", 102),
    }
    assert answer == success("List retrieved", {"list": LIST | {"active": "N"}} | counts)
    assert 0 < counts["new_lead_count"] < counts["lead_count"]


async def test_list_info_of_the_archive(ask: Ask) -> None:
    answer = await ask("GET", "/lists/101/info?archived_lead=Y")

    assert answer["message"] == "List retrieved"
    assert answer["data"]["list"]["list_name"] == "January Leads"
    assert answer["data"]["lead_count"] == 1


async def test_custom_fields(ask: Ask) -> None:
    answer = await ask("GET", "/lists/101/custom-fields")

    assert answer["message"] == "Custom fields retrieved"
    assert answer["data"][0] == CUSTOMER_TYPE
    assert [field["field_name"] for field in answer["data"]] == ["customer_type", "favorite_color"]


async def test_add_a_custom_field(ask: Ask, db: TestDatabase) -> None:
    body = {"field_label": "Roof", "field_name": "roof", "field_type": "RADIO"}

    answer = await ask("POST", "/lists/101/custom-fields", json=body | {"field_options": "Flat"})

    assert answer == success("Field added successfully", {"field_id": 3})
    assert db.value("SELECT field_label FROM vicidial_lists_fields WHERE field_id = 3") == "roof"
    assert column_of(db, "roof") == "enum('Flat')"


async def test_change_a_custom_field(ask: Ask, db: TestDatabase) -> None:
    body = {"field_id": 1, "field_options": "Residential,Commercial,Government,Farm"}

    answer = await ask("PUT", "/lists/101/custom-fields", json=body)

    assert answer == success("Field updated successfully", None)
    assert column_of(db, "customer_type") == "enum('Residential','Commercial','Government','Farm')"


async def test_delete_a_custom_field(ask: Ask, db: TestDatabase) -> None:
    answer = await ask("DELETE", "/lists/101/custom-fields/1")

    assert answer == success("Field deleted successfully", None)
    assert db.rows("SELECT field_id FROM vicidial_lists_fields") == [(2,)]
    assert column_of(db, "customer_type") is None


async def test_campaigns(ask: Ask) -> None:
    answer = await ask("GET", "/campaigns")

    assert answer["message"] == "Campaigns retrieved"
    assert [one["campaign_id"] for one in answer["data"]] == ["NEWCAMP", "TESTCAMP"]
    assert answer["data"][1] == CAMPAIGN


async def test_the_second_page_of_campaigns_is_where_the_first_one_says(
    api: aiohttp.ClientSession,
) -> None:
    async with api.get("/api/v1/campaigns?limit=1") as response:
        first, link = await response.json(), response.links["next"]["url"]
    async with api.get(link) as response:
        second = await response.json()

    assert [one["campaign_id"] for one in first["data"]] == ["NEWCAMP"]
    assert second == success("Campaigns retrieved", [CAMPAIGN])


async def test_campaigns_with_lists(ask: Ask, db: TestDatabase) -> None:
    answer = await ask("GET", "/campaigns/with-lists?campaign_id=TESTCAMP")

    january: dict[str, Any] = {
        "list_id": 101,
        "list_name": "January Leads",
        "active": "Y",
        "list_description": "Leads for January",
        "lead_count": db.value(LEADS, 101),
    }
    other = {
        **{key: LIST[key] for key in ("list_id", "list_name", "list_description")},
        "active": "N",
        "lead_count": db.value(LEADS, 102),
    }
    campaign = {key: CAMPAIGN[key] for key in IN_BOTH_ANSWERS} | {"lists": [january, other]}
    message = "Campaigns with lists retrieved successfully"
    assert answer == success(message, {"count": 1, "campaigns": [campaign]})


async def test_change_a_campaign(ask: Ask, db: TestDatabase) -> None:
    body = {
        "dial_status_add": "CALLBK",
        "outbound_cid": "312-555-1200",
        "lead_filter_id": "Florida",
        "local_call_time": "9am-9pm",
    }

    answer = await ask("PUT", "/campaigns/TESTCAMP", json=body)

    assert answer == success("Campaign updated successfully", {"campaign_id": "TESTCAMP"})
    changed = db.row(
        "SELECT dial_statuses, campaign_cid, lead_filter_id, local_call_time, campaign_name"
        " FROM vicidial_campaigns WHERE campaign_id = 'TESTCAMP'"
    )
    expected = (" CALLBK DROP A NEW -", "3125551200", "FLORIDA", "9am-9pm", "Test Campaign")
    assert changed == expected


def column_of(db: TestDatabase, name: str) -> Any:
    """The type of a column of the custom values of list 101."""
    types = {column[0]: column[1] for column in db.rows("SHOW COLUMNS FROM custom_101")}
    return types.get(name)
