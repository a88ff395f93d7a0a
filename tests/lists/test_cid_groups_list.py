"""GET /api/v1/cid-groups/{entry_id}: a group's entries, page by page."""

from typing import Any

import pytest
from support.apps import Lists
from support.builders import make_campaign
from support.changes import admin_log
from support.cid_groups import make_cid, make_cid_group, make_many_cids, stamps
from support.database import TestDatabase
from support.statements import explained, rows_read, statements_sent
from yarl import URL

CIDS = "/api/v1/cid-groups"


@pytest.fixture(autouse=True)
def groups(db: TestDatabase) -> None:
    """FLCIDS with five entries; NYCIDS and the campaign TESTCAMP with one each; EMPTY."""
    for group in ("FLCIDS", "NYCIDS", "EMPTY"):
        make_cid_group(db, group)
    make_campaign(db)
    make_cid(db, "NONE", "7270000000")
    make_cid(db, "813", "8135550001")
    make_cid(db, "727", "7275551213", active="N", cid_description=None, call_count_today=None)
    make_cid(db, "727", "7275551212", active="", cid_description="FL1 test")
    make_cid(db, "727", "8135550001", call_count_today=12)
    make_cid(db, "727", "2125550000", "NYCIDS")
    make_cid(db, "727", "3125550000", "testcamp")


async def ids(lists: Lists, path: str, **query: Any) -> list[str]:
    """What the answer's entries are, without their group."""
    response = await lists.get(f"{CIDS}/{path}", params=query)
    answer = await response.json()
    assert (response.status, answer["message"]) == (200, "CID group entries retrieved")
    return [entry["entry_id"].partition(":")[2] for entry in answer["data"]]


async def test_the_documented_answer_in_order_of_area_code_and_number(lists: Lists) -> None:
    response = await lists.get(f"{CIDS}/FLCIDS")

    def entry(areacode: str, cid: str, active: str, text: str | None, calls: int | None) -> Any:
        return {
            "entry_id": f"FLCIDS:{areacode}:{cid}",
            "cid_group_id": "FLCIDS",
            "areacode": areacode,
            "outbound_cid": cid,
            "active": active,
            "cid_description": text,
            "call_count_today": calls,
        }

    assert "Link" not in response.headers
    assert await response.json() == {
        "success": True,
        "message": "CID group entries retrieved",
        "data": [
            entry("727", "7275551212", "N", "FL1 test", 0),
            entry("727", "7275551213", "N", None, None),
            entry("727", "8135550001", "Y", "", 12),
            entry("813", "8135550001", "Y", "", 0),
            entry("NONE", "7270000000", "Y", "", 0),
        ],
    }


FIRST, SECOND, THIRD = "727:7275551212", "727:7275551213", "727:8135550001"
TAMPA, NONE = "813:8135550001", "NONE:7270000000"


@pytest.mark.parametrize(
    ("path", "query", "found"),
    [
        ("FLCIDS:727", {}, [FIRST, SECOND, THIRD]),
        ("FLCIDS:727:7275551212", {}, [FIRST]),
        ("FLCIDS:727:(727) 555-1212", {}, [FIRST]),
        ("FLCIDS:none", {}, [NONE]),
        ("FLCIDS:---ALL---", {}, [FIRST, SECOND, THIRD, TAMPA, NONE]),
        ("FLCIDS:727:---ALL---", {}, [FIRST, SECOND, THIRD]),
        ("FLCIDS:---ALL---:8135550001", {}, [THIRD, TAMPA]),
        ("FLCIDS", {"areacode": "813"}, [TAMPA]),
        ("FLCIDS", {"areacode": "---ALL---"}, [FIRST, SECOND, THIRD, TAMPA, NONE]),
        ("FLCIDS", {"outbound_cid": "8135550001"}, [THIRD, TAMPA]),
        ("FLCIDS", {"areacode": "727", "outbound_cid": "813-555-0001"}, [THIRD]),
        ("FLCIDS:727", {"areacode": "727", "outbound_cid": "8135550001"}, [THIRD]),
        ("FLCIDS", {"areacode": "", "outbound_cid": ""}, [FIRST, SECOND, THIRD, TAMPA, NONE]),
        ("FLCIDS:305", {}, []),
        ("EMPTY", {}, []),
    ],
)
async def test_path_and_query_choose(
    lists: Lists, path: str, query: dict[str, str], found: list[str]
) -> None:
    assert await ids(lists, path, **query) == found


