"""GET /api/v1/agents/{agent_id}/campaigns: the campaigns that an agent may use."""

from typing import Any

import pytest
from support import documented
from support.apps import Users
from support.builders import make_campaign, make_in_group, make_user, make_user_group
from support.database import TestDatabase
from support.ranks import make_campaign_rank

PATH = "/api/v1/agents/agent1/campaigns"
UNRANKED: dict[str, Any] = {"campaign_rank": 0, "campaign_weight": 0, "campaign_grade": 1,
                            "calls_today": 0}  # fmt: skip


async def shown(users: Users, login: str = "agent1", **query: str) -> list[dict[str, Any]]:
    """The agent's campaigns."""
    response = await users.get(f"/api/v1/agents/{login}/campaigns", params=query)
    answer = await response.json()
    assert (response.status, answer["message"]) == (200, "Agent campaigns retrieved")
    return list(answer["data"])


async def ids(users: Users, **query: str) -> list[str]:
    """The ids of the agent's campaigns."""
    return [campaign["campaign_id"] for campaign in await shown(users, **query)]


@pytest.fixture
def agent(db: TestDatabase) -> None:
    """agent1 of the group AGENTS, which allows TESTCAMP and two more; SALES and SUPPORT."""
    make_user_group(db, allowed_campaigns=" TESTCAMP A_CAMP B_CAMP -")
    make_user(db)
    for group_id in ("SUPPORT", "SALES"):
        make_in_group(db, group_id)


async def test_the_documented_answer(users: Users, db: TestDatabase) -> None:
    make_user(db, "6666", user_group="ADMIN")
    for group_id in ("SUPPORT", "SALES"):
        make_in_group(db, group_id)
    make_campaign(
        db, campaign_name="Test Campaign", closer_campaigns=" SUPPORT AGENTDIRECT SALES -"
    )
    make_campaign_rank(db, "6666", **{name: documented.CAMPAIGN[name] for name in UNRANKED})

    response = await users.get("/api/v1/agents/6666/campaigns")

    answer = await response.json()
    assert response.status == 200
    assert answer == {
        "success": True,
        "message": "Agent campaigns retrieved",
        "data": [documented.CAMPAIGN],
    }
    assert list(answer["data"][0]) == list(documented.CAMPAIGN)


@pytest.mark.usefixtures("agent")
async def test_only_active_campaigns_that_the_user_group_allows(
    users: Users, db: TestDatabase
) -> None:
    for campaign_id, active in {
        "TESTCAMP": "Y", "OTHER": "Y", "A_CAMP": "Y", "B_CAMP": "N", "NO_TOKEN": "Y",
    }.items():  # fmt: skip
        make_campaign(db, campaign_id, active=active)

    assert await ids(users) == ["A_CAMP", "TESTCAMP"]


@pytest.mark.parametrize(
    ("allowed", "found"),
    [
        pytest.param(" -ALL-CAMPAIGNS- - -", ["A", "B"], id="all"),
        pytest.param(" -all-Campaigns- -", ["A", "B"], id="all in any case"),
        pytest.param(" B -ALL-CAMPAIGNS- -", ["A", "B"], id="all beside another"),
        pytest.param(" B -ALL -", ["B"], id="not the whole token"),
        pytest.param(" B -ALL-CAMPAIGNS-X -", ["B"], id="more than the token"),
        pytest.param(" b\tGONE  -", ["B"], id="other case and spaces"),
        pytest.param("A B", ["A", "B"], id="without the end"),
        pytest.param(" GONE -", [], id="gone"),
        pytest.param(" -", [], id="no tokens"),
        pytest.param("", [], id="empty"),
        pytest.param(None, [], id="null"),
    ],
)
async def test_the_text_of_the_user_group_decides(
    users: Users, db: TestDatabase, allowed: str | None, found: list[str]
) -> None:
    make_user(db)
    make_user_group(db, allowed_campaigns=allowed)
    make_user_group(db, "OTHERS", allowed_campaigns=" A B C -")
    for campaign_id, active in {"B": "Y", "A": "Y", "C": "N"}.items():
        make_campaign(db, campaign_id, active=active)

    assert await ids(users) == found


