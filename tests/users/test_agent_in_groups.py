"""GET /api/v1/agents/{agent_id}/ingroup-info: an agent's in-groups."""

from typing import Any

import pytest
from support import documented
from support.apps import Users
from support.builders import make_campaign, make_in_group, make_user
from support.database import TestDatabase
from support.live_agents import make_session
from support.ranks import make_in_group_rank

UNRANKED: dict[str, Any] = {
    "group_rank": 0,
    "group_weight": 0,
    "group_grade": 1,
    "group_web_vars": "",
    "calls_today": 0,
    "daily_limit": -1,
}


async def shown(users: Users, login: str = "agent1") -> list[dict[str, Any]]:
    """The agent's in-groups."""
    response = await users.get(f"/api/v1/agents/{login}/ingroup-info")
    answer = await response.json()
    assert (response.status, answer["message"]) == (200, "Agent ingroups retrieved")
    return list(answer["data"])


async def flags(users: Users) -> dict[str, str]:
    """Of each in-group, whether it is a default, allowed and selected: `{"SALES": "YNN"}`."""
    return {
        group["group_id"]: group["user_default"] + group["allowed"] + group["selected"]
        for group in await shown(users)
    }


async def test_the_documented_answer(users: Users, db: TestDatabase) -> None:
    make_in_group(db, "SALES", group_name="Sales line")
    make_user(db, "6666", closer_campaigns=" SALES -")
    make_campaign(db, campaign_allow_inbound="Y", dial_method="RATIO", closer_campaigns=" SALES -")
    make_session(db, "6666", closer_campaigns=" SALES -", outbound_autodial="Y")
    make_in_group_rank(db, "6666", **{name: documented.IN_GROUP[name] for name in UNRANKED})

    response = await users.get("/api/v1/agents/6666/ingroup-info")

    answer = await response.json()
    assert response.status == 200
    assert answer == {
        "success": True,
        "message": "Agent ingroups retrieved",
        "data": [documented.IN_GROUP],
    }
    assert list(answer["data"][0]) == list(documented.IN_GROUP)


async def test_who_is_not_logged_in_has_no_session(users: Users, db: TestDatabase) -> None:
    make_user(db, closer_campaigns=" SALES -")
    make_in_group(db)
    make_campaign(db, campaign_allow_inbound="Y", dial_method="RATIO", closer_campaigns=" SALES -")
    make_user(db, "agent2")
    make_session(db, "agent2", closer_campaigns=" SALES -")

    assert await shown(users) == [
        {"group_id": "SALES", "group_name": "SALES line", "active": "Y", "user": "agent1",
         **UNRANKED, "user_default": "Y", "allowed": "N", "selected": "N", "campaign_id": None,
         "outbound_autodial": None, "manager_ingroup_set": None, "manager_user": None}
    ]  # fmt: skip


async def test_each_link_leads_to_its_in_group(users: Users, db: TestDatabase) -> None:
    for group_id in ("BY_USER", "BY_SESSION", "BY_CAMPAIGN", "BY_RANK", "BY_NOTHING"):
        make_in_group(db, group_id)
    make_user(db, closer_campaigns=" BY_USER -")
    make_session(db, closer_campaigns=" BY_SESSION -")
    make_campaign(
        db, campaign_allow_inbound="Y", dial_method="RATIO", closer_campaigns=" BY_CAMPAIGN -"
    )
    make_in_group_rank(db, group_id="BY_RANK")

    assert await flags(users) == {
        "BY_CAMPAIGN": "NYN",
        "BY_RANK": "NNN",
        "BY_SESSION": "NNY",
        "BY_USER": "YNN",
    }


