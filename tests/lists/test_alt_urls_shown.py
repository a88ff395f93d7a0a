"""GET /api/v1/alt-urls: the URLs of a campaign, in-group or list."""

from typing import Any

import pytest
from support.alt_urls import make_url, urls
from support.apps import Lists
from support.database import TestDatabase
from support.statements import explained, statements_sent

URLS = "/api/v1/alt-urls"


async def numbers(lists: Lists, **query: str) -> list[int]:
    response = await lists.get(URLS, params=query)
    answer = await response.json()
    assert (response.status, answer["message"]) == (200, "Alternate URLs retrieved")
    return [url["url_id"] for url in answer["data"]]


async def test_the_documented_urls(lists: Lists, db: TestDatabase) -> None:
    url_id = make_url(db)

    response = await lists.get(URLS, params={"campaign_id": "TESTCAMP"})

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "Alternate URLs retrieved",
        "data": [
            {"url_id": url_id, "campaign_id": "TESTCAMP", "entry_type": "campaign", "active": "Y",
             "url_type": "dispo", "url_rank": 2, "url_statuses": "SALE PSALE",
             "url_description": "Sale URL", "url_lists": "", "url_call_length": 2,
             "url_address": "https://example.com/q?var1=X"}
        ],
    }  # fmt: skip


async def test_columns_without_value_are_null(lists: Lists, db: TestDatabase) -> None:
    empty = dict.fromkeys(("active", "url_rank", "url_statuses", "url_lists", "url_address"))
    make_url(db, **empty)

    response = await lists.get(URLS, params={"campaign_id": "TESTCAMP"})

    assert (await response.json())["data"] == urls(db)
    assert urls(db)[0]["url_address"] is None


async def test_urls_are_chosen_by_owner_and_types(lists: Lists, db: TestDatabase) -> None:
    dispo = make_url(db, url_rank=9)
    start = make_url(db, url_type="start", url_rank=1)
    new_lead = make_url(db, url_type="apinewlead")
    in_group = make_url(db, entry_type="ingroup", url_type="addlead")
    of_list = make_url(db, campaign_id="101", entry_type="list", url_type="noagent")
    make_url(db, campaign_id="OTHER")

    assert await numbers(lists, campaign_id="testcamp") == [dispo, start, new_lead]
    assert await numbers(lists, campaign_id="TESTCAMP", entry_type="ingroup") == [in_group]
    assert await numbers(lists, campaign_id="TESTCAMP", url_type="start") == [start]
    assert await numbers(lists, campaign_id="TESTCAMP", url_type="apinewlead") == [new_lead]
    assert await numbers(lists, campaign_id="101", entry_type="list") == [of_list]


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"campaign_id": "NOCAMP"}, id="unknown owner"),
        pytest.param({"campaign_id": "TESTCAMP", "entry_type": "list"}, id="other kind of owner"),
        pytest.param({"campaign_id": "TESTCAMP", "url_type": "start"}, id="other type"),
    ],
)
async def test_no_urls_are_an_empty_list(
    lists: Lists, db: TestDatabase, query: dict[str, str]
) -> None:
    make_url(db)

    assert await numbers(lists, **query) == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        pytest.param({}, "campaign_id", id="no owner"),
        pytest.param({"campaign_id": ""}, "campaign_id", id="empty"),
        pytest.param({"campaign_id": " "}, "campaign_id", id="space"),
        pytest.param({"campaign_id": "C" * 21}, "campaign_id", id="too long"),
        pytest.param({"campaign_id": "C", "entry_type": "system"}, "entry_type", id="owner's kind"),
        pytest.param({"campaign_id": "C", "url_type": "other"}, "url_type", id="type"),
    ],
)
async def test_a_bad_query_names_the_parameter(
    lists: Lists, query: dict[str, Any], field: str
) -> None:
    response = await lists.get(URLS, params=query)

    assert (response.status, list((await response.json())["details"])) == (400, [field])


@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
@pytest.mark.parametrize("url_type", [{}, {"url_type": "dispo"}])
async def test_the_first_1000_are_found_by_their_owner(
    lists: Lists, db: TestDatabase, url_type: dict[str, str]
) -> None:
    db.execute(
        "INSERT INTO vicidial_url_multi (url_id, campaign_id, entry_type, url_type)"
        " SELECT seq, IF(seq > 2000, 'TESTCAMP', CONCAT('C', seq)), 'campaign', 'dispo'"
        " FROM seq_1_to_3001 ORDER BY seq DESC"
    )

    with statements_sent() as statements:
        found = await numbers(lists, campaign_id="TESTCAMP", **url_type)

    (plan,) = [explained(db, statement, "svc-lists") for statement in statements]
    assert found == list(range(2001, 3001))
    assert [line["key"] for line in plan] == ["vicidial_url_multi_campaign_id_key"]
