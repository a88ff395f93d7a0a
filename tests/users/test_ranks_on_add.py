"""POST /api/v1/users with ranks and grades: the rows of the new user, and what is logged."""

from typing import Any

import pytest
from support.apps import Users
from support.builders import make_campaign, read_row
from support.changes import admin_log, changes
from support.database import TestDatabase
from support.statements import statements_sent
from support.users import (
    NEW,
    add,
    campaign_ranks,
    in_group_ranks,
    make_in_group,
    make_user_group,
)

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


def ranked(notes: str) -> tuple[str, ...]:
    """The log row of ranks."""
    return ("USERS", "MODIFY", "agent1", "ADMIN API UPDATE USER RANK", notes)


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
        pytest.param({"campaign_rank": 1, "ingroup_rank": 2}, (1, 1, 7), (2, 2, 8), id="ranks"),
        pytest.param({"campaign_grade": 1, "ingroup_grade": 2}, (5, 6, 1), (5, 6, 2), id="grades"),
        pytest.param({"campaign_rank": 1, "campaign_grade": 2, "ingroup_rank": 3,
                      "ingroup_grade": 4}, (1, 1, 2), (3, 3, 4), id="both"),
    ],
)  # fmt: skip
async def test_of_rows_that_are_left_over_only_what_is_given_is_overwritten(
    users: Users, db: TestDatabase, body: dict[str, int],
    campaign: tuple[int, ...], in_group: tuple[int, ...],
) -> None:  # fmt: skip
    kept = {"calls_today": 9, "group_web_vars": "a=b"}
    for user in ("AGENT1", "agent2"):
        db.insert("vicidial_campaign_agents", user=user, campaign_id="TESTCAMP", campaign_rank=5,
                  campaign_weight=6, campaign_grade=7, **kept)  # fmt: skip
        db.insert("vicidial_inbound_group_agents", user=user, group_id="SALES", group_rank=5,
                  group_weight=6, group_grade=8, daily_limit=20, **kept)  # fmt: skip

    status, _ = await add(users, NEW | body)

    assert status == 200
    assert ("TESTCAMP", *campaign) in campaign_ranks(db)
    assert ("SALES", *in_group) in in_group_ranks(db)
    assert (len(campaign_ranks(db)), len(in_group_ranks(db))) == (3, 4)
    left = read_row(db, "vicidial_inbound_group_agents", user="agent1", group_id="SALES")
    assert (left["calls_today"], left["group_web_vars"], left["daily_limit"]) == (9, "a=b", 20)
    assert campaign_ranks(db, "agent2") == [("TESTCAMP", 5, 6, 7)]
    assert in_group_ranks(db, "agent2") == [("SALES", 5, 6, 8)]


async def test_rows_of_campaigns_that_are_gone_stay(users: Users, db: TestDatabase) -> None:
    db.insert("vicidial_campaign_agents", user="agent1", campaign_id="GONE", campaign_rank=5)

    await add(users, campaign_rank=1)

    assert ("GONE", 5, 0, 1) in campaign_ranks(db)
    assert len(campaign_ranks(db)) == 4


async def test_without_campaigns_there_are_no_rows(users: Users, db: TestDatabase) -> None:
    db.execute("DELETE FROM vicidial_campaigns")

    status, _ = await add(users, campaign_rank=1)

    assert (status, db.count("vicidial_campaign_agents")) == (200, 0)
    assert changes(db) == [ADDED, ranked("user: agent1   rank: 1   grade:    rows: 0   limit: ")]


@pytest.mark.parametrize(
    ("body", "notes"),
    [
        pytest.param({"campaign_rank": 3}, ["rank: 3   grade:    rows: 3   limit: "], id="rank"),
        pytest.param({"campaign_rank": 0}, ["rank: 0   grade:    rows: 3   limit: "], id="zero"),
        pytest.param({"ingroup_grade": 5}, ["rank:    grade: 5   rows: 4   limit: "], id="grade"),
        pytest.param({"campaign_rank": 3, "campaign_grade": 2, "campaign_id": "night"},
                     ["rank: 3   grade: 2   rows: 1   limit: NIGHT"], id="campaign"),
        pytest.param({"ingroup_rank": -1, "group_id": "SALES"},
                     ["rank: -1   grade:    rows: 1   limit: SALES"], id="in-group"),
        pytest.param({"campaign_rank": 3, "campaign_id": "NIGHT", "camp_rg_only": "0"},
                     ["rank: 3   grade:    rows: 3   limit: "], id="limit switched off"),
        pytest.param({"campaign_grade": 4, "ingroup_rank": 5},
                     ["rank:    grade: 4   rows: 3   limit: ",
                      "rank: 5   grade:    rows: 4   limit: "], id="both kinds"),
    ],
)  # fmt: skip
async def test_each_kind_has_a_row_in_the_log_of_changes(
    users: Users, db: TestDatabase, body: dict[str, Any], notes: list[str]
) -> None:
    await add(users, NEW | body)

    assert changes(db) == [ADDED, *(ranked(f"user: agent1   {one}") for one in notes)]


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
    db.insert("vicidial_live_agents", user="agent2", server_ip="10.0.0.5", lead_id=0,
              campaign_id="TESTCAMP", campaign_weight=5, campaign_grade=6)  # fmt: skip
    db.insert("vicidial_live_inbound_agents", user="agent2", group_id="SALES", group_weight=5,
              group_grade=6)  # fmt: skip

    await add(users, campaign_rank=1, campaign_grade=2, ingroup_rank=3, ingroup_grade=4)

    assert db.row("SELECT campaign_weight, campaign_grade FROM vicidial_live_agents") == (5, 6)
    assert db.row("SELECT group_weight, group_grade FROM vicidial_live_inbound_agents") == (5, 6)
