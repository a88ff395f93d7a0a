"""PUT /api/v1/campaigns/{campaign_id}: what a change sets, logs and answers."""

from typing import Any

import pytest
from support.apps import Lists, Start, clock_at
from support.builders import make_campaign, read_row
from support.campaigns import change, changed
from support.changes import admin_log, changes, difference
from support.database import TestDatabase

TABLE = "vicidial_campaigns"
OLD = "2024-01-01 00:00:00"
LONG_URL = "https://example.com/" + "a" * 64_980


@pytest.fixture
async def lists(start_lists: Start) -> Lists:
    """svc-lists on 8 July 2025, 11:30 in New York."""
    return await start_lists(clock=clock_at("2025-07-08T15:30:00"))


@pytest.fixture(autouse=True)
def campaigns(db: TestDatabase) -> None:
    """TESTCAMP, and NEWCAMP beside it; a filter, and a dial limit of 20."""
    for campaign_id in ("TESTCAMP", "NEWCAMP"):
        make_campaign(
            db, campaign_id, campaign_name="A campaign", campaign_changedate=OLD,
            lead_filter_id="OLDFILT", dial_timeout=26, dispo_call_url="https://old.example.com",
        )  # fmt: skip
    db.insert("vicidial_lead_filters", lead_filter_id="MyFilter", lead_filter_name="Mine")
    db.execute("UPDATE system_settings SET auto_dial_limit = '20'")


def campaign(db: TestDatabase, campaign_id: str = "TESTCAMP") -> dict[str, Any]:
    """The campaign's row, with dates as text."""
    row = read_row(db, TABLE, campaign_id=campaign_id)
    return row | {"campaign_changedate": str(row["campaign_changedate"])}


async def test_a_change_sets_its_column_and_the_date_and_nothing_else(
    lists: Lists, db: TestDatabase
) -> None:
    before, beside = campaign(db), campaign(db, "NEWCAMP")

    answer = await change(lists, campaign_name="Spring Sale")

    assert answer == changed()
    assert difference(before, campaign(db)) == {
        "campaign_name": "Spring Sale",
        "campaign_changedate": "2025-07-08 11:30:00",
    }
    assert campaign(db, "NEWCAMP") == beside


async def test_the_log_of_changes_has_a_row_with_the_statement(
    lists: Lists, db: TestDatabase
) -> None:
    await change(lists, campaign_name="Spring Sale", dial_timeout=30)

    sql = (
        "UPDATE vicidial_campaigns SET `campaign_name` = 'Spring Sale', `dial_timeout` = 30,"
        " `campaign_changedate` = '2025-07-08 11:30:00' WHERE campaign_id = 'TESTCAMP'"
    )
    assert [row[:8] for row in admin_log(db)] == [
        ("6666", "192.0.2.7", "CAMPAIGNS", "MODIFY", "TESTCAMP", "ADMIN API UPDATE CAMPAIGN", sql,
         "campaign: TESTCAMP")
    ]  # fmt: skip
    assert str(db.value("SELECT event_date FROM vicidial_admin_log")) == "2025-07-08 11:30:00"


