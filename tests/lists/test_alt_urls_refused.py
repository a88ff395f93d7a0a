"""POST and PUT /api/v1/alt-urls: what is refused, with nothing written; and steps that fail."""

import asyncio
from typing import Any

import pytest
from support.alt_urls import KINDS, make_owners, make_url, say_alt, urls
from support.apps import Lists
from support.changes import changes
from support.database import TestDatabase

URLS = "/api/v1/alt-urls"
NEW = {"campaign_id": "TESTCAMP", "url_type": "dispo", "url_address": "https://example.com"}
NOT_ALT = {"success": False, "error": "URL is not set to ALT"}
EACH_KIND = pytest.mark.parametrize(("entry_type", "url_type"), KINDS)
ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])


@pytest.fixture
def url_id(db: TestDatabase) -> int:
    """A dispo URL of TESTCAMP, whose column says ALT, as no other does."""
    make_owners(db)
    say_alt(db, "campaign", "dispo")
    return make_url(db)


BAD_VALUES: list[Any] = [
    pytest.param({"active": "y"}, "active", id="flag"),
    pytest.param({"active": ""}, "active", id="flag empty"),
    pytest.param({"url_rank": -1}, "url_rank", id="rank too low"),
    pytest.param({"url_rank": 32768}, "url_rank", id="rank too high"),
    pytest.param({"url_rank": ""}, "url_rank", id="rank empty"),
    pytest.param({"url_rank": 1.5}, "url_rank", id="rank of another type"),
    pytest.param({"url_call_length": -1}, "url_call_length", id="length too low"),
    pytest.param({"url_call_length": "32768"}, "url_call_length", id="length too high"),
    pytest.param({"url_statuses": "TOOLONG"}, "url_statuses", id="status too long"),
    pytest.param({"url_statuses": "SALE,NI"}, "url_statuses", id="statuses with a comma"),
    pytest.param({"url_statuses": "SALE\tNI"}, "url_statuses", id="statuses with a tab"),
    pytest.param({"url_statuses": "SALE\n"}, "url_statuses", id="status with a line break"),
    pytest.param({"url_statuses": "é"}, "url_statuses", id="status beyond ASCII"),
    pytest.param({"url_statuses": "---all---"}, "url_statuses", id="all in lower case"),
    pytest.param({"url_statuses": ["SALE NI"]}, "url_statuses", id="two statuses in one"),
    pytest.param({"url_statuses": ["SALE", ""]}, "url_statuses", id="empty status in an array"),
    pytest.param({"url_statuses": [["SALE"]]}, "url_statuses", id="array of arrays"),
    pytest.param({"url_statuses": [None]}, "url_statuses", id="array of null"),
    pytest.param({"url_statuses": {"SALE": 1}}, "url_statuses", id="object"),
    pytest.param({"url_statuses": True}, "url_statuses", id="boolean"),
    pytest.param({"url_statuses": ["A2345"] * 166 + ["A2345"]}, "url_statuses",
                 id="statuses too long"),
    pytest.param({"url_lists": "101 x"}, "url_lists", id="list without a number"),
    pytest.param({"url_lists": "-1"}, "url_lists", id="list below zero"),
    pytest.param({"url_lists": "9" * 20}, "url_lists", id="list too long"),
    pytest.param({"url_lists": "\u0661"}, "url_lists", id="list of other digits"),
    pytest.param({"url_lists": ["101"] * 251}, "url_lists", id="lists too long"),
    pytest.param({"url_lists": [1.0]}, "url_lists", id="list of another type"),
    pytest.param({"url_description": "x" * 256}, "url_description", id="description too long"),
    pytest.param({"url_description": "a<b"}, "url_description", id="description with <"),
    pytest.param({"url_description": "😀"}, "url_description", id="emoji"),
    pytest.param({"url_address": "http"}, "url_address", id="address too short"),
    pytest.param({"url_address": "h" * 65_001}, "url_address", id="address too long"),
    pytest.param({"url_address": "é" * 32_501}, "url_address", id="address of too many bytes"),
    pytest.param({"url_address": "http://a'b"}, "url_address", id="address with a quote"),
    pytest.param({"url_address": "http://a;b"}, "url_address", id="address with a semicolon"),
    pytest.param({"url_address": "http://a\n"}, "url_address", id="address with a line break"),
    pytest.param({"url_address": ["http://a"]}, "url_address", id="address of another type"),
    pytest.param({"url": "http://a"}, "url", id="column of the peer"),
]  # fmt: skip
BAD_CHANGES: list[Any] = [
    *BAD_VALUES,
    pytest.param({"url_rank": None}, "url_rank", id="rank null"),
    pytest.param({"url_statuses": None}, "url_statuses", id="statuses null"),
    pytest.param({"campaign_id": "TESTCAMP"}, "campaign_id", id="owner"),
    pytest.param({"entry_type": "campaign"}, "entry_type", id="kind of owner"),
    pytest.param({"url_type": "dispo"}, "url_type", id="type"),
    pytest.param({"url_id": 1}, "url_id", id="number"),
]
BAD_ADDITIONS: list[Any] = [
    *BAD_VALUES,
    pytest.param({"campaign_id": None}, "campaign_id", id="no owner"),
    pytest.param({"campaign_id": ""}, "campaign_id", id="owner empty"),
    pytest.param({"campaign_id": "C" * 21}, "campaign_id", id="owner too long"),
    pytest.param({"campaign_id": "NOCAMP"}, "campaign_id", id="unknown campaign"),
    pytest.param({"entry_type": "ingroup"}, "campaign_id", id="unknown in-group"),
    pytest.param({"entry_type": "list", "url_type": "noagent"}, "campaign_id", id="no list"),
    pytest.param({"entry_type": "list", "url_type": "noagent", "campaign_id": "102"}, "campaign_id",
                 id="unknown list"),
    pytest.param({"entry_type": "list", "url_type": "noagent", "campaign_id": "101x"},
                 "campaign_id", id="number of a list and more"),
    pytest.param({"entry_type": "list", "url_type": "noagent", "campaign_id": "9" * 20},
                 "campaign_id", id="number of a list too long"),
    pytest.param({"url_address": None}, "url_address", id="no address"),
    pytest.param({"url_address": ""}, "url_address", id="address empty"),
    pytest.param({"url_type": None}, "url_type", id="no type"),
    pytest.param({"url_type": "apinewlead"}, "url_type", id="type of VICIdial's own"),
    pytest.param({"url_type": "addlead"}, "url_type", id="type that campaigns lack"),
    pytest.param({"entry_type": "list"}, "url_type", id="type that lists lack"),
    pytest.param({"entry_type": "system"}, "entry_type", id="unknown kind of owner"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "field"), BAD_CHANGES)
