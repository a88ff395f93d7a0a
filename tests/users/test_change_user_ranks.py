"""PUT /api/v1/users/{user_id}: ranks and grades of campaigns and in-groups."""

from typing import Any

import pytest
from support.apps import Users
from support.builders import make_campaign, make_in_group
from support.changes import admin_log, changes, difference, written_since
from support.database import TestDatabase
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
from support.user_rows import everything, make_agent, make_things, user_row
from support.users import change, updated

# The rows that are there before: TESTCAMP and SALES only.
OLD_CAMPAIGN = ("TESTCAMP", 5, 4, 6, "a=b", 12, 3, 2)
OLD_IN_GROUP = ("SALES", 7, 8, 9, "c=d", "E", 50, 11, 10)
LOG_ROW = ("USERS", "MODIFY", "agent1", "ADMIN API UPDATE USER", "user: agent1")


@pytest.fixture(autouse=True)
def agents(db: TestDatabase) -> None:
    """agent1 and agent2, each with a rank of the first campaign, and of the first in-group."""
    make_things(db)
    for login in ("agent1", "agent2"):
        make_agent(db, login)
        make_campaign_rank(db, login)
        make_in_group_rank(db, login)


def new_campaign(campaign_id: str, rank: int = 0, grade: int = 1) -> tuple[Any, ...]:
    return (campaign_id, rank, rank, grade, "", 0, 0, 0)


def new_in_group(group_id: str, rank: int = 0, grade: int = 1) -> tuple[Any, ...]:
    return (group_id, rank, rank, grade, "", "C", -1, 0, 0)


@pytest.mark.parametrize(
    ("body", "one", "two", "notes"),
    [
        pytest.param(
            {"campaign_rank": 9},
            ("TESTCAMP", 9, 9, 6, "a=b", 12, 3, 2),
            new_campaign("TWOCAMP", rank=9),
            (9, "", 2, ""),
            id="a rank for all",
        ),
        pytest.param(
            {"campaign_grade": 10},
            ("TESTCAMP", 5, 4, 10, "a=b", 12, 3, 2),
            new_campaign("TWOCAMP", grade=10),
            ("", 10, 2, ""),
            id="a grade for all",
        ),
        pytest.param(
            {"campaign_rank": -9, "campaign_grade": 1},
            ("TESTCAMP", -9, -9, 1, "a=b", 12, 3, 2),
            new_campaign("TWOCAMP", rank=-9),
            (-9, 1, 2, ""),
            id="both for all",
        ),
        pytest.param(
            {"campaign_rank": 0},
            ("TESTCAMP", 0, 0, 6, "a=b", 12, 3, 2),
            new_campaign("TWOCAMP"),
            (0, "", 2, ""),
            id="rank 0",
        ),
        pytest.param(
            {"campaign_rank": "3", "campaign_grade": "4", "campaign_id": "twocamp"},
            OLD_CAMPAIGN,
            new_campaign("TWOCAMP", 3, 4),
            (3, 4, 1, "TWOCAMP"),
            id="for one, as the database spells it",
        ),
        pytest.param(
            {"campaign_grade": 4, "campaign_id": "TESTCAMP"},
            ("TESTCAMP", 5, 4, 4, "a=b", 12, 3, 2),
            None,
            ("", 4, 1, "TESTCAMP"),
            id="a grade for one",
        ),
        pytest.param(
            {"campaign_rank": 3, "campaign_id": "TWOCAMP", "camp_rg_only": "1"},
            OLD_CAMPAIGN,
            new_campaign("TWOCAMP", 3),
            (3, "", 1, "TWOCAMP"),
            id="for one, as it says",
        ),
        pytest.param(
            {"campaign_rank": 3, "campaign_id": "TWOCAMP", "camp_rg_only": "0"},
            ("TESTCAMP", 3, 3, 6, "a=b", 12, 3, 2),
            new_campaign("TWOCAMP", 3),
            (3, "", 2, ""),
            id="for all though one is named",
        ),
        pytest.param(
            {"campaign_rank": 3, "camp_rg_only": 0},
            ("TESTCAMP", 3, 3, 6, "a=b", 12, 3, 2),
            new_campaign("TWOCAMP", 3),
            (3, "", 2, ""),
            id="for all, as it says",
        ),
    ],
)
async def test_ranks_of_campaigns_are_written_where_they_are_given(
    users: Users, db: TestDatabase, body: Any, one: Any, two: Any, notes: Any
) -> None:
    before = everything(db)

    answer = await change(users, **body)

    assert answer == updated()
    assert whole_campaign_ranks(db) == [row for row in (one, two) if row]
    assert whole_campaign_ranks(db, "agent2") == [OLD_CAMPAIGN]
    assert changes(db) == [rank_log("agent1", *notes)]
    assert written_since(db, before) == {"vicidial_campaign_agents", "vicidial_admin_log"}


