"""POST /api/v1/lists: a list that was not there."""

from typing import Any

import pytest
from support.apps import Lists, Start, clock_at
from support.builders import make_campaign, make_custom_field, make_lead, make_list, read_row
from support.changes import admin_log, changes
from support.database import TestDatabase
from support.lists import FITTING, LISTS, add, list_ids, make_things, refused, show

GIVEN = {
    "list_name": "January 2025 Leads",
    "campaign_id": "TESTCAMP",
    "active": "N",
    "list_description": "Leads for January campaign",
    "script": "GENERIC",
    "web_form": "http://example.com/form",
    "web_form_address_two": "http://example.com/two",
    "web_form_address_three": "http://example.com/three",
    "outbound_cid": "3125551212",
    "am_message": "am_file",
    "drop_inbound_group": "SALESLINE",
    "reset_time": "0900-1700",
    "expiration_date": "2025-12-31",
    "tz_method": "POSTAL_CODE",
    "local_call_time": "24hours",
    "xferconf_one": "111",
    "xferconf_two": "222",
    "xferconf_three": "333",
    "xferconf_four": "444",
    "xferconf_five": "555",
    "na_call_url": "ALT",
}
COLUMNS = {
    "list_name": "January 2025 Leads",
    "campaign_id": "TESTCAMP",
    "active": "N",
    "list_description": "Leads for January campaign",
    "agent_script_override": "GENERIC",
    "web_form_address": "http://example.com/form",
    "web_form_address_two": "http://example.com/two",
    "web_form_address_three": "http://example.com/three",
    "campaign_cid_override": "3125551212",
    "am_message_exten_override": "am_file",
    "drop_inbound_group_override": "SALESLINE",
    "reset_time": "0900-1700",
    "expiration_date": "2025-12-31",
    "time_zone_setting": "POSTAL_CODE",
    "local_call_time": "24hours",
    "xferconf_a_number": "111",
    "xferconf_b_number": "222",
    "xferconf_c_number": "333",
    "xferconf_d_number": "444",
    "xferconf_e_number": "555",
    "na_call_url": "ALT",
}


@pytest.fixture
async def lists(start_lists: Start, db: TestDatabase) -> Lists:
    """svc-lists on 8 July 2025, 11:30 in New York."""
    make_things(db)
    return await start_lists(clock=clock_at("2025-07-08T15:30:00"))


