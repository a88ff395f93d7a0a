"""Remote agents: what is refused, by its text or the field that is named; nothing is written."""

from typing import Any

import pytest
from support.apps import Users
from support.builders import make_campaign, make_in_group, make_user
from support.changes import changes
from support.database import TestDatabase
from support.remote_agents import change, make_remote_agent, remote_agents
from support.telephony import make_server
from support.users import refused


@pytest.fixture(autouse=True)
def remote_agent(db: TestDatabase) -> None:
    """The remote agent 2424, its user, and what it can refer to."""
    make_user(db, "2424")
    make_remote_agent(db, remote_agent_id=1)
    make_in_group(db, "SALES")
    make_campaign(db)
    make_server(db, "10.0.0.6")


BAD_FIELDS: list[Any] = [
    pytest.param({"status": "active"}, "status", id="status in small"),
    pytest.param({"status": "REACTIVE"}, "status", id="status that contains ACTIVE"),
    pytest.param({"status": ""}, "status", id="status empty"),
    pytest.param({"status": None}, "status", id="status null"),
    pytest.param({"status": ["ACTIVE"]}, "status", id="status of another type"),
    pytest.param({"server_ip": "10.0.0.9"}, "server_ip", id="unknown server"),
    pytest.param({"server_ip": ""}, "server_ip", id="server empty"),
    pytest.param({"server_ip": "1" * 16}, "server_ip", id="server too long"),
    pytest.param({"server_ip": None}, "server_ip", id="server null"),
    pytest.param({"server_ip": 1.5}, "server_ip", id="server of another type"),
    pytest.param({"number_of_lines": 0}, "number_of_lines", id="no lines"),
    pytest.param({"number_of_lines": -1}, "number_of_lines", id="less than no lines"),
    pytest.param({"number_of_lines": 256}, "number_of_lines", id="too many lines"),
    pytest.param({"number_of_lines": 1.0}, "number_of_lines", id="fraction of lines"),
    pytest.param({"number_of_lines": True}, "number_of_lines", id="lines of another type"),
    pytest.param({"number_of_lines": ""}, "number_of_lines", id="lines empty"),
    pytest.param({"number_of_lines": None}, "number_of_lines", id="lines null"),
    pytest.param({"campaign_id": "NOCAMP"}, "campaign_id", id="unknown campaign"),
    pytest.param({"campaign_id": "C" * 9}, "campaign_id", id="campaign too long"),
    pytest.param({"campaign_id": ""}, "campaign_id", id="campaign empty"),
    pytest.param({"campaign_id": None}, "campaign_id", id="campaign null"),
    pytest.param({"campaign_id": "A😀"}, "campaign_id", id="emoji"),
    pytest.param({"closer_campaigns": ["SALES", "GONE"]}, "closer_campaigns", id="in-group"),
    pytest.param({"closer_campaigns": "SALES|GONE"}, "closer_campaigns", id="in-group in a text"),
    pytest.param({"closer_campaigns": "SALES||"}, "closer_campaigns", id="in-group empty"),
    pytest.param({"closer_campaigns": ["G" * 21]}, "closer_campaigns", id="in-group too long"),
    pytest.param({"closer_campaigns": {"a": 1}}, "closer_campaigns", id="in-groups of other type"),
    pytest.param({"closer_campaigns": None}, "closer_campaigns", id="in-groups null"),
    pytest.param({"conf_exten": "9"}, "conf_exten", id="number too short"),
    pytest.param({"conf_exten": "9" * 21}, "conf_exten", id="number too long"),
    pytest.param({"conf_exten": "55-1234"}, "conf_exten", id="number with a hyphen"),
    pytest.param({"conf_exten": "٣٤٥"}, "conf_exten", id="other digits"),
    pytest.param({"conf_exten": "8300\n"}, "conf_exten", id="number with a line break"),
    pytest.param({"conf_exten": ""}, "conf_exten", id="number empty"),
    pytest.param({"conf_exten": None}, "conf_exten", id="number null"),
    pytest.param({"remote_agent_id": 0, "status": "ACTIVE"}, "remote_agent_id", id="row 0"),
    pytest.param({"remote_agent_id": 2**32, "status": "ACTIVE"}, "remote_agent_id",
                 id="row beyond the column"),
    pytest.param({"remote_agent_id": "x", "status": "ACTIVE"}, "remote_agent_id", id="no row"),
    pytest.param({"remote_agent_id": None, "status": "ACTIVE"}, "remote_agent_id", id="row null"),
    pytest.param({"user_start": "2425", "status": "ACTIVE"}, "user_start", id="another login"),
    pytest.param({"on_hook_agent": "Y"}, "on_hook_agent", id="another column"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "field"), BAD_FIELDS)
async def test_a_bad_value_names_the_field(
    users: Users, db: TestDatabase, fields: dict[str, Any], field: str
) -> None:
    before = remote_agents(db)

    status, answer = await change(users, **fields)

    assert (status, list(answer["details"])) == (400, [field])
    assert (remote_agents(db), changes(db)) == (before, [])


