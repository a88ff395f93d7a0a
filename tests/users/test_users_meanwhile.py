"""Users who go, or log in, while a request is under way; and a copy that is killed."""

import asyncio

import aiohttp
import pytest
from support.apps import Users, authorization
from support.builders import make_campaign
from support.changes import changes, paused
from support.database import ENGINES, TestDatabase
from support.live_agents import make_session
from support.processes import service_process
from support.ranks import (
    campaign_ranks,
    in_group_ranks,
    make_campaign_rank,
    make_in_group_rank,
)
from support.user_rows import logins, make_agent
from support.users import NOT_FOUND, PASSWORD, USERS, change, copy, delete, refused


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """agent1, and the campaign TESTCAMP."""
    make_agent(db)
    make_campaign(db)


@ENGINES
async def test_ranks_of_a_user_who_is_deleted_meanwhile_are_ranks_of_nobody(
    users: Users, db: TestDatabase
) -> None:
    with db.hold("vicidial_campaign_agents"):
        changing = asyncio.create_task(change(users, campaign_rank=5))
        await db.until_waiting(1)
        db.execute("DELETE FROM vicidial_users WHERE user = 'agent1'")

    assert await changing == NOT_FOUND
    assert campaign_ranks(db) == []
    assert changes(db) == []


@ENGINES
async def test_who_logs_in_while_he_is_deleted_stays(
    users: Users, db: TestDatabase, engine: str
) -> None:
    make_campaign_rank(db)
    with db.hold("vicidial_remote_agents"):
        deletion = asyncio.create_task(delete(users))
        await db.until_waiting(1)
        make_session(db, "agent1")

    assert await deletion == refused(409, "User is logged in")
    assert logins(db) == ["agent1"]
    if engine == "MyISAM":  # what was done before is done, and the log tells it
        assert campaign_ranks(db) == []
        assert changes(db) == [
            ("USERS", "DELETE", "agent1", "ADMIN API DELETE USER",
             "user: agent1   not deleted: logged in meanwhile")
        ]  # fmt: skip
    else:
        assert len(campaign_ranks(db)) == 1
        assert changes(db) == []


@ENGINES
async def test_a_copy_that_is_killed_between_its_writes_is_finished_by_a_repeat(
    users: Users, db: TestDatabase
) -> None:
    make_campaign_rank(db, campaign_rank=3)
    make_in_group_rank(db, group_rank=4)
    body = {"new_user": "agent2", "new_pass": PASSWORD}
    async with (
        service_process(db, "svc-users") as process,
        paused(db, "vicidial_campaign_agents", "BEFORE INSERT"),
        aiohttp.ClientSession(process.url, headers=authorization("svc-users")) as client,
    ):
        request = asyncio.create_task(client.post(f"{USERS}/agent1/copy", json=body))
        await db.until_waiting(1)
        process.kill()
        with pytest.raises(aiohttp.ClientError):
            await request
    found = logins(db)

    status, _ = await copy(users, **body)

    assert (found, status, logins(db)) == (["agent1"], 200, ["agent1", "agent2"])
    assert [row[1] for row in campaign_ranks(db, "agent2")] == [3]
    assert [row[1] for row in in_group_ranks(db, "agent2")] == [4]
    assert len(changes(db)) == 1
