"""PUT /api/v1/cid-groups/{entry_id}: entries that change."""

from typing import Any

import pytest
from support.apps import Lists, Start, clock_at
from support.changes import admin_log, changes
from support.cid_groups import cids, make_cid, make_owners, stamps
from support.database import TestDatabase
from yarl import URL

CIDS = "/api/v1/cid-groups"
OLD, NOW = "2024-01-01 00:00:00", "2025-07-08 11:30:00"
ENTRIES = [
    ("FLCIDS", "727", "7275551212", "", "FL1 test"),
    ("FLCIDS", "727", "7275551213", "N", None),
    ("FLCIDS", "813", "7275551212", "Y", "Tampa"),
    ("FLCIDS", "NONE", "7270000000", "Y", ""),
    ("NYCIDS", "727", "7275551212", "Y", "other group"),
    ("TESTCAMP", "727", "7275551212", "Y", "campaign"),
]


@pytest.fixture
async def lists(start_lists: Start, db: TestDatabase) -> Lists:
    """svc-lists on 8 July 2025, 11:30 in New York; two groups and a campaign with entries."""
    make_owners(db, ENTRIES)
    return await start_lists(clock=clock_at("2025-07-08T15:30:00"))


async def test_the_documented_change(lists: Lists, db: TestDatabase) -> None:
    response = await lists.put(
        f"{CIDS}/FLCIDS:727:7275551212", json={"active": "Y", "cid_description": "FL1, changed"}
    )

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "CID group entry updated successfully",
        "data": {"entry_id": "FLCIDS:727:7275551212", "updated_count": 1},
    }
    assert cids(db) == [("FLCIDS", "727", "7275551212", "Y", "FL1, changed"), *ENTRIES[1:]]
    assert stamps(db) == {"FLCIDS": NOW, "NYCIDS": OLD, "TESTCAMP": OLD}
    assert [row[:8] for row in admin_log(db)] == [
        (
            "6666",
            "192.0.2.7",
            "CIDGROUPS",
            "MODIFY",
            "FLCIDS",
            "ADMIN API MODIFY CID",
            "UPDATE vicidial_campaign_cid_areacodes FORCE INDEX (campareacode)"
            " SET `active` = 'Y', `cid_description` = 'FL1, changed'"
            " WHERE campaign_id = 'FLCIDS' AND areacode = '727' AND outbound_cid = '7275551212'\n"
            "UPDATE vicidial_cid_groups SET modify_stamp = '2025-07-08 11:30:00'"
            " WHERE cid_group_id = 'FLCIDS'",
            "areacode: 727 outbound_cid: 7275551212 modified: 1\n727|7275551212||FL1 test",
        )
    ]


TWO, THREE, ALL = [0, 1], [0, 2], [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("path", "body", "entry_id", "places"),
    [
        ("FLCIDS:727", {}, "FLCIDS:727:---ALL---", TWO),
        ("flcids:727:---ALL---", {}, "FLCIDS:727:---ALL---", TWO),
        ("FLCIDS:---ALL---", {}, "FLCIDS:---ALL---:---ALL---", ALL),
        ("FLCIDS:---ALL---:7275551212", {}, "FLCIDS:---ALL---:7275551212", THREE),
        ("FLCIDS:none", {}, "FLCIDS:none:---ALL---", [3]),
        ("FLCIDS", {"areacode": "727"}, "FLCIDS:727:---ALL---", TWO),
        ("FLCIDS", {"areacode": 813}, "FLCIDS:813:---ALL---", [2]),
        ("FLCIDS", {"areacode": "---ALL---"}, "FLCIDS:---ALL---:---ALL---", ALL),
        (
            "FLCIDS",
            {"areacode": "---ALL---", "outbound_cid": "+7275551212"},
            "FLCIDS:---ALL---:7275551212",
            THREE,
        ),
        ("FLCIDS:727", {"outbound_cid": "(727) 555-1213"}, "FLCIDS:727:7275551213", [1]),
        ("FLCIDS:727", {"outbound_cid": "---ALL---"}, "FLCIDS:727:---ALL---", TWO),
        ("FLCIDS:727:1", {"areacode": "727", "outbound_cid": "1"}, "FLCIDS:727:1", []),
        ("FLCIDS:727:7275551213", {"areacode": "727"}, "FLCIDS:727:7275551213", [1]),
    ],
)
async def test_path_and_body_choose(
    lists: Lists,
    db: TestDatabase,
    path: str,
    body: dict[str, Any],
    entry_id: str,
    places: list[int],
) -> None:
    response = await lists.put(f"{CIDS}/{path}", json=body | {"cid_description": "new"})

    answer = await response.json()
    if places:
        assert answer["data"] == {"entry_id": entry_id, "updated_count": len(places)}
    else:
        assert (response.status, answer["error"]) == (404, "CID group entry not found")
    assert cids(db) == [
        (*row[:4], "new") if place in places else row for place, row in enumerate(ENTRIES)
    ]
    assert len(changes(db)) == (1 if places else 0)


