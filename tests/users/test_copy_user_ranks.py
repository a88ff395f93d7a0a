"""POST /api/v1/users/{user_id}/copy: the ranks and grades."""

import pytest
from support.apps import Users
from support.changes import changes
from support.database import TestDatabase
from support.ranks import (
    make_campaign_rank,
    make_in_group_rank,
    whole_campaign_ranks,
    whole_in_group_ranks,
)
from support.user_rows import make_agent
from support.users import copy


@pytest.fixture(autouse=True)
def agents(db: TestDatabase) -> None:
    """agent1 and agent3, without ranks."""
    make_agent(db)
    make_agent(db, "agent3")


async def test_ranks_of_campaigns_are_copied_without_the_calls_of_today(
    users: Users, db: TestDatabase
) -> None:
    make_campaign_rank(db)
    make_campaign_rank(db, campaign_id="GONE", campaign_rank=-9, campaign_weight=9,
                       campaign_grade=10, group_web_vars="w" * 255, calls_today=0)  # fmt: skip
    before = whole_campaign_ranks(db)

    await copy(users)

    assert whole_campaign_ranks(db, "agent2") == [
        ("GONE", -9, 9, 10, "w" * 255, 0, 0, 0),
        ("TESTCAMP", 5, 4, 6, "a=b", 0, 0, 0),
    ]
    assert whole_campaign_ranks(db) == before
    assert whole_in_group_ranks(db, "agent2") == []
    assert changes(db)[0][4].endswith("rows: 1,0,2")


async def test_ranks_of_in_groups_are_copied_without_the_calls_of_today(
    users: Users, db: TestDatabase
) -> None:
    make_in_group_rank(db)
    make_in_group_rank(db, group_id="GONE", group_rank=-9, group_weight=9, group_grade=10,
                       group_web_vars="w" * 255, group_type="C", daily_limit=-1)  # fmt: skip
    before = whole_in_group_ranks(db)

    await copy(users)

    assert whole_in_group_ranks(db, "agent2") == [
        ("GONE", -9, 9, 10, "w" * 255, "C", -1, 0, 0),
        ("SALES", 7, 8, 9, "c=d", "E", 50, 0, 0),
    ]
    assert whole_in_group_ranks(db) == before
    assert whole_campaign_ranks(db, "agent2") == []
    assert changes(db)[0][4].endswith("rows: 1,2,0")


async def test_ranks_that_are_null_are_copied_as_null(users: Users, db: TestDatabase) -> None:
    make_campaign_rank(db, campaign_rank=None, campaign_weight=None, campaign_grade=None,
                       group_web_vars=None)  # fmt: skip
    make_in_group_rank(db, group_rank=None, group_weight=None, group_grade=None,
                       group_type=None, group_web_vars=None, daily_limit=None)  # fmt: skip

    await copy(users)

    assert whole_campaign_ranks(db, "agent2") == [("TESTCAMP", None, None, None, None, 0, 0, 0)]
    assert whole_in_group_ranks(db, "agent2") == [
        ("SALES", None, None, None, None, None, None, 0, 0)
    ]


@pytest.mark.parametrize("leftovers_of", ["agent2", "AGENT2"])
async def test_what_an_earlier_user_of_that_login_left_is_deleted(
    users: Users, db: TestDatabase, leftovers_of: str
) -> None:
    make_campaign_rank(db)
    make_in_group_rank(db)
    for campaign_id in ("TESTCAMP", "OLDCAMP"):
        make_campaign_rank(db, leftovers_of, campaign_id, campaign_rank=1)
    for group_id in ("SALES", "OLDLINE"):
        make_in_group_rank(db, leftovers_of, group_id, group_rank=1)

    status, _ = await copy(users)

    assert status == 200
    assert whole_campaign_ranks(db, "agent2") == [("TESTCAMP", 5, 4, 6, "a=b", 0, 0, 0)]
    assert whole_in_group_ranks(db, "agent2") == [("SALES", 7, 8, 9, "c=d", "E", 50, 0, 0)]
    for table in ("vicidial_campaign_agents", "vicidial_inbound_group_agents"):
        found = db.rows(f"SELECT BINARY user FROM {table} ORDER BY 1")
        assert found == [(b"agent1",), (b"agent2",)]
    assert changes(db)[0][4].endswith("rows: 1,1,1")


async def test_leftovers_go_though_the_source_has_no_ranks(users: Users, db: TestDatabase) -> None:
    make_campaign_rank(db, "agent2")
    make_in_group_rank(db, "agent2")

    await copy(users)

    assert (whole_campaign_ranks(db, "agent2"), whole_in_group_ranks(db, "agent2")) == ([], [])
    assert changes(db)[0][4].endswith("rows: 1,0,0")


async def test_ranks_of_others_stay(users: Users, db: TestDatabase) -> None:
    for login in ("agent1", "agent3", "agent22"):
        make_campaign_rank(db, login)
        make_in_group_rank(db, login)
    others = ("agent1", "agent3", "agent22")
    before = [(whole_campaign_ranks(db, one), whole_in_group_ranks(db, one)) for one in others]

    await copy(users)

    assert [
        (whole_campaign_ranks(db, one), whole_in_group_ranks(db, one)) for one in others
    ] == before
