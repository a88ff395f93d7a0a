"""GET /api/v1/campaigns: all campaigns."""

from typing import Any

import pytest
from support.apps import Lists
from support.builders import make_campaign
from support.database import TestDatabase
from support.statements import explained, rows_read, statements_sent

CAMPAIGNS = "/api/v1/campaigns"


async def shown(lists: Lists, **query: object) -> Any:
    response = await lists.get(CAMPAIGNS, params={name: str(query[name]) for name in query})
    assert response.status == 200
    return (await response.json())["data"]


async def ids(lists: Lists, **query: object) -> list[str]:
    return [campaign["campaign_id"] for campaign in await shown(lists, **query)]


async def test_the_documented_answer(lists: Lists, db: TestDatabase) -> None:
    make_campaign(
        db, campaign_name="Test Campaign", user_group="---ALL---", dial_method="RATIO",
        auto_dial_level="1.0", lead_order="DOWN", dial_statuses=" DROP A NEW -",
        local_call_time="9am-9pm", hopper_level=50, dial_timeout=60, dial_prefix="9",
    )  # fmt: skip

    response = await lists.get(CAMPAIGNS)

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "Campaigns retrieved",
        "data": [
            {
                "campaign_id": "TESTCAMP",
                "campaign_name": "Test Campaign",
                "active": "Y",
                "user_group": "---ALL---",
                "dial_method": "RATIO",
                "auto_dial_level": "1.0",
                "lead_order": "DOWN",
                "dial_statuses": "DROP A NEW",
                "dial_status": "DROP A NEW",
                "local_call_time": "9am-9pm",
                "hopper_level": 50,
                "dial_timeout": 60,
                "dial_prefix": "9",
                "manual_dial_prefix": "",
                "three_way_dial_prefix": "",
            }
        ],
    }
    assert "Link" not in response.headers


async def test_columns_without_a_value_are_null(lists: Lists, db: TestDatabase) -> None:
    names = ("campaign_name", "active", "user_group", "dial_method", "auto_dial_level",
             "lead_order", "dial_statuses", "local_call_time", "hopper_level", "dial_timeout",
             "dial_prefix", "manual_dial_prefix", "three_way_dial_prefix")  # fmt: skip
    make_campaign(db, "TESTCAMP", **dict.fromkeys(names))

    (campaign,) = await shown(lists)

    assert campaign == {"campaign_id": "TESTCAMP", "dial_status": None} | dict.fromkeys(names)


@pytest.mark.parametrize(
    ("column", "text"), [("", ""), (" -", ""), ("NEW", "NEW"), (" - NEW -", "- NEW")]
)
async def test_dial_statuses_are_shown_without_the_closing_dash(
    lists: Lists, db: TestDatabase, column: str, text: str
) -> None:
    make_campaign(db, dial_statuses=column)

    (campaign,) = await shown(lists)

    assert (campaign["dial_statuses"], campaign["dial_status"]) == (text, text)


async def test_a_new_database_has_no_campaign(lists: Lists) -> None:
    response = await lists.get(CAMPAIGNS)

    envelope = {"success": True, "message": "Campaigns retrieved", "data": []}
    assert (response.status, await response.json()) == (200, envelope)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param({}, ["A", "B", "C", "D"], id="all, by id"),
        pytest.param({"active": "Y"}, ["A", "C"], id="active"),
        pytest.param({"active": "N"}, ["B"], id="inactive"),
        pytest.param({"campaign_id": "C"}, ["C"], id="one"),
        pytest.param({"campaign_id": "c "}, ["C"], id="one, as the database compares"),
        pytest.param({"campaign_id": "C", "active": "N"}, [], id="one that is not inactive"),
        pytest.param({"campaign_id": "NOCAMP"}, [], id="unknown"),
        pytest.param({"campaign_id": "", "active": ""}, ["A", "B", "C", "D"], id="empty"),
        pytest.param({"after": "b"}, ["C", "D"], id="behind a row"),
        pytest.param({"after": "BX"}, ["C", "D"], id="behind a row that is gone"),
        pytest.param({"after": "D"}, [], id="behind the last"),
        pytest.param({"after": "A", "active": "Y", "limit": "1"}, ["C"], id="together"),
        pytest.param({"other": "1"}, ["A", "B", "C", "D"], id="unknown parameter"),
    ],
)
async def test_campaigns_that_meet_all_conditions(
    lists: Lists, db: TestDatabase, query: dict[str, str], found: list[str]
) -> None:
    for campaign_id, active in {"C": "Y", "A": "Y", "D": None, "B": "N"}.items():
        make_campaign(db, campaign_id, active=active)

    assert await ids(lists, **query) == found