async def test_the_log_of_changes_tells_how_the_entries_were(
    lists: Lists, db: TestDatabase
) -> None:
    await lists.put(f"{CIDS}/FLCIDS", json={"areacode": "---ALL---", "active": "N"})

    assert changes(db) == [
        (
            "CIDGROUPS",
            "MODIFY",
            "FLCIDS",
            "ADMIN API MODIFY CID",
            "areacode: ---ALL--- outbound_cid: ---ALL--- modified: 4\n"
            "727|7275551212||FL1 test\n"
            "727|7275551213|N|\n"
            "813|7275551212|Y|Tampa\n"
            "NONE|7270000000|Y|",
        )
    ]
    assert [row[3] for row in cids(db)] == ["", "", "", "", "Y", "Y"]


@pytest.mark.parametrize(
    ("change", "stored"),
    [
        pytest.param({"active": "Y"}, ("Y", "FL1 test"), id="active"),
        pytest.param({"active": "N"}, ("", "FL1 test"), id="not active"),
        pytest.param({"cid_description": ""}, ("", ""), id="description emptied"),
        pytest.param({"cid_description": " a b "}, ("", "a b"), id="outer spaces"),
        pytest.param({"cid_description": "x" * 50}, ("", "x" * 50), id="50 characters"),
        pytest.param({"active": "N", "cid_description": "FL1 test"}, ("", "FL1 test"), id="same"),
    ],
)
async def test_what_is_not_named_stays(
    lists: Lists, db: TestDatabase, change: dict[str, str], stored: tuple[str, str]
) -> None:
    response = await lists.put(f"{CIDS}/FLCIDS:727:7275551212", json=change)

    assert (await response.json())["data"]["updated_count"] == 1
    assert cids(db) == [("FLCIDS", "727", "7275551212", *stored), *ENTRIES[1:]]


async def test_a_campaigns_own_entries_date_the_campaign(lists: Lists, db: TestDatabase) -> None:
    response = await lists.put(f"{CIDS}/testcamp:727", json={"active": "N"})

    assert (await response.json())["data"] == {
        "entry_id": "TESTCAMP:727:---ALL---",
        "updated_count": 1,
    }
    assert cids(db) == [*ENTRIES[:-1], ("TESTCAMP", "727", "7275551212", "", "campaign")]
    assert stamps(db) == {"FLCIDS": OLD, "NYCIDS": OLD, "TESTCAMP": NOW}


async def test_an_entry_without_a_number_goes_with_its_area_code(
    lists: Lists, db: TestDatabase
) -> None:
    make_cid(db, "305", None, cid_description="by hand")

    response = await lists.put(f"{CIDS}/FLCIDS:305", json={"active": "N"})

    assert (await response.json())["data"]["updated_count"] == 1
    assert ("FLCIDS", "305", None, "", "by hand") in cids(db)
    assert changes(db)[0][4].split("\n")[1:] == ["305||Y|by hand"]


@pytest.mark.parametrize(("non_latin", "status"), [("1", 200), ("0", 400)])
async def test_letters_of_any_script_where_the_system_is_set_up_for_them(
    lists: Lists, db: TestDatabase, non_latin: str, status: int
) -> None:
    db.execute("UPDATE system_settings SET use_non_latin = %s", non_latin)

    response = await lists.put(f"{CIDS}/FLCIDS:813", json={"cid_description": "Büro"})

    answer = await response.json()
    assert response.status == status
    assert cids(db)[2][4] == ("Büro" if non_latin == "1" else "Tampa")
    if non_latin == "0":
        assert answer["details"] == {"cid_description": ["Character not allowed: ü"]}


