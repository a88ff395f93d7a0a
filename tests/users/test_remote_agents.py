"""PUT /api/v1/remote-agents/{agent_id}: change, start and stop a remote agent."""

from typing import Any

import pytest
from dialkit.tokens import Caller
from support.apps import Start, Users, clock_at
from support.builders import make_campaign, make_in_group, make_user, read_row
from support.changes import admin_log, changes, difference
from support.database import TestDatabase
from support.remote_agents import (
    change,
    changed,
    make_remote_agent,
    remote_agents,
)
from support.telephony import make_server


@pytest.fixture(autouse=True)
def remote_agent(db: TestDatabase) -> None:
    """The remote agent 2424 with its user, beside another one; SALES, SUPPORT, NEWCAMP."""
    make_user(db, "2424")
    make_remote_agent(db, remote_agent_id=1)
    make_remote_agent(db, "2430", remote_agent_id=2)
    for group_id in ("SALES", "SUPPORT"):
        make_in_group(db, group_id)
    make_campaign(db, "NEWCAMP")
    make_server(db, "10.0.0.6")


async def test_a_remote_agent_is_started(start_users: Start, db: TestDatabase) -> None:
    users = await start_users(clock=clock_at("2025-07-08T15:30:00"))
    before = read_row(db, "vicidial_remote_agents", remote_agent_id=1)
    other = read_row(db, "vicidial_remote_agents", remote_agent_id=2)

    assert await change(users, status="ACTIVE") == changed()

    after = read_row(db, "vicidial_remote_agents", remote_agent_id=1)
    assert difference(before, after) == {"status": "ACTIVE"}
    assert read_row(db, "vicidial_remote_agents", remote_agent_id=2) == other
    assert admin_log(db) == [
        ("6666", "192.0.2.7", "REMOTEAGENTS", "MODIFY", "2424", "ADMIN API UPDATE REMOTEAGENTS",
         "UPDATE vicidial_remote_agents SET `status` = 'ACTIVE'"
         " WHERE remote_agent_id IN (1) AND user_start = '2424'",
         "user start: 2424", "---ALL---")
    ]  # fmt: skip
    assert str(db.value("SELECT event_date FROM vicidial_admin_log")) == "2025-07-08 11:30:00"
    assert db.count("vicidial_live_agents") == 0


@pytest.mark.parametrize(
    ("fields", "columns"),
    [
        pytest.param({"status": "ACTIVE"}, {"status": "ACTIVE"}, id="started"),
        pytest.param({"server_ip": "10.0.0.6"}, {"server_ip": "10.0.0.6"}, id="server"),
        pytest.param({"number_of_lines": 6}, {"number_of_lines": 6}, id="lines up to the next"),
        pytest.param({"number_of_lines": "2"}, {"number_of_lines": 2}, id="lines as text"),
        pytest.param({"campaign_id": "newcamp"}, {"campaign_id": "NEWCAMP"}, id="campaign"),
        pytest.param({"closer_campaigns": ["SUPPORT", "sales", "SALES"]},
                     {"closer_campaigns": " SUPPORT SALES -"}, id="in-groups"),
        pytest.param({"closer_campaigns": "SALES|SUPPORT"},
                     {"closer_campaigns": " SALES SUPPORT -"}, id="in-groups in one text"),
        pytest.param({"closer_campaigns": []}, {"closer_campaigns": ""}, id="no in-groups"),
        pytest.param({"closer_campaigns": ""}, {"closer_campaigns": ""}, id="empty in-groups"),
        pytest.param({"conf_exten": "13125551212"}, {"conf_exten": "13125551212"}, id="number"),
        pytest.param({"conf_exten": 99}, {"conf_exten": "99"}, id="shortest number"),
        pytest.param({"conf_exten": "9" * 20}, {"conf_exten": "9" * 20}, id="longest number"),
    ],
)  # fmt: skip
async def test_a_change_leaves_the_other_columns(
    users: Users, db: TestDatabase, fields: dict[str, Any], columns: dict[str, Any]
) -> None:
    agent, other = remote_agents(db)

    assert await change(users, **fields) == changed()

    assert remote_agents(db) == [agent | columns, other]
    assert len(changes(db)) == 1


async def test_all_fields_are_changed_with_one_statement(users: Users, db: TestDatabase) -> None:
    _, other = remote_agents(db)
    fields = {"status": "ACTIVE", "server_ip": "10.0.0.6", "number_of_lines": 5,
              "campaign_id": "NEWCAMP", "closer_campaigns": ["SALES"],
              "conf_exten": "8301"}  # fmt: skip

    assert await change(users, **fields) == changed()

    assert remote_agents(db) == [
        {"remote_agent_id": 1, "user_start": "2424"} | fields | {"closer_campaigns": " SALES -"},
        other,
    ]
    ((*_, statements, _, _),) = admin_log(db)
    assert len(statements.split("\n")) == 1


