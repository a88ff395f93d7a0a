"""An agent's in-groups: how many statements they take, and which indexes serve them."""

import pytest
from support.apps import Users
from support.builders import make_campaign, make_in_groups, make_user
from support.database import ENGINES, TestDatabase
from support.live_agents import make_session
from support.statements import explained, rows_read, statements_sent

PATH = "/api/v1/agents/agent1/ingroup-info"


def make_agent(db: TestDatabase, groups: int) -> None:
    """An agent who is logged in, with that many in-groups by each link, and ranks in all."""
    text = make_in_groups(db, groups)
    make_user(db, closer_campaigns=text)
    make_campaign(db, campaign_allow_inbound="Y", dial_method="RATIO", closer_campaigns=text)
    make_session(db, closer_campaigns=text)
    db.execute(
        "INSERT INTO vicidial_inbound_group_agents (user, group_id, group_rank)"
        " SELECT 'agent1', group_id, 3 FROM vicidial_inbound_groups WHERE group_id LIKE 'G%%'"
    )


@ENGINES
@pytest.mark.parametrize("groups", [3, 300, 3000])
async def test_five_statements_find_any_number_of_in_groups(
    users: Users, db: TestDatabase, groups: int
) -> None:
    make_agent(db, groups)

    with statements_sent() as statements:
        response = await users.get(PATH)

    data = (await response.json())["data"]
    assert len(statements) == 5
    assert [group["group_id"] for group in data] == [f"G{n:04}" for n in range(1, groups + 1)]
    assert {(one["user_default"], one["allowed"], one["selected"]) for one in data} == {
        ("Y", "Y", "Y")
    }
    assert {group["group_rank"] for group in data} == {3}


@pytest.mark.parametrize("groups", [3, 300])
async def test_who_is_not_logged_in_takes_one_less(
    users: Users, db: TestDatabase, groups: int
) -> None:
    make_agent(db, groups)
    db.execute("DELETE FROM vicidial_live_agents")

    with statements_sent() as statements:
        response = await users.get(PATH)

    assert len((await response.json())["data"]) == groups
    assert len(statements) == 4


@ENGINES
async def test_each_statement_uses_an_index(users: Users, db: TestDatabase) -> None:
    make_agent(db, 3)
    db.execute(
        "INSERT INTO vicidial_inbound_groups (group_id, active)"
        " SELECT CONCAT('H', seq), 'Y' FROM seq_1_to_500"
    )
    fill_with_others(db)

    with statements_sent() as statements:
        await users.get(PATH)

    plans = [explained(db, statement, "svc-users") for statement in statements]
    user, session, campaign, ranks, in_groups = [plan["key"] for (plan,) in plans]
    assert (user, session, campaign, in_groups) == ("user", "vlaus", "PRIMARY", "PRIMARY")
    assert ranks in {"user", "viga_user_group_id"}  # both begin with the user
    assert sum(rows_read(db, statement, "svc-users") for statement in statements) < 30


def fill_with_others(db: TestDatabase) -> None:
    """500 other agents with sessions and ranks; 500 other campaigns."""
    for statement in (
        "INSERT INTO vicidial_users (user, pass) SELECT CONCAT('other', seq), ''",
        "INSERT INTO vicidial_live_agents (user, server_ip, lead_id)"
        " SELECT CONCAT('other', seq), '10.0.0.5', 0",
        "INSERT INTO vicidial_inbound_group_agents (user, group_id)"
        " SELECT CONCAT('other', seq), 'G0001'",
        "INSERT INTO vicidial_campaigns (campaign_id) SELECT CONCAT('C', seq)",
    ):
        db.execute(f"{statement} FROM seq_1_to_500")
    db.execute(
        "ANALYZE TABLE vicidial_users, vicidial_live_agents, vicidial_inbound_groups,"
        " vicidial_inbound_group_agents, vicidial_campaigns"
    )
