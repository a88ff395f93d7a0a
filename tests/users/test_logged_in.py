"""GET /api/v1/users/logged-in: who is logged in."""

import pytest
from support import documented
from support.apps import Users
from support.builders import make_user
from support.database import TestDatabase
from support.live_agents import log_pause, make_live_agent, make_session
from support.live_answers import LOGGED_IN, bad_fields, logins_shown, shown


def make_example(db: TestDatabase) -> None:
    make_user(db, "6666", full_name="Admin", user_group="ADMIN", user_level=9)
    make_session(
        db, "6666", status="INCALL", lead_id=1079409, callerid="M2260919190001079409",
        calls_today=1, comments="MANUAL", agent_log_id=log_pause(db, "LOGIN", "6666"), user_level=1,
    )  # fmt: skip


@pytest.mark.parametrize("show", ["Y", "YES"])
async def test_the_documented_answer(users: Users, db: TestDatabase, show: str) -> None:
    make_example(db)

    response = await users.get(LOGGED_IN, params={"show_sub_status": show})

    assert response.status == 200
    answer = await response.json()
    assert answer == {
        "success": True,
        "message": "Logged-in agents retrieved",
        "data": [documented.WITH_SUB_STATUS],
    }
    assert list(answer["data"][0]) == list(documented.WITH_SUB_STATUS)


@pytest.mark.parametrize("query", [{}, {"show_sub_status": "N"}, {"show_sub_status": "NO"}])
async def test_without_sub_status_two_keys_are_absent(
    users: Users, db: TestDatabase, query: dict[str, str]
) -> None:
    make_example(db)

    (agent,) = await shown(users, LOGGED_IN, **query)

    assert agent == documented.LOGGED_IN
    assert list(agent) == list(documented.LOGGED_IN)


async def test_the_lead_of_a_preview_shows_with_sub_status_alone(
    users: Users, db: TestDatabase
) -> None:
    make_live_agent(db, status="PAUSED", lead_id=5, preview_lead_id=7)

    (stored,) = await shown(users, LOGGED_IN)
    (previewed,) = await shown(users, LOGGED_IN, show_sub_status="Y")

    assert (stored["lead_id"], previewed["lead_id"]) == (5, 7)


@pytest.mark.parametrize("query", [{}, {"show_sub_status": "Y"}])
async def test_where_nobody_is_logged_in_the_list_is_empty(
    users: Users, db: TestDatabase, query: dict[str, str]
) -> None:
    make_user(db)

    response = await users.get(LOGGED_IN, params=query)

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "Logged-in agents retrieved",
        "data": [],
    }


async def test_agents_come_by_login_and_then_by_session(users: Users, db: TestDatabase) -> None:
    for user in ("agent2", "Agent10", "agent1"):
        make_live_agent(db, user, conf_exten="1")
    make_session(db, "agent1", conf_exten="2")
    make_session(db, "AGENT10", conf_exten="3")

    assert [(one["user"], one["session_id"]) for one in await shown(users, LOGGED_IN)] == [
        ("agent1", "1"),
        ("agent1", "2"),
        ("Agent10", "1"),
        ("Agent10", "3"),
        ("agent2", "1"),
    ]


async def test_a_session_without_a_user_is_left_out(users: Users, db: TestDatabase) -> None:
    make_live_agent(db)
    make_session(db, "gone")
    make_session(db, None)

    assert await logins_shown(users, LOGGED_IN) == ["agent1"]
    assert await logins_shown(users, LOGGED_IN, show_sub_status="Y") == ["agent1"]


async def test_columns_without_a_value_are_null(users: Users, db: TestDatabase) -> None:
    names = ("campaign_id", "conf_exten", "extension", "status", "callerid", "calls_today",
             "comments", "agent_log_id", "preview_lead_id", "ring_callerid",
             "on_hook_agent")  # fmt: skip
    make_user(db, "agent1", full_name=None, user_level=None, user_group=None)
    make_session(db, "agent1", **dict.fromkeys(names), last_update_time="0000-00-00 00:00:00")

    (agent,) = await shown(users, LOGGED_IN, show_sub_status="Y")

    assert agent == dict.fromkeys(documented.WITH_SUB_STATUS) | {
        "user": "agent1",
        "server_ip": "10.0.0.5",
        "lead_id": 0,
        "pause_code": "",
        "sub_status": "",
    }