async def test_fields_may_come_as_a_form(users: Users, db: TestDatabase) -> None:
    response = await users.put(
        "/api/v1/remote-agents/2424", data={"number_of_lines": "3", "closer_campaigns": "SALES"}
    )

    assert (response.status, await response.json()) == changed()
    agent, _ = remote_agents(db)
    assert (agent["number_of_lines"], agent["closer_campaigns"]) == (3, " SALES -")


async def test_255_lines_fit(users: Users, db: TestDatabase) -> None:
    make_remote_agent(db, "9000")

    assert await change(users, "9000", number_of_lines=255) == changed("9000")

    assert remote_agents(db)[-1]["number_of_lines"] == 255


@pytest.mark.parametrize("status", ["ACTIVE", "INACTIVE"])
async def test_the_status_that_it_has_is_a_success(
    users: Users, db: TestDatabase, status: str
) -> None:
    answers = [await change(users, status=status) for _ in range(2)]

    assert answers == [changed()] * 2
    assert remote_agents(db)[0]["status"] == status
    assert len(changes(db)) == 2


async def test_a_remote_agent_without_a_user_can_be_stopped_and_changed(
    users: Users, db: TestDatabase
) -> None:
    db.execute("UPDATE vicidial_remote_agents SET status = 'ACTIVE'")

    assert await change(users, "2430", status="INACTIVE", conf_exten="8302") == changed("2430")

    agent = remote_agents(db)[1]
    assert (agent["status"], agent["conf_exten"]) == ("INACTIVE", "8302")


@pytest.fixture
def on_two_servers(db: TestDatabase) -> None:
    """2424 on a second server too, in row 3."""
    make_remote_agent(db, remote_agent_id=3, server_ip="10.0.0.7")


@pytest.mark.usefixtures("on_two_servers")
async def test_all_rows_of_the_login_are_changed(users: Users, db: TestDatabase) -> None:
    assert await change(users, conf_exten="8301") == changed()

    assert [agent["conf_exten"] for agent in remote_agents(db)] == ["8301", "8300", "8301"]
    assert changes(db) == [
        ("REMOTEAGENTS", "MODIFY", "2424", "ADMIN API UPDATE REMOTEAGENTS", "user start: 2424")
    ]


@pytest.mark.usefixtures("on_two_servers")
@pytest.mark.parametrize("remote_agent_id", [3, "3"])
async def test_one_row_can_be_chosen(
    users: Users, db: TestDatabase, remote_agent_id: int | str
) -> None:
    answer = await change(users, remote_agent_id=remote_agent_id, status="ACTIVE")

    assert answer == changed()
    assert [agent["status"] for agent in remote_agents(db)] == ["INACTIVE", "INACTIVE", "ACTIVE"]
    assert len(changes(db)) == 1


async def test_the_login_is_spelled_as_the_database_does(users: Users, db: TestDatabase) -> None:
    make_user(db, "REMOTE1")
    make_remote_agent(db, "Remote1", remote_agent_id=7)
    make_remote_agent(db, "REMOTE1", remote_agent_id=8)

    assert await change(users, "remote1", status="ACTIVE") == changed("Remote1")

    assert [agent["status"] for agent in remote_agents(db)[-2:]] == ["ACTIVE", "ACTIVE"]
    assert changes(db) == [
        ("REMOTEAGENTS", "MODIFY", "Remote1", "ADMIN API UPDATE REMOTEAGENTS",
         "user start: Remote1")
    ]  # fmt: skip


async def test_a_login_of_digits_is_compared_as_text(users: Users, db: TestDatabase) -> None:
    make_remote_agent(db, "02424", remote_agent_id=7)

    assert await change(users, conf_exten="8301") == changed()

    assert remote_agents(db)[-1]["conf_exten"] == "8300"


async def test_the_tag_of_the_body_is_who_did_it(start_users: Start, db: TestDatabase) -> None:
    users = await start_users(caller=Caller(given_tag="", ip="192.0.2.7", issuer="gateway"))

    assert await change(users, user="boss", status="ACTIVE") == changed()

    assert [row[0] for row in admin_log(db)] == ["boss"]


async def test_the_call_is_logged_with_the_agent(users: Users, db: TestDatabase) -> None:
    await change(users, status="ACTIVE")
    await change(users, "nobody", status="ACTIVE")
    await users.close()

    assert db.rows("SELECT function, agent_user, result, result_reason FROM vicidial_api_log") == [
        ("update_remote_agent", "2424", "SUCCESS", "Remote agent updated successfully"),
        ("update_remote_agent", "nobody", "ERROR", "Remote agent not found"),
    ]