@pytest.mark.parametrize("user_group", ["GONE", "", None])
async def test_an_agent_whose_user_group_is_gone_has_no_campaigns(
    users: Users, db: TestDatabase, user_group: str | None
) -> None:
    make_user(db, user_group=user_group)
    make_user_group(db)
    make_campaign(db)
    make_campaign_rank(db)

    assert await shown(users) == []


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize(
    ("campaign_id", "found"),
    [
        pytest.param("TESTCAMP", ["TESTCAMP"], id="allowed"),
        pytest.param("testCAMP", ["TESTCAMP"], id="in another case"),
        pytest.param(" TESTCAMP ", ["TESTCAMP"], id="with spaces"),
        pytest.param("OTHER", [], id="not allowed"),
        pytest.param("B_CAMP", [], id="inactive"),
        pytest.param("GONE", [], id="unknown"),
        pytest.param("TEST%", [], id="no pattern"),
        pytest.param("", ["A_CAMP", "TESTCAMP"], id="empty counts as absent"),
    ],
)
async def test_only_the_campaign_that_is_asked_for(
    users: Users, db: TestDatabase, campaign_id: str, found: list[str]
) -> None:
    for other in ("TESTCAMP", "A_CAMP", "OTHER"):
        make_campaign(db, other)
    make_campaign(db, "B_CAMP", active="N")

    assert await ids(users, campaign_id=campaign_id) == found


@pytest.mark.parametrize(
    ("campaign_id", "found"), [("one", ["ONE"]), ("OFF", []), ("-", []), ("-ALL-CAM", [])]
)
async def test_of_all_campaigns_only_the_one_that_is_asked_for(
    users: Users, db: TestDatabase, campaign_id: str, found: list[str]
) -> None:
    make_user(db, user_group="ADMIN")
    make_campaign(db, "ONE")
    make_campaign(db, "TWO")
    make_campaign(db, "OFF", active="N")

    assert await ids(users, campaign_id=campaign_id) == found


@pytest.mark.usefixtures("agent")
async def test_each_campaign_has_its_own_in_groups(users: Users, db: TestDatabase) -> None:
    make_in_group(db, "CLOSED", active="N")
    make_in_group(db, "UNLISTED")
    make_campaign(db, closer_campaigns=" SUPPORT GONE SALES CLOSED SALES -")
    make_campaign(db, "A_CAMP", closer_campaigns=" sales -")
    make_campaign(db, "B_CAMP", closer_campaigns=None)

    assert [(one["campaign_id"], one["in_groups"]) for one in await shown(users)] == [
        ("A_CAMP", ["SALES"]),
        ("B_CAMP", []),
        ("TESTCAMP", ["SALES", "SUPPORT"]),
    ]


@pytest.mark.usefixtures("agent")
async def test_in_groups_are_in_the_order_of_the_database(users: Users, db: TestDatabase) -> None:
    names = ["C1", "C_1", "b", "C-1", "A", "c2"]
    for group_id in names:
        make_in_group(db, group_id)
    make_campaign(db, closer_campaigns=f" {' '.join(names)} -")

    (campaign,) = await shown(users)

    assert campaign["in_groups"] == [
        group_id
        for (group_id,) in db.rows(
            "SELECT group_id FROM vicidial_inbound_groups WHERE group_id IN %s ORDER BY group_id",
            names,
        )
    ]


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param({"ignore_agentdirect": "Y"}, ["MY_AGENTDIRECT", "SALES"], id="left out"),
        pytest.param({"ignore_agentdirect": "N"},
                     ["AGENTDIRECT", "AGENTDIRECT_CHAT", "agentDirect2", "MY_AGENTDIRECT", "SALES"],
                     id="shown"),
        pytest.param({},
                     ["AGENTDIRECT", "AGENTDIRECT_CHAT", "agentDirect2", "MY_AGENTDIRECT", "SALES"],
                     id="shown without a word"),
    ],
)  # fmt: skip
async def test_in_groups_of_single_agents_are_left_out_on_demand(
    users: Users, db: TestDatabase, query: dict[str, str], found: list[str]
) -> None:
    make_in_group(db, "agentDirect2")
    make_in_group(db, "MY_AGENTDIRECT")
    make_campaign(
        db,
        closer_campaigns=" AGENTDIRECT SALES AgentDirect_CHAT agentdirect2 MY_AGENTDIRECT -",
    )

    (campaign,) = await shown(users, **query)

    assert campaign["in_groups"] == found


