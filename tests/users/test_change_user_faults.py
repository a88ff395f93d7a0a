"""PUT /api/v1/users/{user_id} with changes: steps that fail, and requests that meet."""

import asyncio
from contextlib import closing
from typing import Any

import pytest
from support.apps import Start, Users
from support.changes import changes
from support.database import ENGINES, TestDatabase
from support.live_agents import make_session, make_session_in_group
from support.ranks import campaign_ranks, in_group_ranks, make_campaign_rank, make_in_group_rank
from support.statements import explained, statements_sent
from support.user_rows import everything, logins, make_agent, make_things, user_row
from support.users import NOT_FOUND, change, delete, updated

ALL = {"active": "N", "campaign_rank": 2, "ingroup_rank": 3}
STEPS: list[Any] = [
    pytest.param("vicidial_users", "UPDATE", 0, id="the user first"),
    pytest.param("vicidial_campaign_agents", "INSERT", 1, id="then ranks of campaigns"),
    pytest.param("vicidial_live_agents", "UPDATE", 2, id="then the session"),
    pytest.param("vicidial_inbound_group_agents", "INSERT", 3, id="then ranks of in-groups"),
    pytest.param("vicidial_live_inbound_agents", "UPDATE", 4, id="then the session's in-groups"),
    pytest.param("vicidial_admin_log", "INSERT", 5, id="the log of changes last"),
]


@pytest.fixture(autouse=True)
def agents(db: TestDatabase) -> None:
    """agent1 and agent2, logged in, with ranks."""
    make_things(db)
    for login in ("agent1", "agent2"):
        make_agent(db, login, active="Y")
        make_campaign_rank(db, login)
        make_in_group_rank(db, login)
        make_session(db, login)
        make_session_in_group(db, login)


def done(db: TestDatabase) -> list[bool]:
    """Which steps of the change of all are made."""
    session = db.value("SELECT campaign_weight FROM vicidial_live_agents WHERE user = 'agent1'")
    of_in_group = db.value(
        "SELECT group_weight FROM vicidial_live_inbound_agents WHERE user = 'agent1'"
    )
    return [
        user_row(db)["active"] == "N",
        [row[1] for row in campaign_ranks(db)] == [2, 2],
        session == 2,
        [row[1] for row in in_group_ranks(db)] == [3, 3],
        of_in_group == 3,
    ]


@ENGINES
@pytest.mark.parametrize(("table", "operation", "steps"), STEPS)
async def test_a_step_that_fails_is_finished_by_a_repeat(
    users: Users, db: TestDatabase, engine: str, table: str, operation: str, steps: int
) -> None:
    made = steps if engine == "MyISAM" else 0
    db.fail_writes(table, operation)
    broken, _ = await change(users, **ALL)
    found, logged = done(db), changes(db)
    db.mend_writes(table)

    again = await change(users, **ALL)

    assert (broken, logged) == (500, [])
    assert found == [True] * made + [False] * (5 - made)
    assert again == updated()
    assert done(db) == [True] * 5
    assert len(changes(db)) == 3


@ENGINES
@pytest.mark.parametrize(
    ("table", "condition"),
    [
        ("vicidial_campaign_agents", "NEW.campaign_id = 'TWOCAMP'"),
        ("vicidial_inbound_group_agents", "NEW.group_id = 'SUPPORT'"),
    ],
)
async def test_ranks_that_are_half_written_are_finished_by_a_repeat(
    users: Users, db: TestDatabase, table: str, condition: str
) -> None:
    db.fail_writes(table, where=condition)
    broken, _ = await change(users, **ALL)
    db.mend_writes(table)

    again = await change(users, **ALL)

    assert (broken, again) == (500, updated())
    assert done(db) == [True] * 5


@ENGINES
async def test_a_fault_does_not_touch_other_users(users: Users, db: TestDatabase) -> None:
    before = user_row(db, "agent2"), campaign_ranks(db, "agent2"), in_group_ranks(db, "agent2")
    db.fail_writes("vicidial_inbound_group_agents")

    await change(users, **ALL)

    after = user_row(db, "agent2"), campaign_ranks(db, "agent2"), in_group_ranks(db, "agent2")
    assert after == before


