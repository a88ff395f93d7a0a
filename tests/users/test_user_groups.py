"""GET /api/v1/user-groups/status: what the agents of each group do right now."""

from typing import Any

import pytest
from support.apps import Users
from support.builders import make_campaign, make_user, make_user_group
from support.database import TestDatabase
from support.live_agents import make_call, make_live_agent, make_session, park
from support.live_answers import GROUPS, bad_fields, shown

NOBODY = {
    "logged_in_users": 0,
    "calls_waiting": 0,
    "agents_in_calls": 0,
    "agents_waiting": 0,
    "agents_paused": 0,
    "agents_in_dead_calls": 0,
    "agents_in_dispo": 0,
    "agents_in_dial": 0,
}


@pytest.fixture(autouse=True)
def no_stock_groups(db: TestDatabase) -> None:
    """Without the group that a fresh installation has."""
    # With a condition: the server does not count the rows of a table that is emptied at once.
    db.execute("DELETE FROM vicidial_user_groups WHERE user_group <> ''")


def make_agents(db: TestDatabase, number: int, **columns: Any) -> None:
    """Sessions of that many new users of the group AGENTS."""
    for _ in range(number):
        make_live_agent(db, f"agent{db.count('vicidial_users')}", **columns)


async def groups_shown(users: Users, **query: str) -> dict[str, dict[str, Any]]:
    """The groups by name, in their order."""
    return {one["user_group"]: one for one in await shown(users, GROUPS, **query)}


async def test_the_documented_answer(users: Users, db: TestDatabase) -> None:
    make_user_group(db, group_name="Agents", allowed_campaigns=" TESTCAMP -")
    make_campaign(db)
    in_call = {"status": "INCALL", "callerid": "M1"}
    make_agents(db, 4, **in_call)
    make_agents(db, 1, **in_call, comments="MANUAL")
    make_agents(db, 1, status="INCALL", callerid="M2")
    make_agents(db, 1, status="QUEUE")
    make_agents(db, 1, status="INCALL", callerid="M3", comments="MANUAL")
    make_agents(db, 1, status="INCALL", callerid="M4")
    make_agents(db, 1, status="READY")
    make_agents(db, 1, status="CLOSER")
    make_agents(db, 1, status="PAUSED", preview_lead_id=7)
    make_agents(db, 1, status="PAUSED")
    make_call(db, "M1")
    make_call(db, "M3", uniqueid="", channel="")
    park(db, "M2")
    make_call(db, "Y1", status="LIVE")
    for number in range(28):
        make_user(db, f"away{number}", active="N" if number % 2 else "Y")
    make_live_agent(db, "other", "OTHERS")
    make_session(db, "gone")

    response = await users.get(GROUPS)

    assert response.status == 200
    answer = await response.json()
    assert answer == {
        "success": True,
        "message": "User group status retrieved",
        "data": [
            {
                "user_group": "AGENTS",
                "group_name": "Agents",
                "total_users": 41,
                "logged_in_users": 13,
                "calls_waiting": 1,
                "agents_in_calls": 8,
                "agents_waiting": 2,
                "agents_paused": 2,
                "agents_in_dead_calls": 1,
                "agents_in_dispo": 0,
                "agents_in_dial": 1,
            }
        ],
    }
    assert list(answer["data"][0]) == ["user_group", "group_name", "total_users", *NOBODY]


async def test_the_counts_add_up_to_who_is_logged_in(users: Users, db: TestDatabase) -> None:
    make_user_group(db)
    for status in ("READY", "QUEUE", "INCALL", "PAUSED", "CLOSER", "MQUEUE"):
        make_agents(db, 1, status=status)
        make_agents(db, 1, status=status, lead_id=5)

    group = (await groups_shown(users))["AGENTS"]

    assert group["logged_in_users"] == 12
    assert group["logged_in_users"] == sum(
        group[name]
        for name in ("agents_in_calls", "agents_waiting", "agents_paused",
                     "agents_in_dead_calls", "agents_in_dispo")
    )  # fmt: skip


async def test_every_group_is_shown_by_name(users: Users, db: TestDatabase) -> None:
    for user_group in ("SECOND", "b", "A", "C"):
        make_user_group(db, user_group, allowed_campaigns=None)
    make_user(db, "agent1", user_group="B")
    make_user(db, "agent2", user_group="b ")
    make_user(db, "agent3", user_group=None)
    make_user(db, "agent4", user_group="")
    make_user(db, "agent5", user_group="GONE")

    found = await groups_shown(users)

    assert list(found) == ["A", "b", "C", "SECOND"]
    assert list(found.values()) == [
        {"user_group": name, "group_name": f"{name} group", "total_users": total} | NOBODY
        for name, total in {"A": 0, "b": 2, "C": 0, "SECOND": 0}.items()
    ]


