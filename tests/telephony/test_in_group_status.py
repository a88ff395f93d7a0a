"""GET /api/v1/ingroups/status: what goes on in in-groups right now."""

from typing import Any

import pytest
from support.apps import Telephony
from support.builders import make_in_group
from support.database import ENGINES, TestDatabase
from support.in_groups import (
    NOBODY,
    STATUS,
    agents_shown,
    counted,
    remove_stock_in_groups,
    status_shown,
)
from support.live_agents import make_call, make_session, make_session_in_group
from support.live_answers import shown

CALL = "M4181606420000000104"


@pytest.fixture(autouse=True)
def sales(db: TestDatabase) -> None:
    """The in-group SALES alone."""
    remove_stock_in_groups(db)
    make_in_group(db)


def make_agent(db: TestDatabase, user: str = "agent1", **columns: Any) -> int:
    """A session that takes calls of SALES; its id."""
    make_session_in_group(db, user)
    return make_session(db, user, **columns)


@ENGINES
async def test_agents_and_calls_of_an_active_in_group_are_counted(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    make_in_group(db, "SUPPORT")
    db.execute("UPDATE vicidial_inbound_groups SET active = 'N' WHERE group_id = 'SALES'")
    sessions = [("READY", 0), ("INCALL", 5), ("QUEUE", 0), ("PAUSED", 0), ("PAUSED", 6)]
    for number, (status, lead_id) in enumerate(sessions):
        make_session(db, f"agent{number}", status=status, lead_id=lead_id)
        make_session_in_group(db, f"agent{number}", "SUPPORT")
    for status in ("LIVE", "CLOSER", "IVR"):
        make_call(db, f"Y{status}", campaign_id="SUPPORT", status=status)
    make_agent(db, "other")
    make_call(db, "Y1", campaign_id="SALES", status="LIVE")

    assert await shown(telephony, STATUS) == [
        {
            "group_id": "SUPPORT",
            "group_name": "SUPPORT line",
            "total_calls": 3,
            "calls_waiting": 1,
            "agents_logged_in": 5,
            "agents_ready": 1,
            "agents_waiting": 1,
            "agents_in_calls": 2,
            "agents_paused": 1,
            "agents_in_dispo": 1,
            "agents_in_dial": 0,
        }
    ]


@pytest.mark.parametrize(
    ("row", "state"),
    [
        pytest.param({"status": "READY"}, "READY", id="ready"),
        pytest.param({"status": "READY", "lead_id": 5}, "DISPO", id="ready, lead"),
        pytest.param({"status": "CLOSER"}, "CLOSER", id="closer"),
        pytest.param({"status": "CLOSER", "lead_id": 5}, "CLOSER", id="closer, lead"),
        pytest.param({"status": "PAUSED"}, "PAUSED", id="paused"),
        pytest.param({"status": "PAUSED", "lead_id": 5}, "DISPO", id="paused, lead"),
        pytest.param({"status": "QUEUE", "lead_id": 5}, "QUEUE", id="queue"),
        pytest.param({"status": "MQUEUE", "lead_id": 5}, "MQUEUE", id="mqueue"),
        pytest.param({"status": "INCALL", "lead_id": 5}, "INCALL", id="in a call"),
        pytest.param({"status": "INCALL", "comments": None}, "INCALL", id="NULL as comment"),
        pytest.param({"status": None, "lead_id": 5}, None, id="NULL as status"),
        pytest.param(
            {"status": "READY", "callerid": None, "comments": None, "campaign_id": None,
             "conf_exten": None, "extension": None, "last_update_time": "0000-00-00 00:00:00"},
            "READY", id="NULLs and zeros",
        ),
    ],
)  # fmt: skip
async def test_an_agent_is_counted_under_its_state(
    telephony: Telephony, db: TestDatabase, row: dict[str, Any], state: str | None
) -> None:
    make_agent(db, **row)

    assert await agents_shown(telephony) == counted(state)


@ENGINES
@pytest.mark.parametrize(
    ("comments", "uniqueid", "channel", "state"),
    [
        pytest.param("MANUAL", "", "", "DIAL", id="dialled"),
        pytest.param("MANUAL", None, None, "DIAL", id="dialled, NULLs"),
        pytest.param("MANUAL", "1234", "SIP/", "DIAL", id="four characters"),
        pytest.param("MANUAL", "éééé", None, "DIAL", id="four characters, eight bytes"),
        pytest.param("MANUAL", "12345", "", "INCALL", id="five characters of an id"),
        pytest.param("MANUAL", None, "SIP/1", "INCALL", id="five characters of a channel"),
        pytest.param("MANUAL", "1736350090.104", "SIP/carrier-1", "INCALL", id="connected"),
        pytest.param("manual ", "", "", "DIAL", id="comment as the database compares"),
        pytest.param("AUTO", "", "", "INCALL", id="not manual"),
    ],
)
async def test_a_manual_call_is_dialled_until_it_has_an_id_or_a_channel(
    telephony: Telephony,
    db: TestDatabase,
    engine: str,
    comments: str,
    uniqueid: str | None,
    channel: str | None,
    state: str,
) -> None:
    make_agent(db, status="INCALL", lead_id=5, comments=comments, callerid=CALL)
    make_call(db, CALL.lower(), uniqueid=uniqueid, channel=channel)

    assert await agents_shown(telephony) == counted(state)


@pytest.mark.parametrize("callerid", [CALL, "", " ", None])
async def test_a_manual_call_that_is_not_there_is_not_dialled(
    telephony: Telephony, db: TestDatabase, callerid: str | None
) -> None:
    make_agent(db, status="INCALL", comments="MANUAL", callerid=callerid)
    for other in ("M1", "", None):
        make_call(db, other, uniqueid="", channel="")

    assert await agents_shown(telephony) == counted("INCALL")


@pytest.mark.parametrize(
    ("lengths", "state"), [((0, 5), "DIAL"), ((5, 0), "INCALL"), ((4, 5), "DIAL")]
)
async def test_of_several_calls_with_its_caller_id_the_first_counts(
    telephony: Telephony, db: TestDatabase, lengths: tuple[int, int], state: str
) -> None:
    make_agent(db, status="INCALL", comments="MANUAL", callerid=CALL)
    for length in lengths:
        make_call(db, CALL, uniqueid="1" * length, channel="")

    assert await agents_shown(telephony) == counted(state)


@ENGINES
@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        pytest.param("10:30:00", "10:30:01", "PAUSED", id="the newer row"),
        pytest.param("10:30:01", "10:30:00", "READY", id="the newer row is the first"),
        pytest.param("10:30:00", "10:30:00", "PAUSED", id="of two as new the higher id"),
    ],
)
async def test_an_agent_with_several_sessions_counts_once(
    telephony: Telephony, db: TestDatabase, engine: str, first: str, second: str, state: str
) -> None:
    make_agent(db, last_update_time=f"2025-01-08 {first}")
    make_session(
        db, "AGENT1", status="PAUSED", server_ip="10.0.0.6", last_update_time=f"2025-01-08 {second}"
    )
    make_session(db, "agent2", last_update_time="2025-01-09 00:00:00")  # in no in-group

    assert await agents_shown(telephony) == counted(state)


