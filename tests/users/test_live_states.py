"""What an agent does, from rows of VICIdial's tables to the three endpoints that tell it."""

from collections.abc import Callable
from typing import Any

import pytest
from support.apps import Users
from support.builders import make_user_group
from support.database import TestDatabase
from support.live_agents import (
    leave_chat,
    make_call,
    make_chat,
    make_live_agent,
    make_session,
    park,
)
from support.live_answers import GROUPS, LOGGED_IN, STATUS, shown

CALL = "M4181606420000000104"
RINGING = {"on_hook_agent": "Y", "ring_callerid": "V" * 20}
NOBODY = {
    "agents_in_calls": 0,
    "agents_waiting": 0,
    "agents_paused": 0,
    "agents_in_dead_calls": 0,
    "agents_in_dispo": 0,
    "agents_in_dial": 0,
}
COUNTED_IN = {
    "READY": ("agents_waiting",),
    "CLOSER": ("agents_waiting",),
    "PAUSED": ("agents_paused",),
    "DISPO": ("agents_in_dispo",),
    "DEAD": ("agents_in_dead_calls",),
    "DIAL": ("agents_in_calls", "agents_in_dial"),
    "INCALL": ("agents_in_calls",),
    "PARK": ("agents_in_calls",),
    "QUEUE": ("agents_in_calls",),
    "MQUEUE": ("agents_in_calls",),
}
Arrange = Callable[[TestDatabase], object]


async def states(users: Users) -> tuple[str, int, dict[str, int]]:
    """The sub-status of agent1, the lead at hand, and how its group counts it."""
    logged_in = await own_row(users, LOGGED_IN, show_sub_status="Y")
    in_detail = await own_row(users, STATUS)
    group = await own_row(users, GROUPS)
    assert logged_in["sub_status"] == in_detail["real_time_sub_status"]
    assert logged_in["lead_id"] == in_detail["lead_id"]
    assert logged_in["status"] == in_detail["status"]
    assert group["logged_in_users"] == 1
    return logged_in["sub_status"], logged_in["lead_id"], {name: group[name] for name in NOBODY}


async def own_row(users: Users, url: str, **query: str) -> Any:
    """The only row that is about agent1 or its group."""
    (row,) = [
        one
        for one in await shown(users, url, **query)
        if one["user_group"] == "AGENTS" and one.get("user", "agent1") == "agent1"
    ]
    return row


def counted(effective: str) -> dict[str, int]:
    return NOBODY | dict.fromkeys(COUNTED_IN[effective], 1)


@pytest.fixture(autouse=True)
def groups(db: TestDatabase) -> None:
    """The agent's group, and one of others."""
    for user_group in ("AGENTS", "OTHERS"):
        make_user_group(db, user_group)


@pytest.mark.parametrize(
    ("row", "sub", "lead_id", "effective"),
    [
        pytest.param({"status": "READY"}, "", 0, "READY", id="ready"),
        pytest.param({"status": "READY", "lead_id": 5}, "", 5, "DISPO", id="ready, lead"),
        pytest.param({"status": "READY"} | RINGING, "RING", 0, "READY", id="ring"),
        pytest.param({"status": "PAUSED"}, "", 0, "PAUSED", id="paused"),
        pytest.param({"status": "PAUSED", "lead_id": 5}, "DISPO", 5, "DISPO", id="dispo"),
        pytest.param(
            {"status": "PAUSED", "preview_lead_id": 7}, "PREVIEW", 7, "PAUSED", id="preview"
        ),
        pytest.param(
            {"status": "PAUSED", "lead_id": 5, "preview_lead_id": 7}, "PREVIEW", 7, "DISPO",
            id="preview beside a lead",
        ),
        pytest.param({"status": "QUEUE", "lead_id": 5}, "", 5, "QUEUE", id="queue"),
        pytest.param({"status": "MQUEUE", "lead_id": 5}, "", 5, "MQUEUE", id="mqueue"),
        pytest.param({"status": "CLOSER"}, "", 0, "CLOSER", id="closer"),
    ],
)  # fmt: skip
async def test_the_state_of_an_agent_without_a_call_is_told_alike_and_counted(
    users: Users, db: TestDatabase, row: dict[str, Any], sub: str, lead_id: int, effective: str
) -> None:
    make_live_agent(db, **row)

    assert await states(users) == (sub, lead_id, counted(effective))


def live(db: TestDatabase) -> None:
    make_call(db, CALL)


def parked(db: TestDatabase) -> None:
    park(db, CALL.lower())


def second_agent(db: TestDatabase, **columns: Any) -> None:
    columns = {"status": "INCALL", "lead_id": 5, "callerid": "V1"} | columns
    make_live_agent(db, "agent2", "OTHERS", **columns)


