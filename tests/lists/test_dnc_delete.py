"""DELETE /api/v1/dnc/{phone}: a number that may be called again."""

from typing import Any

import pytest
from support.apps import Lists, Start, clock_at
from support.changes import admin_log, changes
from support.database import TestDatabase
from yarl import URL

DNC = "/api/v1/dnc"
LOG = "SELECT phone_number, campaign_id, action, action_date, user FROM vicidial_dnc_log"
ON_CAMPAIGNS = "SELECT phone_number, campaign_id FROM vicidial_campaign_dnc"


@pytest.fixture
async def lists(start_lists: Start, db: TestDatabase) -> Lists:
    """svc-lists on 8 July 2025, 11:30 in New York; one number on three lists, another on one.

    There is no campaign any more.
    """
    db.insert("vicidial_dnc", phone_number="5551234567")
    db.insert("vicidial_dnc", phone_number="5550000000")
    db.insert("vicidial_campaign_dnc", phone_number="5551234567", campaign_id="TESTCAMP")
    db.insert("vicidial_campaign_dnc", phone_number="5551234567", campaign_id="NEWCAMP")
    return await start_lists(clock=clock_at("2025-07-08T15:30:00"))


@pytest.mark.parametrize("campaign_id", [None, "", "SYSTEM_INTERNAL", "---ALL---"])
async def test_without_a_campaign_the_internal_list_is_meant_and_no_other(
    lists: Lists, db: TestDatabase, campaign_id: str | None
) -> None:
    query = {} if campaign_id is None else {"campaign_id": campaign_id}

    response = await lists.delete(f"{DNC}/5551234567", params=query)

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "DNC entry deleted",
        "data": {
            "phone_number": "5551234567",
            "campaign_id": "SYSTEM_INTERNAL",
            "rows_deleted": 1,
        },
    }
    assert db.rows("SELECT phone_number FROM vicidial_dnc") == [("5550000000",)]
    assert db.count("vicidial_campaign_dnc") == 2
    assert [(*row[:3], str(row[3]), row[4]) for row in db.rows(LOG)] == [
        ("5551234567", "-SYSINT-", "delete", "2025-07-08 11:30:00", "6666")
    ]
    assert [row[:6] + row[7:8] for row in admin_log(db)] == [
        ("6666", "192.0.2.7", "LISTS", "DELETE", "5551234567", "ADMIN API DELETE DNC NUMBER",
         "5551234567|SYSTEM_INTERNAL")
    ]  # fmt: skip


async def test_of_a_campaign_that_is_gone_the_list_is_still_there(
    lists: Lists, db: TestDatabase
) -> None:
    response = await lists.delete(f"{DNC}/5551234567", params={"campaign_id": "testcamp"})

    assert (await response.json())["data"] == {
        "phone_number": "5551234567",
        "campaign_id": "TESTCAMP",
        "rows_deleted": 1,
    }
    assert db.rows(ON_CAMPAIGNS) == [("5551234567", "NEWCAMP")]
    assert db.count("vicidial_dnc") == 2
    assert db.rows("SELECT campaign_id, action FROM vicidial_dnc_log") == [("TESTCAMP", "delete")]
    assert changes(db) == [
        ("LISTS", "DELETE", "5551234567", "ADMIN API DELETE DNC NUMBER", "5551234567|TESTCAMP")
    ]


async def test_the_log_of_changes_holds_the_statements(lists: Lists, db: TestDatabase) -> None:
    await lists.delete(f"{DNC}/5551234567", params={"campaign_id": "TESTCAMP"})

    assert db.value("SELECT event_sql FROM vicidial_admin_log").split("\n") == [
        "INSERT INTO `vicidial_dnc_log` (`phone_number`, `campaign_id`, `action`, `action_date`,"
        " `user`) VALUES ('5551234567', 'TESTCAMP', 'delete', '2025-07-08 11:30:00', '6666')",
        "DELETE FROM vicidial_campaign_dnc"
        " WHERE phone_number = '5551234567' AND campaign_id = 'TESTCAMP'",
    ]


@pytest.mark.parametrize(
    "phone", ["5551234567", "(555)%20123-4567", "+555.123.4567", "%2B5551234567"]
)
async def test_the_path_takes_punctuation(lists: Lists, db: TestDatabase, phone: str) -> None:
    response = await lists.delete(URL(f"{DNC}/{phone}", encoded=True))

    assert (await response.json())["data"]["phone_number"] == "5551234567"
    assert db.rows("SELECT phone_number FROM vicidial_dnc") == [("5550000000",)]


async def test_an_area_code_goes_as_the_database_spells_it(lists: Lists, db: TestDatabase) -> None:
    db.insert("vicidial_dnc", phone_number="212xxxxxxx")

    response = await lists.delete(f"{DNC}/212XXXXXXX")

    assert (await response.json())["data"] == {
        "phone_number": "212xxxxxxx",
        "campaign_id": "SYSTEM_INTERNAL",
        "rows_deleted": 1,
    }
    assert db.rows("SELECT phone_number FROM vicidial_dnc_log") == [("212xxxxxxx",)]
    assert db.count("vicidial_dnc") == 2


@pytest.mark.parametrize(
    ("phone", "query"),
    [
        pytest.param("5559999999", {}, id="another number"),
        pytest.param("555123", {}, id="the beginning of a number"),
        pytest.param("5550000000", {"campaign_id": "TESTCAMP"}, id="on another list"),
        pytest.param("5551234567", {"campaign_id": "NOCAMP"}, id="another campaign"),
        pytest.param("555XXXXXXX", {}, id="area code"),
    ],
)
async def test_deleting_what_is_not_there_is_a_404(
    lists: Lists, db: TestDatabase, phone: str, query: dict[str, str]
) -> None:
    response = await lists.delete(f"{DNC}/{phone}", params=query)

    assert response.status == 404
    assert await response.json() == {"success": False, "error": "DNC entry not found"}
    assert (db.count("vicidial_dnc"), db.count("vicidial_campaign_dnc")) == (2, 2)
    assert (db.rows(LOG), admin_log(db)) == ([], [])


BAD: list[Any] = [
    pytest.param("12345", {}, "phone", id="too short"),
    pytest.param("1" * 19, {}, "phone", id="too long"),
    pytest.param("ANONYMOUS", {}, "phone", id="letters"),
    pytest.param("5551234567", {"campaign_id": "A" * 16}, "campaign_id", id="campaign too long"),
    pytest.param("5551234567", {"campaign_id": "\U0001f600"}, "campaign_id", id="emoji"),
]


@pytest.mark.parametrize(("phone", "query", "field"), BAD)
async def test_bad_input_names_the_field_and_deletes_nothing(
    lists: Lists, db: TestDatabase, phone: str, query: dict[str, str], field: str
) -> None:
    response = await lists.delete(f"{DNC}/{phone}", params=query)

    answer = await response.json()
    assert (response.status, list(answer["details"])) == (400, [field])
    assert (db.count("vicidial_dnc"), db.count("vicidial_campaign_dnc")) == (2, 2)
    assert (db.rows(LOG), admin_log(db)) == ([], [])