FIELDS: list[Any] = [
    ("campaign_name", "Spring", {"campaign_name": "Spring"}),
    ("campaign_name", " " + "n" * 40 + " ", {"campaign_name": "n" * 40}),
    ("campaign_name", "Frühling", {"campaign_name": "Frühling"}),
    ("active", "N", {"active": "N"}),
    ("dial_method", "ADAPT_HARD_LIMIT", {"dial_method": "ADAPT_HARD_LIMIT"}),
    ("dial_method", "INBOUND_MAN", {"dial_method": "INBOUND_MAN"}),
    ("auto_dial_level", "2.0", {"auto_dial_level": "2.0"}),
    ("auto_dial_level", 3, {"auto_dial_level": "3"}),
    ("auto_dial_level", 1.5, {"auto_dial_level": "1.5"}),
    ("auto_dial_level", "20.00", {"auto_dial_level": "20.00"}),
    ("adaptive_maximum_level", "19.99", {"adaptive_maximum_level": "19.99"}),
    ("adaptive_maximum_level", 7.0, {"adaptive_maximum_level": "7.0"}),
    ("hopper_level", 5000, {"hopper_level": 5000}),
    ("hopper_level", "2", {"hopper_level": 2}),
    ("dial_timeout", 120, {"dial_timeout": 120}),
    ("dial_timeout", "1", {"dial_timeout": 1}),
    ("campaign_vdad_exten", "836", {"campaign_vdad_exten": "836"}),
    ("campaign_vdad_exten", 8369, {"campaign_vdad_exten": "8369"}),
    ("campaign_vdad_exten", "9" * 20, {"campaign_vdad_exten": "9" * 20}),
    ("outbound_cid", "(555) 123-4567", {"campaign_cid": "5551234567"}),
    ("outbound_cid", "1" * 20, {"campaign_cid": "1" * 20}),
    ("campaign_cid", "123456", {"campaign_cid": "123456"}),
    ("lead_filter_id", "myfilter ", {"lead_filter_id": "MyFilter"}),
    ("lead_filter_id", "", {"lead_filter_id": "NONE"}),
    ("lead_filter_id", "NONE", {"lead_filter_id": "NONE"}),
    ("lead_filter_id", "---NONE---", {"lead_filter_id": "NONE"}),
    ("list_order", "DOWN LAST CALL TIME 6th NEW", {"lead_order": "DOWN LAST CALL TIME 6th NEW"}),
    ("lead_order", "RANDOM", {"lead_order": "RANDOM"}),
    ("list_order_randomize", "Y", {"lead_order_randomize": "Y"}),
    ("lead_order_randomize", "Y", {"lead_order_randomize": "Y"}),
    ("list_order_secondary", "VENDOR_DESCEND", {"lead_order_secondary": "VENDOR_DESCEND"}),
    ("lead_order_secondary", "CALLTIME_ASCEND", {"lead_order_secondary": "CALLTIME_ASCEND"}),
    ("xferconf_one", "8300", {"xferconf_a_number": "8300"}),
    ("xferconf_two", "-" * 50, {"xferconf_b_number": "-" * 50}),
    ("xferconf_three", "a_B-9", {"xferconf_c_number": "a_B-9"}),
    ("xferconf_four", 5551234567, {"xferconf_d_number": "5551234567"}),
    ("xferconf_five", "x", {"xferconf_e_number": "x"}),
    ("xferconf_one", "", {"xferconf_a_number": ""}),
    ("webform_one", "https://a.example.com/?a=--A--b--B--&c=1", {
        "web_form_address": "https://a.example.com/?a=--A--b--B--&c=1"}),
    ("webform_one", "", {"web_form_address": ""}),
    ("web_form_address", "VAR", {"web_form_address": "VAR"}),
    ("webform_two", LONG_URL, {"web_form_address_two": LONG_URL}),
    ("web_form_address_two", "two", {"web_form_address_two": "two"}),
    ("webform_three", "three", {"web_form_address_three": "three"}),
    ("web_form_address_three", "", {"web_form_address_three": ""}),
    ("dispo_call_url", "", {"dispo_call_url": ""}),
    ("dispo_call_url", "ALT", {"dispo_call_url": "ALT"}),
    ("start_call_url", "https://a.example.com", {"start_call_url": "https://a.example.com"}),
    ("na_call_url", "ALT", {"na_call_url": "ALT"}),
    ("local_call_time", "9AM-9PM", {"local_call_time": "9am-9pm"}),
    ("dial_prefix", "", {"dial_prefix": ""}),
    ("dial_prefix", "aZ09" * 5, {"dial_prefix": "aZ09" * 5}),
    ("dial_prefix", 8, {"dial_prefix": "8"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "columns"),
    [pytest.param(*case, id=f"{case[0]} {case[1]!s:.20}") for case in FIELDS],
)
async def test_a_field_is_stored_in_its_column(
    lists: Lists, db: TestDatabase, field: str, value: Any, columns: dict[str, Any]
) -> None:
    db.execute("UPDATE vicidial_campaigns SET web_form_address = '?', web_form_address_three = '?',"
               " xferconf_a_number = '?'")  # fmt: skip
    before = campaign(db)

    answer = await change(lists, **{field: value})

    assert answer == changed()
    assert difference(before, campaign(db)) == columns | {
        "campaign_changedate": "2025-07-08 11:30:00"
    }


async def test_both_names_of_a_field_may_say_the_same(lists: Lists, db: TestDatabase) -> None:
    answer = await change(lists, outbound_cid="5551234567", campaign_cid="5551234567")

    assert answer == changed()
    assert campaign(db)["campaign_cid"] == "5551234567"


async def test_a_form_is_taken_as_well(lists: Lists, db: TestDatabase) -> None:
    form = {"active": "N", "hopper_level": "200", "auto_dial_level": "1.20", "dispo_call_url": "",
            "dial_statuses": "A B"}  # fmt: skip

    response = await lists.put("/api/v1/campaigns/TESTCAMP", data=form)

    assert (response.status, await response.json()) == changed()
    row = campaign(db)
    assert {name: row[name] for name in form} == {
        "active": "N", "hopper_level": 200, "auto_dial_level": "1.20", "dispo_call_url": "",
        "dial_statuses": " A B -",
    }  # fmt: skip


@pytest.mark.parametrize("campaign_id", ["testcamp", "TestCamp", "TESTCAMP%20", "T%C3%A9stcamp"])
async def test_the_campaign_is_answered_and_logged_as_the_database_spells_it(
    lists: Lists, db: TestDatabase, campaign_id: str
) -> None:
    answer = await change(lists, campaign_id, active="N", reset_hopper="Y")

    assert answer == changed(hopper_removed=0)
    assert changes(db) == [
        ("CAMPAIGNS", "MODIFY", "TESTCAMP", "ADMIN API UPDATE CAMPAIGN", "campaign: TESTCAMP"),
        ("CAMPAIGNS", "RESET", "TESTCAMP", "ADMIN API RESET HOPPER",
         "campaign: TESTCAMP leads: 0"),
    ]  # fmt: skip
    assert (campaign(db)["active"], campaign(db, "NEWCAMP")["active"]) == ("N", "Y")


async def test_a_repeat_does_the_same_again(lists: Lists, db: TestDatabase) -> None:
    answers = [await change(lists, hopper_level=7) for _ in range(2)]

    assert answers == [changed()] * 2
    assert [row[1] for row in changes(db)] == ["MODIFY"] * 2


async def test_levels_of_a_system_without_a_limit(lists: Lists, db: TestDatabase) -> None:
    db.execute("UPDATE system_settings SET auto_dial_limit = NULL")

    zero = await change(lists, auto_dial_level=0)
    more, refusal = await change(lists, auto_dial_level="0.01", adaptive_maximum_level="1")

    assert (zero, more) == (changed(), 400)
    assert refusal["details"] == {
        "auto_dial_level": ["Must be 0 to 0"],
        "adaptive_maximum_level": ["Must be 0 to 0"],
    }


async def test_the_call_is_logged_under_vicidial_s_name(lists: Lists, db: TestDatabase) -> None:
    await change(lists, active="N")
    await lists.close()

    assert db.rows("SELECT user, function, result, result_reason FROM vicidial_api_log") == [
        ("6666", "update_campaign", "SUCCESS", "Campaign updated successfully")
    ]
