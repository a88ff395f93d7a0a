"""POST /api/v1/dnc: a number that may not be called."""

from typing import Any

import pytest
from support.apps import Lists, Start, clock_at
from support.builders import make_campaign
from support.changes import admin_log, changes
from support.database import TestDatabase

DNC = "/api/v1/dnc"
LOG = "SELECT phone_number, campaign_id, action, action_date, user FROM vicidial_dnc_log"
WRITTEN = ("vicidial_dnc", "vicidial_campaign_dnc", "vicidial_dnc_log", "vicidial_admin_log")


@pytest.fixture
async def lists(start_lists: Start) -> Lists:
    """svc-lists on 8 July 2025, 11:30 in New York."""
    return await start_lists(clock=clock_at("2025-07-08T15:30:00"))


async def test_the_documented_addition(lists: Lists, db: TestDatabase) -> None:
    response = await lists.post(DNC, json={"phone_number": "(555) 123-4567"})

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "Phone number added to DNC list",
        "data": {"phone_number": "5551234567", "campaign_id": "SYSTEM_INTERNAL"},
    }
    assert db.rows("SELECT phone_number FROM vicidial_dnc") == [("5551234567",)]
    assert db.count("vicidial_campaign_dnc") == 0
    assert [(*row[:3], str(row[3]), row[4]) for row in db.rows(LOG)] == [
        ("5551234567", "-SYSINT-", "add", "2025-07-08 11:30:00", "6666")
    ]
    assert [row[:6] + row[7:8] for row in admin_log(db)] == [
        ("6666", "192.0.2.7", "LISTS", "ADD", "5551234567", "ADMIN API ADD DNC NUMBER",
         "5551234567|SYSTEM_INTERNAL")
    ]  # fmt: skip


async def test_the_log_of_changes_holds_the_statements(lists: Lists, db: TestDatabase) -> None:
    await lists.post(DNC, json={"phone_number": "5551234567"})

    assert db.value("SELECT event_sql FROM vicidial_admin_log").split("\n") == [
        "INSERT INTO `vicidial_dnc` (`phone_number`) VALUES ('5551234567')",
        "INSERT INTO `vicidial_dnc_log` (`phone_number`, `campaign_id`, `action`, `action_date`,"
        " `user`) VALUES ('5551234567', '-SYSINT-', 'add', '2025-07-08 11:30:00', '6666')",
    ]


@pytest.mark.parametrize("campaign_id", ["SYSTEM_INTERNAL", "", "---ALL---", None])
async def test_the_internal_list_has_several_names(
    lists: Lists, db: TestDatabase, campaign_id: str | None
) -> None:
    response = await lists.post(
        DNC, json={"phone_number": "5551234567", "campaign_id": campaign_id}
    )

    assert (await response.json())["data"]["campaign_id"] == "SYSTEM_INTERNAL"
    assert db.count("vicidial_dnc") == 1
    assert db.count("vicidial_campaign_dnc") == 0


async def test_a_campaigns_list_is_answered_as_the_database_spells_it(
    lists: Lists, db: TestDatabase
) -> None:
    make_campaign(db, use_other_campaign_dnc="OTHER")

    response = await lists.post(DNC, json={"phone_number": "5551234567", "campaign_id": "testcamp"})

    assert (await response.json())["data"] == {
        "phone_number": "5551234567",
        "campaign_id": "TESTCAMP",
        "effective_campaign_id": "OTHER",
    }
    assert db.rows("SELECT * FROM vicidial_campaign_dnc") == [("5551234567", "TESTCAMP")]
    assert db.count("vicidial_dnc") == 0
    assert db.rows("SELECT campaign_id, action FROM vicidial_dnc_log") == [("TESTCAMP", "add")]
    assert changes(db) == [
        ("LISTS", "ADD", "5551234567", "ADMIN API ADD DNC NUMBER", "5551234567|TESTCAMP")
    ]


