"""An agent's campaigns: how many statements they take, and which indexes serve them."""

import pytest
from support.apps import Users
from support.builders import make_in_groups, make_user, make_user_group, text_of
from support.database import ENGINES, TestDatabase
from support.statements import explained, rows_read, statements_sent

PATH = "/api/v1/agents/agent1/campaigns"


def make_agent(db: TestDatabase, number: int, allowed: str | None = None) -> None:
    """An agent with that many campaigns C0001, C0002, ..., who all list that many in-groups."""
    names = [f"C{place:04}" for place in range(1, number + 1)]
    make_user_group(db, allowed_campaigns=allowed or text_of(names))
    make_user(db)
    db.execute(
        "INSERT INTO vicidial_campaigns (campaign_id, active, closer_campaigns)"
        f" SELECT CONCAT('C', LPAD(seq, 4, '0')), 'Y', %s FROM seq_1_to_{number}",
        make_in_groups(db, number),
    )
    db.execute(
        "INSERT INTO vicidial_campaign_agents (user, campaign_id, campaign_rank)"
        " SELECT 'agent1', campaign_id, 3 FROM vicidial_campaigns"
    )


@ENGINES
@pytest.mark.parametrize("allowed", [None, " -ALL-CAMPAIGNS- - -"], ids=["named", "all"])
@pytest.mark.parametrize("number", [3, 300])
async def test_four_statements_find_any_number_of_campaigns(
    users: Users, db: TestDatabase, number: int, allowed: str | None
) -> None:
    make_agent(db, number, allowed)

    with statements_sent() as statements:
        response = await users.get(PATH)

    data = (await response.json())["data"]
    places = range(1, number + 1)
    assert len(statements) == 4
    assert [campaign["campaign_id"] for campaign in data] == [f"C{place:04}" for place in places]
    assert {campaign["campaign_rank"] for campaign in data} == {3}
    assert all(one["in_groups"] == [f"G{place:04}" for place in places] for one in data)


async def test_more_than_a_thousand_campaigns_take_no_more(users: Users, db: TestDatabase) -> None:
    make_agent(db, 2)
    names = [f"N{place:04}" for place in range(1500)]
    db.execute(
        "INSERT INTO vicidial_campaigns (campaign_id, active)"
        " SELECT CONCAT('N', LPAD(seq, 4, '0')), 'Y' FROM seq_0_to_1499"
    )
    db.execute("UPDATE vicidial_user_groups SET allowed_campaigns = %s", text_of(names))

    with statements_sent() as statements:
        response = await users.get(PATH)

    assert [one["campaign_id"] for one in (await response.json())["data"]] == names
    assert len(statements) <= 4


@pytest.mark.parametrize(
    ("query", "number"),
    [
        pytest.param({"campaign_id": "GONE"}, 1, id="not allowed"),
        pytest.param({"campaign_id": "OFF"}, 2, id="inactive"),
        pytest.param({"campaign_id": "BARE"}, 3, id="without in-groups"),
    ],
)
async def test_what_cannot_be_found_is_not_asked_for(
    users: Users, db: TestDatabase, query: dict[str, str], number: int
) -> None:
    make_user_group(db, allowed_campaigns=" OFF BARE -")
    make_user(db)
    db.insert("vicidial_campaigns", campaign_id="OFF", active="N")
    db.insert("vicidial_campaigns", campaign_id="BARE", active="Y", closer_campaigns="")

    with statements_sent() as statements:
        response = await users.get(PATH, params=query)

    assert response.status == 200
    assert len(statements) == number


@ENGINES
async def test_each_statement_uses_an_index(users: Users, db: TestDatabase) -> None:
    make_agent(db, 3)
    for statement in (
        "INSERT INTO vicidial_users (user, pass) SELECT CONCAT('other', seq), ''",
        "INSERT INTO vicidial_campaign_agents (user, campaign_id)"
        " SELECT CONCAT('other', seq), 'C0001'",
        "INSERT INTO vicidial_campaigns (campaign_id, active) SELECT CONCAT('D', seq), 'Y'",
        "INSERT INTO vicidial_inbound_groups (group_id, active) SELECT CONCAT('H', seq), 'Y'",
    ):
        db.execute(f"{statement} FROM seq_1_to_500")
    db.execute(
        "ANALYZE TABLE vicidial_users, vicidial_campaigns, vicidial_inbound_groups,"
        " vicidial_campaign_agents"
    )

    with statements_sent() as statements:
        await users.get(PATH)

    plans = [explained(db, statement, "svc-users") for statement in statements]
    user, campaigns, ranks, in_groups = [plan["key"] for plan, *_ in plans]
    assert (user, campaigns, in_groups) == ("user", "PRIMARY", "PRIMARY")
    assert ranks in {"user", "vlca_user_campaign_id"}  # both begin with the user
    assert sum(rows_read(db, statement, "svc-users") for statement in statements) < 30