@ENGINES
async def test_a_user_who_goes_meanwhile_is_a_404_and_leaves_nothing(
    users: Users, db: TestDatabase
) -> None:
    db.execute("DELETE FROM vicidial_campaign_agents WHERE user = 'agent1'")
    with db.hold("vicidial_user_groups"):
        request = asyncio.create_task(change(users, user_group="NIGHT", campaign_rank=2))
        await db.until_waiting(1)
        db.execute("DELETE FROM vicidial_users WHERE user = 'agent1'")

    assert await request == NOT_FOUND
    assert (logins(db), campaign_ranks(db), changes(db)) == (["agent2"], [], [])


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_a_user_who_is_just_being_deleted_is_a_404(users: Users, db: TestDatabase) -> None:
    with closing(db.server.connect(database=db.name)) as other, other.cursor() as cursor:
        other.begin()
        cursor.execute("DELETE FROM vicidial_users WHERE user = 'agent1'")
        request = asyncio.create_task(change(users, active="N", ingroup_rank=2))
        await db.until_waiting(1)
        other.commit()

    assert await request == NOT_FOUND
    assert (logins(db), changes(db)) == (["agent2"], [])


@ENGINES
async def test_a_deletion_and_a_change_at_once_leave_no_user_behind(
    start_users: Start, db: TestDatabase
) -> None:
    db.execute("DELETE FROM vicidial_live_agents")
    one, other = [await start_users() for _ in range(2)]
    with db.hold("vicidial_users"):
        deletion = asyncio.create_task(delete(one))
        changing = asyncio.create_task(change(other, active="N"))
        await db.until_waiting(2)
    answers = await deletion, await changing

    assert answers[0][0] == 200
    assert answers[1] in (updated(), NOT_FOUND)
    assert logins(db) == ["agent2"]
    assert len(changes(db)) == 1 + (answers[1][0] == 200)


@ENGINES
async def test_changes_of_the_same_user_at_once_are_all_made(
    start_users: Start, db: TestDatabase
) -> None:
    instances = [await start_users() for _ in range(2)]
    bodies: list[dict[str, Any]] = [
        {"full_name": "Mary Jones", "campaign_rank": 2},
        {"email": "mary@example.com", "campaign_grade": 3},
    ]
    with db.hold("vicidial_users"):
        both = [
            asyncio.create_task(change(one, **body))
            for one, body in zip(instances, bodies, strict=True)
        ]
        await db.until_waiting(2)

    assert [await one for one in both] == [updated(), updated()]
    row = user_row(db)
    assert (row["full_name"], row["email"]) == ("Mary Jones", "mary@example.com")
    assert [row[1:4] for row in campaign_ranks(db)] == [(2, 2, 3), (2, 2, 3)]
    assert len(changes(db)) == 4


@ENGINES
async def test_many_changes_of_ranks_at_once_are_all_made(
    start_users: Start, db: TestDatabase
) -> None:
    instances = [await start_users() for _ in range(2)]

    requests = [
        change(one, login, campaign_rank=2, ingroup_rank=3, active="N")
        for login in ("agent1", "agent2")
        for one in instances * 5
    ]
    answers = await asyncio.gather(*requests)

    assert answers == [updated("agent1")] * 10 + [updated("agent2")] * 10
    for login in ("agent1", "agent2"):
        assert [row[:2] for row in campaign_ranks(db, login)] == [("TESTCAMP", 2), ("TWOCAMP", 2)]
        assert [row[:2] for row in in_group_ranks(db, login)] == [("SALES", 3), ("SUPPORT", 3)]
    assert len(changes(db)) == 60


async def test_what_is_refused_late_has_written_nothing(users: Users, db: TestDatabase) -> None:
    before = everything(db)

    answer = await change(users, **ALL, group_id="NOLINE")

    assert answer[0] == 400
    assert everything(db) == before


async def test_a_user_is_found_by_the_index_of_logins(users: Users, db: TestDatabase) -> None:
    db.execute(
        "INSERT INTO vicidial_users (user, pass) SELECT CONCAT('90', seq), '' FROM seq_1_to_500"
    )
    db.execute("INSERT INTO phones_alias (alias_id) SELECT seq FROM seq_1_to_500")

    with statements_sent() as statements:
        await change(users, "9077", active="N", phone_login="-_09azAZ" + "x" * 12)
    lookups = [
        explained(db, one, "svc-users") for one in statements if one.sql.strip().startswith("SEL")
    ]

    plans = [(plan["table"], plan["key"]) for lookup in lookups for plan in lookup]
    assert ("vicidial_users", "user") in plans
    assert ("phones_alias", "PRIMARY") in plans
    assert {key for table, key in plans if table == "vicidial_users"} == {"user"}