@pytest.mark.parametrize(
    ("columns", "allowed"),
    [
        pytest.param({}, "Y", id="inbound"),
        pytest.param({"dial_method": "INBOUND_MAN"}, "Y", id="inbound and by hand"),
        pytest.param({"dial_method": None}, "Y", id="no dial method"),
        pytest.param({"dial_method": "MANUAL"}, "N", id="by hand only"),
        pytest.param({"campaign_allow_inbound": "N"}, "N", id="no inbound"),
        pytest.param({"campaign_allow_inbound": None}, "N", id="inbound unknown"),
        pytest.param({"campaign_id": "OTHER"}, "N", id="another campaign"),
    ],
)
async def test_an_in_group_is_allowed_if_the_campaign_takes_its_calls(
    users: Users, db: TestDatabase, columns: dict[str, Any], allowed: str
) -> None:
    inbound = {
        "campaign_allow_inbound": "Y",
        "dial_method": "RATIO",
        "closer_campaigns": " SALES -",
    }
    make_user(db, closer_campaigns=" SALES -")
    make_in_group(db)
    make_campaign(db, **inbound | columns)
    make_session(db)

    assert await flags(users) == {"SALES": f"Y{allowed}N"}


async def test_an_in_group_of_a_campaign_without_inbound_is_shown(
    users: Users, db: TestDatabase
) -> None:
    make_user(db)
    make_in_group(db)
    make_campaign(db, campaign_allow_inbound="N", closer_campaigns=" SALES -")
    make_session(db)

    assert await flags(users) == {"SALES": "NNN"}


async def test_of_several_sessions_the_latest_counts(users: Users, db: TestDatabase) -> None:
    make_user(db)
    make_in_group(db)
    make_campaign(db, "NEW")
    for live_agent_id, campaign_id in {8: "NEW", 5: "OLD", 7: "OLD"}.items():
        make_session(
            db, campaign_id=campaign_id, live_agent_id=live_agent_id, closer_campaigns=" SALES -",
            outbound_autodial="Y", manager_ingroup_set="SET", external_igb_set_user="6666",
        )  # fmt: skip

    ((group),) = await shown(users)

    assert list(group.items())[-4:] == [
        ("campaign_id", "NEW"),
        ("outbound_autodial", "Y"),
        ("manager_ingroup_set", "SET"),
        ("manager_user", "6666"),
    ]


async def test_the_highest_rank_is_first_then_the_ids_count(users: Users, db: TestDatabase) -> None:
    ranks = {"B": 2, "A": -9, "D": 9, "C": 2, "E": None}
    make_user(db, closer_campaigns=" F -")
    for group_id, rank in ranks.items():
        make_in_group(db, group_id)
        make_in_group_rank(db, group_id=group_id, group_rank=rank)
    make_in_group(db, "F")

    assert [(group["group_id"], group["group_rank"]) for group in await shown(users)] == [
        ("D", 9),
        ("B", 2),
        ("C", 2),
        ("E", 0),
        ("F", 0),
        ("A", -9),
    ]


async def test_ids_are_in_the_order_of_the_database(users: Users, db: TestDatabase) -> None:
    for group_id in ("a", "B", "C1", "C_1", "C-1", "c2"):
        make_in_group(db, group_id)
    make_user(db, closer_campaigns=" a B C1 C_1 C-1 c2 -")

    expected = db.rows(
        "SELECT group_id FROM vicidial_inbound_groups WHERE group_id NOT LIKE 'AGENTDIRECT%%'"
        " ORDER BY group_id"
    )
    assert [(group["group_id"],) for group in await shown(users)] == expected


async def test_a_rank_row_says_all_that_it_has(users: Users, db: TestDatabase) -> None:
    ranked: dict[str, Any] = {"group_rank": -9, "group_weight": 4, "group_grade": 10,
                              "group_web_vars": "a=b&c=d", "calls_today": 65535,
                              "daily_limit": 0}  # fmt: skip
    make_user(db)
    make_user(db, "agent2")
    make_in_group(db)
    make_in_group_rank(db, "agent2")
    make_in_group_rank(db, **ranked)

    (group,) = await shown(users)

    assert {column: group[column] for column in UNRANKED} == ranked


async def test_a_rank_row_without_values_is_like_none(users: Users, db: TestDatabase) -> None:
    make_user(db)
    make_in_group(db)
    nulls: dict[str, Any] = dict.fromkeys(UNRANKED)
    make_in_group_rank(db, **nulls)

    (group,) = await shown(users)

    assert {column: group[column] for column in UNRANKED} == UNRANKED


