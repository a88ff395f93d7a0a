"""GET /api/v1/agents/status: what agents do right now."""

from typing import Any

import pytest
from support import documented
from support.apps import Start, Users, clock_at
from support.builders import make_lead, make_user
from support.database import TestDatabase
from support.live_agents import (
    log_login,
    log_pause,
    make_call,
    make_live_agent,
    make_session,
    park,
)
from support.live_answers import STATUS, shown

CALL = documented.STATUS["callerid"]


def make_example(db: TestDatabase) -> None:
    make_user(db, "6666", full_name="Admin", user_group="ADMIN", user_level=9)
    make_lead(db, lead_id=104, phone_number="5551234567", vendor_lead_code="123457")
    make_session(
        db, "6666", status="INCALL", lead_id=104, callerid=CALL, calls_today=1,
        agent_log_id=log_pause(db, "LOGIN", "6666"), closer_campaigns=" SALES -",
        last_call_time="2025-01-08 10:28:10", last_state_change="2025-01-08 10:28:10",
        outbound_autodial="Y", user_level=1, pause_code="LUNCH",
    )  # fmt: skip
    make_call(db, CALL, phone_number="3125551212")
    park(db, CALL)
    log_login(db, "2025-01-08 09:00:00", "192.168.1.205", user="6666")


async def test_the_documented_answer(start_users: Start, db: TestDatabase) -> None:
    users = await start_users(clock=clock_at("2025-01-08T15:30:00"))
    make_example(db)

    response = await users.get(STATUS, params={"agent_user": "6666", "include_ip": "Y"})

    assert response.status == 200
    answer = await response.json()
    assert answer == {
        "success": True,
        "message": "Agent status retrieved",
        "data": [documented.WITH_IP],
    }
    assert list(answer["data"][0]) == list(documented.WITH_IP)


@pytest.mark.parametrize("query", [{}, {"include_ip": "N"}, {"include_ip": "NO"}])
async def test_the_address_shows_only_on_demand(
    users: Users, db: TestDatabase, query: dict[str, str]
) -> None:
    make_example(db)

    assert await shown(users, STATUS, **query) == [documented.STATUS]


async def test_columns_without_a_value_are_null_or_empty(users: Users, db: TestDatabase) -> None:
    names = ("campaign_id", "conf_exten", "extension", "status", "callerid", "calls_today",
             "comments", "agent_log_id", "preview_lead_id", "ring_callerid", "on_hook_agent",
             "closer_campaigns", "last_call_time", "outbound_autodial", "manager_ingroup_set",
             "external_igb_set_user")  # fmt: skip
    make_user(db, full_name=None, user_level=None)
    make_session(db, **dict.fromkeys(names), last_state_change="0000-00-00 00:00:00")

    assert await shown(users, STATUS, include_ip="Y") == [
        dict.fromkeys(documented.WITH_IP)
        | {"user": "agent1", "user_group": "AGENTS", "server_ip": "10.0.0.5", "lead_id": 0}
        | {"in_groups": []}
        | dict.fromkeys(
            ("real_time_sub_status", "pause_code", "phone_number", "vendor_lead_code"), ""
        )
    ]


async def test_where_nobody_is_logged_in_the_list_is_empty(users: Users, db: TestDatabase) -> None:
    make_user(db)

    assert await shown(users, STATUS) == []
    assert await shown(users, STATUS, include_ip="Y") == []


async def test_in_groups_and_the_manager_who_set_them(users: Users, db: TestDatabase) -> None:
    make_live_agent(
        db, closer_campaigns=" SUPPORT SALES -", manager_ingroup_set="SET",
        external_igb_set_user="6666", on_hook_agent="Y",
    )  # fmt: skip

    (agent,) = await shown(users, STATUS)

    assert agent["in_groups"] == ["SUPPORT", "SALES"]
    assert (agent["manager_ingroup_set"], agent["manager_user"]) == ("SET", "6666")
    assert agent["on_hook_agent"] == "Y"


@pytest.mark.parametrize("status", ["READY", "INCALL", "PAUSED", "QUEUE"])
async def test_the_pause_code_is_the_last_one_in_any_status(
    users: Users, db: TestDatabase, status: str
) -> None:
    log_pause(db, "EARLY")
    make_live_agent(db, status=status, agent_log_id=log_pause(db, "BREAK"))
    log_pause(db, "OTHER", "agent2")

    (agent,) = await shown(users, STATUS)

    assert agent["pause_code"] == "BREAK"