@pytest.mark.parametrize(
    ("path", "entry_id"),
    [
        ("nycids", "NYCIDS:727:2125550000"),
        ("TestCamp:727", "TESTCAMP:727:3125550000"),
    ],
)
async def test_group_or_campaign_are_spelled_as_their_own_table_does(
    lists: Lists, path: str, entry_id: str
) -> None:
    response = await lists.get(f"{CIDS}/{path}")

    (entry,) = (await response.json())["data"]
    assert entry["entry_id"] == entry_id
    assert entry["cid_group_id"] == entry_id.partition(":")[0]


async def test_percent_encoded_colons_are_colons(lists: Lists) -> None:
    response = await lists.get(URL(f"{CIDS}/FLCIDS%3A727%3A7275551212", encoded=True))

    assert [entry["entry_id"] for entry in (await response.json())["data"]] == [f"FLCIDS:{FIRST}"]


async def test_a_missing_number_is_null_and_comes_first(lists: Lists, db: TestDatabase) -> None:
    make_cid(db, "727", None, cid_description="by hand")

    response = await lists.get(f"{CIDS}/FLCIDS:727")

    assert (await response.json())["data"][0] == {
        "entry_id": "FLCIDS:727:",
        "cid_group_id": "FLCIDS",
        "areacode": "727",
        "outbound_cid": None,
        "active": "Y",
        "cid_description": "by hand",
        "call_count_today": 0,
    }
    assert await pages(lists, f"{CIDS}/FLCIDS?limit=1") == [
        ["727:"], [FIRST], [SECOND], [THIRD], [TAMPA], [NONE]
    ]  # fmt: skip


async def pages(lists: Lists, path: str) -> list[list[str]]:
    """The entries of all pages, from link to link."""
    found = []
    url = URL(path)
    while True:
        response = await lists.get(url)
        data = (await response.json())["data"]
        found.append([entry["entry_id"].partition(":")[2] for entry in data])
        if "Link" not in response.headers:
            return found
        link = response.headers["Link"]
        assert link.endswith('>; rel="next"')
        url = URL(link[1:].partition(">")[0], encoded=True)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("FLCIDS?limit=2", [[FIRST, SECOND], [THIRD, TAMPA], [NONE]]),
        ("FLCIDS?limit=5", [[FIRST, SECOND, THIRD, TAMPA, NONE]]),
        ("FLCIDS:727?limit=2", [[FIRST, SECOND], [THIRD]]),
        ("FLCIDS?areacode=727&limit=2", [[FIRST, SECOND], [THIRD]]),
        ("FLCIDS:---ALL---:8135550001?limit=1", [[THIRD], [TAMPA]]),
        ("FLCIDS?after=727:8135550001", [[TAMPA, NONE]]),
        ("FLCIDS?after=zzzzz:9", [[]]),
    ],
)
async def test_pages_follow_one_another(lists: Lists, path: str, found: list[list[str]]) -> None:
    assert await pages(lists, f"{CIDS}/{path}") == found


async def test_a_page_may_end_at_a_key_that_only_the_table_takes(
    lists: Lists, db: TestDatabase
) -> None:
    make_cid(db, "1-+:", "call me", "EMPTY")
    make_cid(db, "1-+:", "call you", "EMPTY")

    assert await pages(lists, f"{CIDS}/EMPTY?limit=1") == [["1-+::call me"], ["1-+::call you"]]


async def test_a_page_has_1000_entries_and_at_most_10000(lists: Lists, db: TestDatabase) -> None:
    make_many_cids(db, 10_001, "EMPTY")

    usual = await ids(lists, "EMPTY")
    largest = await pages(lists, f"{CIDS}/EMPTY?limit=10000")

    expected = [
        f"{areacode}:{cid}"
        for areacode, cid in db.rows(
            "SELECT areacode, outbound_cid FROM vicidial_campaign_cid_areacodes"
            " WHERE campaign_id = 'EMPTY' ORDER BY areacode, outbound_cid"
        )
    ]
    assert usual == expected[:1000]
    assert largest == [expected[:10_000], expected[10_000:]]