@pytest.mark.usefixtures("agent")
async def test_ranks_are_those_of_the_agent(users: Users, db: TestDatabase) -> None:
    for campaign_id in ("TESTCAMP", "A_CAMP", "B_CAMP"):
        make_campaign(db, campaign_id)
    ranks: dict[str, Any] = {"campaign_rank": -9, "campaign_weight": 9, "campaign_grade": 10,
                             "calls_today": 65535}  # fmt: skip
    nulls: dict[str, Any] = dict.fromkeys(UNRANKED)
    make_campaign_rank(db, campaign_id="testcamp", **ranks)
    make_campaign_rank(db, "agent2", "TESTCAMP")
    make_campaign_rank(db, "agent2", "A_CAMP")
    make_campaign_rank(db, campaign_id="B_CAMP", **nulls)
    make_campaign_rank(db, campaign_id=None)

    found = {one.pop("campaign_id"): one for one in await shown(users)}

    bare: dict[str, Any] = {"campaign_name": None, "in_groups": []}
    assert found == {
        "A_CAMP": bare | UNRANKED,
        "B_CAMP": bare | UNRANKED,
        "TESTCAMP": bare | ranks,
    }


async def test_names_are_spelled_as_the_database_does(users: Users, db: TestDatabase) -> None:
    make_user_group(db, "Agents", allowed_campaigns=" TESTCAMP -")
    make_user(db, "Agent1", user_group="AGENTS")
    make_campaign(db, "TestCamp", closer_campaigns=" SALES -")
    make_in_group(db, "Sales")
    make_campaign_rank(db, "AGENT1", campaign_grade=3)

    (campaign,) = await shown(users, "aGENT1")

    assert (campaign["campaign_id"], campaign["in_groups"]) == ("TestCamp", ["Sales"])
    assert campaign["campaign_grade"] == 3


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize(
    ("query", "field"),
    [
        pytest.param({"campaign_id": "C" * 9}, "campaign_id", id="campaign too long"),
        pytest.param({"campaign_id": "  "}, "campaign_id", id="campaign of spaces"),
        pytest.param({"campaign_id": "A\tB"}, "campaign_id", id="campaign with a tab"),
        pytest.param({"campaign_id": "A😀"}, "campaign_id", id="emoji"),
        pytest.param({"ignore_agentdirect": "y"}, "ignore_agentdirect", id="flag in small"),
        pytest.param({"ignore_agentdirect": "YES"}, "ignore_agentdirect", id="flag written out"),
        pytest.param({"ignore_agentdirect": "1"}, "ignore_agentdirect", id="flag as a number"),
    ],
)
async def test_a_bad_query_names_the_field(users: Users, query: dict[str, str], field: str) -> None:
    response = await users.get(PATH, params=query)

    assert (response.status, list((await response.json())["details"])) == (400, [field])


@pytest.mark.usefixtures("agent")
async def test_unknown_parameters_are_ignored(users: Users, db: TestDatabase) -> None:
    make_campaign(db, "C" * 8)
    db.execute("UPDATE vicidial_user_groups SET allowed_campaigns = ' CCCCCCCC -'")

    assert await ids(users, active="N", campaign_id="C" * 8) == ["C" * 8]


@pytest.mark.parametrize(
    "login",
    [
        pytest.param("nobody", id="unknown"),
        pytest.param("agent1" + "x" * 15, id="longer than a login"),
        pytest.param("agent1%0A", id="line break"),
        pytest.param("agent%F0%9F%98%80", id="emoji"),
    ],
)
@pytest.mark.usefixtures("agent")
async def test_an_unknown_agent_is_a_404(users: Users, login: str) -> None:
    response = await users.get(f"/api/v1/agents/{login}/campaigns")

    assert response.status == 404
    assert await response.json() == {"success": False, "error": "Agent not found"}


@pytest.mark.usefixtures("agent")
async def test_the_call_is_logged_with_the_agent(users: Users, db: TestDatabase) -> None:
    await users.get("/api/v1/agents/AGENT1/campaigns")
    await users.get("/api/v1/agents/nobody/campaigns")
    await users.close()

    assert db.rows("SELECT function, agent_user, result, result_reason FROM vicidial_api_log") == [
        ("agent_campaigns", "AGENT1", "SUCCESS", "Agent campaigns retrieved"),
        ("agent_campaigns", "nobody", "ERROR", "Agent not found"),
    ]