async def test_all_that_is_unknown_is_named(users: Users) -> None:
    status, answer = await change(
        users, server_ip="10.0.0.9", campaign_id="NOCAMP", closer_campaigns=["NO1", "SALES", "NO2"]
    )

    assert (status, answer["details"]) == (
        400,
        {
            "server_ip": ["Server not found"],
            "campaign_id": ["Campaign not found"],
            "closer_campaigns": ["In-group not found: NO1", "In-group not found: NO2"],
        },
    )


@pytest.mark.parametrize("fields", [{}, {"remote_agent_id": 1}, {"user": "6666"}])
@pytest.mark.parametrize("login", ["2424", "nobody"])
async def test_a_change_of_nothing_is_a_400(
    users: Users, db: TestDatabase, fields: dict[str, Any], login: str
) -> None:
    before = remote_agents(db)

    assert await change(users, login, **fields) == refused(400, "No updates defined")

    assert (remote_agents(db), changes(db)) == (before, [])


@pytest.mark.parametrize(
    "login",
    [
        pytest.param("nobody", id="unknown"),
        pytest.param("242", id="beginning of a login"),
        pytest.param("2424.0", id="the same number"),
        pytest.param("24__", id="no pattern"),
        pytest.param("2" * 21, id="longer than a login"),
        pytest.param("2424%0A", id="line break"),
    ],
)
async def test_an_unknown_remote_agent_is_a_404(users: Users, db: TestDatabase, login: str) -> None:
    before = remote_agents(db)

    assert await change(users, login, status="ACTIVE") == refused(404, "Remote agent not found")

    assert (remote_agents(db), changes(db)) == (before, [])


async def test_a_row_of_another_login_is_a_404(users: Users, db: TestDatabase) -> None:
    other = make_remote_agent(db, "3000")
    before = remote_agents(db)

    answer = await change(users, remote_agent_id=other, status="ACTIVE")

    assert answer == refused(404, "Remote agent not found")
    assert (remote_agents(db), changes(db)) == (before, [])


async def test_a_remote_agent_without_a_user_cannot_be_started(
    users: Users, db: TestDatabase
) -> None:
    make_remote_agent(db, "3000")
    make_user(db, "03000")
    before = remote_agents(db)

    answer = await change(users, "3000", status="ACTIVE", conf_exten="8301")

    assert answer == refused(409, "Remote agent has no user")
    assert (remote_agents(db), changes(db)) == (before, [])


@pytest.mark.parametrize("other", ["2425", "2427", "002426", "2426"])
async def test_lines_may_not_overlap_another_remote_agent(
    users: Users, db: TestDatabase, other: str
) -> None:
    make_remote_agent(db, other, status="INACTIVE", server_ip="10.0.0.7")
    before = remote_agents(db)

    answer = await change(users, number_of_lines=4, conf_exten="8301")

    assert answer == refused(409, "Lines overlap another remote agent")
    assert (remote_agents(db), changes(db)) == (before, [])


@pytest.mark.parametrize("other", ["2423", "2424", "2428", "24250", "2425a", "a2425", "", None])
async def test_what_is_beyond_the_lines_is_no_overlap(
    users: Users, db: TestDatabase, other: str | None
) -> None:
    make_remote_agent(db, other, number_of_lines=9)

    status, _ = await change(users, number_of_lines=4)

    assert (status, remote_agents(db)[0]["number_of_lines"]) == (200, 4)


async def test_lines_of_a_login_that_is_no_number_overlap_nobody(
    users: Users, db: TestDatabase
) -> None:
    make_remote_agent(db, "line1")
    make_remote_agent(db, "line2")

    status, _ = await change(users, "line1", number_of_lines=255)

    assert status == 200


async def test_lines_that_are_not_changed_are_not_compared(users: Users, db: TestDatabase) -> None:
    db.execute("UPDATE vicidial_remote_agents SET number_of_lines = 9")
    make_remote_agent(db, "2425")

    statuses = [
        (await change(users, **fields))[0]
        for fields in ({"status": "ACTIVE"}, {"number_of_lines": 1})
    ]

    assert statuses == [200, 200]


@pytest.mark.parametrize(
    ("login", "fields", "status", "error"),
    [
        pytest.param("nobody", {"status": "x"}, 400, "Invalid parameters: status: Must be one of"
                     ": ACTIVE, INACTIVE", id="shape before existence"),
        pytest.param("nobody", {"campaign_id": "NOCAMP"}, 404, "Remote agent not found",
                     id="existence before references"),
        pytest.param("3000", {"campaign_id": "NOCAMP", "status": "ACTIVE"}, 400,
                     "Invalid parameters: campaign_id: Campaign not found",
                     id="references before the user"),
        pytest.param("3000", {"status": "ACTIVE", "number_of_lines": 2}, 409,
                     "Remote agent has no user", id="the user before the lines"),
    ],
)  # fmt: skip
async def test_the_first_reason_is_told(
    users: Users, db: TestDatabase, login: str, fields: dict[str, Any], status: int, error: str
) -> None:
    make_remote_agent(db, "3000")
    make_remote_agent(db, "3001")

    answered, answer = await change(users, login, **fields)

    assert (answered, answer["error"]) == (status, error)