async def test_an_agent_belongs_to_the_group_of_its_user_in_any_spelling(
    users: Users, db: TestDatabase
) -> None:
    make_user_group(db, "ONE")
    make_user_group(db, "TWO")
    make_live_agent(db, "agent1", "one")
    make_live_agent(db, "agent2", "ONE ")
    make_live_agent(db, "agent3", "TWO", status="PAUSED")
    make_live_agent(db, "agent4", None)
    make_session(db, "AGENT1", status="PAUSED")

    found = await groups_shown(users)

    of_group = {
        name: (group["total_users"], group["logged_in_users"],
               group["agents_waiting"], group["agents_paused"])
        for name, group in found.items()
    }  # fmt: skip
    assert of_group == {"ONE": (2, 3, 2, 1), "TWO": (1, 1, 0, 1)}


async def test_without_any_group_the_list_is_empty(users: Users, db: TestDatabase) -> None:
    make_live_agent(db)

    assert await groups_shown(users) == {}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param({}, ["ONE", "THREE", "TWO"], id="all"),
        pytest.param({"user_groups": "TWO"}, ["TWO"], id="one"),
        pytest.param({"user_group": "TWO"}, ["TWO"], id="by the second name"),
        pytest.param({"user_groups": "two,ONE|one"}, ["ONE", "TWO"], id="any case, repeats"),
        pytest.param({"user_groups": "TWO", "user_group": "ONE"}, ["ONE", "TWO"], id="union"),
        pytest.param({"user_groups": " TWO , "}, ["TWO"], id="spaces"),
        pytest.param({"user_groups": ""}, ["ONE", "THREE", "TWO"], id="empty is absent"),
        pytest.param({"campaigns": "X"}, ["ONE", "THREE", "TWO"], id="not a filter"),
    ],
)
async def test_a_filter_shows_only_the_groups_that_it_names(
    users: Users, db: TestDatabase, query: dict[str, str], found: list[str]
) -> None:
    for name in ("ONE", "TWO", "THREE"):
        make_user_group(db, name)
        make_live_agent(db, f"in_{name}", name)

    groups = await groups_shown(users, **query)

    assert list(groups) == found
    assert all(one["total_users"] == one["agents_waiting"] == 1 for one in groups.values())


@pytest.mark.parametrize("query", ["user_groups=GONE", "user_groups=ONE|GONE", "user_group=GONE"])
async def test_a_group_that_does_not_exist_is_a_404(
    users: Users, db: TestDatabase, query: str
) -> None:
    make_user_group(db, "ONE")
    make_user(db, user_group="GONE")

    response = await users.get(f"{GROUPS}?{query}")

    assert response.status == 404
    assert await response.json() == {"success": False, "error": "User group not found"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        pytest.param("user_groups=A%00", "user_groups", id="control character"),
        pytest.param("user_group=%F0%9F%98%80", "user_group", id="emoji"),
        pytest.param("user_groups=A&user_groups=B", "user_groups", id="twice"),
    ],
)
async def test_bad_input_is_a_400_that_names_the_field(
    users: Users, query: str, field: str
) -> None:
    assert await bad_fields(users, f"{GROUPS}?{query}") == [field]


async def test_calls_wait_for_the_groups_that_may_take_them(users: Users, db: TestDatabase) -> None:
    make_campaign(db, "TESTCAMP", closer_campaigns=" SALES SUPPORT -")
    make_campaign(db, "SECOND", closer_campaigns=" sales -")
    make_campaign(db, "THIRD", closer_campaigns=None)
    for name, allowed in {
        "ALL": " -ALL-CAMPAIGNS- - -",
        "BOTH": " TESTCAMP SECOND -",
        "FIRST": " testcamp -",
        "NONE": "",
        "NULL": None,
        "SECOND": " SECOND -",
    }.items():
        make_user_group(db, name, allowed_campaigns=allowed)
    for name, number in {"TESTCAMP": 1, "SALES": 2, "SUPPORT": 4, "THIRD": 8, "STRAY": 16}.items():
        for _ in range(number):
            make_call(db, "Y1", campaign_id=name, status="LIVE")
    make_call(db, "Y1", campaign_id="testcamp", status="LIVE")
    make_call(db, "Y1", campaign_id=None, status="LIVE")
    for status in ("SENT", "RINGING", "XFER", "PAUSED", "CLOSER", "BUSY", "DISCONNECT", "IVR"):
        make_call(db, "Y1", campaign_id="TESTCAMP", status=status)

    found = await groups_shown(users)

    assert {name: group["calls_waiting"] for name, group in found.items()} == {
        "ALL": 16,
        "BOTH": 8,
        "FIRST": 8,
        "NONE": 0,
        "NULL": 0,
        "SECOND": 2,
    }


async def test_the_call_is_logged_under_vicidial_s_name(users: Users, db: TestDatabase) -> None:
    await users.get(GROUPS)
    await users.close()

    assert db.rows("SELECT function, result, result_reason FROM vicidial_api_log") == [
        ("user_group_status", "SUCCESS", "User group status retrieved")
    ]
