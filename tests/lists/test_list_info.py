"""GET /api/v1/lists/{list_id}/info: a list and its lead counts."""

import json
from typing import Any

import pytest
from support.apps import Lists
from support.builders import make_lead, make_list
from support.changes import archive_lead, make_archive
from support.database import TestDatabase
from support.lists import LISTS, refused, show
from support.statements import explained, rows_read, statements_sent

ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
DOCUMENTED = {
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


def make_documented_list(db: TestDatabase) -> None:
    make_list(
        db,
        102,
        list_name="January 2025 Leads",
        list_description="Leads for January campaign",
        list_changedate="2025-01-08 10:30:00",
        agent_script_override="GENERIC",
        web_form_address="http://example.com/form",
        web_form_address_two="",
        web_form_address_three="",
        na_call_url="",
    )


async def listed(lists: Lists, list_id: int = 102, **query: str) -> Any:
    """What is told of a list that is there."""
    status, envelope = await show(lists, list_id, **query)
    assert (status, envelope["message"]) == (200, "List retrieved")
    return envelope["data"]


@ENGINES
async def test_the_documented_answer(lists: Lists, db: TestDatabase) -> None:
    make_documented_list(db)
    make_lead(db, list_id=102)
    make_lead(db, list_id=101)

    response = await lists.get(f"{LISTS}/102/info")

    envelope = json.loads(await response.text())
    assert (response.status, envelope) == (
        200,
        {"success": True, "message": "List retrieved",
         "data": {"list": DOCUMENTED, "lead_count": 1}},
    )  # fmt: skip
    assert list(envelope["data"]["list"]) == list(DOCUMENTED)


async def test_every_column_is_shown_under_the_name_of_its_field(
    lists: Lists, db: TestDatabase
) -> None:
    columns: dict[str, Any] = {
        "web_form_address_two": "two",
        "web_form_address_three": "three",
        "campaign_cid_override": "5551234567",
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
        "list_lastcalldate": "2025-07-08 11:30:00",
        "resets_today": 65_535,
        "daily_reset_limit": 3,
        "active": "N",
    }
    make_list(db, 102, list_name='50% "off" é', **columns)

    shown = (await listed(lists))["list"]

    assert {name: shown[name] for name in shown if shown[name] != DOCUMENTED[name]} == {
        "list_name": '50% "off" é',
        "active": "N",
        "list_description": None,
        "script": "",
        "web_form": None,
        "web_form_address_two": "two",
        "web_form_address_three": "three",
        "outbound_cid": "5551234567",
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
        "list_changedate": None,
        "list_lastcalldate": "2025-07-08T15:30:00Z",
        "resets_today": 65_535,
        "daily_reset_limit": 3,
    }  # fmt: skip


async def test_columns_without_a_value_are_null(lists: Lists, db: TestDatabase) -> None:
    nulls = [name for (name, _, null, *_) in db.rows("SHOW COLUMNS FROM vicidial_lists")
             if null == "YES"]  # fmt: skip
    db.insert("vicidial_lists", list_id=102, **dict.fromkeys(nulls))

    shown = (await listed(lists))["list"]

    expected = dict.fromkeys(DOCUMENTED) | {"list_id": 102, "local_call_time": "campaign"}
    assert shown == expected


async def test_zero_dates_are_null(lists: Lists, db: TestDatabase) -> None:
    zero = "0000-00-00 00:00:00"
    make_list(db, 102, expiration_date="0000-00-00", list_changedate=zero, list_lastcalldate=zero)

    shown = (await listed(lists))["list"]

    dates = ("expiration_date", "list_changedate", "list_lastcalldate")
    assert [shown[name] for name in dates] == [None] * 3


async def test_new_leads_are_counted_on_demand(lists: Lists, db: TestDatabase) -> None:
    make_list(db, 102)
    for list_id, status in [(102, "NEW"), (102, "NEW"), (102, "NA"), (102, ""), (103, "NEW")]:
        make_lead(db, list_id=list_id, status=status)

    counted = await listed(lists, leads_counts="Y")
    uncounted = await listed(lists, leads_counts="N")

    assert list(counted) == ["list", "lead_count", "new_lead_count"]
    assert (counted["lead_count"], counted["new_lead_count"]) == (4, 2)
    assert uncounted == {name: counted[name] for name in ("list", "lead_count")}


async def test_counts_that_vicidial_keeps_are_not_believed(lists: Lists, db: TestDatabase) -> None:
    make_list(db, 102, cache_count=7, cache_count_new=5)

    data = await listed(lists, leads_counts="Y")

    assert (data["lead_count"], data["new_lead_count"]) == (0, 0)


@ENGINES
async def test_archived_leads_are_counted_instead(lists: Lists, db: TestDatabase) -> None:
    make_list(db, 102)
    make_archive(db)
    for status in ("NEW", "NA", "NEW"):
        archive_lead(db, make_lead(db, list_id=102, status=status))
    make_lead(db, list_id=102, status="NEW")

    archived = await listed(lists, leads_counts="Y", archived_lead="Y")
    own = await listed(lists, leads_counts="Y", archived_lead="N")

    assert (archived["lead_count"], archived["new_lead_count"]) == (3, 2)
    assert (own["lead_count"], own["new_lead_count"]) == (1, 1)


async def test_an_archive_that_is_not_there_is_empty(lists: Lists, db: TestDatabase) -> None:
    make_list(db, 102)
    make_lead(db, list_id=102)

    data = await listed(lists, leads_counts="Y", archived_lead="Y")

    assert (data["lead_count"], data["new_lead_count"]) == (0, 0)


@ENGINES
@pytest.mark.parametrize("archived", ["Y", "N"])
async def test_counts_read_indexes_alone(lists: Lists, db: TestDatabase, archived: str) -> None:
    make_list(db, 102)
    db.execute(
        "INSERT INTO vicidial_list (list_id, status, phone_number)"
        " SELECT 100 + seq % 10, IF(seq % 30 < 10, 'NEW', 'NA'), 5550000000 + seq"
        " FROM seq_1_to_6000"
    )
    make_archive(db)
    db.execute("INSERT INTO vicidial_list_archive SELECT * FROM vicidial_list")
    db.execute("ANALYZE TABLE vicidial_list, vicidial_list_archive")

    with statements_sent() as statements:
        data = await listed(lists, leads_counts="Y", archived_lead=archived)

    assert (data["lead_count"], data["new_lead_count"]) == (600, 200)
    row, *counts = statements
    assert "vicidial_lists " in row.sql
    for count, rows in zip(counts, (600, 200), strict=True):
        (plan,) = explained(db, count, "svc-lists")
        assert "Using index" in plan["Extra"]
        assert rows_read(db, count, "svc-lists") <= rows + 2


@pytest.mark.parametrize("list_id", ["103", "0", "9" * 19, "9" * 20, "x", "1.5", "-1", "1%20"])
async def test_a_list_that_is_not_there_is_a_404(
    lists: Lists, db: TestDatabase, list_id: str
) -> None:
    make_list(db, 102)
    make_lead(db, list_id=103)

    response = await lists.get(f"{LISTS}/{list_id}/info")

    assert (response.status, await response.json()) == refused(404, "List not found")


@pytest.mark.parametrize("name", ["leads_counts", "archived_lead"])
@pytest.mark.parametrize("value", ["y", "X", "1"])
async def test_a_flag_is_y_or_n(lists: Lists, db: TestDatabase, name: str, value: str) -> None:
    make_list(db, 102)

    status, envelope = await show(lists, 102, **{name: value})

    assert (status, envelope["details"]) == (400, {name: ["Must be one of: Y, N"]})


async def test_the_call_is_logged_under_vicidials_name(lists: Lists, db: TestDatabase) -> None:
    make_list(db, 102)

    await listed(lists)
    await lists.close()

    rows = db.rows("SELECT function, result, result_reason FROM vicidial_api_log")
    assert rows == [("list_info", "SUCCESS", "List retrieved")]
