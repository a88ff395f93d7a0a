"""Remote agents: writes that fail, and what happens beside a change."""

import asyncio

import pytest
from support.apps import Users
from support.borders import check_is_denied
from support.builders import make_user
from support.changes import changes
from support.database import ENGINES, TestDatabase
from support.remote_agents import change, changed, make_remote_agent, remote_agents
from support.users import refused


@pytest.fixture(autouse=True)
def remote_agent(db: TestDatabase) -> None:
    """The remote agent 2424 on two servers, and its user."""
    make_user(db, "2424")
    make_remote_agent(db, remote_agent_id=1)
    make_remote_agent(db, remote_agent_id=2, server_ip="10.0.0.7")


def started(db: TestDatabase) -> dict[int, bool]:
    """Which rows are active."""
    return {agent["remote_agent_id"]: agent["status"] == "ACTIVE" for agent in remote_agents(db)}


@ENGINES
async def test_nothing_is_logged_when_nothing_is_changed(users: Users, db: TestDatabase) -> None:
    db.fail_writes("vicidial_remote_agents", "UPDATE")

    status, _ = await change(users, status="ACTIVE")

    assert status == 500
    assert (started(db), changes(db)) == ({1: False, 2: False}, [])


@ENGINES
async def test_a_repeat_finishes_what_was_not_logged(
    users: Users, db: TestDatabase, engine: str
) -> None:
    db.fail_writes("vicidial_admin_log")
    status, _ = await change(users, status="ACTIVE")
    found = started(db)
    db.mend_writes("vicidial_admin_log")

    again = await change(users, status="ACTIVE")

    kept = engine == "MyISAM"
    assert (status, found) == (500, {1: kept, 2: kept})
    assert again == changed()
    assert (started(db), len(changes(db))) == ({1: True, 2: True}, 1)


@ENGINES
async def test_a_remote_agent_that_is_deleted_meanwhile_is_a_404(
    users: Users, db: TestDatabase
) -> None:
    with db.hold("vicidial_users"):  # it stands between step 1 and the change
        task = asyncio.create_task(change(users, status="ACTIVE"))
        await db.until_waiting(1)
        db.execute("DELETE FROM vicidial_remote_agents")

    assert await task == refused(404, "Remote agent not found")
    assert changes(db) == []


async def test_rows_that_become_anothers_meanwhile_are_left_alone(
    users: Users, db: TestDatabase
) -> None:
    with db.hold("vicidial_users"):
        task = asyncio.create_task(change(users, status="ACTIVE"))
        await db.until_waiting(1)
        db.execute("UPDATE vicidial_remote_agents SET user_start = '3' WHERE remote_agent_id = 1")
        make_remote_agent(db, remote_agent_id=3)

    assert await task == changed()
    assert started(db) == {1: False, 2: True, 3: False}


@ENGINES
async def test_two_changes_at_once_are_both_made(users: Users, db: TestDatabase) -> None:
    with db.hold("vicidial_remote_agents"):
        both = [
            asyncio.create_task(change(users, **fields))
            for fields in ({"status": "ACTIVE"}, {"conf_exten": "8301"})
        ]
        await db.until_waiting(2)

    assert await asyncio.gather(*both) == [changed(), changed()]
    assert {(agent["status"], agent["conf_exten"]) for agent in remote_agents(db)} == {
        ("ACTIVE", "8301")
    }
    assert len(changes(db)) == 2


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO vicidial_remote_agents (user_start, server_ip) VALUES ('3', '10.0.0.5')",
        "DELETE FROM vicidial_remote_agents",
    ],
)
def test_the_service_can_neither_add_nor_delete_them(db: TestDatabase, sql: str) -> None:
    check_is_denied(db, "svc-users", sql)
