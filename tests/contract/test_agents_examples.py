"""The examples of agents in real time, through the gateway, on the demo database."""

from collections import Counter
from typing import Any

import aiohttp
import pytest
from dialkit.clock import Clock
from dialkit.settings import DEFAULT_TIMEZONE
from support import documented
from support.changes import changes
from support.database import TestDatabase
from support.suite import Ask, success

# What each agent of the demo rows does: status, sub-status, pause code, lead.
STATES = {
    "1001": ("READY", "", "LOGIN", 0),
    "1002": ("PAUSED", "", "LUNCH", 0),
    "1003": ("PAUSED", "DISPO", "LOGIN", 302),
    "1004": ("INCALL", "", "BREAK", 301),
    "1005": ("INCALL", "DEAD", "LOGIN", 299),
    "1006": ("INCALL", "3-WAY", "BREAK", 298),
    "1007": ("INCALL", "3-WAY", "LOGIN", 298),
    "1008": ("QUEUE", "", "LOGIN", 295),
    "1009": ("READY", "RING", "LOGIN", 0),
    "1010": ("PAUSED", "PREVIEW", "LOGIN", 262),
    "1011": ("INCALL", "DIAL", "LOGIN", 279),
    "1012": ("INCALL", "", "LOGIN", 291),
    "1013": ("READY", "", "TRAIN", 0),
    "6666": ("INCALL", "PARK", "LOGIN", 104),
    "agent1": ("CLOSER", "", "LOGIN", 0),
}
SESSION = documented.LOGGED_IN | {"lead_id": 104}
UNRANKED = {"group_rank": 0, "group_weight": 0, "group_grade": 1, "calls_today": 0}
NOT_SELECTED = {"user_default": "N", "selected": "N"}
REMOTE = "SELECT status, number_of_lines, campaign_id, closer_campaigns FROM vicidial_remote_agents"


async def test_logged_in_agents(ask: Ask, db: TestDatabase) -> None:
    answer = await ask("GET", "/users/logged-in?user_groups=ADMIN")

    given = from_live_row(db, "callerid", "last_update_time")
    assert answer == success("Logged-in agents retrieved", [SESSION | given])


async def test_logged_in_agents_with_what_they_do(ask: Ask, db: TestDatabase) -> None:
    answer = await ask("GET", "/users/logged-in?show_sub_status=Y")

    given = from_live_row(db, "callerid", "last_update_time")
    admin = SESSION | given | {"pause_code": "LOGIN", "sub_status": "PARK"}
    assert answer["message"] == "Logged-in agents retrieved"
    assert answer["data"][13] == admin
    assert {frozenset(one) for one in answer["data"]} == {frozenset(admin)}
    assert states(answer, "sub_status") == STATES


async def test_logged_in_agents_of_a_campaign(ask: Ask) -> None:
    answer = await ask("GET", "/users/logged-in?campaigns=NEWCAMP")

    assert [one["user"] for one in answer["data"]] == ["1013"]


async def test_what_one_agent_does(ask: Ask, db: TestDatabase) -> None:
    answer = await ask("GET", "/agents/status?agent_user=6666&include_ip=Y")

    given = from_live_row(db, "callerid", "last_call_time", "last_state_change")
    agent = documented.WITH_IP | given
    assert answer == success("Agent status retrieved", [agent])


async def test_what_all_agents_do(ask: Ask, db: TestDatabase) -> None:
    answer = await ask("GET", "/agents/status")

    admin = documented.STATUS | from_live_row(db, "callerid", "last_call_time", "last_state_change")
    assert answer["message"] == "Agent status retrieved"
    assert answer["data"][13] == admin
    assert {frozenset(one) for one in answer["data"]} == {frozenset(admin)}
    assert states(answer, "real_time_sub_status") == STATES
    assert [one["user"] for one in answer["data"]] == list(STATES)


@pytest.mark.parametrize(
    ("user", "error"), [("1014", "Agent not logged in"), ("nobody", "Agent not found")]
)
async def test_what_an_agent_does_who_is_not_there(
    api: aiohttp.ClientSession, user: str, error: str
) -> None:
    async with api.get("/api/v1/agents/status", params={"agent_user": user}) as response:
        envelope = await response.json()

    assert (response.status, envelope) == (404, {"success": False, "error": error})