async def test_a_bad_change_names_the_field(
    lists: Lists, db: TestDatabase, url_id: int, body: dict[str, Any], field: str
) -> None:
    before = urls(db)

    response = await lists.put(f"{URLS}/{url_id}", json=body)

    assert (response.status, list((await response.json())["details"])) == (400, [field])
    assert (urls(db), changes(db)) == (before, [])


@pytest.mark.usefixtures("url_id")
@pytest.mark.parametrize(("body", "field"), BAD_ADDITIONS)
async def test_a_bad_addition_names_the_field(
    lists: Lists, db: TestDatabase, body: dict[str, Any], field: str
) -> None:
    response = await lists.post(URLS, json=NEW | body)

    assert (response.status, list((await response.json())["details"])) == (400, [field])
    assert (len(urls(db)), changes(db)) == (1, [])


@pytest.mark.usefixtures("url_id")
@pytest.mark.parametrize(
    ("entry_type", "why"),
    [("campaign", "Campaign not found"), ("ingroup", "In-group not found"),
     ("list", "List not found")],
)  # fmt: skip
async def test_what_is_missing_is_called_by_its_name(
    lists: Lists, entry_type: str, why: str
) -> None:
    body = {"campaign_id": "NONE", "entry_type": entry_type, "url_type": "noagent"}

    response = await lists.post(URLS, json=NEW | body)

    assert (await response.json())["details"] == {"campaign_id": [why]}


async def test_a_change_of_nothing(lists: Lists, db: TestDatabase, url_id: int) -> None:
    response = await lists.put(f"{URLS}/{url_id}", json={})

    assert response.status == 400
    assert await response.json() == {"success": False, "error": "No fields to update"}
    assert changes(db) == []


@pytest.mark.usefixtures("url_id")
@pytest.mark.parametrize(
    "url_id_of_path",
    ["0", "-1", "1.0", "x", "4294967295", "4294967296", "9" * 30, "%00", "1%27", "%F0%9F%98%80",
     "%D9%A1"],
)  # fmt: skip
async def test_a_url_that_is_not_there_is_a_404(
    lists: Lists, db: TestDatabase, url_id_of_path: str
) -> None:
    response = await lists.put(f"{URLS}/{url_id_of_path}", json={"url_rank": 9})

    assert response.status == 404
    assert await response.json() == {"success": False, "error": "Alternate URL not found"}
    assert (urls(db)[0]["url_rank"], changes(db)) == (2, [])


