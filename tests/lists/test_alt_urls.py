"""GET, POST and PUT /api/v1/alt-urls: several URLs where one column says `ALT`."""

from typing import Any

import pytest
from support.alt_urls import KINDS, make_owners, make_url, say_alt, urls
from support.apps import Lists, Start, clock_at
from support.changes import admin_log, changes, difference
from support.database import TestDatabase

URLS = "/api/v1/alt-urls"
ADDRESS = "https://example.com/q?lead_id=--A--lead_id--B--&status=--A--dispo--B--"
NEW = {"campaign_id": "TESTCAMP", "url_type": "dispo", "url_address": ADDRESS}
EACH_KIND = pytest.mark.parametrize(("entry_type", "url_type"), KINDS)


@pytest.fixture
async def lists(start_lists: Start) -> Lists:
    """svc-lists on 8 July 2025, 11:30 in New York."""
    return await start_lists(clock=clock_at("2025-07-08T15:30:00"))


@pytest.fixture(autouse=True)
def owners(db: TestDatabase) -> None:
    """A campaign, an in-group and a list; the campaign's dispo URL says ALT."""
    make_owners(db)
    say_alt(db, "campaign", "dispo")


async def test_the_documented_change(lists: Lists, db: TestDatabase) -> None:
    other, url_id = make_url(db), make_url(db)
    before = urls(db)

    response = await lists.put(f"{URLS}/{url_id}", json={"active": "N", "url_rank": 5})

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "Alternate URL updated successfully",
        "data": {"url_id": url_id},
    }
    assert [url["url_id"] for url in urls(db)] == [other, url_id]
    assert urls(db)[0] == before[0]
    assert difference(before[1], urls(db)[1]) == {"active": "N", "url_rank": 5}
    assert changes(db) == [
        ("CAMPAIGNS", "MODIFY", "TESTCAMP", "ADMIN API UPDATE ALT URL",
         f"campaign: TESTCAMP|url_id: {url_id}|entry_type: campaign|url_type: dispo")
    ]  # fmt: skip


async def test_the_log_of_changes_holds_who_and_the_statement(
    lists: Lists, db: TestDatabase
) -> None:
    url_id = make_url(db)

    await lists.put(f"{URLS}/{url_id}", json={"url_address": ADDRESS})

    ((user, ip_address, *_, statements, _, _),) = admin_log(db)
    assert (user, ip_address) == ("6666", "192.0.2.7")
    assert statements == (
        f"UPDATE vicidial_url_multi SET `url_address` = '{ADDRESS}' WHERE url_id = {url_id}"
    )
    assert str(db.value("SELECT event_date FROM vicidial_admin_log")) == "2025-07-08 11:30:00"


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        pytest.param({"url_statuses": "SALE"}, "SALE", id="status"),
        pytest.param({"url_statuses": " SALE   A-_z09 "}, "SALE A-_z09", id="statuses"),
        pytest.param({"url_statuses": ["SALE", " NI "]}, "SALE NI", id="array of statuses"),
        pytest.param({"url_statuses": "---ALL---"}, "---ALL---", id="all statuses"),
        pytest.param({"url_statuses": ["---ALL---", "NI"]}, "---ALL--- NI", id="all and one"),
        pytest.param({"url_statuses": ""}, "", id="no status"),
        pytest.param({"url_statuses": []}, "", id="array of none"),
        pytest.param({"url_statuses": 15}, "15", id="status as an integer"),
        pytest.param({"url_statuses": ["A2345"] * 166 + ["A234"]}, "A2345 " * 166 + "A234",
                     id="longest statuses"),
        pytest.param({"url_lists": "101  102"}, "101 102", id="lists"),
        pytest.param({"url_lists": [101, "102"]}, "101 102", id="array of lists"),
        pytest.param({"url_lists": 101}, "101", id="list as an integer"),
        pytest.param({"url_lists": "9" * 19}, "9" * 19, id="longest list"),
        pytest.param({"url_lists": ""}, "", id="all lists"),
        pytest.param({"url_description": " Zählt +1% "}, "Zählt +1%", id="description"),
        pytest.param({"url_description": "é" * 255}, "é" * 255, id="longest description"),
        pytest.param({"url_description": ""}, "", id="no description"),
        pytest.param({"url_rank": 0}, 0, id="least rank"),
        pytest.param({"url_rank": "32767"}, 32767, id="greatest rank"),
        pytest.param({"url_call_length": 0}, 0, id="least length"),
        pytest.param({"url_call_length": 32767}, 32767, id="greatest length"),
        pytest.param({"url_address": ""}, "", id="no address"),
        pytest.param({"url_address": "VARhx"}, "VARhx", id="shortest address"),
        pytest.param({"url_address": "h" * 65_000}, "h" * 65_000, id="longest address"),
        pytest.param({"active": "N"}, "N", id="inactive"),
    ],
)  # fmt: skip
async def test_a_change_is_stored_and_leaves_the_other_fields(
    lists: Lists, db: TestDatabase, given: dict[str, Any], stored: Any
) -> None:
    url_id = make_url(db, url_lists="999")
    (before,) = urls(db)

    response = await lists.put(f"{URLS}/{url_id}", json=given)

    assert response.status == 200
    assert urls(db) == [before | {next(iter(given)): stored}]


