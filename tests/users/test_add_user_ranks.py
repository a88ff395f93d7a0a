"""POST /api/v1/users with ranks and grades: the rows of the new user, and what is logged."""

from typing import Any

import pytest
from support.apps import Users
from support.builders import make_campaign, make_in_group, make_user_group, read_row
from support.changes import admin_log, changes
from support.database import TestDatabase
from support.live_agents import make_session, make_session_in_group
from support.ranks import (
    campaign_ranks,
    in_group_ranks,
    make_campaign_rank,
    make_in_group_rank,
    rank_log,
    whole_campaign_ranks,
    whole_in_group_ranks,
)
from support.statements import statements_sent
from support.users import NEW, add

CAMPAIGNS = ("CLOSED", "NIGHT", "TESTCAMP")
# The first two are VICIdial's own.
IN_GROUPS = ("AGENTDIRECT", "AGENTDIRECT_CHAT", "SALES", "SUPPORT")
ADDED = ("USERS", "ADD", "agent1", "ADMIN API ADD USER", "user: agent1")


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """Three campaigns (one is not active) and four in-groups (nor is one)."""
    make_user_group(db)
    make_campaign(db, "TESTCAMP")
    make_campaign(db, "NIGHT")
    make_campaign(db, "CLOSED", active="N")
    make_in_group(db, "SALES")
    make_in_group(db, "SUPPORT", active="N")


@pytest.mark.parametrize(
    ("body", "row"),
    [
        pytest.param({"rank": 3}, (3, 3, 1), id="rank"),
        pytest.param({"rank": -9}, (-9, -9, 1), id="rank below zero"),
        pytest.param({"rank": 0}, (0, 0, 1), id="rank of zero"),
        pytest.param({"grade": 7}, (0, 0, 7), id="grade"),
        pytest.param({"rank": 3, "grade": 7}, (3, 3, 7), id="rank and grade"),
    ],
)
async def test_every_campaign_gets_a_row_and_every_in_group(
    users: Users, db: TestDatabase, body: dict[str, int], row: tuple[int, ...]
) -> None:
    await add(users, user="agent2", **{f"campaign_{name}": body[name] for name in body})
    await add(users, user="agent3", **{f"ingroup_{name}": body[name] for name in body})

    assert campaign_ranks(db, "agent2") == [(campaign, *row) for campaign in CAMPAIGNS]
    assert in_group_ranks(db, "agent3") == [(in_group, *row) for in_group in IN_GROUPS]
    assert (campaign_ranks(db, "agent3"), in_group_ranks(db, "agent2")) == ([], [])


@pytest.mark.parametrize(
    ("limits", "campaigns"),
    [
        pytest.param({}, CAMPAIGNS, id="none"),
        pytest.param({"camp_rg_only": "0"}, CAMPAIGNS, id="switched off, without a campaign"),
        pytest.param({"campaign_id": "TESTCAMP"}, ["TESTCAMP"], id="campaign"),
        pytest.param({"campaign_id": "testcamp"}, ["TESTCAMP"], id="campaign in other letters"),
        pytest.param({"campaign_id": "CLOSED", "camp_rg_only": "1"}, ["CLOSED"], id="switched on"),
        pytest.param({"campaign_id": "NIGHT", "camp_rg_only": 1}, ["NIGHT"], id="as a number"),
        pytest.param({"campaign_id": "NIGHT", "camp_rg_only": "0"}, CAMPAIGNS, id="switched off"),
        pytest.param({"campaign_id": "NIGHT", "camp_rg_only": None}, ["NIGHT"], id="null"),
        pytest.param({"group_id": "SALES", "ingroup_rank": 1}, CAMPAIGNS, id="in-group"),
    ],
)
async def test_a_campaign_limits_its_ranks(
    users: Users, db: TestDatabase, limits: dict[str, Any], campaigns: list[str]
) -> None:
    status, _ = await add(users, NEW | {"campaign_rank": 2} | limits)

    assert status == 200
    assert campaign_ranks(db) == [(campaign, 2, 2, 1) for campaign in campaigns]


