"""GET /api/v1/leads/status-search: the leads that have a status now."""

from typing import Any

import pytest
from support.apps import Leads
from support.builders import make_lead
from support.database import TestDatabase
from support.statements import explained, statements_sent

STATUS_SEARCH = "/api/v1/leads/status-search"


async def test_the_documented_answer(leads: Leads, db: TestDatabase) -> None:
    make_lead(
        db, lead_id=1, list_id=101, phone_number="5551234567", first_name="John", last_name="Doe",
        status="CALLBK", email="john@example.com",
    )  # fmt: skip
    make_lead(db, lead_id=2, status="NEW")

    response = await leads.get(STATUS_SEARCH, params={"status": "CALLBK"})

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "Leads retrieved",
        "data": [
            {
                "lead_id": 1,
                "list_id": 101,
                "phone_number": "5551234567",
                "first_name": "John",
                "last_name": "Doe",
                "status": "CALLBK",
            }
        ],
    }


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        pytest.param({"status": "CALLBK"}, [4, 3, 1], id="newest first"),
        pytest.param({"status": "CALLBACK"}, [4, 3, 1], id="the reference's name"),
        pytest.param({"status": "callbk"}, [4, 3, 1], id="no case"),
        pytest.param({"status": "CALLBK", "list_id": "101"}, [3, 1], id="by number in a list"),
        pytest.param({"status": "CALLBK", "list_id": "999"}, [], id="unknown list"),
        pytest.param({"status": "CALLBK", "first_name": "x"}, [4, 3, 1], id="no other filter"),
        pytest.param({"status": "CALLBK", "archived_lead": "Y"}, [4, 3, 1], id="no archive"),
        pytest.param({"status": "XYZ"}, [], id="nothing"),
    ],
)
async def test_status_and_list_decide(
    leads: Leads, db: TestDatabase, query: dict[str, str], ids: list[int]
) -> None:
    make_lead(db, lead_id=1, status="CALLBK", phone_number="5552")
    make_lead(db, lead_id=2, status="NEW", phone_number="5552")
    make_lead(db, lead_id=3, status="CALLBK", phone_number="5551")
    make_lead(db, lead_id=4, status="CALLBK", phone_number="5550", list_id=102)

    response = await leads.get(STATUS_SEARCH, params=query)

    assert [lead["lead_id"] for lead in (await response.json())["data"]] == ids


@pytest.mark.parametrize(
    ("list_id", "links"),
    [
        pytest.param({}, ["5", "3", "1"], id="of all lists"),
        pytest.param({"list_id": "101"}, ["555:5", "555:3", "556:2"], id="of a list"),
    ],
)
async def test_pages_follow_the_order_of_the_search(
    leads: Leads, db: TestDatabase, list_id: dict[str, str], links: list[str]
) -> None:
    for lead_id in range(1, 7):
        make_lead(db, lead_id=lead_id, status="NA", phone_number="555" if lead_id > 2 else "556")
    make_lead(db, lead_id=7, status="NEW")

    given: list[str] = []
    found: list[int] = []
    after: dict[str, str] = {}
    for _ in links:
        query = {"status": "NA", "limit": "2", **list_id, **after}
        response = await leads.get(STATUS_SEARCH, params=query)
        found += [lead["lead_id"] for lead in (await response.json())["data"]]
        link = response.headers.get("Link", "after=end>")
        given.append(link.partition("after=")[2].partition(">")[0])
        after = {"after": given[-1]}

    assert given == [*links[:2], "end"]
    assert found == ([6, 5, 4, 3, 2, 1])


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({}, "Invalid parameters: status: Required"),
        ({"status": ""}, "Invalid parameters: status: Required"),
        ({"list_id": "101"}, "Invalid parameters: status: Required"),
        ({"status": "A B"}, "Invalid parameters: status: Must be 1 to 6 characters"),
        ({"status": "NA", "list_id": "x"}, "Invalid parameters: list_id: Must be a whole number"),
        ({"status": "NA", "limit": "101"}, "Invalid parameters: limit: Must be 1 to 100"),
        ({"status": "NA", "after": "5:5"}, "Invalid parameters: after: Belongs to a search with"),
        ({"status": "NA", "list_id": "1", "after": "5"}, "Invalid parameters: after: Belongs to"),
    ],
)
async def test_bad_input_is_a_400(leads: Leads, query: dict[str, str], error: str) -> None:
    response = await leads.get(STATUS_SEARCH, params=query)

    assert response.status == 400
    assert (await response.json())["error"].startswith(error)


async def test_a_search_over_the_time_limit_is_a_400(
    leads: Leads, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svc_leads.search.store.SEARCH_SECONDS", 0.1)

    with db.hold("vicidial_list"):
        response = await leads.get(STATUS_SEARCH, params={"status": "NEW"})

    assert response.status == 400
    assert await response.json() == {"success": False, "error": "Search too broad: add list_id"}


@pytest.mark.parametrize(
    ("query", "index"),
    [({"status": "NEW"}, "status"), ({"status": "NEW", "list_id": 101}, "list_status")],
)
async def test_each_search_takes_the_index_of_the_contract(
    leads: Leads, db: TestDatabase, query: dict[str, Any], index: str
) -> None:
    db.execute(
        "INSERT INTO vicidial_list (list_id, phone_number, status)"
        " SELECT 101, seq, IF(seq % 9, 'NEW', 'NA') FROM seq_1_to_3000"
    )

    with statements_sent() as statements:
        await leads.get(STATUS_SEARCH, params=query)

    count, rows = [explained(db, statement) for statement in statements]
    assert [line["key"] for line in count if line["table"] == "vicidial_list"] == [index]
    assert [line["key"] for line in rows] == [index]