def unchanged(db: TestDatabase) -> bool:
    return (cids(db), admin_log(db), set(stamps(db).values())) == (ENTRIES, [], {OLD})


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("NOGROUP:727", "CID group not found"),
        ("A" * 21 + ":727", "CID group not found"),
        ("%F0%9F%98%80:727", "CID group not found"),
        (":727", "CID group not found"),
        ("FLCIDS:305", "CID group entry not found"),
        ("FLCIDS:727:7275550000", "CID group entry not found"),
        ("FLCIDS:813:7275551213", "CID group entry not found"),
        ("NYCIDS:813", "CID group entry not found"),
    ],
)
async def test_what_is_not_there_is_a_404(
    lists: Lists, db: TestDatabase, path: str, error: str
) -> None:
    response = await lists.put(URL(f"{CIDS}/{path}", encoded=True), json={"active": "Y"})

    assert response.status == 404
    assert await response.json() == {"success": False, "error": error}
    assert unchanged(db)


@pytest.mark.parametrize("path", ["FLCIDS", "FLCIDS:727", "FLCIDS:727:7275551212"])
@pytest.mark.parametrize("body", [{}, {"areacode": "727", "outbound_cid": "7275551212"}])
async def test_without_a_field_to_change_there_is_nothing_to_update(
    lists: Lists, db: TestDatabase, path: str, body: dict[str, str]
) -> None:
    response = await lists.put(f"{CIDS}/{path}", json=body)

    assert response.status == 400
    assert await response.json() == {"success": False, "error": "No fields to update"}
    assert unchanged(db)


ACTIVE = {"active": "Y"}
BAD: list[Any] = [
    pytest.param("FLCIDS", ACTIVE, "areacode", id="no area code"),
    pytest.param("FLCIDS", ACTIVE | {"outbound_cid": "7275551212"}, "areacode", id="number alone"),
    pytest.param("FLCIDS", ACTIVE | {"areacode": ""}, "areacode", id="area code empty"),
    pytest.param("FLCIDS", ACTIVE | {"areacode": None}, "areacode", id="area code null"),
    pytest.param("FLCIDS", ACTIVE | {"areacode": "727727"}, "areacode", id="area code too long"),
    pytest.param("FLCIDS:727", ACTIVE | {"areacode": "813"}, "areacode", id="two area codes"),
    pytest.param("FLCIDS:727", ACTIVE | {"outbound_cid": ""}, "outbound_cid", id="number empty"),
    pytest.param("FLCIDS:727", ACTIVE | {"outbound_cid": None}, "outbound_cid", id="number null"),
    pytest.param("FLCIDS:727", ACTIVE | {"outbound_cid": "1" * 21}, "outbound_cid", id="21 digits"),
    pytest.param("FLCIDS:727:1", ACTIVE | {"outbound_cid": "2"}, "outbound_cid", id="two numbers"),
    pytest.param(
        "FLCIDS:727:1", ACTIVE | {"outbound_cid": "---ALL---"}, "outbound_cid", id="one and all"
    ),
    pytest.param("FLCIDS:727", {"active": ""}, "active", id="active empty"),
    pytest.param("FLCIDS:727", {"active": None}, "active", id="active null"),
    pytest.param("FLCIDS:727", {"active": 1}, "active", id="active 1"),
    pytest.param(
        "FLCIDS:727", {"cid_description": "x" * 51}, "cid_description", id="51 characters"
    ),
    pytest.param("FLCIDS:727", {"cid_description": 'a"b'}, "cid_description", id="quote"),
    pytest.param("FLCIDS:727", {"cid_description": None}, "cid_description", id="null"),
    pytest.param("FLCIDS:727", ACTIVE | {"cid_group_id": "FLCIDS"}, "cid_group_id", id="group"),
    pytest.param("FLCIDS:727", {"caller_id_number": "1"}, "caller_id_number", id="unknown field"),
    pytest.param("FLCIDS:727727", ACTIVE, "entry_id.areacode", id="path: area code too long"),
    pytest.param("FLCIDS:727:x", ACTIVE, "entry_id.outbound_cid", id="path: letters"),
    pytest.param("FLCIDS:727:1:2", ACTIVE, "entry_id", id="path: four parts"),
]


@pytest.mark.parametrize(("path", "body", "field"), BAD)
async def test_bad_input_names_the_field_and_changes_nothing(
    lists: Lists, db: TestDatabase, path: str, body: dict[str, Any], field: str
) -> None:
    response = await lists.put(f"{CIDS}/{path}", json=body)

    answer = await response.json()
    assert (response.status, list(answer["details"])) == (400, [field])
    assert unchanged(db)