def second_call_of_the_number(db: TestDatabase) -> None:
    make_call(db, CALL, uniqueid="", channel="")
    make_call(db, CALL)


def two(*arrangements: Arrange) -> Arrange:
    def arrange(db: TestDatabase) -> None:
        for one in arrangements:
            one(db)

    return arrange


@pytest.mark.parametrize(
    ("row", "arrange", "sub", "effective"),
    [
        pytest.param({}, live, "", "INCALL", id="live"),
        pytest.param({}, lambda db: make_call(db, CALL.lower() + " "), "", "INCALL", id="spelling"),
        pytest.param({}, two(live, second_agent), "3-WAY", "INCALL", id="second agent"),
        pytest.param(
            {}, two(live, lambda db: make_session(db, "gone", status="INCALL", lead_id=5)),
            "3-WAY", "INCALL", id="second agent who is no user any more",
        ),
        pytest.param(
            {}, two(live, lambda db: second_agent(db, status="PAUSED")), "", "INCALL",
            id="second agent is not in the call",
        ),
        pytest.param(
            {}, two(live, lambda db: second_agent(db, lead_id=6)), "", "INCALL",
            id="second agent has another lead",
        ),
        pytest.param(
            {"lead_id": 0}, two(live, lambda db: second_agent(db, lead_id=0)), "", "INCALL",
            id="no lead is no shared lead",
        ),
        pytest.param({}, two(live, parked), "PARK", "PARK", id="parked"),
        pytest.param({}, parked, "PARK", "PARK", id="parked, not live"),
        pytest.param({}, two(live, parked, second_agent), "PARK", "PARK", id="parked, second"),
        pytest.param({}, lambda _: None, "DEAD", "DEAD", id="no call"),
        pytest.param({}, second_agent, "DEAD", "DEAD", id="no call, second agent"),
        pytest.param({}, lambda db: make_call(db, CALL[:-1]), "DEAD", "DEAD", id="another's call"),
        pytest.param(
            {"callerid": ""},
            two(lambda db: make_call(db, ""), lambda db: make_call(db, None)),
            "DEAD", "DEAD", id="no caller id, but calls without one",
        ),
        pytest.param(
            {"callerid": " "},
            two(lambda db: make_call(db, ""), lambda db: park(db, ""), lambda db: park(db, None)),
            "DEAD", "DEAD", id="blank caller id, but parked calls without one",
        ),
        pytest.param(
            {"callerid": None}, lambda db: park(db, None), "DEAD", "DEAD", id="NULL as caller id"
        ),
        pytest.param({"comments": "MANUAL"}, live, "", "INCALL", id="manual"),
        pytest.param(
            {"comments": "MANUAL"}, lambda db: make_call(db, CALL, uniqueid="", channel=""),
            "DIAL", "DIAL", id="manual, dialled",
        ),
        pytest.param(
            {"comments": "MANUAL"}, lambda db: make_call(db, CALL, uniqueid=None, channel=None),
            "DIAL", "DIAL", id="manual, dialled, NULLs",
        ),
        pytest.param(
            {"comments": "MANUAL"}, lambda db: make_call(db, CALL, uniqueid="1234", channel="SIP/"),
            "DIAL", "DIAL", id="manual, dialled, four characters",
        ),
        pytest.param(
            {"comments": "MANUAL"}, lambda db: make_call(db, CALL, uniqueid="12345", channel=None),
            "", "INCALL", id="manual, with an id",
        ),
        pytest.param(
            {"comments": "MANUAL"}, lambda db: make_call(db, CALL, uniqueid="", channel="SIP/1"),
            "", "INCALL", id="manual, with a channel",
        ),
        pytest.param(
            {"comments": "AUTO"}, lambda db: make_call(db, CALL, uniqueid="", channel=""),
            "", "INCALL", id="not manual",
        ),
        pytest.param(
            {"comments": "MANUAL"}, second_call_of_the_number, "DIAL", "DIAL",
            id="of several calls the first counts",
        ),
        pytest.param({"comments": "EMAIL"}, lambda _: None, "", "INCALL", id="e-mail"),
        pytest.param({"comments": "EMAIL"}, second_agent, "3-WAY", "INCALL", id="e-mail, second"),
        pytest.param(RINGING, live, "RING", "INCALL", id="ring"),
        pytest.param(RINGING, lambda _: None, "DEAD", "DEAD", id="ring, no call"),
    ],
)  # fmt: skip
async def test_the_state_of_an_agent_in_a_call_is_told_alike_and_counted(
    users: Users,
    db: TestDatabase,
    row: dict[str, Any],
    arrange: Arrange,
    sub: str,
    effective: str,
) -> None:
    in_call: dict[str, Any] = {"status": "INCALL", "lead_id": 5, "callerid": CALL}
    columns = in_call | {"comments": "AUTO"} | row
    make_live_agent(db, **columns)
    arrange(db)

    assert await states(users) == (sub, columns["lead_id"], counted(effective))