async def test_pages_follow_their_links_to_the_end(lists: Lists, db: TestDatabase) -> None:
    for campaign_id in ("E", "a&b", "D", "C", "B"):
        make_campaign(db, campaign_id)
    make_campaign(db, "F", active="N")

    link, pages = f'<{CAMPAIGNS}?active=Y&limit=2>; rel="next"', []
    while link:
        response = await lists.get(link.removeprefix("<").removesuffix('>; rel="next"'))
        pages.append([one["campaign_id"] for one in (await response.json())["data"]])
        link = response.headers.get("Link", "")

    assert pages == [["a&b", "B"], ["C", "D"], ["E"]]


async def test_a_link_has_the_conditions_and_the_last_id(lists: Lists, db: TestDatabase) -> None:
    for campaign_id in ("A&B=1", "C"):
        make_campaign(db, campaign_id)

    response = await lists.get(CAMPAIGNS, params={"active": "Y", "limit": 1})

    assert response.headers["Link"] == (
        f'<{CAMPAIGNS}?active=Y&limit=1&after=A%26B%3D1>; rel="next"'
    )


async def test_a_page_has_a_thousand_rows_at_most(lists: Lists, db: TestDatabase) -> None:
    db.execute(
        "INSERT INTO vicidial_campaigns (campaign_id, active)"
        " SELECT LPAD(seq, 4, '0'), 'Y' FROM seq_1_to_1001"
    )

    response = await lists.get(CAMPAIGNS)

    assert len((await response.json())["data"]) == 1000
    assert response.headers["Link"] == f'<{CAMPAIGNS}?after=1000>; rel="next"'
    assert await ids(lists, after="1000") == ["1001"]


BAD: list[Any] = [
    pytest.param("active=X", "active", id="no flag"),
    pytest.param("active=y", "active", id="lower case"),
    pytest.param("limit=0", "limit", id="limit zero"),
    pytest.param("limit=1001", "limit", id="limit too high"),
    pytest.param("limit=x", "limit", id="limit no number"),
    pytest.param("campaign_id=123456789", "campaign_id", id="id too long"),
    pytest.param("campaign_id=%F0%9F%98%80", "campaign_id", id="emoji"),
    pytest.param("after=123456789", "after", id="after too long"),
    pytest.param("active=Y&active=N", "active", id="given twice"),
]


@pytest.mark.parametrize(("query", "field"), BAD)
async def test_bad_input_is_a_400_that_names_the_field(
    lists: Lists, query: str, field: str
) -> None:
    response = await lists.get(f"{CAMPAIGNS}?{query}")

    assert response.status == 400
    assert list((await response.json())["details"]) == [field]


async def test_a_campaign_alone_has_no_page(lists: Lists, db: TestDatabase) -> None:
    make_campaign(db)

    response = await lists.get(f"{CAMPAIGNS}/TESTCAMP")

    assert (response.status, response.headers["Allow"]) == (405, "PUT")
    assert await response.json() == {"success": False, "error": "Method not allowed"}


async def test_a_page_is_one_statement_on_the_primary_key(lists: Lists, db: TestDatabase) -> None:
    db.execute(
        "INSERT INTO vicidial_campaigns (campaign_id, active)"
        " SELECT LPAD(seq, 4, '0'), 'Y' FROM seq_1_to_500"
    )

    with statements_sent() as statements:
        await lists.get(CAMPAIGNS, params={"limit": 10, "after": "0200"})

    (statement,) = statements
    (plan,) = explained(db, statement, "svc-lists")
    assert plan["key"] == "PRIMARY"
    assert rows_read(db, statement, "svc-lists") <= 11


async def test_the_call_is_logged_under_vicidial_s_name(lists: Lists, db: TestDatabase) -> None:
    await lists.get(CAMPAIGNS)
    await lists.close()

    assert db.rows("SELECT function, result, result_reason FROM vicidial_api_log") == [
        ("campaigns_list", "SUCCESS", "Campaigns retrieved")
    ]