async def test_only_an_agent_at_work_in_the_group_counts(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_in_group(db, "SUPPORT")
    make_session_in_group(db, "gone", "SALES")
    make_session(db, "no group")
    for user in ("agent1", "agent2"):
        make_session_in_group(db, user, "SUPPORT")
    make_session(db, "AGENT1")
    make_session(db, None, status="PAUSED")
    make_session_in_group(db, "agent1", "sales")
    db.insert("vicidial_live_inbound_agents", user=None, group_id="SALES")
    db.insert("vicidial_live_inbound_agents", user="agent1", group_id=None)
    db.insert("vicidial_inbound_group_agents", user="agent2", group_id="SALES")

    found = await status_shown(telephony)

    assert {name: group["agents_logged_in"] for name, group in found.items()} == {
        "SALES": 1,
        "SUPPORT": 1,
    }
    assert await agents_shown(telephony) == counted("READY")


async def test_calls_belong_to_the_group_whose_id_they_have(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_in_group(db, "SUPPORT")
    for campaign_id in ("SALES", "sales", "SALES2", "TESTCAMP", None):
        make_call(db, None, campaign_id=campaign_id, status="LIVE")
    for campaign_id, status in (("Sales ", "SENT"), ("SALES", None), ("SUPPORT", "XFER")):
        make_call(db, None, campaign_id=campaign_id, status=status)

    found = await status_shown(telephony)

    numbers = {name: (one["total_calls"], one["calls_waiting"]) for name, one in found.items()}
    assert numbers == {"SALES": (4, 2), "SUPPORT": (1, 0)}


async def test_a_group_without_a_name_has_none(telephony: Telephony, db: TestDatabase) -> None:
    make_in_group(db, "ODD", group_name=None)

    assert (await status_shown(telephony))["ODD"] == {
        "group_id": "ODD", "group_name": None, "total_calls": 0, "calls_waiting": 0,
    } | NOBODY  # fmt: skip
