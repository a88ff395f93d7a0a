"""PUT /api/v1/users/{user_id} with `delete_user`: steps that fail, crashes, and two at once."""

import asyncio
from typing import Any

import aiohttp
import pytest
from support.apps import Start, Users, authorization
from support.changes import changes, paused
from support.database import ENGINES, TestDatabase
from support.processes import service_process
from support.ranks import make_campaign_rank, make_in_group_rank
from support.remote_agents import make_remote_agent
from support.user_rows import logins, make_agent
from support.users import NOT_FOUND, USERS, copy, delete, deleted

LOG_ROW = ("USERS", "DELETE", "agent1", "ADMIN API DELETE USER", "user: agent1")
# What is left of agent1: its remote agent, ranks of campaigns and in-groups, the user.
BEFORE: Any = ("ACTIVE", 1, 1, 1)
GONE: Any = ("INACTIVE", 0, 0, 0)
STEPS: list[Any] = [
    pytest.param("vicidial_remote_agents", "UPDATE", BEFORE, id="the remote agent first"),
    pytest.param("vicidial_campaign_agents", "DELETE", ("INACTIVE", 1, 1, 1), id="campaigns then"),
    pytest.param("vicidial_inbound_group_agents", "DELETE", ("INACTIVE", 0, 1, 1), id="in-groups"),
    pytest.param("vicidial_users", "DELETE", ("INACTIVE", 0, 0, 1), id="the user's row last"),
]


@pytest.fixture(autouse=True)
def agents(db: TestDatabase) -> None:
    """agent1 and agent2, each with a remote agent and ranks."""
    for login in ("agent1", "agent2"):
        make_agent(db, login)
        make_remote_agent(db, login, status="ACTIVE")
        make_campaign_rank(db, login)
        make_in_group_rank(db, login)


def left(db: TestDatabase, login: str = "agent1") -> tuple[Any, ...]:
    """What is left of a user."""
    sql = "SELECT status FROM vicidial_remote_agents WHERE user_start = %s"
    tables = ("vicidial_campaign_agents", "vicidial_inbound_group_agents", "vicidial_users")
    counts = [db.value(f"SELECT COUNT(*) FROM {table} WHERE user = %s", login) for table in tables]
    return (db.value(sql, login), *counts)


@ENGINES
@pytest.mark.parametrize(("table", "operation", "after_fault"), STEPS)
async def test_a_step_that_fails_is_finished_by_a_repeat(
    users: Users, db: TestDatabase, engine: str, table: str, operation: str, after_fault: Any
) -> None:
    db.fail_writes(table, operation)
    broken, _ = await delete(users)
    found, logged = left(db), changes(db)
    db.mend_writes(table)

    again = await delete(users)

    assert (broken, logged) == (500, [])
    assert found == (after_fault if engine == "MyISAM" else BEFORE)
    assert (again, left(db)) == (deleted(), GONE)
    assert left(db, "agent2") == BEFORE
    assert changes(db) == [LOG_ROW]


@ENGINES
async def test_the_log_of_changes_is_written_last(
    users: Users, db: TestDatabase, engine: str
) -> None:
    db.fail_writes("vicidial_admin_log")
    broken, _ = await delete(users)
    found = left(db)
    db.mend_writes("vicidial_admin_log")

    again, _ = await delete(users)

    assert broken == 500
    assert (found, again) == ((GONE, 404) if engine == "MyISAM" else (BEFORE, 200))
    assert left(db) == GONE


@ENGINES
async def test_killed_in_the_middle_a_repeat_finishes(users: Users, db: TestDatabase) -> None:
    async with (
        service_process(db, "svc-users") as process,
        paused(db, "vicidial_inbound_group_agents", "BEFORE DELETE"),
        aiohttp.ClientSession(process.url, headers=authorization("svc-users")) as client,
    ):
        request = asyncio.create_task(client.put(f"{USERS}/agent1", json={"delete_user": "Y"}))
        await db.until_waiting(1)
        process.kill()
        with pytest.raises(aiohttp.ClientError):
            await request
    found = logins(db)

    answer = await delete(users)

    assert found == ["agent1", "agent2"]
    assert (answer, left(db), left(db, "agent2")) == (deleted(), GONE, BEFORE)
    assert changes(db) == [LOG_ROW]


@ENGINES
async def test_of_two_deletions_at_once_one_deletes_the_user(
    start_users: Start, db: TestDatabase
) -> None:
    instances = [await start_users() for _ in range(2)]
    with db.hold("vicidial_remote_agents"):
        both = [asyncio.create_task(delete(one)) for one in instances]
        await db.until_waiting(2)
    answers = sorted([await one for one in both], key=lambda answer: answer[0])

    assert answers == [deleted(), NOT_FOUND]
    assert (left(db), left(db, "agent2")) == (GONE, BEFORE)
    assert changes(db) == [LOG_ROW]


@ENGINES
async def test_many_users_are_deleted_and_copied_at_once(
    start_users: Start, db: TestDatabase
) -> None:
    instances = [await start_users() for _ in range(2)]
    going, new = [[f"{word}{number:02}" for number in range(10)] for word in ("agent1", "agent10")]
    for login in going:
        make_agent(db, login)
        make_remote_agent(db, login, status="ACTIVE")
        make_campaign_rank(db, login)

    deletions = [delete(instances[place % 2], login) for place, login in enumerate(going)]
    copies = [copy(instances[place % 2], new_user=login) for place, login in enumerate(new)]
    answers = await asyncio.gather(*deletions, *copies)

    assert [status for status, _ in answers] == [200] * 20
    assert [left(db, login) for login in going] == [GONE] * 10
    assert logins(db) == ["agent1", *new, "agent2"]


@ENGINES
async def test_a_user_who_goes_meanwhile_is_a_404(users: Users, db: TestDatabase) -> None:
    with db.hold("vicidial_inbound_group_agents"):
        request = asyncio.create_task(delete(users))
        await db.until_waiting(1)
        db.execute("DELETE FROM vicidial_users WHERE user = 'agent1'")

    assert await request == NOT_FOUND
    assert (logins(db), changes(db)) == (["agent2"], [])
    assert left(db, "agent2") == BEFORE
