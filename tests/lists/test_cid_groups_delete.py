"""DELETE /api/v1/cid-groups/{entry_id}: entries that go."""

from typing import Any

import pytest
from support.apps import Lists, Start, clock_at
from support.changes import admin_log, changes
from support.cid_groups import cids, make_owners, stamps
from support.database import TestDatabase

CIDS = "/api/v1/cid-groups"
OLD, NOW = "2024-01-01 00:00:00", "2025-07-08 11:30:00"
ENTRIES = [
    ("FLCIDS", "727", "7275551212", "", "FL1 test"),
    ("FLCIDS", "727", "7275551213", "N", None),
    ("FLCIDS", "813", "7275551212", "Y", "Tampa"),
    ("NYCIDS", "727", "7275551212", "Y", "other group"),
    ("TESTCAMP", "727", "7275551212", "Y", "campaign"),
]


@pytest.fixture
async def lists(start_lists: Start, db: TestDatabase) -> Lists:
    """svc-lists on 8 July 2025, 11:30 in New York; two groups and a campaign with entries."""
    make_owners(db, ENTRIES)
    return await start_lists(clock=clock_at("2025-07-08T15:30:00"))


async def test_the_documented_deletion(lists: Lists, db: TestDatabase) -> None:
    response = await lists.delete(f"{CIDS}/FLCIDS:727")

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "CID group entries deleted",
        "data": {"entry_id": "FLCIDS:727:---ALL---", "deleted_count": 2},
    }
    assert cids(db) == ENTRIES[2:]
    assert stamps(db) == {"FLCIDS": NOW, "NYCIDS": OLD, "TESTCAMP": OLD}
    assert [row[:8] for row in admin_log(db)] == [
        (
            "6666",
            "192.0.2.7",
            "CIDGROUPS",
            "DELETE",
            "FLCIDS",
            "ADMIN API DELETE CID",
            "DELETE entries FROM vicidial_campaign_cid_areacodes AS entries"
            " FORCE INDEX (campareacode)"
            " WHERE campaign_id = 'FLCIDS' AND areacode = '727'\n"
            "UPDATE vicidial_cid_groups SET modify_stamp = '2025-07-08 11:30:00'"
            " WHERE cid_group_id = 'FLCIDS'",
            "areacode: 727 outbound_cid: ---ALL--- deleted: 2\n"
            "727|7275551212||FL1 test\n"
            "727|7275551213|N|",
        )
    ]


@pytest.mark.parametrize(
    ("path", "query", "entry_id", "places"),
    [
        ("FLCIDS:727:7275551212", {}, "FLCIDS:727:7275551212", [0]),
        ("FLCIDS:727:727-555-1213", {}, "FLCIDS:727:7275551213", [1]),
        ("FLCIDS:---ALL---", {}, "FLCIDS:---ALL---:---ALL---", [0, 1, 2]),
        ("FLCIDS:---ALL---:7275551212", {}, "FLCIDS:---ALL---:7275551212", [0, 2]),
        ("flcids", {"areacode": "813"}, "FLCIDS:813:---ALL---", [2]),
        ("FLCIDS", {"areacode": "---ALL---"}, "FLCIDS:---ALL---:---ALL---", [0, 1, 2]),
        ("FLCIDS:727", {"outbound_cid": "7275551212"}, "FLCIDS:727:7275551212", [0]),
        ("FLCIDS:727", {"outbound_cid": "---ALL---"}, "FLCIDS:727:---ALL---", [0, 1]),
        ("FLCIDS:727", {"areacode": "727", "outbound_cid": ""}, "FLCIDS:727:---ALL---", [0, 1]),
        ("testcamp:727", {}, "TESTCAMP:727:---ALL---", [4]),
    ],
)
async def test_path_and_query_choose(
    lists: Lists,
    db: TestDatabase,
    path: str,
    query: dict[str, str],
    entry_id: str,
    places: list[int],
) -> None:
    response = await lists.delete(f"{CIDS}/{path}", params=query)

    owner = entry_id.partition(":")[0]
    assert (await response.json())["data"] == {
        "entry_id": entry_id,
        "deleted_count": len(places),
    }
    assert cids(db) == [row for place, row in enumerate(ENTRIES) if place not in places]
    assert stamps(db) == {"FLCIDS": OLD, "NYCIDS": OLD, "TESTCAMP": OLD} | {owner: NOW}
    assert [row[:4] for row in changes(db)] == [
        ("CIDGROUPS", "DELETE", owner, "ADMIN API DELETE CID")
    ]


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("NOGROUP:727", "CID group not found"),
        ("FLCIDS:305", "CID group entry not found"),
        ("FLCIDS:727:727555", "CID group entry not found"),
        ("NYCIDS:813", "CID group entry not found"),
    ],
)
async def test_what_is_not_there_is_a_404(
    lists: Lists, db: TestDatabase, path: str, error: str
) -> None:
    response = await lists.delete(f"{CIDS}/{path}")

    assert response.status == 404
    assert await response.json() == {"success": False, "error": error}
    assert (cids(db), admin_log(db), set(stamps(db).values())) == (ENTRIES, [], {OLD})


BAD: list[Any] = [
    pytest.param("FLCIDS", {}, "areacode", id="no area code"),
    pytest.param("FLCIDS", {"areacode": ""}, "areacode", id="area code empty"),
    pytest.param("FLCIDS", {"outbound_cid": "7275551212"}, "areacode", id="number alone"),
    pytest.param("FLCIDS", {"areacode": "*"}, "areacode", id="another wildcard"),
    pytest.param("FLCIDS:727", {"areacode": "813"}, "areacode", id="two area codes"),
    pytest.param("FLCIDS:727", {"outbound_cid": "x"}, "outbound_cid", id="letters"),
    pytest.param("FLCIDS:727:1", {"outbound_cid": "---ALL---"}, "outbound_cid", id="one and all"),
    pytest.param("FLCIDS:", {}, "entry_id.areacode", id="path: area code empty"),
    pytest.param("FLCIDS:727:", {}, "entry_id.outbound_cid", id="path: number empty"),
    pytest.param("FLCIDS:727:1:2", {}, "entry_id", id="path: four parts"),
]


@pytest.mark.parametrize(("path", "query", "field"), BAD)
async def test_bad_input_names_the_field_and_deletes_nothing(
    lists: Lists, db: TestDatabase, path: str, query: dict[str, str], field: str
) -> None:
    response = await lists.delete(f"{CIDS}/{path}", params=query)

    answer = await response.json()
    assert (response.status, list(answer["details"])) == (400, [field])
    assert (cids(db), admin_log(db), set(stamps(db).values())) == (ENTRIES, [], {OLD})
