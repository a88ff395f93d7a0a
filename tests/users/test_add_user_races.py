"""POST /api/v1/users: requests, and administrators, that want the same login."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from pytest_aiohttp import AiohttpClient
from support.apps import Start, Users, authorization, service_settings
from support.builders import make_campaign, make_in_group, make_user, make_user_group, read_row
from support.changes import changes, paused
from support.database import ENGINES, TestDatabase
from support.named_locks import PREFIX, asked_for, free, held_by_another, without_patience
from support.passwords import hash_passwords
from support.ranks import campaign_ranks
from support.statements import statements_sent
from support.user_rows import everything, logins
from support.users import BUSY, GENERATED, NEW, TAKEN, add
from svc_users.app import create_app


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """The user group AGENTS, the campaign TESTCAMP, the in-group SALES."""
    make_user_group(db)
    make_campaign(db)
    make_in_group(db)


@ENGINES
async def test_of_20_that_add_one_login_exactly_one_does(
    start_users: Start, db: TestDatabase
) -> None:
    instances = [await start_users() for _ in range(2)]
    spellings = ["agent1", "AGENT1"]
    with db.hold("vicidial_users"):
        posts = [
            asyncio.create_task(add(instances[number % 2], user=spellings[number // 10]))
            for number in range(20)
        ]
        await db.until_waiting(2)  # one of each: the others wait without a connection
    answers = [await post for post in posts]

    assert [status for status, _ in answers].count(200) == 1
    assert answers.count(TAKEN) == 19
    assert len(logins(db)) == len(changes(db)) == 1


@ENGINES
async def test_who_comes_second_writes_no_ranks(start_users: Start, db: TestDatabase) -> None:
    instances = [await start_users() for _ in range(2)]

    async with paused(db, "vicidial_campaign_agents", "BEFORE INSERT"):
        first = asyncio.create_task(add(instances[0], campaign_rank=1))
        await db.until_waiting(1)
        second = asyncio.create_task(add(instances[1], user="AGENT1", campaign_rank=9))
        await db.until_waiting(2)  # for the lock of the login, in any case
    answers = await first, await second

    assert (answers[0][0], answers[1]) == (200, TAKEN)
    assert campaign_ranks(db) == [("TESTCAMP", 1, 1, 1)]
    assert logins(db) == ["agent1"]


@ENGINES
async def test_different_logins_are_added_at_once(users: Users, db: TestDatabase) -> None:
    with held_by_another(db, "user:agent1"):
        waiting = asyncio.create_task(add(users))
        await db.until_waiting(1)
        other, _ = await add(users, user="agent2")
        added_meanwhile = logins(db)
    status, _ = await waiting

    assert (other, status) == (200, 200)
    assert (added_meanwhile, logins(db)) == (["agent2"], ["agent1", "agent2"])


async def test_a_login_that_another_request_is_changing_is_a_409(
    users: Users, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_patience(monkeypatch)
    before = everything(db)

    with held_by_another(db, "user:agent1", "auto-user"):
        login = await add(users, user="AGENT1", campaign_rank=1)
        generated = await add(users, GENERATED, campaign_rank=1)

    assert (login, generated) == (BUSY, BUSY)
    assert everything(db) == before


async def test_each_lock_is_waited_for_5_seconds(users: Users, db: TestDatabase) -> None:
    assert PREFIX == "vicidial-api"

    with statements_sent() as statements:
        await add(users, user="AGENT1")
        await add(users, GENERATED)

    assert asked_for(db, statements) == [("user:agent1", 5), ("auto-user", 5), ("user:101", 5)]


@ENGINES
async def test_an_administrator_who_is_faster_decides(users: Users, db: TestDatabase) -> None:
    async with paused(db, "vicidial_campaign_agents", "BEFORE INSERT"):
        ours = asyncio.create_task(add(users, campaign_rank=1))
        await db.until_waiting(1)
        make_user(db, "AGENT1", full_name="Theirs")
    answer = await ours

    assert answer == TAKEN
    assert logins(db) == ["AGENT1"]
    assert read_row(db, "vicidial_users", user="agent1")["full_name"] == "Theirs"
    assert changes(db) == []


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_a_faster_administrators_user_gets_no_ranks(users: Users, db: TestDatabase) -> None:
    async with paused(db, "vicidial_campaign_agents", "BEFORE INSERT"):
        ours = asyncio.create_task(add(users, campaign_rank=1))
        await db.until_waiting(1)
        make_user(db, "agent1")
    await ours

    assert campaign_ranks(db) == []


@pytest.mark.parametrize("body", [NEW, GENERATED], ids=["login", "generated login"])
async def test_the_locks_are_free_after_every_answer(
    users: Users, db: TestDatabase, body: dict[str, Any]
) -> None:
    locks, statuses = ("auto-user", "user:agent1", "user:101"), []
    db.fail_writes("vicidial_users")
    statuses.append((await add(users, body))[0])
    after_a_fault = free(db, *locks)
    db.mend_writes("vicidial_users")
    hash_passwords(db, pass_key="")
    statuses.append((await add(users, body))[0])
    after_a_refusal = free(db, *locks)
    hash_passwords(db)
    statuses.append((await add(users, body))[0])
    after_an_addition = free(db, *locks)
    statuses.append((await add(users, NEW))[0])

    assert statuses == [500, 500, 200, 409 if body is NEW else 200]
    assert (after_a_fault, after_a_refusal, after_an_addition) == (True, True, True)
    assert free(db, *locks)


async def test_one_connection_is_enough(db: TestDatabase, aiohttp_client: AiohttpClient) -> None:
    settings = service_settings(db, "svc-users")
    app = create_app(replace(settings, database=replace(settings.database, pool_size=1)))
    users: Any = await aiohttp_client(TestServer(app), headers=authorization("svc-users"))
    hash_passwords(db)

    answers = await asyncio.gather(
        *(add(users, user=f"agent{number}", campaign_rank=1) for number in range(4)),
        *(add(users, GENERATED, campaign_rank=1) for _ in range(4)),
    )

    assert [status for status, _ in answers] == [200] * 8
    assert logins(db) == ["101", "108", "115", "122", *(f"agent{n}" for n in range(4))]