@pytest.mark.parametrize(
    ("limits", "in_groups"),
    [
        pytest.param({}, IN_GROUPS, id="none"),
        pytest.param({"ingrp_rg_only": "0"}, IN_GROUPS, id="switched off, without an in-group"),
        pytest.param({"group_id": "SALES"}, ["SALES"], id="in-group"),
        pytest.param({"group_id": "sales"}, ["SALES"], id="in-group in other letters"),
        pytest.param({"group_id": "SUPPORT", "ingrp_rg_only": "1"}, ["SUPPORT"], id="switched on"),
        pytest.param({"group_id": "SALES", "ingrp_rg_only": 1}, ["SALES"], id="as a number"),
        pytest.param({"group_id": "SALES", "ingrp_rg_only": "0"}, IN_GROUPS, id="switched off"),
        pytest.param({"group_id": "SALES", "ingrp_rg_only": None}, ["SALES"], id="null"),
        pytest.param({"campaign_id": "NIGHT", "campaign_rank": 1}, IN_GROUPS, id="campaign"),
    ],
)
async def test_an_in_group_limits_its_ranks(
    users: Users, db: TestDatabase, limits: dict[str, Any], in_groups: list[str]
) -> None:
    status, _ = await add(users, NEW | {"ingroup_grade": 6} | limits)

    assert status == 200
    assert in_group_ranks(db) == [(in_group, 0, 0, 6) for in_group in in_groups]


async def test_other_columns_of_new_rows_have_their_defaults(
    users: Users, db: TestDatabase
) -> None:
    await add(users, campaign_rank=2, campaign_id="TESTCAMP", ingroup_rank=4, group_id="SALES")

    assert read_row(db, "vicidial_campaign_agents", user="agent1") == {
        "user": "agent1", "campaign_id": "TESTCAMP", "campaign_rank": 2, "campaign_weight": 2,
        "calls_today": 0, "group_web_vars": "", "campaign_grade": 1, "hopper_calls_today": 0,
        "hopper_calls_hour": 0,
    }  # fmt: skip
    assert read_row(db, "vicidial_inbound_group_agents", user="agent1") == {
        "user": "agent1", "group_id": "SALES", "group_rank": 4, "group_weight": 4,
        "calls_today": 0, "group_web_vars": "", "group_grade": 1, "group_type": "C",
        "calls_today_filtered": 0, "daily_limit": -1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("body", "campaign", "in_group"),
    [
        pytest.param({"campaign_rank": 1, "ingroup_rank": 2}, (1, 1, 6), (2, 2, 9), id="ranks"),
        pytest.param({"campaign_grade": 1, "ingroup_grade": 2}, (5, 4, 1), (7, 8, 2), id="grades"),
        pytest.param({"campaign_rank": 1, "campaign_grade": 2, "ingroup_rank": 3,
                      "ingroup_grade": 4}, (1, 1, 2), (3, 3, 4), id="both"),
    ],
)  # fmt: skip
async def test_of_rows_that_are_left_over_only_what_is_given_is_overwritten(
    users: Users, db: TestDatabase, body: dict[str, int],
    campaign: tuple[int, ...], in_group: tuple[int, ...],
) -> None:  # fmt: skip
    for user in ("AGENT1", "agent2"):
        make_campaign_rank(db, user)
        make_in_group_rank(db, user)
    others = whole_campaign_ranks(db, "agent2"), whole_in_group_ranks(db, "agent2")

    status, _ = await add(users, NEW | body)

    assert status == 200
    assert ("TESTCAMP", *campaign, "a=b", 12, 3, 2) in whole_campaign_ranks(db)
    assert ("SALES", *in_group, "c=d", "E", 50, 11, 10) in whole_in_group_ranks(db)
    assert (len(campaign_ranks(db)), len(in_group_ranks(db))) == (3, 4)
    assert (whole_campaign_ranks(db, "agent2"), whole_in_group_ranks(db, "agent2")) == others