@pytest.mark.parametrize(
    ("body", "sales", "support", "notes"),
    [
        pytest.param(
            {"ingroup_rank": 9},
            ("SALES", 9, 9, 9, "c=d", "E", 50, 11, 10),
            new_in_group("SUPPORT", rank=9),
            (9, "", 2, ""),
            id="a rank for all",
        ),
        pytest.param(
            {"ingroup_grade": 10},
            ("SALES", 7, 8, 10, "c=d", "E", 50, 11, 10),
            new_in_group("SUPPORT", grade=10),
            ("", 10, 2, ""),
            id="a grade for all",
        ),
        pytest.param(
            {"ingroup_rank": -9, "ingroup_grade": 1},
            ("SALES", -9, -9, 1, "c=d", "E", 50, 11, 10),
            new_in_group("SUPPORT", rank=-9),
            (-9, 1, 2, ""),
            id="both for all",
        ),
        pytest.param(
            {"ingroup_rank": "3", "ingroup_grade": "4", "group_id": "support"},
            OLD_IN_GROUP,
            new_in_group("SUPPORT", 3, 4),
            (3, 4, 1, "SUPPORT"),
            id="for one, as the database spells it",
        ),
        pytest.param(
            {"ingroup_rank": 3, "group_id": "SUPPORT", "ingrp_rg_only": 1},
            OLD_IN_GROUP,
            new_in_group("SUPPORT", 3),
            (3, "", 1, "SUPPORT"),
            id="for one, as it says",
        ),
        pytest.param(
            {"ingroup_rank": 3, "group_id": "SUPPORT", "ingrp_rg_only": "0"},
            ("SALES", 3, 3, 9, "c=d", "E", 50, 11, 10),
            new_in_group("SUPPORT", 3),
            (3, "", 2, ""),
            id="for all though one is named",
        ),
    ],
)
async def test_ranks_of_in_groups_are_written_where_they_are_given(
    users: Users, db: TestDatabase, body: Any, sales: Any, support: Any, notes: Any
) -> None:
    before = everything(db)

    answer = await change(users, **body)

    assert answer == updated()
    assert whole_in_group_ranks(db) == [sales, support]
    assert whole_in_group_ranks(db, "agent2") == [OLD_IN_GROUP]
    assert changes(db) == [rank_log("agent1", *notes)]
    assert written_since(db, before) == {"vicidial_inbound_group_agents", "vicidial_admin_log"}


async def test_columns_and_both_kinds_of_ranks_have_a_log_row_each(
    users: Users, db: TestDatabase
) -> None:
    answer = await change(users, active="N", campaign_rank=2, ingroup_grade=3, group_id="SALES")

    assert answer == updated()
    assert changes(db) == [
        LOG_ROW,
        rank_log("agent1", 2, "", 2, ""),
        rank_log("agent1", "", 3, 1, "SALES"),
    ]
    assert whole_campaign_ranks(db)[1] == new_campaign("TWOCAMP", 2)
    assert whole_in_group_ranks(db) == [("SALES", 7, 8, 3, "c=d", "E", 50, 11, 10)]


async def test_each_log_row_holds_its_own_statements(users: Users, db: TestDatabase) -> None:
    await change(users, active="N", campaign_rank=2, campaign_id="TESTCAMP", ingroup_grade=3)

    columns, campaigns, in_groups = [row[6].split("\n") for row in admin_log(db)]
    assert columns == [
        "UPDATE vicidial_users SET `active` = 'N', failed_login_count = 0 WHERE user = 'agent1'"
    ]
    assert [statement.split("(")[0].strip() for statement in campaigns] == [
        "INSERT INTO vicidial_campaign_agents",
        "UPDATE vicidial_live_agents SET `campaign_weight` = 2"
        " WHERE user = 'agent1' AND campaign_id = 'TESTCAMP'",
    ]
    assert [statement.split("(")[0].strip() for statement in in_groups] == [
        "INSERT INTO vicidial_inbound_group_agents",
        "UPDATE vicidial_live_inbound_agents SET `group_grade` = 3 WHERE user = 'agent1'",
    ]


async def test_ranks_alone_leave_the_user_and_its_lock(users: Users, db: TestDatabase) -> None:
    before = user_row(db)

    await change(users, campaign_rank=2, ingroup_rank=2)

    assert difference(before, user_row(db)) == {}
    assert user_row(db)["failed_login_count"] == 7