@EACH_KIND
async def test_each_type_is_changed_where_its_own_column_says_alt(
    lists: Lists, db: TestDatabase, entry_type: str, url_type: str
) -> None:
    owner_id, *_, section = KINDS[entry_type, url_type]
    say_alt(db, entry_type, url_type)
    url_id = make_url(db, campaign_id=owner_id, entry_type=entry_type, url_type=url_type)

    response = await lists.put(f"{URLS}/{url_id}", json={"url_rank": 9})

    assert (response.status, urls(db)[0]["url_rank"]) == (200, 9)
    assert changes(db) == [
        (section, "MODIFY", owner_id, "ADMIN API UPDATE ALT URL",
         f"campaign: {owner_id}|url_id: {url_id}|entry_type: {entry_type}|url_type: {url_type}")
    ]  # fmt: skip


@EACH_KIND
async def test_each_type_is_added_where_its_own_column_says_alt(
    lists: Lists, db: TestDatabase, entry_type: str, url_type: str
) -> None:
    owner_id, *_, section = KINDS[entry_type, url_type]
    say_alt(db, entry_type, url_type)
    body = {"campaign_id": owner_id.lower(), "entry_type": entry_type, "url_type": url_type,
            "url_address": ADDRESS}  # fmt: skip

    response = await lists.post(URLS, json=body)

    (url,) = urls(db)
    url_id = url["url_id"]
    assert (response.status, await response.json()) == (
        200,
        {
            "success": True,
            "message": "Alternate URL added successfully",
            "data": {"url_id": url_id},
        },
    )
    assert url == {
        "url_id": url_id,
        "campaign_id": owner_id,
        "entry_type": entry_type,
        "active": "N",
        "url_type": url_type,
        "url_rank": 1,
        "url_statuses": "---ALL---" if url_type == "dispo" else "",
        "url_description": "",
        "url_lists": "",
        "url_call_length": 0,
        "url_address": ADDRESS,
    }
    assert changes(db) == [
        (section, "ADD", owner_id, "ADMIN API ADD ALT URL",
         f"campaign: {owner_id}|url_id: {url_id}|entry_type: {entry_type}|url_type: {url_type}")
    ]  # fmt: skip


async def test_an_addition_of_all_fields(lists: Lists, db: TestDatabase) -> None:
    fields = {
        "entry_type": "campaign",
        "active": "Y",
        "url_rank": 3,
        "url_statuses": ["SALE", "PSALE"],
        "url_description": "Sale URL",
        "url_lists": [101, 102],
        "url_call_length": 2,
    }

    response = await lists.post(URLS, json=NEW | fields)

    assert urls(db) == [
        NEW
        | fields
        | {
            "url_id": (await response.json())["data"]["url_id"],
            "url_statuses": "SALE PSALE",
            "url_lists": "101 102",
        }
    ]


@pytest.mark.parametrize(
    ("statuses", "stored"),
    [pytest.param("", "", id="empty"), pytest.param(None, "---ALL---", id="null")],
)
async def test_a_dispo_url_without_statuses_is_never_sent(
    lists: Lists, db: TestDatabase, statuses: str | None, stored: str
) -> None:
    await lists.post(URLS, json=NEW | {"url_statuses": statuses, "entry_type": None})

    assert [url["url_statuses"] for url in urls(db)] == [stored]


@pytest.mark.parametrize("text", ["ALT", "alt", "ALT  "])
async def test_alt_is_compared_as_the_database_does(
    lists: Lists, db: TestDatabase, text: str
) -> None:
    say_alt(db, "campaign", "dispo", text)

    added = await lists.post(URLS, json=NEW)
    url_id = (await added.json())["data"]["url_id"]
    changed = await lists.put(f"{URLS}/{url_id}", json={"url_rank": 2})

    assert (added.status, changed.status) == (200, 200)


async def test_a_change_to_the_same_values_is_a_success(lists: Lists, db: TestDatabase) -> None:
    url_id = make_url(db)

    answers = [await lists.put(f"{URLS}/{url_id}", json={"url_rank": 7}) for _ in range(2)]

    assert [response.status for response in answers] == [200, 200]


async def test_a_list_is_found_by_its_number(lists: Lists, db: TestDatabase) -> None:
    say_alt(db, "list", "noagent")
    body = {"campaign_id": 101, "entry_type": "list", "url_type": "noagent", "url_address": ADDRESS}

    response = await lists.post(URLS, json=body)

    assert response.status == 200
    assert [url["campaign_id"] for url in urls(db)] == ["101"]


async def test_calls_are_logged_under_vicidials_function(lists: Lists, db: TestDatabase) -> None:
    await lists.post(URLS, json=NEW)
    await lists.put(f"{URLS}/0", json={"url_rank": 2})
    await lists.get(URLS, params={"campaign_id": "TESTCAMP"})
    await lists.close()

    assert db.rows("SELECT function, result, result_reason FROM vicidial_api_log") == [
        ("update_alt_url", "SUCCESS", "Alternate URL added successfully"),
        ("update_alt_url", "ERROR", "Alternate URL not found"),
        ("update_alt_url", "SUCCESS", "Alternate URLs retrieved"),
    ]
