"""GET /api/v1/agents/status: which agents, and where they have logged in from."""

import pytest
from support.apps import Start, Users, clock_at
from support.builders import make_user
from support.database import TestDatabase
from support.live_agents import log_login, make_live_agent, make_session
from support.live_answers import STATUS, bad_fields, logins_shown, shown


@pytest.fixture
def several(db: TestDatabase) -> None:
    """Agents named for their campaign and group, and a user who is not logged in."""
    for user, campaign_id, user_group in (
        ("b1", "b", "one"),
        ("A2", "A", "TWO"),
        ("A1", "A", "ONE"),
        ("none", None, None),
    ):
        make_live_agent(db, user, user_group, campaign_id=campaign_id)
    make_user(db, "away")
    make_session(db, "gone")


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param({}, ["A1", "A2", "b1", "none"], id="all, by login"),
        pytest.param({"campaigns": "a"}, ["A1", "A2"], id="campaign"),
        pytest.param({"campaigns": "A", "campaign_id": "B"}, ["A1", "A2", "b1"], id="union"),
        pytest.param({"user_groups": "ONE"}, ["A1", "b1"], id="group"),
        pytest.param({"user_groups": "ONE", "user_group": "TWO"}, ["A1", "A2", "b1"], id="both"),
        pytest.param({"campaign_id": "A", "user_group": "ONE"}, ["A1"], id="campaign and group"),
        pytest.param({"campaigns": "GONE"}, [], id="unknown"),
        pytest.param({"agent_user": "A1"}, ["A1"], id="login"),
        pytest.param({"agent_user": "a1"}, ["A1"], id="login, as the database spells it"),
        pytest.param({"agent_user": "A1", "campaigns": "A|b"}, ["A1"], id="login in the filters"),
        pytest.param({"agent_user": "A1", "user_group": "ONE"}, ["A1"], id="login in its group"),
    ],
)
async def test_filters_choose_the_agents_by_campaign_user_group_and_login(
    users: Users, query: dict[str, str], found: list[str]
) -> None:
    assert await logins_shown(users, STATUS, **query) == found


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    ("query", "error"),
    [
        pytest.param({"agent_user": "nobody"}, "Agent not found", id="unknown"),
        pytest.param({"agent_user": "gone"}, "Agent not found", id="a session without a user"),
        pytest.param({"agent_user": "x" * 20}, "Agent not found", id="longest login"),
        pytest.param({"agent_user": "' OR '1"}, "Agent not found", id="no SQL"),
        pytest.param({"agent_user": "\u3000"}, "Agent not found", id="nothing that compares"),
        pytest.param({"agent_user": "away"}, "Agent not logged in", id="no session"),
        pytest.param(
            {"agent_user": "A1", "campaigns": "b"}, "Agent not logged in", id="other campaign"
        ),
        pytest.param(
            {"agent_user": "A1", "user_group": "TWO"}, "Agent not logged in", id="other group"
        ),
        pytest.param(
            {"agent_user": "nobody", "campaigns": "A"}, "Agent not found", id="unknown, filtered"
        ),
    ],
)
@pytest.mark.parametrize("include_ip", ["N", "Y"])
async def test_an_agent_who_is_not_there_is_a_404(
    users: Users, query: dict[str, str], error: str, include_ip: str
) -> None:
    response = await users.get(STATUS, params=query | {"include_ip": include_ip})

    assert response.status == 404
    assert await response.json() == {"success": False, "error": error}


async def test_all_sessions_of_an_agent_are_shown(users: Users, db: TestDatabase) -> None:
    make_live_agent(db, conf_exten="1", status="PAUSED", lead_id=5)
    make_live_agent(db, "agent2")
    make_session(db, "AGENT1", conf_exten="2")

    found = await shown(users, STATUS, agent_user="agent1")

    assert [(one["user"], one["session_id"], one["real_time_sub_status"]) for one in found] == [
        ("agent1", "1", "DISPO"),
        ("agent1", "2", ""),
    ]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        pytest.param("include_ip=X", "include_ip", id="no switch"),
        pytest.param("include_ip=1", "include_ip", id="number as a switch"),
        pytest.param("agent_user=" + "x" * 21, "agent_user", id="login too long"),
        pytest.param("agent_user=%20", "agent_user", id="blank login"),
        pytest.param("agent_user=a%00", "agent_user", id="control character"),
        pytest.param("agent_user=%F0%9F%98%80", "agent_user", id="emoji"),
        pytest.param("agent_user=a&agent_user=b", "agent_user", id="two logins"),
    ],
)
async def test_bad_input_is_a_400_that_names_the_field(
    users: Users, query: str, field: str
) -> None:
    assert await bad_fields(users, f"{STATUS}?{query}") == [field]


@pytest.mark.parametrize(
    ("logins", "address"),
    [
        pytest.param([], None, id="none"),
        pytest.param([("2025-07-08 09:00:00", "10.1.1.1", {})], "10.1.1.1", id="today"),
        pytest.param([("2025-07-06 11:30:00", "10.1.1.1", {})], "10.1.1.1", id="two days ago"),
        pytest.param([("2025-07-06 11:29:59", "10.1.1.1", {})], None, id="a second longer ago"),
        pytest.param(
            [("2025-07-08 09:00:00", "10.1.1.1", {}), ("2025-07-08 08:00:00", "10.2.2.2", {})],
            "10.2.2.2", id="the highest id counts",
        ),
        pytest.param(
            [("2025-07-08 09:00:00", "10.1.1.1", {}), ("2025-07-01 08:00:00", "10.2.2.2", {})],
            "10.1.1.1", id="but of the last days alone",
        ),
        pytest.param(
            [("2025-07-08 09:00:00", "10.1.1.1", {}),
             ("2025-07-08 10:00:00", "10.2.2.2", {"event": "LOGOUT"})],
            "10.1.1.1", id="a logout is no login",
        ),
        pytest.param(
            [("2025-07-08 09:00:00", "10.1.1.1", {"user": "AGENT1"})], "10.1.1.1",
            id="other spelling",
        ),
        pytest.param(
            [("2025-07-08 09:00:00", "10.1.1.1", {"user": "agent2"})], None, id="another's"
        ),
    ],
)  # fmt: skip
async def test_the_address_is_that_of_the_last_login_of_two_days(
    start_users: Start,
    db: TestDatabase,
    logins: list[tuple[str, str, dict[str, str]]],
    address: str | None,
) -> None:
    users = await start_users(clock=clock_at("2025-07-08T15:30:00"))  # 11:30 in New York
    make_live_agent(db)
    for event_date, computer_ip, columns in logins:
        log_login(db, event_date, computer_ip, **columns)

    (agent,) = await shown(users, STATUS, include_ip="YES")

    assert agent["computer_ip"] == address


async def test_each_agent_has_its_own_address(start_users: Start, db: TestDatabase) -> None:
    users = await start_users(clock=clock_at("2025-07-08T15:30:00"))
    for number in (1, 2, 3):
        make_live_agent(db, f"agent{number}")
        log_login(db, "2025-07-08 09:00:00", f"10.0.0.{number}", user=f"agent{number}")
    make_session(db, "agent1")

    found = await shown(users, STATUS, include_ip="Y")

    assert [(one["user"], one["computer_ip"]) for one in found] == [
        ("agent1", "10.0.0.1"),
        ("agent1", "10.0.0.1"),
        ("agent2", "10.0.0.2"),
        ("agent3", "10.0.0.3"),
    ]
