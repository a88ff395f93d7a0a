"""POST /api/v1/users: what is refused though each value could be right."""

from typing import Any

import pytest
from support.apps import Users
from support.builders import make_campaign, make_in_group, make_user, make_user_group, read_row
from support.database import TestDatabase
from support.passwords import hash_passwords
from support.ranks import make_campaign_rank
from support.user_rows import everything
from support.users import NEW, TAKEN, USERS, add


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """The user group AGENTS, the campaign TESTCAMP, the in-group SALES."""
    make_user_group(db)
    make_campaign(db)
    make_in_group(db)


async def test_all_that_is_missing_is_named(users: Users, db: TestDatabase) -> None:
    before = everything(db)

    response = await users.post(USERS, json={})

    assert response.status == 400
    assert (await response.json())["details"] == {
        "user": ["Required"],
        "pass": ["Required"],
        "full_name": ["Required"],
        "user_group": ["Required"],
    }
    assert everything(db) == before


@pytest.mark.parametrize("absent", ["null", "left out"])
@pytest.mark.parametrize("field", NEW)
async def test_a_required_field_is_missed(
    users: Users, db: TestDatabase, field: str, absent: str
) -> None:
    body: dict[str, Any] = NEW | {field: None}
    if absent == "left out":
        del body[field]

    response = await users.post(USERS, json=body)

    assert response.status == 400
    assert (await response.json())["details"] == {field: ["Required"]}
    assert db.count("vicidial_users") == 0


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        pytest.param({"user_group": "NOGROUP"}, ["user_group"], id="user group"),
        pytest.param({"in_groups": ["SALES", "NOGROUP"]}, ["in_groups"], id="in-group of an array"),
        pytest.param({"in_groups": "NOGROUP|SALES"}, ["in_groups"], id="in-group of a string"),
        pytest.param({"in_groups": "SALE_"}, ["in_groups"], id="in-group that is a pattern"),
        pytest.param({"campaign_id": "NOCAMP", "campaign_rank": 1}, ["campaign_id"], id="campaign"),
        pytest.param({"campaign_id": "NOCAMP", "campaign_grade": 1, "camp_rg_only": "0"},
                     ["campaign_id"], id="campaign that limits nothing"),
        pytest.param({"group_id": "NOGROUP", "ingroup_grade": 1}, ["group_id"], id="in-group"),
        pytest.param({"group_id": "TESTCAMP", "ingroup_grade": 1}, ["group_id"],
                     id="campaign as an in-group"),
        pytest.param({"user_group": "NOGROUP", "in_groups": "NOGROUP", "campaign_id": "NOCAMP",
                      "campaign_rank": 1, "group_id": "NOGROUP", "ingroup_rank": 1},
                     ["campaign_id", "group_id", "in_groups", "user_group"], id="all at once"),
    ],
)  # fmt: skip
async def test_what_does_not_exist_is_an_error_of_the_field(
    users: Users, db: TestDatabase, body: dict[str, Any], fields: list[str]
) -> None:
    before = everything(db)

    status, envelope = await add(users, NEW | body)

    assert (status, sorted(envelope["details"])) == (400, fields)
    assert everything(db) == before


@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param({"campaign_id": "TESTCAMP"}, "campaign_id", id="campaign without ranks"),
        pytest.param({"campaign_id": "TESTCAMP", "ingroup_rank": 1}, "campaign_id",
                     id="campaign with an in-group's rank"),
        pytest.param({"campaign_rank": 1, "camp_rg_only": "1"}, "camp_rg_only",
                     id="only the campaign, and none"),
        pytest.param({"campaign_grade": 1, "camp_rg_only": 1, "group_id": "SALES",
                      "ingroup_rank": 1}, "camp_rg_only", id="only the campaign, and an in-group"),
        pytest.param({"group_id": "SALES"}, "group_id", id="in-group without ranks"),
        pytest.param({"group_id": "SALES", "campaign_grade": 1}, "group_id",
                     id="in-group with a campaign's grade"),
        pytest.param({"ingroup_rank": 1, "ingrp_rg_only": "1"}, "ingrp_rg_only",
                     id="only the in-group, and none"),
        pytest.param({"camp_rg_only": "1"}, "camp_rg_only", id="only the campaign, no ranks"),
        pytest.param({"ingrp_rg_only": "1"}, "ingrp_rg_only", id="only the in-group, no ranks"),
    ],
)  # fmt: skip
async def test_a_limit_of_ranks_needs_what_it_limits(
    users: Users, db: TestDatabase, body: dict[str, Any], field: str
) -> None:
    before = everything(db)

    status, envelope = await add(users, NEW | body)

    assert (status, list(envelope["details"])) == (400, [field])
    assert everything(db) == before


@pytest.mark.parametrize("user", ["agent1", "AGENT1", "Agent1", "agent1 ", " aGENT1"])
async def test_a_login_that_is_taken_is_a_409(users: Users, db: TestDatabase, user: str) -> None:
    make_user(db, "agent1", full_name="Jane Doe")
    make_campaign_rank(db)
    before = everything(db)

    answer = await add(users, user=user, campaign_rank=1, ingroup_rank=1)

    assert answer == TAKEN
    assert everything(db) == before
    assert read_row(db, "vicidial_users", user="agent1")["full_name"] == "Jane Doe"


async def test_a_repeat_is_a_409(users: Users, db: TestDatabase) -> None:
    await add(users)
    before = everything(db)

    assert await add(users) == TAKEN
    assert everything(db) == before


async def test_what_is_wrong_is_told_before_what_is_taken(users: Users, db: TestDatabase) -> None:
    make_user(db, "agent1")

    status, envelope = await add(users, user_group="NOGROUP")

    assert (status, list(envelope["details"])) == (400, ["user_group"])


async def test_what_is_taken_is_told_before_a_hash_that_cannot_be_made(
    users: Users, db: TestDatabase
) -> None:
    make_user(db, "agent1")
    hash_passwords(db, pass_key="")

    assert await add(users) == TAKEN