@EACH_KIND
@pytest.mark.parametrize("text", ["https://example.com/one", "", "ALTX", "XALT", None])
async def test_a_column_that_does_not_say_alt_is_a_409(
    lists: Lists, db: TestDatabase, entry_type: str, url_type: str, text: str | None
) -> None:
    make_owners(db)
    owner_id, table, column, _ = KINDS[entry_type, url_type]
    neighbours = [kind[2] for kind in KINDS.values() if kind[1] == table and kind[2] != column]
    for neighbour in neighbours:
        db.execute(f"UPDATE {table} SET {neighbour} = 'ALT'")
    db.execute(f"UPDATE {table} SET {column} = %s", text)
    kind = {"campaign_id": owner_id, "entry_type": entry_type, "url_type": url_type}
    url_id = make_url(db, **kind)
    before = urls(db)

    changed = await lists.put(f"{URLS}/{url_id}", json={"url_rank": 9})
    added = await lists.post(URLS, json=NEW | kind)

    assert (changed.status, await changed.json()) == (409, NOT_ALT)
    assert (added.status, await added.json()) == (409, NOT_ALT)
    assert (urls(db), changes(db)) == (before, [])


@EACH_KIND
async def test_a_url_whose_owner_is_gone_is_a_409(
    lists: Lists, db: TestDatabase, entry_type: str, url_type: str
) -> None:
    url_id = make_url(db, campaign_id="101x", entry_type=entry_type, url_type=url_type)

    response = await lists.put(f"{URLS}/{url_id}", json={"url_rank": 9})

    assert (response.status, await response.json()) == (409, NOT_ALT)
    assert (urls(db)[0]["url_rank"], changes(db)) == (2, [])


@pytest.mark.parametrize(
    "kind",
    [
        ("campaign", "apinewlead"),
        ("campaign", "addlead"),
        ("list", "dispo"),
        ("list", "start"),
        ("system", "apinewlead"),
        ("", "dispo"),
        (None, "dispo"),
        ("campaign", None),
    ],
)
async def test_other_types_are_not_changed(
    lists: Lists, db: TestDatabase, kind: tuple[str | None, str | None]
) -> None:
    make_owners(db)
    say_alt(db, "campaign", "dispo")
    url_id = make_url(db, entry_type=kind[0], url_type=kind[1])

    response = await lists.put(f"{URLS}/{url_id}", json={"url_rank": 9})

    assert response.status == 409
    assert await response.json() == {
        "success": False,
        "error": "URL type cannot be changed here",
    }
    assert (urls(db)[0]["url_rank"], changes(db)) == (2, [])


@ENGINES
async def test_a_url_that_goes_meanwhile_is_a_404(
    lists: Lists, db: TestDatabase, url_id: int
) -> None:
    with db.hold("vicidial_campaigns"):
        change = asyncio.create_task(lists.put(f"{URLS}/{url_id}", json={"url_rank": 9}))
        await db.until_waiting(1)
        db.execute("DELETE FROM vicidial_url_multi")
    response = await change

    assert (response.status, await response.json()) == (
        404,
        {"success": False, "error": "Alternate URL not found"},
    )
    assert changes(db) == []


@ENGINES
async def test_the_log_of_changes_is_written_last(
    lists: Lists, db: TestDatabase, engine: str, url_id: int
) -> None:
    db.fail_writes("vicidial_admin_log")

    changed = await lists.put(f"{URLS}/{url_id}", json={"url_rank": 9})
    added = await lists.post(URLS, json=NEW)

    kept = engine == "MyISAM"
    assert (changed.status, added.status) == (500, 500)
    assert (urls(db)[0]["url_rank"], len(urls(db))) == ((9, 2) if kept else (2, 1))


@ENGINES
@pytest.mark.parametrize("operation", ["UPDATE", "INSERT"])
async def test_a_write_that_fails_is_not_logged(
    lists: Lists, db: TestDatabase, url_id: int, operation: str
) -> None:
    db.fail_writes("vicidial_url_multi", operation)

    if operation == "UPDATE":
        response = await lists.put(f"{URLS}/{url_id}", json={"url_rank": 9})
    else:
        response = await lists.post(URLS, json=NEW)

    assert response.status == 500
    assert (urls(db)[0]["url_rank"], len(urls(db)), changes(db)) == (2, 1, [])