def texts(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its dates as texts, and without its key."""
    dates = ("expiration_date", "list_changedate")
    plain = {name: str(row[name]) if name in dates else row[name] for name in row}
    return {name: value for name, value in plain.items() if name != "list_id"}


def columns_left_alone(db: TestDatabase) -> dict[str, Any]:
    """The columns of a list that somebody else inserts without saying anything of them."""
    db.execute("INSERT INTO vicidial_lists (list_id) VALUES (9000)")
    row = read_row(db, "vicidial_lists", list_id=9000)
    return {name: value for name, value in texts(row).items() if name not in COLUMNS}


async def test_the_documented_addition(lists: Lists, db: TestDatabase) -> None:
    make_lead(db, list_id=101)  # as in a stock database, where no list 101 is

    answer = await add(lists, **GIVEN | {"active": "Y"})

    assert answer == (
        200,
        {
            "success": True,
            "message": "List created successfully",
            "data": {"list_id": 102, "list_name": "January 2025 Leads", "campaign_id": "TESTCAMP",
                     "active": "Y"},
        },
    )  # fmt: skip
    assert changes(db) == [
        ("LISTS", "ADD", "102", "ADMIN API ADD LIST", "list: 102|TESTCAMP|"),
    ]


async def test_every_field_has_its_column(lists: Lists, db: TestDatabase) -> None:
    await add(lists, **GIVEN)

    expected = columns_left_alone(db) | COLUMNS | {"list_changedate": "2025-07-08 11:30:00"}
    assert texts(read_row(db, "vicidial_lists", list_id=101)) == expected


async def test_a_list_needs_no_more_than_a_name(lists: Lists, db: TestDatabase) -> None:
    status, envelope = await add(lists, list_name="Ab")

    assert (status, envelope["data"]) == (
        200, {"list_id": 101, "list_name": "Ab", "campaign_id": "", "active": "Y"}
    )  # fmt: skip
    expected = dict.fromkeys(COLUMNS, "") | {
        "list_name": "Ab",
        "active": "Y",
        "expiration_date": "2099-12-31",
        "time_zone_setting": "COUNTRY_AND_AREA_CODE",
        "local_call_time": "campaign",
        "list_changedate": "2025-07-08 11:30:00",
    }
    row = texts(read_row(db, "vicidial_lists", list_id=101))
    assert row == columns_left_alone(db) | expected
    assert changes(db)[0][-1] == "list: 101||"


async def test_null_counts_as_absent(lists: Lists, db: TestDatabase) -> None:
    status, _ = await add(lists, list_name="Ab", list_id=None, campaign_id=None, active=None)

    assert status == 200
    assert db.rows("SELECT list_id, campaign_id, active FROM vicidial_lists") == [(101, "", "Y")]


async def test_a_form_is_taken_as_well(lists: Lists, db: TestDatabase) -> None:
    form = {"list_name": "Ab", "list_id": "500", "outbound_cid": "(555) 123-4567"}
    response = await lists.post(LISTS, data=form)

    assert response.status == 200
    assert (await response.json())["data"]["list_id"] == 500
    assert db.rows("SELECT list_name, campaign_cid_override FROM vicidial_lists") == [
        ("Ab", "5551234567")
    ]


@pytest.mark.parametrize(("name", "sent", "column", "stored"), FITTING)
async def test_what_fits_is_stored(
    lists: Lists, db: TestDatabase, name: str, sent: object, column: str, stored: object
) -> None:
    status, _ = await add(lists, **{name: sent})

    assert status == 200
    assert texts(read_row(db, "vicidial_lists", list_id=101))[column] == stored


@pytest.mark.parametrize("list_id", [100, "101", 998, 99_999_999_999_999])
async def test_an_id_may_be_asked_for(lists: Lists, db: TestDatabase, list_id: object) -> None:
    status, envelope = await add(lists, list_id=list_id)

    assert (status, envelope["data"]["list_id"]) == (200, int(str(list_id)))
    assert list_ids(db) == [int(str(list_id))]
    assert [row[2] for row in changes(db)] == [str(list_id)]


async def test_a_list_that_exists_is_left_as_it_is(lists: Lists, db: TestDatabase) -> None:
    make_list(db, 500, list_name="Old", resets_today=3)
    before = read_row(db, "vicidial_lists", list_id=500)

    answer = await add(lists, list_id=500)

    assert answer == refused(409, "List already exists")
    assert read_row(db, "vicidial_lists", list_id=500) == before
    assert list_ids(db) == [500]
    assert admin_log(db) == []


async def test_what_an_earlier_list_left_becomes_this_lists(lists: Lists, db: TestDatabase) -> None:
    make_lead(db, list_id=500)
    make_custom_field(db, 500, "color")

    status, _ = await add(lists, list_id=500)

    assert status == 200
    assert (await show(lists, 500))[1]["data"]["lead_count"] == 1
    fields = await (await lists.get(f"{LISTS}/500/custom-fields")).json()
    assert [field["field_name"] for field in fields["data"]] == ["color"]


async def test_the_log_of_changes_holds_the_statement(lists: Lists, db: TestDatabase) -> None:
    await add(lists, list_name="50% off", list_id=500, campaign_id="TESTCAMP")

    (row,) = admin_log(db)
    assert row[:6] == ("6666", "192.0.2.7", "LISTS", "ADD", "500", "ADMIN API ADD LIST")
    assert row[7:] == ("list: 500|TESTCAMP|", "---ALL---")
    assert row[6].startswith(
        "INSERT INTO `vicidial_lists` (`list_id`, `list_name`, `campaign_id`, `active`,"
    )
    assert "VALUES (500, '50% off', 'TESTCAMP', 'Y', ''," in row[6]


async def test_the_call_is_logged_under_vicidials_name(lists: Lists, db: TestDatabase) -> None:
    await add(lists)
    await lists.close()

    assert db.rows("SELECT function, result, result_reason FROM vicidial_api_log") == [
        ("add_list", "SUCCESS", "List created successfully")
    ]


async def test_a_campaign_of_that_name_does_not_stand_for_the_campaigns_call_time(
    lists: Lists, db: TestDatabase
) -> None:
    make_campaign(db, "campaign")

    status, envelope = await add(lists, campaign_id="CAMPAIGN", local_call_time="campaign")

    assert (status, envelope["data"]["campaign_id"]) == (200, "campaign")
    assert db.value("SELECT campaign_id FROM vicidial_lists") == "campaign"
