"""POST /api/v1/monitor/blind: bodies that are refused, and errors in the order of the contract."""

from typing import Any

import pytest
from support.answers import invalid, refused
from support.apps import Telephony
from support.database import TestDatabase
from support.monitoring import (
    AGENT_SERVER,
    BODY,
    MONITOR,
    NO_ROWS,
    SESSION,
    monitor,
    rows_of_calls,
)

LOGIN = "Must be 1 to 20 characters of 0-9 A-Z a-z - _"
TAG = "Must be 1 to 20 characters of A-Z a-z 0-9 - _ ."
DIGITS = "Must be 1 to 7 digits"
NOT_ALL = {"agent_user": "Required, or session_id", "phone_login": "Required, or extension"}


def nobody(**fields: Any) -> dict[str, Any]:
    """A body with a phone alone."""
    return {"phone_login": "8002", **fields}


@pytest.mark.parametrize(
    ("body", "field", "why"),
    [
        pytest.param(BODY | {"agent_user": ""}, "agent_user", LOGIN, id="empty agent"),
        pytest.param(BODY | {"agent_user": "a" * 21}, "agent_user", LOGIN, id="long agent"),
        pytest.param(BODY | {"agent_user": "10 01"}, "agent_user", LOGIN, id="space in agent"),
        pytest.param(BODY | {"agent_user": "j.doe"}, "agent_user", LOGIN, id="dot in agent"),
        pytest.param(BODY | {"agent_user": "1001\n"}, "agent_user", LOGIN, id="line in agent"),
        pytest.param(BODY | {"agent_user": "\u0661"}, "agent_user", LOGIN, id="foreign digit"),
        pytest.param(BODY | {"agent_user": True}, "agent_user", "Must be a string", id="bool"),
        pytest.param(BODY | {"agent_user": ["1001"]}, "agent_user", "Must be a string", id="list"),
        pytest.param(nobody(user="j.doe"), "user", LOGIN, id="dot in user who is agent"),
        pytest.param(nobody(user=""), "user", LOGIN, id="empty user who is agent"),
        pytest.param(nobody(user=[]), "user", "Must be a string", id="list as user"),
        pytest.param(BODY | {"user": "a b"}, "user", TAG, id="space in tag"),
        pytest.param(BODY | {"user": "a" * 21}, "user", TAG, id="long tag"),
        pytest.param(BODY | {"user": {}}, "user", TAG, id="object as tag"),
        pytest.param(BODY | {"session_id": "86000510"}, "session_id", DIGITS, id="long session"),
        pytest.param(BODY | {"session_id": ""}, "session_id", DIGITS, id="empty session"),
        pytest.param(BODY | {"session_id": "86x"}, "session_id", DIGITS, id="letter in session"),
        pytest.param(BODY | {"session_id": -1}, "session_id", DIGITS, id="negative session"),
        pytest.param(BODY | {"session_id": 1.5}, "session_id", "Must be a string", id="fraction"),
        pytest.param(BODY | {"server_ip": ""}, "server_ip", "May not be empty", id="no server"),
        pytest.param(BODY | {"server_ip": "1" * 16}, "server_ip", "Longer than 15 characters",
                     id="long server"),
        pytest.param(BODY | {"server_ip": "10.0\r.0.1"}, "server_ip",
                     "Character not allowed: U+000D", id="line in server"),
        pytest.param(BODY | {"phone_login": ""}, "phone_login", "May not be empty", id="no login"),
        pytest.param(BODY | {"phone_login": "x" * 16}, "phone_login", "Longer than 15 characters",
                     id="long login"),
        pytest.param(BODY | {"phone_login": "80\n02"}, "phone_login",
                     "Character not allowed: U+000A", id="line in login"),
        pytest.param(BODY | {"phone_login": "😀"}, "phone_login", "Character not allowed: 😀",
                     id="emoji"),
        pytest.param(BODY | {"phone_login": {}}, "phone_login", "Must be a string", id="object"),
        pytest.param(BODY | {"extension": "x" * 101}, "extension", "Longer than 100 characters",
                     id="long extension"),
        pytest.param(BODY | {"extension": ""}, "extension", "May not be empty", id="no extension"),
        pytest.param(BODY | {"extension": "a\0"}, "extension", "Character not allowed: U+0000",
                     id="NUL in extension"),
        pytest.param(BODY | {"campaign_id": "X"}, "campaign_id", "Unknown field", id="unknown"),
        pytest.param({"agent_user": "1001"}, "phone_login", NOT_ALL["phone_login"], id="no phone"),
        pytest.param({"agent_user": "1001", "phone_login": None}, "phone_login",
                     NOT_ALL["phone_login"], id="null phone"),
        pytest.param(nobody(), "agent_user", NOT_ALL["agent_user"], id="no agent"),
        pytest.param(nobody(agent_user=None, user=None), "agent_user", NOT_ALL["agent_user"],
                     id="null agent"),
        pytest.param(nobody(server_ip=AGENT_SERVER), "agent_user", NOT_ALL["agent_user"],
                     id="server alone"),
        pytest.param(nobody(session_id=SESSION), "server_ip",
                     "Required with session_id where no agent is given", id="session alone"),
        pytest.param(nobody(session_id=SESSION, user="1001"), "server_ip",
                     "Required with session_id where no agent is given", id="session and tag"),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_named(
    monitor_telephony: Telephony, db: TestDatabase, body: dict[str, Any], field: str, why: str
) -> None:
    assert await monitor(monitor_telephony, body) == invalid(field, why)
    assert rows_of_calls(db) == NO_ROWS


async def test_an_empty_body_lacks_agent_and_phone(monitor_telephony: Telephony) -> None:
    status, envelope = await monitor(monitor_telephony, {})

    assert status == 400
    assert envelope["details"] == {field: [why] for field, why in NOT_ALL.items()}


@pytest.mark.parametrize("body", [b"[]", b"{", b'"1001"'])
async def test_what_is_no_object_is_a_400(
    monitor_telephony: Telephony, db: TestDatabase, body: bytes
) -> None:
    response = await monitor_telephony.post(
        MONITOR, data=body, headers={"Content-Type": "application/json"}
    )

    assert response.status == 400
    assert rows_of_calls(db) == NO_ROWS


async def test_the_longest_login_fits(monitor_telephony: Telephony) -> None:
    assert await monitor(monitor_telephony, agent_user="a" * 20) == refused(
        404, "Agent is not logged in"
    )


async def test_the_first_step_that_fails_is_told(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    """Each request breaks one step less than the one before."""
    by_session = {"session_id": SESSION, "server_ip": AGENT_SERVER}
    wrong_phone = {"phone_login": "8009", "stage": "WHISPER"}
    db.execute("DELETE FROM vicidial_conferences")
    conferences, agents = "vicidial_conferences", "vicidial_live_agents"

    answers = [await monitor(monitor_telephony, {"agent_user": "1001", **wrong_phone})]
    db.insert(conferences, conf_exten=SESSION, server_ip=AGENT_SERVER, extension="")
    db.execute(f"UPDATE {agents} SET user = '1002', conf_exten = '8600052'")
    answers += [
        await monitor(monitor_telephony, {"agent_user": "1001", **wrong_phone}),
        await monitor(monitor_telephony, {**by_session, **wrong_phone}),
    ]
    db.execute(f"UPDATE {agents} SET conf_exten = %s", SESSION)
    answers += [
        await monitor(monitor_telephony, {**by_session, **wrong_phone}),
        await monitor(monitor_telephony, {**by_session, **wrong_phone, "phone_login": "8002"}),
    ]

    assert answers == [
        refused(404, "Session not found"),
        refused(404, "Agent is not logged in"),
        refused(409, "No agent in this session"),
        invalid("phone_login", "Phone not found"),
        refused(409, "Whisper monitoring is not enabled"),
    ]
    assert rows_of_calls(db) == NO_ROWS
