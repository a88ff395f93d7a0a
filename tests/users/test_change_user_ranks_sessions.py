"""PUT /api/v1/users/{user_id}: ranks and grades in the sessions of those who are logged in."""

from typing import Any

import pytest
from support.apps import Users
from support.database import TestDatabase
from support.live_agents import make_session, make_session_in_group
from support.user_rows import make_agent, make_things
from support.users import change, updated

# Of agent1 in two campaigns (as a remote agent may be), and of agent2: weight, grade.
Weights = dict[tuple[str, str], tuple[int, int]]
SESSIONS: Weights = {
    ("agent1", "TESTCAMP"): (4, 6),
    ("agent1", "TWOCAMP"): (4, 6),
    ("agent2", "TESTCAMP"): (4, 6),
}
IN_GROUPS: Weights = {
    ("agent1", "SALES"): (8, 9),
    ("agent1", "SUPPORT"): (8, 9),
    ("agent2", "SALES"): (8, 9),
}


@pytest.fixture(autouse=True)
def sessions(db: TestDatabase) -> None:
    """agent1 and agent2, both logged in."""
    make_things(db)
    for login in ("agent1", "agent2"):
        make_agent(db, login)
    for login, campaign_id in SESSIONS:
        make_session(db, login, campaign_id, campaign_weight=4, campaign_grade=6)
    for login, group_id in IN_GROUPS:
        make_session_in_group(db, login, group_id, group_weight=8, group_grade=9)


def live_agents(db: TestDatabase) -> Weights:
    rows = db.rows("SELECT user, campaign_id, campaign_weight, campaign_grade FROM"
                   " vicidial_live_agents")  # fmt: skip
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}


def live_in_groups(db: TestDatabase) -> Weights:
    rows = db.rows("SELECT user, group_id, group_weight, group_grade FROM"
                   " vicidial_live_inbound_agents")  # fmt: skip
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}


def other_columns(db: TestDatabase) -> list[tuple[Any, ...]]:
    """What a change of ranks has no business with; `last_update_time` the database itself sets."""
    ours = {"campaign_weight", "campaign_grade", "group_weight", "group_grade", "last_update_time"}
    found = []
    for table in ("vicidial_live_agents", "vicidial_live_inbound_agents"):
        names = [name for name, *_ in db.rows(f"SHOW COLUMNS FROM {table}") if name not in ours]
        found += db.rows(f"SELECT {', '.join(names)} FROM {table}")
    return found


@pytest.mark.parametrize(
    ("body", "changed"),
    [
        pytest.param(
            {"campaign_rank": -3},
            {("agent1", "TESTCAMP"): (-3, 6), ("agent1", "TWOCAMP"): (-3, 6)},
            id="the rank is the weight",
        ),
        pytest.param(
            {"campaign_grade": 2},
            {("agent1", "TESTCAMP"): (4, 2), ("agent1", "TWOCAMP"): (4, 2)},
            id="the grade",
        ),
        pytest.param(
            {"campaign_rank": 0, "campaign_grade": 2},
            {("agent1", "TESTCAMP"): (0, 2), ("agent1", "TWOCAMP"): (0, 2)},
            id="both",
        ),
        pytest.param(
            {"campaign_rank": 1, "campaign_grade": 2, "campaign_id": "TWOCAMP"},
            {("agent1", "TWOCAMP"): (1, 2)},
            id="of one campaign",
        ),
        pytest.param(
            {"campaign_rank": 1, "campaign_id": "TWOCAMP", "camp_rg_only": "0"},
            {("agent1", "TESTCAMP"): (1, 6), ("agent1", "TWOCAMP"): (1, 6)},
            id="of all though one is named",
        ),
    ],
)
async def test_a_session_has_the_new_values_of_its_campaign(
    users: Users, db: TestDatabase, body: dict[str, Any], changed: Weights
) -> None:
    before = other_columns(db)

    answer = await change(users, **body)

    assert answer == updated()
    assert live_agents(db) == SESSIONS | changed
    assert live_in_groups(db) == IN_GROUPS
    assert other_columns(db) == before


@pytest.mark.parametrize(
    ("body", "changed"),
    [
        pytest.param(
            {"ingroup_rank": -3},
            {("agent1", "SALES"): (-3, 9), ("agent1", "SUPPORT"): (-3, 9)},
            id="the rank is the weight",
        ),
        pytest.param(
            {"ingroup_grade": 2},
            {("agent1", "SALES"): (8, 2), ("agent1", "SUPPORT"): (8, 2)},
            id="the grade",
        ),
        pytest.param(
            {"ingroup_rank": 1, "ingroup_grade": 2, "group_id": "SUPPORT"},
            {("agent1", "SUPPORT"): (1, 2)},
            id="of one in-group",
        ),
        pytest.param(
            {"ingroup_rank": 1, "group_id": "SUPPORT", "ingrp_rg_only": "0"},
            {("agent1", "SALES"): (1, 9), ("agent1", "SUPPORT"): (1, 9)},
            id="of all though one is named",
        ),
    ],
)
async def test_a_session_has_the_new_values_of_its_in_groups(
    users: Users, db: TestDatabase, body: dict[str, Any], changed: Weights
) -> None:
    before = other_columns(db)

    answer = await change(users, **body)

    assert answer == updated()
    assert live_agents(db) == SESSIONS
    assert live_in_groups(db) == IN_GROUPS | changed
    assert other_columns(db) == before


async def test_no_session_begins_by_a_change(users: Users, db: TestDatabase) -> None:
    db.execute("DELETE FROM vicidial_live_agents WHERE user = 'agent1'")
    db.execute("DELETE FROM vicidial_live_inbound_agents WHERE user = 'agent1'")

    answer = await change(users, campaign_rank=1, ingroup_rank=1)

    assert answer == updated()
    assert live_agents(db) == {("agent2", "TESTCAMP"): (4, 6)}
    assert live_in_groups(db) == {("agent2", "SALES"): (8, 9)}


async def test_a_session_keeps_its_in_groups_when_the_default_selection_changes(
    users: Users, db: TestDatabase
) -> None:
    before = other_columns(db)

    await change(users, in_groups=["SUPPORT"], user_level=9)

    assert other_columns(db) == before
    assert (live_agents(db), live_in_groups(db)) == (SESSIONS, IN_GROUPS)
