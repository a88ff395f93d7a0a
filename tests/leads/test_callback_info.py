"""GET /api/v1/leads/{lead_id}/callback-info: a lead's callbacks."""

from typing import Any

import pytest
from support.apps import Leads
from support.builders import make_lead
from support.changes import make_callback
from support.database import TestDatabase


async def callback_info(leads: Leads, lead_id: object, **query: str) -> tuple[int, Any]:
    response = await leads.get(f"/api/v1/leads/{lead_id}/callback-info", params=query)
    return response.status, await response.json()


async def shown(leads: Leads, lead_id: int, **query: str) -> list[tuple[int, str]]:
    """Which callbacks are answered, and where each is."""
    status, answer = await callback_info(leads, lead_id, **query)
    assert status == 200
    return [(one["callback_id"], one["callback_type"]) for one in answer["data"]]


def archive(db: TestDatabase, callback_id: int) -> None:
    db.execute(
        "INSERT INTO vicidial_callbacks_archive SELECT * FROM vicidial_callbacks"
        " WHERE callback_id = %s",
        callback_id,
    )
    db.execute("DELETE FROM vicidial_callbacks WHERE callback_id = %s", callback_id)


async def test_documented_example(leads: Leads, db: TestDatabase) -> None:
    make_lead(db, lead_id=12345)
    make_callback(
        db,
        12345,
        callback_id=1,
        user="agent1",
        modify_date="2025-01-08 10:00:00",
    )
    make_callback(db, make_lead(db))

    answer = await callback_info(leads, 12345)

    assert answer == (
        200,
        {
            "success": True,
            "message": "Callbacks retrieved",
            "data": [
                {
                    "callback_id": 1,
                    "lead_id": 12345,
                    "list_id": 101,
                    "campaign_id": "TESTCAMP",
                    "status": "ACTIVE",
                    "entry_time": "2025-01-08T15:00:00Z",
                    "callback_time": "2025-01-08T20:00:00Z",
                    "user": "agent1",
                    "recipient": "ANYONE",
                    "comments": "Customer requested 3pm callback",
                    "lead_status": "CALLBK",
                    "user_group": "",
                    "callback_type": "CURRENT",
                    "customer_timezone": "",
                    "customer_time": None,
                    "modify_date": "2025-01-08T15:00:00Z",
                }
            ],
        },
    )


async def test_customer_time_is_the_customer_s_wall_clock(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db)
    times = ("2025-07-08 12:00:00", "0000-00-00 00:00:00", None)
    for time in times:
        make_callback(db, lead_id, customer_time=time, customer_timezone="America/Denver")

    _, answer = await callback_info(leads, lead_id)

    assert [one["customer_time"] for one in answer["data"]] == [None, None, times[0]]
    assert {one["customer_timezone"] for one in answer["data"]} == {"America/Denver"}


async def test_zero_dates_and_nulls_are_null(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db)
    db.insert("vicidial_callbacks", lead_id=lead_id, entry_time="0000-00-00 00:00:00")

    _, answer = await callback_info(leads, lead_id)

    (callback,) = answer["data"]
    empty = ("entry_time", "callback_time", "user", "recipient", "comments", "list_id", "status")
    assert [callback[name] for name in empty] == [None] * len(empty)


async def test_latest_first_then_newest_and_ten_in_all(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db)
    days = [3, 9, 1, 9, 5, 2, 8, 4, 7, 6, 9, 0]
    for place, day in enumerate(days, start=1):
        make_callback(db, lead_id, callback_id=place, callback_time=f"2025-03-1{day} 09:00:00")

    found = [callback_id for callback_id, _ in await shown(leads, lead_id)]

    assert found == [11, 4, 2, 7, 9, 10, 5, 8, 1, 6]


@pytest.mark.parametrize(
    ("query", "places"),
    [
        pytest.param({}, ["CURRENT"], id="default"),
        pytest.param({"search_location": ""}, ["CURRENT"], id="empty"),
        pytest.param({"search_location": "CURRENT"}, ["CURRENT"], id="current"),
        pytest.param({"search_location": "ARCHIVE"}, ["ARCHIVE"], id="archive"),
        pytest.param({"search_location": "ALL"}, ["CURRENT", "ARCHIVE"], id="all"),
    ],
)
async def test_where_callbacks_are_searched(
    leads: Leads, db: TestDatabase, query: dict[str, str], places: list[str]
) -> None:
    lead_id, beside = make_lead(db), make_lead(db)
    for other in (beside, lead_id):
        archived = make_callback(db, other, callback_time="2025-03-10 09:00:00")
        archive(db, archived)
        current = make_callback(db, other, callback_time="2025-03-11 09:00:00")

    found = await shown(leads, lead_id, **query)

    both = [(current, "CURRENT"), (archived, "ARCHIVE")]
    assert found == [row for row in both if row[1] in places]


async def test_ten_of_both_tables_together(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db)
    made = [
        make_callback(db, lead_id, callback_time=f"2025-03-10 {hour}:00:00")
        for hour in range(10, 22)
    ]
    for callback_id in made[1::2]:
        archive(db, callback_id)

    found = await shown(leads, lead_id, search_location="ALL")

    assert [callback_id for callback_id, _ in found] == made[:1:-1]
    assert [place for _, place in found] == ["ARCHIVE", "CURRENT"] * 5


async def test_a_lead_without_callbacks_has_an_empty_list(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db)
    archive(db, make_callback(db, lead_id))

    answer = await callback_info(leads, lead_id)

    assert answer == (200, {"success": True, "message": "Callbacks retrieved", "data": []})


async def test_callbacks_outlive_their_lead(leads: Leads, db: TestDatabase) -> None:
    callback_id = make_callback(db, 77)
    archive(db, callback_id)

    archived = await shown(leads, 77, search_location="ARCHIVE")
    current = await callback_info(leads, 77)

    assert archived == [(callback_id, "ARCHIVE")]
    assert current == (404, {"success": False, "error": "Lead not found"})


@pytest.mark.parametrize(
    "lead_id", ["0", "9", "4294967295", "4294967296", "12345678901234567890", "abc", "-1"]
)
async def test_an_unknown_lead_is_a_404(leads: Leads, db: TestDatabase, lead_id: str) -> None:
    make_lead(db, lead_id=5)

    answer = await callback_info(leads, lead_id, search_location="ALL")

    assert answer == (404, {"success": False, "error": "Lead not found"})


@pytest.mark.parametrize("location", ["current", "BOTH", "1"])
async def test_bad_input(leads: Leads, db: TestDatabase, location: str) -> None:
    status, answer = await callback_info(leads, make_lead(db), search_location=location)

    why = ["Must be one of: CURRENT, ARCHIVE, ALL"]
    assert (status, answer["details"]) == (400, {"search_location": why})
