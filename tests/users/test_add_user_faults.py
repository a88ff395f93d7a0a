"""POST /api/v1/users: steps that fail, and a crash."""

import asyncio
from typing import Any

import aiohttp
import pytest
from support.apps import Users, authorization
from support.builders import make_campaign, make_in_group, make_user, make_user_group
from support.changes import changes, paused
from support.database import ENGINES, TestDatabase
from support.named_locks import free
from support.passwords import set_system
from support.processes import service_process
from support.ranks import campaign_ranks, in_group_ranks
from support.user_rows import everything, last_used, logins
from support.users import GENERATED, NEW, USERS, add

RANKED = {"campaign_rank": 3, "campaign_id": "TESTCAMP", "ingroup_grade": 5, "group_id": "SALES"}
ADDED = ("USERS", "ADD", "agent1", "ADMIN API ADD USER", "user: agent1")
# What is written, in the contract's order.
STEPS = ("number", "campaigns", "in-groups", "user", "log")


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """AGENTS, TESTCAMP, SALES; 1000 is the number that was generated last."""
    make_user_group(db)
    make_campaign(db)
    make_in_group(db)
    make_user(db, "1000")
    set_system(db, auto_user_add_value=1000)


def steps_done(db: TestDatabase, user: str) -> list[str]:
    """Which of the steps are to be seen in the database."""
    seen = (
        last_used(db) != 1000,
        campaign_ranks(db, user) == [("TESTCAMP", 3, 3, 1)],
        in_group_ranks(db, user) == [("SALES", 0, 0, 5)],
        user in logins(db),
        bool(changes(db)),
    )
    return [step for step, done in zip(STEPS, seen, strict=True) if done]


@ENGINES
@pytest.mark.parametrize(
    ("table", "operation", "done"),
    [
        ("system_settings", "UPDATE", []),
        ("vicidial_campaign_agents", "INSERT", ["number"]),
        ("vicidial_inbound_group_agents", "INSERT", ["number", "campaigns"]),
        ("vicidial_users", "INSERT", ["number", "campaigns", "in-groups"]),
        ("vicidial_admin_log", "INSERT", ["number", "campaigns", "in-groups", "user"]),
    ],
)
async def test_the_user_is_written_after_its_ranks_and_before_the_log(
    users: Users, db: TestDatabase, engine: str, table: str, operation: str, done: list[str]
) -> None:
    db.fail_writes(table, operation)

    status, _ = await add(users, GENERATED | RANKED)

    assert status == 500
    assert steps_done(db, "1007") == (done if engine == "MyISAM" else [])
    assert free(db, "auto-user", "user:1007")


@ENGINES
@pytest.mark.parametrize(
    "table",
    ["system_settings", "vicidial_campaign_agents", "vicidial_inbound_group_agents",
     "vicidial_users"],
)  # fmt: skip
async def test_a_repeat_adds_the_generated_user(users: Users, db: TestDatabase, table: str) -> None:
    db.fail_writes(table, "UPDATE" if table == "system_settings" else "INSERT")
    await add(users, GENERATED | RANKED)
    db.mend_writes(table)

    status, envelope = await add(users, GENERATED | RANKED)

    assert (status, envelope["data"]["user"]) == (200, "1007")
    assert steps_done(db, "1007") == list(STEPS)
    assert logins(db) == ["1000", "1007"]


@ENGINES
@pytest.mark.parametrize(
    "table", ["vicidial_campaign_agents", "vicidial_inbound_group_agents", "vicidial_users"]
)
async def test_a_repeat_overwrites_the_ranks_that_are_left(
    users: Users, db: TestDatabase, table: str
) -> None:
    db.fail_writes(table)
    broken, _ = await add(users, NEW | RANKED)
    db.mend_writes(table)

    again, _ = await add(users, NEW | RANKED | {"campaign_rank": 7, "ingroup_grade": 8})

    assert (broken, again) == (500, 200)
    assert campaign_ranks(db) == [("TESTCAMP", 7, 7, 1)]
    assert in_group_ranks(db) == [("SALES", 0, 0, 8)]
    assert changes(db).count(ADDED) == 1
    assert logins(db) == ["1000", "agent1"]


@ENGINES
async def test_a_user_whose_log_row_is_lost_is_there(
    users: Users, db: TestDatabase, engine: str
) -> None:
    db.fail_writes("vicidial_admin_log")
    broken, _ = await add(users)
    left = logins(db)
    db.mend_writes("vicidial_admin_log")

    again, _ = await add(users)

    kept = engine == "MyISAM"
    assert (broken, left) == (500, ["1000", "agent1"] if kept else ["1000"])
    assert (again, changes(db)) == ((409, []) if kept else (200, [ADDED]))
    assert logins(db) == ["1000", "agent1"]


@ENGINES
async def test_the_log_of_a_repeat_holds_only_what_was_done(users: Users, db: TestDatabase) -> None:
    db.fail_writes("vicidial_users")
    await add(users, NEW | RANKED)
    db.mend_writes("vicidial_users")
    await add(users)

    assert changes(db) == [ADDED]
    assert db.value("SELECT event_sql FROM vicidial_admin_log").count("INSERT INTO") == 1


@ENGINES
@pytest.mark.parametrize("body", [NEW, GENERATED], ids=["login", "generated login"])
async def test_a_lost_connection_is_a_503_and_a_repeat_finishes(
    users: Users, db: TestDatabase, body: dict[str, Any]
) -> None:
    with db.hold("vicidial_inbound_group_agents"):
        request = asyncio.create_task(add(users, body | RANKED))
        await db.until_waiting(1)
        db.kill_service_connections()
        lost, _ = await request
    again, envelope = await add(users, body | RANKED)

    assert (lost, again) == (503, 200)
    assert steps_done(db, envelope["data"]["user"])[-4:] == list(STEPS[1:])
    assert len(logins(db)) == 2


@ENGINES
@pytest.mark.parametrize("body", [NEW, GENERATED], ids=["login", "generated login"])
async def test_a_killed_service_is_in_nobodys_way(
    users: Users, db: TestDatabase, body: dict[str, Any]
) -> None:
    before = everything(db)
    async with (
        service_process(db, "svc-users") as process,
        paused(db, "vicidial_users", "BEFORE INSERT") as fail,
        aiohttp.ClientSession(process.url, headers=authorization("svc-users")) as client,
    ):
        request = asyncio.create_task(client.post(USERS, json=body | RANKED))
        await db.until_waiting(1)
        process.kill()
        with pytest.raises(aiohttp.ClientError):
            await request
        fail()  # what the server was told already
    left = everything(db)

    status, envelope = await add(users, body | RANKED)

    assert left["vicidial_users"] == before["vicidial_users"]
    assert status == 200
    assert steps_done(db, envelope["data"]["user"])[-4:] == list(STEPS[1:])
