"""`vicidial_api_log.agent_user`: the login that a call was about."""

import pytest
from support.apps import Leads, Users
from support.builders import make_user
from support.database import TestDatabase

ROW = "SELECT function, agent_user, result FROM vicidial_api_log"


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        pytest.param("agent1", "agent1", id="a login"),
        pytest.param("AGENT1", "AGENT1", id="as it was asked for"),
        pytest.param("agent1%20", "agent1 ", id="a trailing space"),
    ],
)
async def test_a_call_leaves_the_login_that_it_was_about(
    users: Users, db: TestDatabase, path: str, logged: str
) -> None:
    make_user(db, "agent1")

    await users.get(f"/api/v1/users/{path}/details")
    await users.close()

    assert db.rows(ROW) == [("user_details", logged, "SUCCESS")]


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        pytest.param("nobody", "nobody", id="unknown"),
        pytest.param("a" * 20, "a" * 20, id="as long as the column"),
        pytest.param("a" * 21, "a" * 20, id="too long"),
        pytest.param("a" * 3000, "a" * 20, id="far too long"),
        pytest.param("%F0%9F%98%80" * 21, "?" * 20, id="beyond the BMP"),
        pytest.param("a%F0%9F%98%80b", "a?b", id="beyond the BMP in between"),
        pytest.param("%C3%A4" * 20, "ä" * 20, id="letters of two bytes"),
        pytest.param("%E4%B8%AD" * 20, "中" * 20, id="letters of three bytes"),
        pytest.param("a%00b%0Ac", "a?b?c", id="control characters"),
        pytest.param("a%FFb", "a%FFb", id="no UTF-8"),
        pytest.param("it's%5C%25s", "it's\\%s", id="quote, backslash, percent"),
    ],
)
async def test_a_login_that_nobody_has_is_logged_as_far_as_it_fits(
    users: Users, db: TestDatabase, path: str, logged: str
) -> None:
    response = await users.get(f"/api/v1/users/{path}/details")
    await users.close()

    assert response.status == 404
    assert db.rows(ROW) == [("user_details", logged, "ERROR")]


async def test_a_call_that_is_about_no_login_leaves_none(leads: Leads, db: TestDatabase) -> None:
    await leads.get("/api/v1/leads/7/info?agent_user=agent1")
    await leads.close()

    assert db.rows(ROW) == [("lead_all_info", "", "ERROR")]
