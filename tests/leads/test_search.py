"""GET /api/v1/leads/search: what is found, what is answered, what is refused."""

from typing import Any

import pytest
from support.apps import Leads
from support.builders import make_lead
from support.database import TestDatabase

SEARCH = "/api/v1/leads/search"


async def test_the_documented_answer(leads: Leads, db: TestDatabase) -> None:
    make_lead(
        db, lead_id=1, list_id=101, phone_number="5551234567", first_name="John", last_name="Doe",
        email="john@example.com", entry_date="2025-01-08 10:30:00",
    )  # fmt: skip
    make_lead(db, lead_id=2, phone_number="6661234567")

    response = await leads.get(SEARCH, params={"phone_number": "555"})

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "Leads retrieved successfully",
        "data": [
            {
                "lead_id": 1,
                "list_id": 101,
                "phone_number": "5551234567",
                "first_name": "John",
                "last_name": "Doe",
                "email": "john@example.com",
                "status": "NEW",
                "entry_date": "2025-01-08T15:30:00Z",
            }
        ],
    }
    assert "Link" not in response.headers


async def test_nothing_found_is_an_empty_list(leads: Leads, db: TestDatabase) -> None:
    make_lead(db)

    assert await found(leads, phone_number="9") == []


async def test_null_columns_and_zero_dates_leave_as_null(leads: Leads, db: TestDatabase) -> None:
    db.insert("vicidial_list", lead_id=3, phone_number="555", entry_date="0000-00-00 00:00:00")

    response = await leads.get(SEARCH)

    assert (await response.json())["data"] == [
        {"lead_id": 3, "list_id": 0, "phone_number": "555", "first_name": None, "last_name": None,
         "email": None, "status": None, "entry_date": None}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        pytest.param({"phone_number": "555"}, [2, 1], id="number begins with"),
        pytest.param({"phone_number": "5551234567"}, [1], id="whole number"),
        pytest.param({"phone_number": "+(555) 12-3.4"}, [1], id="punctuation is dropped"),
        pytest.param({"phone_number": "1234567"}, [], id="not: number contains"),
        pytest.param({"first_name": "john"}, [4, 1], id="no case"),
        pytest.param({"first_name": "OHN"}, [4, 1], id="name contains"),
        pytest.param({"first_name": "jose"}, [2], id="no accents"),
        pytest.param({"first_name": "José"}, [2], id="accents of the request"),
        pytest.param({"first_name": " john "}, [4, 1], id="outer spaces are cut off"),
        pytest.param({"first_name": "%"}, [3], id="percent is literal"),
        pytest.param({"first_name": "_"}, [3], id="underscore is literal"),
        pytest.param({"first_name": "\\"}, [3], id="backslash is literal"),
        pytest.param({"first_name": "100%_\\n"}, [3], id="all of them"),
        pytest.param({"first_name": "J%n"}, [], id="no pattern"),
        pytest.param({"last_name": "doe"}, [4, 1], id="last name"),
        pytest.param({"last_name": "'"}, [2], id="quote"),
        pytest.param({"email": "@EXAMPLE"}, [4, 1], id="email"),
        pytest.param({"list_id": "102"}, [4, 3], id="list"),
        pytest.param({"list_id": "999999"}, [], id="unknown list is no error"),
        pytest.param({"status": "CALLBK"}, [4], id="status"),
        pytest.param({"status": "CALLBACK"}, [4], id="the reference's name of a status"),
        pytest.param({"list_id": "102", "status": "NEW"}, [3], id="list and status"),
        pytest.param({"phone_number": "55", "last_name": "doe"}, [1], id="number and name"),
        pytest.param({"phone_number": "5", "list_id": "101", "status": "NEW"}, [2, 1], id="three"),
        pytest.param({"status": "NEW", "first_name": "jo"}, [2, 1], id="status and name"),
        pytest.param({"first_name": "", "status": "", "list_id": ""}, [4, 3, 2, 1], id="empty"),
        pytest.param({"first_name": " "}, [4, 3, 2, 1], id="only a space"),
        pytest.param({"unknown": "x"}, [4, 3, 2, 1], id="unknown parameter"),
        pytest.param({"archived_lead": "N"}, [4, 3, 2, 1], id="not archived"),
    ],
)
async def test_filters_together_decide(
    leads: Leads, db: TestDatabase, filters: dict[str, str], ids: list[int]
) -> None:
    john = {"first_name": "John", "last_name": "Doe", "email": "john@example.com"}
    make_lead(db, lead_id=1, phone_number="5551234567", **john)
    make_lead(db, lead_id=2, phone_number="5550000000", first_name="José", last_name="O'Hara")
    make_lead(db, lead_id=3, phone_number="4441234567", first_name="100%_\\n", list_id=102)
    make_lead(db, lead_id=4, phone_number="4440000000", status="CALLBK", list_id=102, **john)

    assert await found(leads, **filters) == ids