async def test_a_campaign_that_obeys_its_own_list_shows_no_other(
    lists: Lists, db: TestDatabase
) -> None:
    make_campaign(db, use_other_campaign_dnc="")

    response = await lists.post(DNC, json={"phone_number": "5551234567", "campaign_id": "TESTCAMP"})

    assert (await response.json())["data"] == {
        "phone_number": "5551234567",
        "campaign_id": "TESTCAMP",
    }


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        pytest.param("555123", "555123", id="6 digits"),
        pytest.param("1" * 18, "1" * 18, id="18 digits"),
        pytest.param("+1 (555) 123.4567", "15551234567", id="punctuation"),
        pytest.param(5551234567, "5551234567", id="a number"),
        pytest.param("212xxxXXXX", "212XXXXXXX", id="area code"),
    ],
)
async def test_numbers_are_stored_clean(
    lists: Lists, db: TestDatabase, given: Any, stored: str
) -> None:
    response = await lists.post(DNC, json={"phone_number": given})

    assert (await response.json())["data"]["phone_number"] == stored
    assert db.rows("SELECT phone_number FROM vicidial_dnc") == [(stored,)]
    assert db.rows("SELECT phone_number FROM vicidial_dnc_log") == [(stored,)]


async def test_a_number_stands_once_on_a_list_and_on_many_lists(
    lists: Lists, db: TestDatabase
) -> None:
    make_campaign(db, "TESTCAMP")
    make_campaign(db, "NEWCAMP")
    bodies = [
        {"phone_number": "5551234567"} | ({"campaign_id": one} if one else {})
        for one in ("", "TESTCAMP", "NEWCAMP")
    ]

    first = [(await lists.post(DNC, json=body)).status for body in bodies]
    before = {table: db.rows(f"SELECT * FROM {table}") for table in WRITTEN}
    again = [await lists.post(DNC, json=body) for body in bodies]

    assert first == [200, 200, 200]
    assert [(one.status, await one.json()) for one in again] == [
        (409, {"success": False, "error": "Phone number already in DNC list"})
    ] * 3
    assert {table: db.rows(f"SELECT * FROM {table}") for table in WRITTEN} == before


async def test_an_area_code_in_small_letters_is_the_same_entry(
    lists: Lists, db: TestDatabase
) -> None:
    db.insert("vicidial_dnc", phone_number="212xxxxxxx")

    response = await lists.post(DNC, json={"phone_number": "212XXXXXXX"})

    assert response.status == 409
    assert db.rows("SELECT phone_number FROM vicidial_dnc") == [("212xxxxxxx",)]


BAD: list[Any] = [
    pytest.param({}, "phone_number", id="no number"),
    pytest.param({"phone_number": ""}, "phone_number", id="empty"),
    pytest.param({"phone_number": None}, "phone_number", id="null"),
    pytest.param({"phone_number": ["5551234567"]}, "phone_number", id="a list"),
    pytest.param({"phone_number": "12345"}, "phone_number", id="too short"),
    pytest.param({"phone_number": "1" * 19}, "phone_number", id="too long"),
    pytest.param({"phone_number": "212XXXXXX"}, "phone_number", id="six X"),
    pytest.param({"phone_number": "ANONYMOUS"}, "phone_number", id="letters"),
    pytest.param({"phone_number": "5551234567", "campaign_id": "NOCAMP"}, "campaign_id",
                 id="unknown campaign"),
    pytest.param({"phone_number": "5551234567", "campaign_id": "A" * 16}, "campaign_id",
                 id="campaign too long"),
    pytest.param({"phone_number": "5551234567", "campaign_id": ["A"]}, "campaign_id",
                 id="campaigns"),
    pytest.param({"phone_number": "5551234567", "x": 1}, "x", id="unknown field"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "field"), BAD)
async def test_bad_input_names_the_field_and_writes_nothing(
    lists: Lists, db: TestDatabase, body: dict[str, Any], field: str
) -> None:
    response = await lists.post(DNC, json=body)

    answer = await response.json()
    assert (response.status, list(answer["details"])) == (400, [field])
    assert [db.count(table) for table in WRITTEN] == [0, 0, 0, 0]


async def test_an_unknown_campaign_is_said_in_the_contracts_words(lists: Lists) -> None:
    response = await lists.post(DNC, json={"phone_number": "5551234567", "campaign_id": "NOCAMP"})

    assert await response.json() == {
        "success": False,
        "error": "Invalid parameters: campaign_id: Campaign not found",
        "details": {"campaign_id": ["Campaign not found"]},
    }


async def test_calls_are_logged_under_vicidials_names(lists: Lists, db: TestDatabase) -> None:
    await lists.post(DNC, json={"phone_number": "5551234567"})
    await lists.delete(f"{DNC}/5551234567")
    await lists.close()

    assert db.rows("SELECT function, result FROM vicidial_api_log ORDER BY api_id") == [
        ("add_dnc_phone", "SUCCESS"),
        ("delete_dnc_phone", "SUCCESS"),
    ]