async def test_showing_writes_nothing(lists: Lists, db: TestDatabase) -> None:
    before = stamps(db)

    await ids(lists, "FLCIDS")

    assert (stamps(db), admin_log(db)) == (before, [])


BAD: list[Any] = [
    pytest.param("FLCIDS", {"limit": "0"}, "limit", id="limit 0"),
    pytest.param("FLCIDS", {"limit": "10001"}, "limit", id="limit 10001"),
    pytest.param("FLCIDS", {"limit": "x"}, "limit", id="limit x"),
    pytest.param("FLCIDS", {"after": "727"}, "after", id="after an area code"),
    pytest.param("FLCIDS", {"after": "123456:1"}, "after", id="after too long"),
    pytest.param("FLCIDS", {"after": "\U0001f600:1"}, "after", id="after an emoji"),
    pytest.param("FLCIDS", {"areacode": "727727"}, "areacode", id="area code too long"),
    pytest.param("FLCIDS", {"outbound_cid": "x"}, "outbound_cid", id="number of letters"),
    pytest.param("FLCIDS:727", {"areacode": "813"}, "areacode", id="two area codes"),
    pytest.param("FLCIDS:727", {"areacode": "---ALL---"}, "areacode", id="one and all"),
    pytest.param("FLCIDS:727:1", {"outbound_cid": "2"}, "outbound_cid", id="two numbers"),
    pytest.param("FLCIDS:727727", {}, "entry_id.areacode", id="path: area code too long"),
    pytest.param("FLCIDS:", {}, "entry_id.areacode", id="path: area code empty"),
    pytest.param("FLCIDS:727:x", {}, "entry_id.outbound_cid", id="path: number of letters"),
    pytest.param("FLCIDS:727:", {}, "entry_id.outbound_cid", id="path: number empty"),
    pytest.param("FLCIDS:727:1:2", {}, "entry_id", id="path: four parts"),
]


@pytest.mark.parametrize(("path", "query", "field"), BAD)
async def test_bad_input_names_the_field(
    lists: Lists, path: str, query: dict[str, str], field: str
) -> None:
    response = await lists.get(f"{CIDS}/{path}", params=query)

    answer = await response.json()
    assert (response.status, list(answer["details"])) == (400, [field])


@pytest.mark.parametrize(
    "group", ["NOGROUP", "A" * 21, "%F0%9F%98%80", "%00", "1%27", "1;2", "FLCIDS%2F1", "FLCID_"]
)
async def test_a_group_that_does_not_exist_is_a_404(lists: Lists, group: str) -> None:
    for entry_id in (group, f"{group}:727", f"{group}:727:7275551212"):
        response = await lists.get(URL(f"{CIDS}/{entry_id}", encoded=True))

        assert response.status == 404
        assert await response.json() == {"success": False, "error": "CID group not found"}


@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
@pytest.mark.parametrize(
    ("path", "query", "kind"),
    [
        pytest.param("FLCIDS", {}, "ref", id="all"),
        pytest.param("FLCIDS", {"after": "250:7270000049"}, "range", id="all, next page"),
        pytest.param("FLCIDS:250", {}, "ref", id="area code"),
        pytest.param("FLCIDS:250", {"after": "250:7270000049"}, "range", id="area code, next page"),
        pytest.param("FLCIDS:250:7270000049", {}, "const", id="one"),
    ],
)
async def test_a_page_reads_its_own_rows_in_the_order_of_the_index(
    lists: Lists, db: TestDatabase, path: str, query: dict[str, str], kind: str
) -> None:
    make_many_cids(db, 20_000)
    make_many_cids(db, 2_000, "NYCIDS")
    db.execute("ANALYZE TABLE vicidial_campaign_cid_areacodes")

    with statements_sent() as sent:
        await ids(lists, path, limit=10, **query)

    (plan,) = explained(db, sent[-1], "svc-lists")
    assert (plan["key"], plan["type"]) == ("campareacode", kind)
    assert "filesort" not in plan["Extra"]
    assert rows_read(db, sent[-1], "svc-lists") <= 12