@pytest.mark.parametrize("path", ["AGENT1", "agent1%20"])
async def test_the_rows_have_the_login_as_the_database_spells_it(
    users: Users, db: TestDatabase, path: str
) -> None:
    await change(users, path, campaign_rank=2, ingroup_rank=2)

    for table in ("vicidial_campaign_agents", "vicidial_inbound_group_agents"):
        found = db.rows(f"SELECT DISTINCT BINARY user FROM {table} ORDER BY 1")
        assert found == [(b"agent1",), (b"agent2",)]
    assert {row[2] for row in changes(db)} == {"agent1"}


async def test_inactive_campaigns_and_in_groups_have_rows_too(
    users: Users, db: TestDatabase
) -> None:
    make_campaign(db, "OFFCAMP", active="N")
    make_in_group(db, "OFFLINE", active="N")

    await change(users, campaign_rank=2, ingroup_rank=2)

    assert [row[0] for row in campaign_ranks(db)] == ["OFFCAMP", "TESTCAMP", "TWOCAMP"]
    assert [row[0] for row in in_group_ranks(db)] == ["OFFLINE", "SALES", "SUPPORT"]


async def test_rows_of_campaigns_that_are_gone_are_left_alone(
    users: Users, db: TestDatabase
) -> None:
    make_campaign_rank(db, campaign_id="GONE")
    make_in_group_rank(db, group_id="GONE")

    await change(users, campaign_rank=2, ingroup_rank=2)

    assert whole_campaign_ranks(db)[0] == ("GONE", *OLD_CAMPAIGN[1:])
    assert whole_in_group_ranks(db)[0] == ("GONE", *OLD_IN_GROUP[1:])


async def test_without_campaigns_there_are_no_rows_and_it_is_a_success(
    users: Users, db: TestDatabase
) -> None:
    db.execute("DELETE FROM vicidial_campaigns")

    answer = await change(users, campaign_rank=2)

    assert answer == updated()
    assert whole_campaign_ranks(db) == [OLD_CAMPAIGN]
    assert changes(db) == [rank_log("agent1", 2, "", 0, "")]


async def test_ranks_are_written_with_a_fixed_number_of_statements(
    users: Users, db: TestDatabase
) -> None:
    counts = []
    for number in (3, 300):
        db.execute("DELETE FROM vicidial_campaigns")
        db.execute("DELETE FROM vicidial_inbound_groups")
        db.execute(
            "INSERT INTO vicidial_campaigns (campaign_id)"
            f" SELECT CONCAT('C', seq) FROM seq_1_to_{number}"
        )
        db.execute(
            "INSERT INTO vicidial_inbound_groups (group_id, group_name)"
            f" SELECT CONCAT('G', seq), '' FROM seq_1_to_{number}"
        )
        with statements_sent() as statements:
            await change(users, campaign_rank=2, campaign_grade=2, ingroup_rank=2)
        counts.append(len(statements))

    assert counts[0] == counts[1]
    assert len(campaign_ranks(db)) == len(in_group_ranks(db)) == 301
    assert changes(db) == [
        log_row
        for number in (3, 300)
        for log_row in (
            rank_log("agent1", 2, 2, number, ""),
            rank_log("agent1", 2, "", number, ""),
        )
    ]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        pytest.param({"campaign_id": "TESTCAMP"}, ["campaign_id"], id="campaign_id alone"),
        pytest.param({"camp_rg_only": "1"}, ["camp_rg_only"], id="camp_rg_only alone"),
        pytest.param({"group_id": "SALES"}, ["group_id"], id="group_id alone"),
        pytest.param({"ingrp_rg_only": "1"}, ["ingrp_rg_only"], id="ingrp_rg_only alone"),
        pytest.param(
            {"campaign_id": "TESTCAMP", "camp_rg_only": "1"},
            ["campaign_id"],
            id="both without a rank",
        ),
        pytest.param(
            {"campaign_id": "TESTCAMP", "ingroup_rank": 1}, ["campaign_id"], id="the other's rank"
        ),
        pytest.param(
            {"group_id": "SALES", "campaign_grade": 1}, ["group_id"], id="the other's grade"
        ),
        pytest.param(
            {"campaign_rank": 1, "camp_rg_only": "1"}, ["camp_rg_only"], id="1 without campaign_id"
        ),
        pytest.param(
            {"ingroup_grade": 1, "ingrp_rg_only": 1}, ["ingrp_rg_only"], id="1 without group_id"
        ),
    ],
)
async def test_limits_that_limit_nothing_are_refused(
    users: Users, db: TestDatabase, body: dict[str, Any], fields: list[str]
) -> None:
    before = everything(db)

    status, answer = await change(users, active="N", **body)

    assert (status, sorted(answer["details"])) == (400, fields)
    assert everything(db) == before