@pytest.mark.parametrize(
    ("owner", "code", "pause_code"),
    [
        pytest.param("agent1", "BREAK", "BREAK", id="its own"),
        pytest.param("AGENT1 ", "BREAK", "BREAK", id="its own, spelled otherwise"),
        pytest.param("agent2", "BREAK", "", id="another agent's"),
        pytest.param(None, "BREAK", "", id="nobody's"),
        pytest.param("agent1", "", "", id="empty"),
        pytest.param("agent1", None, "", id="NULL"),
    ],
)
async def test_a_log_row_counts_only_for_the_agent_that_it_names(
    users: Users, db: TestDatabase, owner: str, code: str | None, pause_code: str
) -> None:
    make_live_agent(db, agent_log_id=log_pause(db, code, owner))

    (agent,) = await shown(users, STATUS)

    assert agent["pause_code"] == pause_code


async def test_a_log_row_that_is_gone_is_no_pause_code(users: Users, db: TestDatabase) -> None:
    make_live_agent(db, agent_log_id=999)

    (agent,) = await shown(users, STATUS)

    assert agent["pause_code"] == ""


@pytest.mark.parametrize(
    ("columns", "lead"),
    [
        pytest.param({}, (0, "", ""), id="no lead"),
        pytest.param({"lead_id": 5}, (5, "5550000005", "five"), id="the session's"),
        pytest.param({"lead_id": 8}, (8, "5550000008", None), id="without a code"),
        pytest.param({"lead_id": 9}, (9, "", ""), id="a lead that is gone"),
        pytest.param(
            {"status": "PAUSED", "preview_lead_id": 7}, (7, "5550000007", "seven"), id="preview"
        ),
        pytest.param(
            {"status": "PAUSED", "lead_id": 5, "preview_lead_id": 7}, (7, "5550000007", "seven"),
            id="preview beside a lead",
        ),
        pytest.param(
            {"status": "READY", "lead_id": 5, "preview_lead_id": 7}, (5, "5550000005", "five"),
            id="a preview of old",
        ),
    ],
)  # fmt: skip
async def test_the_lead_at_hand_is_shown_with_its_number_and_code(
    users: Users, db: TestDatabase, columns: dict[str, Any], lead: tuple[Any, ...]
) -> None:
    for lead_id, code in {5: "five", 7: "seven", 8: None}.items():
        make_lead(
            db, lead_id=lead_id, phone_number=f"555000000{lead_id}", vendor_lead_code=code
        )  # fmt: skip
    make_live_agent(db, **columns)

    (agent,) = await shown(users, STATUS)

    assert (agent["lead_id"], agent["phone_number"], agent["vendor_lead_code"]) == lead


@pytest.mark.parametrize(
    ("callerid", "numbers", "phone_number"),
    [
        pytest.param(CALL, ["3125551212"], "3125551212", id="the number dialled"),
        pytest.param(CALL, ["3125"], "3125", id="four digits"),
        pytest.param(CALL, ["312"], "5550000005", id="a code of three digits"),
        pytest.param(CALL, [""], "5550000005", id="empty"),
        pytest.param(CALL, [None], "5550000005", id="NULL"),
        pytest.param(CALL, [], "5550000005", id="no call"),
        pytest.param(CALL, ["3125551212", "3125550000"], "3125551212", id="the first row counts"),
        pytest.param(CALL, ["", "3125550000"], "5550000005", id="even if it has no number"),
        pytest.param(CALL.lower(), ["3125551212"], "3125551212", id="other spelling"),
        pytest.param("", ["3125551212"], "5550000005", id="no caller id"),
        pytest.param("M1", ["3125551212"], "5550000005", id="another call"),
    ],
)
@pytest.mark.parametrize("status", ["INCALL", "PAUSED", "QUEUE"])
async def test_the_number_of_the_call_stands_above_that_of_the_lead(
    users: Users,
    db: TestDatabase,
    callerid: str,
    numbers: list[str | None],
    phone_number: str,
    status: str,
) -> None:
    make_lead(db, lead_id=5, phone_number="5550000005")
    make_live_agent(db, lead_id=5, callerid=callerid, status=status)
    make_call(db, "", phone_number="3129999999")
    make_call(db, None, phone_number="3129999999")
    for number in numbers:
        make_call(db, CALL, phone_number=number)

    (agent,) = await shown(users, STATUS)

    assert agent["phone_number"] == phone_number


async def test_the_call_is_logged_under_vicidial_s_name(users: Users, db: TestDatabase) -> None:
    make_live_agent(db)
    await users.get(STATUS)
    await users.get(STATUS, params={"agent_user": "AGENT1"})
    await users.get(STATUS, params={"agent_user": "agent2"})
    await users.close()

    assert db.rows("SELECT function, agent_user, result, result_reason FROM vicidial_api_log") == [
        ("agent_status", "", "SUCCESS", "Agent status retrieved"),
        ("agent_status", "AGENT1", "SUCCESS", "Agent status retrieved"),
        ("agent_status", "agent2", "ERROR", "Agent not found"),
    ]