async def test_in_groups_of_an_agent(ask: Ask) -> None:
    answer = await ask("GET", "/agents/6666/ingroup-info")

    listed = documented.IN_GROUP | UNRANKED | NOT_SELECTED
    direct = {"group_id": "AGENTDIRECT", "group_name": "Single Agent Direct Queue"}
    support = {"group_id": "SUPPORT", "group_name": "Support line"}
    in_groups = [documented.IN_GROUP, listed | direct, listed | support]
    assert answer == success("Agent ingroups retrieved", in_groups)


async def test_in_groups_of_an_agent_who_is_not_logged_in(ask: Ask) -> None:
    await ask("PUT", "/users/1014", json={"in_groups": ["SALES"]})

    answer = await ask("GET", "/agents/1014/ingroup-info")

    session = ("campaign_id", "outbound_autodial", "manager_ingroup_set", "manager_user")
    logged_out = {"user": "1014", "allowed": "N", "selected": "N"} | dict.fromkeys(session)
    assert answer == success(
        "Agent ingroups retrieved", [documented.IN_GROUP | UNRANKED | logged_out]
    )


async def test_campaigns_of_an_agent(ask: Ask) -> None:
    answer = await ask("GET", "/agents/agent1/campaigns?campaign_id=TESTCAMP")

    assert answer == success("Agent campaigns retrieved", [documented.CAMPAIGN])


async def test_all_campaigns_of_an_agent(ask: Ask) -> None:
    answer = await ask("GET", "/agents/agent1/campaigns?ignore_agentdirect=Y")

    new = {"campaign_id": "NEWCAMP", "campaign_name": "New Campaign", "calls_today": 0}
    campaigns = [
        documented.CAMPAIGN | new | {"in_groups": ["SUPPORT"]},
        documented.CAMPAIGN | {"in_groups": ["SALES", "SUPPORT"]},
    ]
    assert answer == success("Agent campaigns retrieved", campaigns)


async def test_start_a_remote_agent(ask: Ask, db: TestDatabase) -> None:
    body = {"status": "ACTIVE", "number_of_lines": 2, "campaign_id": "newcamp"}

    answer = await ask("PUT", "/remote-agents/2424", json=body)

    assert answer == success("Remote agent updated successfully", {"agent_id": "2424"})
    assert db.row(REMOTE) == ("ACTIVE", 2, "NEWCAMP", " SALES -")
    notes = "user start: 2424"
    code = "ADMIN API UPDATE REMOTEAGENTS"
    assert changes(db) == [("REMOTEAGENTS", "MODIFY", "2424", code, notes)]


async def test_user_groups(ask: Ask, db: TestDatabase) -> None:
    answer = await ask("GET", "/user-groups/status")

    users = Counter(group for (group,) in db.rows("SELECT user_group FROM vicidial_users"))
    admin = {
        "user_group": "ADMIN",
        "group_name": "VICIDIAL ADMINISTRATORS",
        "total_users": users["ADMIN"],
        "logged_in_users": 1,
        "calls_waiting": 2,
        "agents_in_calls": 1,
        "agents_waiting": 0,
        "agents_paused": 0,
        "agents_in_dead_calls": 0,
        "agents_in_dispo": 0,
        "agents_in_dial": 0,
    }
    agents = {
        "user_group": "AGENTS",
        "group_name": "Agents",
        "total_users": users["AGENTS"],
        "logged_in_users": 14,
        "calls_waiting": 2,
        "agents_in_calls": 6,
        "agents_waiting": 4,
        "agents_paused": 2,
        "agents_in_dead_calls": 1,
        "agents_in_dispo": 1,
        "agents_in_dial": 1,
    }
    assert answer == success("User group status retrieved", [admin, agents])


async def test_one_user_group(ask: Ask) -> None:
    answer = await ask("GET", "/user-groups/status?user_groups=agents")

    assert [one["user_group"] for one in answer["data"]] == ["AGENTS"]


def from_live_row(db: TestDatabase, *columns: str) -> dict[str, Any]:
    """What of the session of 6666 depends on the time when the demo rows were made."""
    row = db.row(f"SELECT {', '.join(columns)} FROM vicidial_live_agents WHERE user = '6666'")
    tell = Clock(DEFAULT_TIMEZONE).from_sql
    return {
        name: tell(str(value)) if name.startswith("last_") else value
        for name, value in zip(columns, row, strict=True)
    }


def states(answer: dict[str, Any], sub_status: str) -> dict[str, tuple[Any, ...]]:
    """By user: status, sub-status, pause code, lead."""
    shown = ("status", sub_status, "pause_code", "lead_id")
    return {one["user"]: tuple(one[name] for name in shown) for one in answer["data"]}
