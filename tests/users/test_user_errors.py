"""Errors name all that is wrong; the API log names whom a refused call was about."""

from typing import Any

import pytest
from support.apps import Users
from support.database import TestDatabase
from support.passwords import set_system
from support.user_rows import make_agent, make_things
from support.users import NEW, USERS, add, change


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """agent1, what users refer to, and a site that wants long passwords."""
    make_things(db)
    make_agent(db)
    set_system(db, require_password_length=40)


async def test_a_change_names_all_that_the_database_refuses(users: Users) -> None:
    status, envelope = await change(
        users, phone_login="nophone", user_group="NOGROUP", in_groups=["NONE"], **{"pass": "short"}
    )

    assert status == 400
    assert envelope["details"] == {
        "phone_login": ["Phone not found"],
        "user_group": ["User group not found"],
        "in_groups": ["In-group not found: NONE"],
        "pass": ["Shorter than 40 characters"],
    }


async def test_so_does_an_addition(users: Users) -> None:
    status, envelope = await add(users, user="agent2", user_group="NOGROUP")

    assert status == 400
    assert envelope["details"] == {
        "user_group": ["User group not found"],
        "pass": ["Shorter than 40 characters"],
    }


@pytest.mark.parametrize(
    ("method", "path", "body", "logged"),
    [
        pytest.param("POST", USERS, NEW | {"user": "agent9", "user_level": 0}, "agent9", id="add"),
        pytest.param("POST", USERS, NEW | {"user": 4711}, "4711", id="add, a number"),
        pytest.param("POST", USERS, NEW | {"user": ["x"]}, "", id="add, no login"),
        pytest.param("PUT", f"{USERS}/agent1", {"user_level": 0}, "agent1", id="change"),
        pytest.param(
            "POST", f"{USERS}/agent1/copy", {"new_user": "agent9", "new_pass": " "}, "agent9",
            id="copy",
        ),
        pytest.param(
            "GET", "/api/v1/agents/status?agent_user=agent1&include_ip=maybe", None, "agent1",
            id="status",
        ),
        pytest.param("GET", "/api/v1/agents/status?include_ip=maybe", None, "", id="all agents"),
        pytest.param(
            "GET", "/api/v1/agents/agent1/campaigns?campaign_id=123456789", None, "agent1",
            id="campaigns",
        ),
    ],
)  # fmt: skip
async def test_the_api_log_names_whom_a_refused_call_was_about(
    users: Users, db: TestDatabase, method: str, path: str, body: Any, logged: str
) -> None:
    response = await users.request(method, path, json=body)
    await users.close()

    assert response.status == 400
    assert db.value("SELECT agent_user FROM vicidial_api_log") == logged
