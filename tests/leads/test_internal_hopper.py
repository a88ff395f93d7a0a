"""POST /internal/v1/hopper/remove: leads of a campaign or a list leave the hopper."""

from typing import Any

import pytest
from support.apps import Leads
from support.database import TestDatabase

REMOVE = "/internal/v1/hopper/remove"
ALL = {1, 2, 3, 4, 5, 6}


@pytest.fixture
def hopper(db: TestDatabase) -> None:
    """Six entries of two campaigns and two lists, one of them without campaign."""
    for lead_id, campaign_id, list_id, status in [
        (1, "OLD", 101, "READY"),
        (2, "OLD", 102, "READY"),
        (3, "OLD", 101, "INCALL"),
        (4, "NEWCAMP", 101, "READY"),
        (5, "NEWCAMP", 102, "DONE"),
        (6, None, 101, "READY"),
    ]:
        db.insert("vicidial_hopper", lead_id=lead_id, campaign_id=campaign_id, list_id=list_id,
                  status=status)  # fmt: skip


@pytest.mark.usefixtures("hopper")
@pytest.mark.parametrize(
    ("body", "removed"),
    [
        pytest.param({"campaign_id": "OLD"}, {1, 2, 3}, id="campaign"),
        pytest.param({"campaign_id": "old"}, {1, 2, 3}, id="campaign without case"),
        pytest.param({"list_id": 101}, {1, 3, 4, 6}, id="list"),
        pytest.param({"campaign_id": "OLD", "list_id": "101"}, {1, 3}, id="both"),
        pytest.param(
            {"list_id": 101, "except_campaign_id": "NEWCAMP"}, {1, 3, 6}, id="but not the new one's"
        ),
        pytest.param({"list_id": 101, "except_campaign_id": ""}, {1, 3, 4, 6}, id="no exception"),
        pytest.param({"list_id": 101, "statuses": ["READY"]}, {1, 4, 6}, id="one status"),
        pytest.param(
            {"campaign_id": "OLD", "statuses": ["READY", "INCALL"]}, {1, 2, 3}, id="two statuses"
        ),
        pytest.param(
            {"campaign_id": "OLD", "list_id": 101, "except_campaign_id": "X", "statuses": ["DNC"]},
            set(),
            id="all conditions",
        ),
        pytest.param({"campaign_id": "UNKNOWN"}, set(), id="unknown campaign"),
        pytest.param({"list_id": 999}, set(), id="unknown list"),
    ],
)
async def test_entries_that_meet_all_conditions_leave(
    leads: Leads, db: TestDatabase, body: dict[str, Any], removed: set[int]
) -> None:
    response = await leads.post(REMOVE, json=body)
    again = await leads.post(REMOVE, json=body)

    assert (response.status, again.status) == (200, 200)
    envelope = await response.json()
    assert (envelope["success"], envelope["data"]) == (True, {"removed": len(removed)})
    assert (await again.json())["data"] == {"removed": 0}
    left = {lead_id for (lead_id,) in db.rows("SELECT lead_id FROM vicidial_hopper")}
    assert left == ALL - removed


@pytest.mark.usefixtures("hopper")
@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param({}, "campaign_id", id="nothing"),
        pytest.param({"except_campaign_id": "X"}, "campaign_id", id="only an exception"),
        pytest.param({"statuses": ["READY"]}, "campaign_id", id="only a status"),
        pytest.param({"campaign_id": ""}, "campaign_id", id="empty campaign"),
        pytest.param({"campaign_id": None}, "campaign_id", id="null"),
        pytest.param({"campaign_id": "TOOLONGID"}, "campaign_id", id="campaign too long"),
        pytest.param({"list_id": 0}, "list_id", id="list zero"),
        pytest.param({"list_id": "x"}, "list_id", id="no list"),
        pytest.param({"list_id": 101, "statuses": []}, "statuses", id="no status at all"),
        pytest.param({"list_id": 101, "statuses": ["LIVE"]}, "statuses.0", id="unknown status"),
        pytest.param({"list_id": 101, "other": 1}, "other", id="unknown field"),
    ],
)
async def test_bad_input_is_a_400_and_removes_nothing(
    leads: Leads, db: TestDatabase, body: dict[str, Any], field: str
) -> None:
    response = await leads.post(REMOVE, json=body)

    assert response.status == 400
    assert list((await response.json())["details"]) == [field]
    assert db.count("vicidial_hopper") == 6
