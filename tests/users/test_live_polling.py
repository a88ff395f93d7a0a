"""Many pollers at once: one query at a time, and no answer older than its request."""

import asyncio
from typing import Any

import pytest
from support.apps import Users
from support.database import TestDatabase
from support.live_agents import fill, make_live_agent
from support.live_answers import GROUPS, LOGGED_IN, STATUS
from support.polling import arrivals
from support.statements import statements_sent

POLLERS = 50


async def told(users: Users, url: str) -> tuple[int, Any]:
    response = await users.get(url)
    return response.status, await response.json()


def poll(users: Users, url: str) -> asyncio.Task[tuple[int, Any]]:
    return asyncio.create_task(told(users, url))


@pytest.mark.parametrize(
    ("url", "statements_a_run"),
    [
        pytest.param(LOGGED_IN, 1, id="logged in"),
        pytest.param(f"{LOGGED_IN}?show_sub_status=Y", 7, id="logged in, with sub-status"),
        pytest.param(STATUS, 8, id="status"),
        pytest.param(f"{STATUS}?agent_user=agent1&include_ip=Y", 9, id="one agent"),
        pytest.param(GROUPS, 9, id="user groups"),
        pytest.param(f"{STATUS}?agent_user=nobody", 2, id="an agent who is not there"),
    ],
)
async def test_fifty_pollers_cause_one_query_at_a_time(
    users: Users, db: TestDatabase, url: str, statements_a_run: int
) -> None:
    fill(db, 3)
    expected = await told(users, url)

    with statements_sent() as statements, arrivals() as arrived:
        with db.hold("vicidial_live_agents"):
            polls = [poll(users, url)]
            await db.until_waiting(1)
            polls += [poll(users, url) for _ in range(POLLERS - 1)]
            await arrived(POLLERS)
            assert len(statements) <= statements_a_run
        answers = await asyncio.gather(*polls)

    assert answers == [expected] * POLLERS
    assert len(statements) == 2 * statements_a_run
    # One run after the other: their statements do not mix.
    sent = [one.sql for one in statements]
    assert sent[:statements_a_run] == sent[statements_a_run:]


async def test_equal_filters_share_in_any_spelling(users: Users, db: TestDatabase) -> None:
    make_live_agent(db, "agent1")
    spellings = ("campaigns=TESTCAMP|X", "campaigns=x,testcamp", "campaign_id=X|X|TestCamp",
                 "campaigns=TESTCAMP&campaign_id=X")  # fmt: skip

    with statements_sent() as statements, arrivals() as arrived:
        with db.hold("vicidial_live_agents"):
            polls = [poll(users, f"{LOGGED_IN}?{spellings[0]}")]
            await db.until_waiting(1)
            polls += [poll(users, f"{LOGGED_IN}?{one}") for one in spellings]
            await arrived(len(polls))
        answers = await asyncio.gather(*polls)

    assert {answer["data"][0]["user"] for _, answer in answers} == {"agent1"}
    assert len(statements) == 2


async def test_pollers_with_other_filters_have_their_own_answers(
    users: Users, db: TestDatabase
) -> None:
    for name in ("A", "B", "C"):
        make_live_agent(db, f"agent{name}", campaign_id=name)

    with arrivals() as arrived:
        with db.hold("vicidial_live_agents"):
            polls = [poll(users, f"{STATUS}?campaigns={name}") for name in ("A", "B", "C") * 5]
            await arrived(len(polls))
        answers = await asyncio.gather(*polls)

    assert [[one["user"] for one in answer["data"]] for _, answer in answers] == [
        ["agentA"], ["agentB"], ["agentC"]
    ] * 5  # fmt: skip


async def test_pollers_of_all_kinds_leave_the_pool_to_the_others(
    users: Users, db: TestDatabase
) -> None:
    make_live_agent(db, "agent1")
    urls = [f"{STATUS}?agent_user=agent{number}" for number in range(1, 10)]

    with arrivals() as arrived:
        with db.hold("vicidial_live_agents"):
            polls = [
                poll(users, url) for url in [*urls, LOGGED_IN, GROUPS, f"{STATUS}?campaigns=X"]
            ]
            await arrived(len(polls))
            await db.until_waiting(1)
            status, _ = await told(users, "/api/v1/users/agent1/details")
            waiting = db.waiting()
        answers = await asyncio.gather(*polls)

    assert (status, waiting) == (200, 1)
    assert {status for status, _ in answers} == {200, 404}


@pytest.mark.parametrize("url", [f"{LOGGED_IN}?show_sub_status=Y", STATUS])
async def test_a_request_sees_what_has_changed_before_it(
    users: Users, db: TestDatabase, url: str
) -> None:
    make_live_agent(db, status="READY")

    with arrivals() as arrived:
        with db.hold("parked_channels"):
            before = poll(users, url)
            await db.until_waiting(1)  # the run has read the agents, and goes on from there
            db.execute("UPDATE vicidial_live_agents SET status = 'PAUSED'")
            after = [poll(users, url) for _ in range(3)]
            await arrived(4)
        answers = await asyncio.gather(before, *after)

    assert [answer["data"][0]["status"] for _, answer in answers] == [
        "READY", "PAUSED", "PAUSED", "PAUSED"
    ]  # fmt: skip


async def test_a_group_s_counts_are_no_older_than_their_request(
    users: Users, db: TestDatabase
) -> None:
    db.execute("UPDATE vicidial_user_groups SET user_group = 'AGENTS'")
    make_live_agent(db, status="READY")

    with arrivals() as arrived:
        with db.hold("parked_channels"):
            before = poll(users, GROUPS)
            await db.until_waiting(1)
            db.execute("UPDATE vicidial_live_agents SET status = 'PAUSED'")
            after = poll(users, GROUPS)
            await arrived(2)
        (_, old), (_, new) = await asyncio.gather(before, after)

    shown = [(one["data"][0]["agents_waiting"], one["data"][0]["agents_paused"]) for one in
             (old, new)]  # fmt: skip
    assert shown == [(1, 0), (0, 1)]


async def test_nothing_is_kept_from_one_poll_to_the_next(users: Users, db: TestDatabase) -> None:
    make_live_agent(db, status="READY")
    _, first = await told(users, STATUS)

    db.execute("UPDATE vicidial_live_agents SET status = 'CLOSER'")
    _, second = await told(users, STATUS)

    assert [answer["data"][0]["status"] for answer in (first, second)] == ["READY", "CLOSER"]


async def test_the_service_ends_while_nobody_answers_its_query(
    users: Users, db: TestDatabase
) -> None:
    make_live_agent(db)

    with arrivals() as arrived, db.hold("vicidial_live_agents"):
        polls = [poll(users, STATUS) for _ in range(3)]
        await arrived(3)
        await db.until_waiting(1)
        for one in polls:
            one.cancel()
        await asyncio.wait_for(users.close(), 10)
