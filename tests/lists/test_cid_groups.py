"""POST /api/v1/cid-groups: an outbound caller ID for an area code."""

from typing import Any

import pytest
from support.apps import Lists, Start, clock_at
from support.builders import make_campaign
from support.changes import admin_log, changes
from support.cid_groups import cids, make_cid, make_cid_group, stamps
from support.database import TestDatabase

CIDS = "/api/v1/cid-groups"
ENTRY = {"cid_group_id": "FLCIDS", "areacode": "727", "outbound_cid": "7275551212"}
OLD, NOW = "2024-01-01 00:00:00", "2025-07-08 11:30:00"


@pytest.fixture
async def lists(start_lists: Start, db: TestDatabase) -> Lists:
    """svc-lists on 8 July 2025, 11:30 in New York; two groups and a campaign of long ago."""
    make_cid_group(db, "FLCIDS")
    make_cid_group(db, "NYCIDS")
    make_campaign(db, campaign_changedate=OLD)
    return await start_lists(clock=clock_at("2025-07-08T15:30:00"))


async def test_the_documented_addition(lists: Lists, db: TestDatabase) -> None:
    response = await lists.post(
        CIDS, json=ENTRY | {"active": "Y", "cid_description": "FL1 test, no. 1_a-b"}
    )

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "CID group entry added successfully",
        "data": {"entry_id": "FLCIDS:727:7275551212"},
    }
    assert cids(db) == [("FLCIDS", "727", "7275551212", "Y", "FL1 test, no. 1_a-b")]
    assert stamps(db) == {"FLCIDS": NOW, "NYCIDS": OLD, "TESTCAMP": OLD}
    assert [row[:6] + row[7:8] for row in admin_log(db)] == [
        ("6666", "192.0.2.7", "CIDGROUPS", "ADD", "FLCIDS", "ADMIN API ADD CID",
         "areacode: 727 outbound_cid: 7275551212 active: Y")
    ]  # fmt: skip


async def test_the_log_of_changes_holds_the_statements(lists: Lists, db: TestDatabase) -> None:
    await lists.post(CIDS, json=ENTRY)

    assert db.value("SELECT event_sql FROM vicidial_admin_log").split("\n") == [
        "INSERT INTO `vicidial_campaign_cid_areacodes` (`campaign_id`, `areacode`, `outbound_cid`,"
        " `active`, `cid_description`) VALUES ('FLCIDS', '727', '7275551212', '', '')",
        "UPDATE vicidial_cid_groups SET modify_stamp = '2025-07-08 11:30:00'"
        " WHERE cid_group_id = 'FLCIDS'",
    ]


@pytest.mark.parametrize("more", [{}, {"active": "N"}, {"active": None, "cid_description": None}])
async def test_an_entry_is_not_active_unless_it_says_so(
    lists: Lists, db: TestDatabase, more: dict[str, Any]
) -> None:
    response = await lists.post(CIDS, json=ENTRY | more)

    assert response.status == 200
    assert cids(db) == [("FLCIDS", "727", "7275551212", "", "")]
    assert changes(db) == [
        ("CIDGROUPS", "ADD", "FLCIDS", "ADMIN API ADD CID",
         "areacode: 727 outbound_cid: 7275551212 active: N")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "owner"), [("flcids", "FLCIDS"), ("testcamp", "TESTCAMP"), ("NyCids ", "NYCIDS")]
)
async def test_group_or_campaign_are_spelled_as_the_database_does_and_dated(
    lists: Lists, db: TestDatabase, asked: str, owner: str
) -> None:
    response = await lists.post(CIDS, json=ENTRY | {"cid_group_id": asked})

    assert (await response.json())["data"] == {"entry_id": f"{owner}:727:7275551212"}
    assert cids(db) == [(owner, "727", "7275551212", "", "")]
    assert stamps(db) == {"FLCIDS": OLD, "NYCIDS": OLD, "TESTCAMP": OLD} | {owner: NOW}
    assert [row[2] for row in changes(db)] == [owner]


async def test_a_group_comes_before_a_campaign_of_the_same_id(
    lists: Lists, db: TestDatabase
) -> None:
    make_cid_group(db, "TestCamp")

    response = await lists.post(CIDS, json=ENTRY | {"cid_group_id": "TESTCAMP"})

    assert (await response.json())["data"] == {"entry_id": "TestCamp:727:7275551212"}
    assert stamps(db)["TestCamp"] == NOW
    assert str(db.value("SELECT campaign_changedate FROM vicidial_campaigns")) == OLD


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        pytest.param({"areacode": "NONE"}, ("NONE", "7275551212", ""), id="NONE"),
        pytest.param({"areacode": "fl"}, ("fl", "7275551212", ""), id="state, as sent"),
        pytest.param({"areacode": 727}, ("727", "7275551212", ""), id="a number"),
        pytest.param({"areacode": "ab123"}, ("ab123", "7275551212", ""), id="5 characters"),
        pytest.param({"outbound_cid": "+1 (727) 555-1212"}, ("727", "17275551212", ""), id="clean"),
        pytest.param({"outbound_cid": "1234"}, ("727", "1234", ""), id="4 digits"),
        pytest.param({"outbound_cid": "1" * 20}, ("727", "1" * 20, ""), id="20 digits"),
        pytest.param(
            {"cid_description": " a" * 25}, ("727", "7275551212", "a" + " a" * 24), id="outer space"
        ),
        pytest.param(
            {"cid_description": "x" * 50}, ("727", "7275551212", "x" * 50), id="50 characters"
        ),
    ],
)
async def test_values_are_stored_clean(
    lists: Lists, db: TestDatabase, given: dict[str, Any], stored: tuple[str, str, str]
) -> None:
    response = await lists.post(CIDS, json=ENTRY | given)

    assert response.status == 200
    assert [(row[1], row[2], row[4]) for row in cids(db)] == [stored]


