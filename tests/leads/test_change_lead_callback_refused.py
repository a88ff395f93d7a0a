"""PUT /api/v1/leads/{lead_id}: callbacks that are refused, and that nothing changes then."""

from typing import Any

import pytest
from support.apps import Leads
from support.builders import make_campaign, make_lead, make_list, make_user, read_row
from support.database import TestDatabase


@pytest.fixture(autouse=True)
def lists(db: TestDatabase) -> None:
    """List 101 of TESTCAMP, list 103 of no campaign, and agent1."""
    make_campaign(db)
    make_list(db, 101)
    make_list(db, 103, None)
    make_user(db, "agent1")


async def put(leads: Leads, lead_id: int, **body: Any) -> tuple[int, Any]:
    response = await leads.put(f"/api/v1/leads/{lead_id}", json=body)
    return response.status, await response.json()


@pytest.mark.parametrize(
    ("body", "details"),
    [
        pytest.param(
            {"callback_datetime": "NOW", "callback_type": "ANYONE"},
            {
                "callback_datetime": ["Needs callback=Y"],
                "callback_type": ["Needs callback=Y"],
            },
            id="without callback",
        ),
        pytest.param(
            {"callback": "N", "callback_comments": "x"},
            {"callback_comments": ["Needs callback=Y"]},
            id="with N",
        ),
        pytest.param(
            {"callback": "REMOVE", "callback_user": "agent1"},
            {"callback_user": ["Needs callback=Y"]},
            id="with REMOVE",
        ),
        pytest.param({"callback": "X"}, {"callback": ["Must be one of: Y, N, REMOVE"]}, id="word"),
        pytest.param(
            {"callback": "Y"}, {"callback_datetime": ["Required with callback=Y"]}, id="no time"
        ),
        pytest.param(
            {"callback": "Y", "callback_datetime": "NOW", "list_id": 103},
            {"campaign_id": ["Required"]},
            id="list without campaign",
        ),
        pytest.param(
            {"callback": "Y", "callback_datetime": "NOW", "campaign_id": "NOCAMP"},
            {"campaign_id": ["Campaign not found"]},
            id="no such campaign",
        ),
        pytest.param(
            {"callback": "Y", "callback_datetime": "NOW", "callback_type": "USERONLY"},
            {"callback_user": ["Required with callback_type=USERONLY"]},
            id="no user",
        ),
        pytest.param(
            {"callback": "Y", "callback_datetime": "NOW", "callback_user": "agent1"},
            {"callback_user": ["Only with callback_type=USERONLY"]},
            id="user for anyone",
        ),
        pytest.param(
            {
                "callback": "Y",
                "callback_datetime": "NOW",
                "callback_type": "USERONLY",
                "callback_user": "nobody",
            },
            {"callback_user": ["User not found"]},
            id="no such user",
        ),
        pytest.param(
            {"callback": "Y", "callback_datetime": "NOW", "callback_comments": "x" * 256},
            {"callback_comments": ["Longer than 255 characters"]},
            id="long comments",
        ),
        pytest.param(
            {"callback": "Y", "callback_datetime": "NOW", "callback_comments": "a;b"},
            {"callback_comments": ["Character not allowed: ;"]},
            id="comments",
        ),
    ],
)
async def test_a_bad_callback_changes_nothing(
    leads: Leads, db: TestDatabase, body: dict[str, Any], details: dict[str, list[str]]
) -> None:
    lead_id = make_lead(db)
    before = read_row(db, "vicidial_list", lead_id=lead_id)

    status, answer = await put(leads, lead_id, city="Boston", **body)

    assert (status, answer["details"]) == (400, details)
    assert read_row(db, "vicidial_list", lead_id=lead_id) == before
    assert db.count("vicidial_callbacks") == 0


@pytest.mark.parametrize(
    "given", ["0DAYS", "1000DAYS", "01DAYS", "1days", "now", "2025-02-30 10:00:00", "15:00", ""]
)
async def test_a_bad_callback_time(leads: Leads, db: TestDatabase, given: str) -> None:
    lead_id = make_lead(db)

    status, answer = await put(leads, lead_id, callback="Y", callback_datetime=given)

    assert (status, list(answer["details"])) == (400, ["callback_datetime"])
    assert db.count("vicidial_callbacks") == 0