def chat(user: str = "agent1", lead_id: int = 5, *, left: bool = True, **columns: Any) -> Arrange:
    def arrange(db: TestDatabase) -> None:
        chat_id = make_chat(db, lead_id, user, **columns)
        if left:
            leave_chat(db, chat_id)
        else:
            leave_chat(db, chat_id, "Jane Roe has left chat for lunch")

    return arrange


@pytest.mark.parametrize(
    ("comments", "arrange", "sub", "effective"),
    [
        pytest.param("CHAT", chat(), "DEAD", "DEAD", id="left"),
        pytest.param("CHAT", chat(left=False), "", "INCALL", id="not left"),
        pytest.param("CHAT", lambda _: None, "", "INCALL", id="no chat row"),
        pytest.param("xChatx", chat(), "DEAD", "DEAD", id="any case"),
        pytest.param("CHAT", chat("AGENT1 "), "DEAD", "DEAD", id="creator spelled otherwise"),
        pytest.param("CHAT", chat("agent2"), "", "INCALL", id="chat of another creator"),
        pytest.param("CHAT", chat(lead_id=6), "", "INCALL", id="chat with another lead"),
        pytest.param(
            "CHAT", two(chat(left=False), chat("agent2")), "", "INCALL", id="another has ended"
        ),
        pytest.param(
            "CHAT",
            two(
                chat(chat_start_time="2025-01-08 10:25:00"),
                chat(chat_start_time="2025-01-08 10:24:00", left=False),
            ),
            "DEAD", "DEAD", id="the later one has ended",
        ),
        pytest.param(
            "CHAT",
            two(
                chat(chat_start_time="2025-01-08 10:25:00", left=False),
                chat(chat_start_time="2025-01-08 10:24:00"),
                chat(chat_start_time=None),
            ),
            "", "INCALL", id="the later one goes on",
        ),
        pytest.param("CHAT", two(chat(left=False), chat()), "DEAD", "DEAD", id="the higher id"),
        pytest.param("CHAT", two(chat(), chat(left=False)), "", "INCALL", id="the higher goes on"),
        pytest.param("CHAT", two(chat(), parked), "PARK", "PARK", id="parked"),
        pytest.param("CHAT", two(chat(left=False), second_agent), "3-WAY", "INCALL", id="second"),
        pytest.param("AUTO", two(chat(), live), "", "INCALL", id="a call beside an ended chat"),
    ],
)  # fmt: skip
async def test_the_state_of_an_agent_in_a_chat_is_told_alike_and_counted(
    users: Users, db: TestDatabase, comments: str, arrange: Arrange, sub: str, effective: str
) -> None:
    make_live_agent(db, status="INCALL", lead_id=5, callerid=CALL, comments=comments)
    arrange(db)

    assert await states(users) == (sub, 5, counted(effective))


@pytest.mark.parametrize(
    "query", ["campaigns=TESTCAMP", "user_groups=AGENTS", "user_groups=AGENTS&campaign_id=TESTCAMP"]
)
async def test_the_second_agent_counts_though_the_filters_hide_it(
    users: Users, db: TestDatabase, query: str
) -> None:
    make_live_agent(db, status="INCALL", lead_id=5, callerid=CALL)
    make_call(db, CALL)
    make_live_agent(db, "agent2", "OTHERS", status="INCALL", lead_id=5, campaign_id="OTHERCMP")

    (logged_in,) = await shown(users, f"{LOGGED_IN}?show_sub_status=Y&{query}")
    (agent,) = await shown(users, f"{STATUS}?agent_user=agent1&{query}")

    assert logged_in["sub_status"] == agent["real_time_sub_status"] == "3-WAY"


async def test_each_agent_has_its_own_state(users: Users, db: TestDatabase) -> None:
    for number, callerid in enumerate(("M1", "M2", "M3", "M4"), 1):
        make_live_agent(db, f"agent{number}", status="INCALL", lead_id=number, callerid=callerid)
    db.execute("UPDATE vicidial_live_agents SET comments = 'CHAT' WHERE user = 'agent4'")
    make_call(db, "M1")
    park(db, "M2")
    leave_chat(db, make_chat(db, 4, "agent4"))
    make_session(db, "agent1", status="PAUSED", lead_id=9)

    agents = await shown(users, STATUS)

    assert [(one["user"], one["real_time_sub_status"]) for one in agents] == [
        ("agent1", ""),
        ("agent1", "DISPO"),
        ("agent2", "PARK"),
        ("agent3", "DEAD"),
        ("agent4", "DEAD"),
    ]
