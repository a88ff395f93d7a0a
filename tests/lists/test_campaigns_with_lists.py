"""GET /api/v1/campaigns/with-lists: campaigns, their lists and lead counts."""

from typing import Any

import pytest
from support.apps import Lists
from support.builders import make_campaign, make_lead, make_list
from support.database import TestDatabase
from support.statements import explained, rows_read, statements_sent

WITH_LISTS = "/api/v1/campaigns/with-lists"
ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])


async def shown(lists: Lists, **query: str) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """The campaigns: id, and of each list id and lead count."""
    response = await lists.get(WITH_LISTS, params=query)
    assert response.status == 200
    data = (await response.json())["data"]
    assert data["count"] == len(data["campaigns"])
    return [
        (
            campaign["campaign_id"],
            [(one["list_id"], one.get("lead_count")) for one in campaign["lists"]],
        )
        for campaign in data["campaigns"]
    ]


async def test_the_documented_answer(lists: Lists, db: TestDatabase) -> None:
    make_campaign(
        db, campaign_name="Test Campaign", dial_statuses=" DROP A NEW -", dial_method="RATIO",
        auto_dial_level="1.0", lead_order="DOWN", local_call_time="9am-5pm",
    )  # fmt: skip
    make_list(db, list_name="January Leads", list_description="Leads for January")
    db.execute("DELETE FROM vicidial_list")  # seven stock leads of list 101
    db.execute(
        "INSERT INTO vicidial_list (list_id, phone_number)"
        " SELECT 101, 5550000000 + seq FROM seq_1_to_1250"
    )

    response = await lists.get(WITH_LISTS)

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "Campaigns with lists retrieved successfully",
        "data": {
            "count": 1,
            "campaigns": [
                {
                    "campaign_id": "TESTCAMP",
                    "campaign_name": "Test Campaign",
                    "active": "Y",
                    "dial_status": "DROP A NEW",
                    "dial_statuses": "DROP A NEW",
                    "dial_method": "RATIO",
                    "auto_dial_level": "1.0",
                    "lead_order": "DOWN",
                    "local_call_time": "9am-5pm",
                    "lists": [
                        {
                            "list_id": 101,
                            "list_name": "January Leads",
                            "active": "Y",
                            "list_description": "Leads for January",
                            "lead_count": 1250,
                        }
                    ],
                }
            ],
        },
    }


@pytest.fixture
def several(db: TestDatabase) -> None:
    """Three campaigns, one of them inactive, one without lists; and lists of no campaign."""
    for campaign_id, active in {"C": "Y", "A": "Y", "B": "N"}.items():
        make_campaign(db, campaign_id, active=active)
    for list_id, its_id in {203: "A", 201: "a ", 202: "B", 204: "NOCAMP"}.items():
        make_list(db, list_id, its_id)
    make_list(db, 205, None)
    make_list(db, 206, "")
    for list_id in (201, 201, 202, 204, 205, 206, 999):
        make_lead(db, list_id=list_id)


A, B, C = ("A", [(201, 2), (203, 0)]), ("B", [(202, 1)]), ("C", list[tuple[int, int]]())


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param({}, [A, B, C], id="all"),
        pytest.param({"active": "Y"}, [A, C], id="active"),
        pytest.param({"active": "N"}, [B], id="inactive"),
        pytest.param({"campaign_id": "a"}, [A], id="one, as the database compares"),
        pytest.param({"campaign_id": "C"}, [C], id="one without lists"),
        pytest.param({"campaign_id": "A", "active": "N"}, [], id="none"),
        pytest.param({"campaign_id": "NOCAMP"}, [], id="unknown, though a list names it"),
        pytest.param({"lead_counts": "Y", "campaign_id": "B"}, [B], id="with counts"),
    ],
)
async def test_campaigns_and_lists_by_id(
    lists: Lists, query: dict[str, str], found: list[Any]
) -> None:
    assert await shown(lists, **query) == found


@pytest.mark.usefixtures("several")
async def test_without_lead_counts_a_list_has_none(lists: Lists) -> None:
    response = await lists.get(WITH_LISTS, params={"lead_counts": "N", "campaign_id": "B"})

    (campaign,) = (await response.json())["data"]["campaigns"]
    assert campaign["lists"] == [
        {"list_id": 202, "list_name": "List 202", "active": "Y", "list_description": None}
    ]


async def test_columns_without_a_value_are_null(lists: Lists, db: TestDatabase) -> None:
    names = ("campaign_name", "active", "dial_statuses", "dial_method", "auto_dial_level",
             "lead_order", "local_call_time")  # fmt: skip
    make_campaign(db, "TESTCAMP", **dict.fromkeys(names))
    make_list(db, 300, list_name=None, active=None)

    response = await lists.get(WITH_LISTS)

    (campaign,) = (await response.json())["data"]["campaigns"]
    nulls = dict.fromkeys(("list_name", "active", "list_description"))
    assert campaign == {
        "campaign_id": "TESTCAMP",
        "dial_status": None,
        "lists": [{"list_id": 300, "lead_count": 0} | nulls],
    } | dict.fromkeys(names)