@pytest.mark.parametrize(("non_latin", "status"), [("1", 200), ("0", 400)])
async def test_letters_of_any_script_where_the_system_is_set_up_for_them(
    lists: Lists, db: TestDatabase, non_latin: str, status: int
) -> None:
    db.execute("UPDATE system_settings SET use_non_latin = %s", non_latin)

    response = await lists.post(CIDS, json=ENTRY | {"cid_description": "Büro 1"})

    answer = await response.json()
    assert response.status == status
    assert [row[4] for row in cids(db)] == (["Büro 1"] if non_latin == "1" else [])
    if non_latin == "0":
        assert answer["details"] == {"cid_description": ["Character not allowed: ü"]}


@pytest.mark.parametrize("areacode", ["FL", "fl"])
async def test_what_is_there_already_is_a_409(
    lists: Lists, db: TestDatabase, areacode: str
) -> None:
    make_cid(db, "FL", "7275551212", cid_description="first")

    response = await lists.post(CIDS, json=ENTRY | {"areacode": areacode})

    assert response.status == 409
    assert await response.json() == {"success": False, "error": "CID group entry already exists"}
    assert cids(db) == [("FLCIDS", "FL", "7275551212", "Y", "first")]
    assert stamps(db)["FLCIDS"] == OLD
    assert admin_log(db) == []


async def test_one_number_serves_many_area_codes_and_groups(lists: Lists, db: TestDatabase) -> None:
    bodies = [
        ENTRY,
        ENTRY | {"areacode": "728"},
        ENTRY | {"outbound_cid": "7275551213"},
        ENTRY | {"cid_group_id": "NYCIDS"},
    ]

    statuses = [(await lists.post(CIDS, json=body)).status for body in bodies]

    assert statuses == [200] * 4
    assert len(cids(db)) == 4


BAD: list[Any] = [
    pytest.param({"cid_group_id": None}, "cid_group_id", id="no group"),
    pytest.param({"cid_group_id": ""}, "cid_group_id", id="empty group"),
    pytest.param({"cid_group_id": "A" * 21}, "cid_group_id", id="group too long"),
    pytest.param({"cid_group_id": "NOGROUP"}, "cid_group_id", id="unknown group"),
    pytest.param({"areacode": None}, "areacode", id="no area code"),
    pytest.param({"areacode": ""}, "areacode", id="empty area code"),
    pytest.param({"areacode": "727727"}, "areacode", id="area code too long"),
    pytest.param({"areacode": "---ALL---"}, "areacode", id="wildcard"),
    pytest.param({"areacode": "7-7"}, "areacode", id="area code with a dash"),
    pytest.param({"areacode": "ü"}, "areacode", id="area code of another script"),
    pytest.param({"outbound_cid": None}, "outbound_cid", id="no number"),
    pytest.param({"outbound_cid": ""}, "outbound_cid", id="empty number"),
    pytest.param({"outbound_cid": "123"}, "outbound_cid", id="3 digits"),
    pytest.param({"outbound_cid": "1" * 21}, "outbound_cid", id="21 digits"),
    pytest.param({"outbound_cid": "---ALL---"}, "outbound_cid", id="all numbers"),
    pytest.param({"outbound_cid": "ANONYMOUS"}, "outbound_cid", id="letters"),
    pytest.param({"active": ""}, "active", id="active empty"),
    pytest.param({"active": "y"}, "active", id="active in small letters"),
    pytest.param({"active": True}, "active", id="active true"),
    pytest.param({"cid_description": "x" * 51}, "cid_description", id="51 characters"),
    pytest.param({"cid_description": "it's"}, "cid_description", id="quote"),
    pytest.param({"cid_description": "a|b"}, "cid_description", id="bar"),
    pytest.param({"cid_description": "a\nb"}, "cid_description", id="line break"),
    pytest.param({"caller_id_number": "7275551212"}, "caller_id_number", id="the peer's number"),
    pytest.param({"caller_id_name": "x"}, "caller_id_name", id="the peer's name"),
]


@pytest.mark.parametrize(("given", "field"), BAD)
async def test_bad_input_names_the_field_and_writes_nothing(
    lists: Lists, db: TestDatabase, given: dict[str, Any], field: str
) -> None:
    response = await lists.post(CIDS, json=ENTRY | given)

    answer = await response.json()
    assert (response.status, list(answer["details"])) == (400, [field])
    assert (cids(db), admin_log(db)) == ([], [])
    assert set(stamps(db).values()) == {OLD}


async def test_an_unknown_group_is_said_in_the_contracts_words(lists: Lists) -> None:
    response = await lists.post(CIDS, json=ENTRY | {"cid_group_id": "NOGROUP"})

    assert await response.json() == {
        "success": False,
        "error": "Invalid parameters: cid_group_id: CID group not found",
        "details": {"cid_group_id": ["CID group not found"]},
    }


async def test_calls_are_logged_under_vicidials_name_cut_as_vicidial_cuts_it(
    lists: Lists, db: TestDatabase
) -> None:
    await lists.post(CIDS, json=ENTRY)
    await lists.put(f"{CIDS}/FLCIDS:727", json={"active": "Y"})
    await lists.get(f"{CIDS}/FLCIDS")
    await lists.delete(f"{CIDS}/FLCIDS:727")
    await lists.close()

    assert (
        db.rows("SELECT function, result FROM vicidial_api_log ORDER BY api_id")
        == [("update_cid_group_ent", "SUCCESS")] * 4
    )