@pytest.fixture
def several(db: TestDatabase) -> None:
    """Agents named for their campaign and group: A1, A2, b1, X3, and one of neither."""
    for user, campaign_id, user_group in (
        ("A1", "A", "ONE"),
        ("A2", "A", "TWO"),
        ("b1", "b", "one"),
        ("X3", "X", "THREE"),
        ("none", None, None),
    ):
        make_live_agent(db, user, user_group, campaign_id=campaign_id)


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param({}, ["A1", "A2", "b1", "none", "X3"], id="all"),
        pytest.param({"campaigns": "A"}, ["A1", "A2"], id="campaign"),
        pytest.param({"campaign_id": "A"}, ["A1", "A2"], id="campaign by its second name"),
        pytest.param({"campaigns": "A|X"}, ["A1", "A2", "X3"], id="campaigns"),
        pytest.param({"campaigns": "A,X"}, ["A1", "A2", "X3"], id="campaigns with a comma"),
        pytest.param({"campaigns": "B"}, ["b1"], id="campaign, any case"),
        pytest.param({"campaigns": "A", "campaign_id": "B"}, ["A1", "A2", "b1"], id="union"),
        pytest.param({"campaigns": "A|GONE"}, ["A1", "A2"], id="unknown beside known"),
        pytest.param({"campaigns": "GONE"}, [], id="unknown"),
        pytest.param({"campaigns": "A' OR '1"}, [], id="no SQL"),
        pytest.param({"campaigns": ""}, ["A1", "A2", "b1", "none", "X3"], id="empty is absent"),
        pytest.param({"user_groups": "ONE"}, ["A1", "b1"], id="group, any case"),
        pytest.param({"user_group": "ONE"}, ["A1", "b1"], id="group by its second name"),
        pytest.param({"user_groups": "TWO|THREE"}, ["A2", "X3"], id="groups"),
        pytest.param({"user_groups": "ONE", "user_group": "TWO"}, ["A1", "A2", "b1"], id="both"),
        pytest.param({"campaigns": "A", "user_groups": "ONE"}, ["A1"], id="campaign and group"),
        pytest.param({"campaigns": "X", "user_groups": "ONE"}, [], id="nobody in both"),
        pytest.param({"agent_user": "A1"}, ["A1", "A2", "b1", "none", "X3"], id="not a filter"),
    ],
)
@pytest.mark.parametrize("show_sub_status", ["N", "Y"])
async def test_filters_choose_the_agents_by_campaign_and_user_group(
    users: Users, query: dict[str, str], found: list[str], show_sub_status: str
) -> None:
    assert await logins_shown(users, LOGGED_IN, **query, show_sub_status=show_sub_status) == found


@pytest.mark.usefixtures("several")
async def test_a_filter_may_have_more_than_a_thousand_names(users: Users) -> None:
    names = ",".join(f"{number:x}" for number in range(0x100, 0x100 + 1500))

    assert await logins_shown(users, LOGGED_IN, campaigns=f"A,{names}") == ["A1", "A2"]
    assert await logins_shown(users, LOGGED_IN, user_groups=f"ONE,{names}") == ["A1", "b1"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        pytest.param("show_sub_status=X", "show_sub_status", id="no switch"),
        pytest.param("show_sub_status=1", "show_sub_status", id="number as a switch"),
        pytest.param("show_sub_status=y", "show_sub_status", id="small letter"),
        pytest.param("show_sub_status=Y&show_sub_status=N", "show_sub_status", id="twice"),
        pytest.param("campaigns=A%00", "campaigns", id="control character"),
        pytest.param("user_groups=%F0%9F%98%80", "user_groups", id="emoji"),
    ],
)
async def test_bad_input_is_a_400_that_names_the_field(
    users: Users, query: str, field: str
) -> None:
    assert await bad_fields(users, f"{LOGGED_IN}?{query}") == [field]


async def test_the_call_is_logged_under_vicidial_s_name(users: Users, db: TestDatabase) -> None:
    await users.get(LOGGED_IN)
    await users.close()

    assert db.rows("SELECT function, agent_user, result, result_reason FROM vicidial_api_log") == [
        ("logged_in_agents", "", "SUCCESS", "Logged-in agents retrieved")
    ]