async def test_a_list_id_may_be_as_large_as_its_column(lists: Lists, db: TestDatabase) -> None:
    make_campaign(db)
    make_list(db, 99999999999999)
    make_lead(db, list_id=99999999999999)

    assert await shown(lists) == [("TESTCAMP", [(99999999999999, 1)])]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        pytest.param("active=X", "active", id="no flag"),
        pytest.param("lead_counts=1", "lead_counts", id="lead counts no flag"),
        pytest.param("campaign_id=123456789", "campaign_id", id="id too long"),
    ],
)
async def test_bad_input_is_a_400_that_names_the_field(
    lists: Lists, query: str, field: str
) -> None:
    response = await lists.get(f"{WITH_LISTS}?{query}")

    assert response.status == 400
    assert list((await response.json())["details"]) == [field]


@pytest.mark.parametrize(
    ("campaigns", "query", "number"),
    [
        pytest.param(1, {}, 3, id="one campaign"),
        pytest.param(25, {}, 3, id="25 campaigns with 500 lists"),
        pytest.param(26, {}, 4, id="more than 500 lists"),
        pytest.param(26, {"lead_counts": "N"}, 2, id="no counts"),
        pytest.param(2, {"campaign_id": "EMPTY"}, 2, id="no lists"),
        pytest.param(2, {"campaign_id": "NOCAMP"}, 1, id="no campaigns"),
    ],
)
async def test_the_number_of_statements(
    lists: Lists, db: TestDatabase, campaigns: int, query: dict[str, str], number: int
) -> None:
    fill(db, campaigns)

    with statements_sent() as statements:
        response = await lists.get(WITH_LISTS, params=query)

    assert response.status == 200
    assert len(statements) == number


@ENGINES
async def test_leads_are_counted_on_the_index_of_lists_alone(
    lists: Lists, db: TestDatabase, engine: str
) -> None:
    fill(db, 25)
    make_leads(db, 20_000)

    with statements_sent() as statements:
        await lists.get(WITH_LISTS, params={"campaign_id": "C0001"})

    *_, counts = statements
    (plan,) = explained(db, counts, "svc-lists")
    assert (plan["key"], "Using index" in plan["Extra"]) == ("list_id", True)
    of_campaign = db.value("SELECT COUNT(*) FROM vicidial_list WHERE list_id DIV 100 = 10001")
    assert rows_read(db, counts, "svc-lists") <= of_campaign + 2 * 20


@ENGINES
async def test_each_list_finds_its_campaign_by_key(
    lists: Lists, db: TestDatabase, engine: str
) -> None:
    fill(db, 25)

    with statements_sent() as statements:
        await lists.get(WITH_LISTS)

    of_lists, of_campaigns = explained(db, statements[1], "svc-lists")
    assert (of_lists["table"], of_campaigns["type"]) == ("l", "eq_ref")
    assert "Using index" in of_campaigns["Extra"]


def fill(db: TestDatabase, campaigns: int) -> None:
    """Campaigns C0001, C0002, ... of 20 lists each, 1000101 to 1000120 and so on; and EMPTY."""
    make_campaign(db, "EMPTY")
    db.execute(
        "INSERT INTO vicidial_campaigns (campaign_id, active)"
        f" SELECT CONCAT('C', LPAD(seq, 4, '0')), 'Y' FROM seq_1_to_{campaigns}"
    )
    db.execute(
        "INSERT INTO vicidial_lists (list_id, campaign_id)"
        " SELECT (10000 + c.seq) * 100 + l.seq, CONCAT('C', LPAD(c.seq, 4, '0'))"
        f" FROM seq_1_to_{campaigns} AS c JOIN seq_1_to_20 AS l"
    )


def make_leads(db: TestDatabase, leads: int) -> None:
    """Leads, spread evenly over the lists of `fill(db, 25)`."""
    db.execute(
        "INSERT INTO vicidial_list (list_id, status, phone_number)"
        " SELECT (10001 + seq % 25) * 100 + 1 + seq DIV 25 % 20, 'NEW', 5550000000 + seq"
        f" FROM seq_1_to_{leads}"
    )
    db.execute("ANALYZE TABLE vicidial_list")


async def test_the_call_is_logged_under_vicidial_s_name(lists: Lists, db: TestDatabase) -> None:
    await lists.get(WITH_LISTS)
    await lists.close()

    assert db.rows("SELECT function, result, result_reason FROM vicidial_api_log") == [
        ("campaigns_list", "SUCCESS", "Campaigns with lists retrieved successfully")
    ]