async def test_names_are_compared_without_case_and_spelled_as_the_database_does(
    users: Users, db: TestDatabase
) -> None:
    make_user(db, "Agent1", closer_campaigns=" sales -")
    make_in_group(db, "Sales")
    make_campaign(
        db, "TestCamp", campaign_allow_inbound="Y", dial_method="RATIO", closer_campaigns="SALES -"
    )
    make_session(db, "AGENT1", "TESTCAMP", closer_campaigns=" saLes -")
    make_in_group_rank(db, "AGENT1", group_rank=7)

    (group,) = await shown(users, "aGENT1")

    assert (group["group_id"], group["user"], group["group_rank"]) == ("Sales", "Agent1", 7)
    assert (group["user_default"], group["allowed"], group["selected"]) == ("Y", "Y", "Y")


async def test_in_groups_that_are_gone_drop_out(users: Users, db: TestDatabase) -> None:
    make_user(db, closer_campaigns=" GONE1 SALES -")
    make_in_group(db, active="N", group_name=None)
    make_campaign(db, campaign_allow_inbound="Y", closer_campaigns=" GONE2 -")
    make_session(db, closer_campaigns=" GONE3 -")
    make_in_group_rank(db, group_id="GONE4")
    make_in_group_rank(db, group_id=None)

    assert [
        (group["group_id"], group["group_name"], group["active"]) for group in await shown(users)
    ] == [("SALES", None, "N")]


@pytest.mark.parametrize("text", [None, "", " -", " - - ", "GONE -"])
async def test_an_agent_without_in_groups_has_none(
    users: Users, db: TestDatabase, text: str | None
) -> None:
    make_user(db, closer_campaigns=text)
    make_campaign(db, campaign_allow_inbound="Y", closer_campaigns=text)
    make_session(db, closer_campaigns=text)
    make_in_group(db)

    assert await shown(users) == []


@pytest.mark.parametrize("campaign_id", [None, "", "GONE"])
async def test_a_session_may_be_in_no_campaign(
    users: Users, db: TestDatabase, campaign_id: str | None
) -> None:
    make_user(db)
    make_in_group(db)
    make_session(
        db, campaign_id=campaign_id, closer_campaigns=" SALES -", outbound_autodial=None,
        manager_ingroup_set=None, external_igb_set_user=None,
    )  # fmt: skip

    (group,) = await shown(users)

    assert (group["campaign_id"], group["allowed"], group["selected"]) == (campaign_id, "N", "Y")
    assert (group["outbound_autodial"], group["manager_user"]) == (None, None)


@pytest.mark.parametrize(
    "login",
    [
        pytest.param("nobody", id="unknown"),
        pytest.param("agent1" + "x" * 15, id="longer than a login"),
        pytest.param("agent1%0A", id="line break"),
        pytest.param("agent%F0%9F%98%80", id="emoji"),
        pytest.param("agent_", id="no pattern"),
        pytest.param("agent%25", id="no pattern either"),
    ],
)
async def test_an_unknown_agent_is_a_404(users: Users, db: TestDatabase, login: str) -> None:
    make_user(db)

    response = await users.get(f"/api/v1/agents/{login}/ingroup-info")

    assert response.status == 404
    assert await response.json() == {"success": False, "error": "Agent not found"}


async def test_a_login_of_20_characters_is_found(users: Users, db: TestDatabase) -> None:
    make_user(db, "a" * 20, closer_campaigns=" SALES -")
    make_in_group(db)

    (group,) = await shown(users, "a" * 20)

    assert group["user"] == "a" * 20


async def test_a_login_of_digits_is_compared_as_text(users: Users, db: TestDatabase) -> None:
    make_user(db, "06666", closer_campaigns=" SALES -")
    make_user(db, "6666")
    make_in_group(db)

    assert await shown(users, "6666") == []


async def test_the_call_is_logged_with_the_agent(users: Users, db: TestDatabase) -> None:
    make_user(db)
    await users.get("/api/v1/agents/AGENT1/ingroup-info")
    await users.get("/api/v1/agents/nobody/ingroup-info")
    await users.close()

    assert db.rows("SELECT function, agent_user, result, result_reason FROM vicidial_api_log") == [
        ("agent_ingroup_info", "AGENT1", "SUCCESS", "Agent ingroups retrieved"),
        ("agent_ingroup_info", "nobody", "ERROR", "Agent not found"),
    ]