async def test_rows_of_campaigns_that_are_gone_stay(users: Users, db: TestDatabase) -> None:
    make_campaign_rank(db, campaign_id="GONE")

    await add(users, campaign_rank=1)

    assert ("GONE", 5, 4, 6) in campaign_ranks(db)
    assert len(campaign_ranks(db)) == 4


async def test_without_campaigns_there_are_no_rows(users: Users, db: TestDatabase) -> None:
    db.execute("DELETE FROM vicidial_campaigns")

    status, _ = await add(users, campaign_rank=1)

    assert (status, db.count("vicidial_campaign_agents")) == (200, 0)
    assert changes(db) == [ADDED, rank_log("agent1", 1, "", 0, "")]


@pytest.mark.parametrize(
    ("body", "logged"),
    [
        pytest.param({"campaign_rank": 3}, [(3, "", 3, "")], id="rank"),
        pytest.param({"campaign_rank": 0}, [(0, "", 3, "")], id="zero"),
        pytest.param({"ingroup_grade": 5}, [("", 5, 4, "")], id="grade"),
        pytest.param({"campaign_rank": 3, "campaign_grade": 2, "campaign_id": "night"},
                     [(3, 2, 1, "NIGHT")], id="campaign"),
        pytest.param({"ingroup_rank": -1, "group_id": "SALES"}, [(-1, "", 1, "SALES")],
                     id="in-group"),
        pytest.param({"campaign_rank": 3, "campaign_id": "NIGHT", "camp_rg_only": "0"},
                     [(3, "", 3, "")], id="limit switched off"),
        pytest.param({"campaign_grade": 4, "ingroup_rank": 5},
                     [("", 4, 3, ""), (5, "", 4, "")], id="both kinds"),
    ],
)  # fmt: skip
async def test_each_kind_has_a_row_in_the_log_of_changes(
    users: Users, db: TestDatabase, body: dict[str, Any], logged: list[Any]
) -> None:
    await add(users, NEW | body)

    assert changes(db) == [ADDED, *(rank_log("agent1", *one) for one in logged)]


async def test_a_row_of_the_log_holds_its_own_statements(users: Users, db: TestDatabase) -> None:
    await add(users, campaign_rank=3, ingroup_grade=5)

    added, campaigns, in_groups = [row[6] for row in admin_log(db)]
    assert "vicidial_users" in added
    assert "vicidial_campaign_agents" not in added + in_groups
    assert "vicidial_campaign_agents" in campaigns
    assert "vicidial_inbound_group_agents" not in added + campaigns
    assert "vicidial_inbound_group_agents" in in_groups


async def test_the_statements_are_as_many_for_300_campaigns_as_for_3(
    users: Users, db: TestDatabase
) -> None:
    body = NEW | {"campaign_rank": 1, "campaign_grade": 2, "ingroup_rank": 3, "ingroup_grade": 4}
    with statements_sent() as few:
        await add(users, body)
    db.execute("INSERT INTO vicidial_campaigns (campaign_id) SELECT seq FROM seq_1_to_297")
    db.execute("INSERT INTO vicidial_inbound_groups (group_id) SELECT seq FROM seq_1_to_296")

    with statements_sent() as many:
        await add(users, body, user="agent2")

    assert len(campaign_ranks(db, "agent2")) == len(in_group_ranks(db, "agent2")) == 300
    assert [one.sql for one in many] == [one.sql for one in few]
    for table in ("vicidial_campaign_agents", "vicidial_inbound_group_agents"):
        assert len([one for one in many if table in one.sql and "admin_log" not in one.sql]) == 1


async def test_live_sessions_of_others_stay_as_they_are(users: Users, db: TestDatabase) -> None:
    make_session(db, "agent2", campaign_weight=5, campaign_grade=6)
    make_session_in_group(db, "agent2", group_weight=5, group_grade=6)

    await add(users, campaign_rank=1, campaign_grade=2, ingroup_rank=3, ingroup_grade=4)

    assert db.row("SELECT campaign_weight, campaign_grade FROM vicidial_live_agents") == (5, 6)
    assert db.row("SELECT group_weight, group_grade FROM vicidial_live_inbound_agents") == (5, 6)