@pytest.mark.parametrize(
    ("query", "field"),
    [
        pytest.param("phone_number=555x", "phone_number", id="letters in a number"),
        pytest.param("phone_number=%28%29", "phone_number", id="no digit left"),
        pytest.param("phone_number=" + "5" * 19, "phone_number", id="number too long"),
        pytest.param("phone_number=555%25", "phone_number", id="wildcard in a number"),
        pytest.param("first_name=" + "a" * 31, "first_name", id="first name too long"),
        pytest.param("last_name=" + "a" * 31, "last_name", id="last name too long"),
        pytest.param("email=" + "a" * 71, "email", id="email too long"),
        pytest.param("first_name=%F0%9F%98%80", "first_name", id="emoji"),
        pytest.param("first_name=%0A", "first_name", id="line break"),
        pytest.param("list_id=x", "list_id", id="list no number"),
        pytest.param("list_id=-1", "list_id", id="list negative"),
        pytest.param("list_id=9223372036854775808", "list_id", id="list too large"),
        pytest.param("status=TOOLONG", "status", id="status too long"),
        pytest.param("status=A%27B", "status", id="quote in a status"),
        pytest.param("archived_lead=yes", "archived_lead", id="no flag"),
        pytest.param("limit=0", "limit", id="limit zero"),
        pytest.param("limit=101", "limit", id="limit too large"),
        pytest.param("limit=ten", "limit", id="limit no number"),
        pytest.param("after=x", "after", id="after no id"),
        pytest.param("after=1%3B", "after", id="after with more"),
        pytest.param("after=555:1:x", "after", id="after with an odd end"),
        pytest.param("status=A&status=B", "status", id="given twice"),
    ],
)
async def test_bad_input_is_a_400_that_names_the_field(
    leads: Leads, query: str, field: str
) -> None:
    response = await leads.get(f"{SEARCH}?{query}")

    envelope = await response.json()
    assert response.status == 400
    assert list(envelope["details"]) == [field]
    assert envelope["error"].startswith(f"Invalid parameters: {field}: ")


async def test_an_archive_is_searched_when_there_is_one(leads: Leads, db: TestDatabase) -> None:
    make_lead(db, lead_id=1, first_name="Live")
    db.execute("CREATE TABLE vicidial_list_archive LIKE vicidial_list")
    for lead_id, number in [(7, "5551111111"), (8, "5550000000"), (9, "4440000000")]:
        db.insert("vicidial_list_archive", lead_id=lead_id, phone_number=number, status="NI")

    assert await found(leads, archived_lead="Y", phone_number="555") == [8, 7]
    assert await found(leads, archived_lead="Y", status="NI") == [9, 8, 7]
    assert await found(leads, archived_lead="Y") == [9, 8, 7]
    assert await found(leads) == [1]


async def test_an_archive_without_indexes_is_searched(leads: Leads, db: TestDatabase) -> None:
    db.execute(
        "CREATE TABLE vicidial_list_archive (PRIMARY KEY (lead_id)) SELECT * FROM vicidial_list"
    )
    db.insert("vicidial_list_archive", lead_id=7, phone_number="5551111111", list_id=101)

    for filters in ({"phone_number": "5"}, {"list_id": "101"}, {"list_id": "101", "status": "X"}):
        response = await leads.get(SEARCH, params={"archived_lead": "Y", **filters})
        assert response.status == 200


@pytest.mark.parametrize("filters", [{}, {"phone_number": "5"}, {"list_id": "1", "status": "A"}])
async def test_a_missing_archive_is_empty(
    leads: Leads, db: TestDatabase, filters: dict[str, str]
) -> None:
    make_lead(db)

    assert await found(leads, archived_lead="Y", **filters) == []


@pytest.mark.parametrize("filters", [{"phone_number": "5"}, {"first_name": "John"}, {}])
async def test_a_search_over_the_time_limit_is_a_400(
    leads: Leads, db: TestDatabase, monkeypatch: pytest.MonkeyPatch, filters: dict[str, str]
) -> None:
    monkeypatch.setattr("svc_leads.search.store.SEARCH_SECONDS", 0.1)
    make_lead(db)

    with db.hold("vicidial_list"):
        response = await leads.get(SEARCH, params=filters)

    assert response.status == 400
    assert await response.json() == {
        "success": False,
        "error": "Search too broad: add phone_number, or list_id and status",
    }


async def test_the_limit_ends_a_scan_instead_of_cutting_it_off(
    leads: Leads, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svc_leads.search.store.SEARCH_SECONDS", 0.001)
    db.execute(
        "INSERT INTO vicidial_list (phone_number, first_name, last_name, email)"
        " SELECT seq, REPEAT('a', 30), REPEAT('b', 30), REPEAT('c', 70) FROM seq_1_to_20000"
    )

    response = await leads.get(SEARCH, params={"email": "nobody"})

    assert response.status == 400


async def found(leads: Leads, **filters: Any) -> list[int]:
    """The ids of the leads that a search answers, in its order."""
    response = await leads.get(SEARCH, params=filters)
    envelope = await response.json()
    assert response.status == 200, envelope
    return [lead["lead_id"] for lead in envelope["data"]]
