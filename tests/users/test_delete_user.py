"""PUT /api/v1/users/{user_id} with `delete_user`."""

from typing import Any

import pytest
from support.apps import Start, Users, clock_at
from support.builders import make_lead
from support.changes import admin_log, changes
from support.database import TestDatabase
from support.live_agents import make_session, make_session_in_group
from support.ranks import make_campaign_rank, make_in_group_rank
from support.remote_agents import make_remote_agent
from support.statements import explained, statements_sent
from support.user_rows import everything, make_agent, make_things, user_row
from support.users import NOT_FOUND, USERS, change, delete, deleted, refused

LOG_ROW = ("USERS", "DELETE", "agent1", "ADMIN API DELETE USER", "user: agent1")
LOGS = ("vicidial_user_log", "vicidial_agent_log", "vicidial_log", "vicidial_list")


@pytest.fixture(autouse=True)
def agents(db: TestDatabase) -> None:
    """agent1 and agent2, not logged in, each with all that hangs on a user."""
    make_things(db)
    for login in ("agent1", "agent2"):
        make_agent(db, login)
        for campaign_id in ("TESTCAMP", "TWOCAMP", "GONE"):
            make_campaign_rank(db, login, campaign_id)
        for group_id in ("SALES", "SUPPORT", "GONE"):
            make_in_group_rank(db, login, group_id)
        for server_ip in ("10.0.0.5", "10.0.0.6"):
            make_remote_agent(db, login, server_ip=server_ip, status="ACTIVE")


def make_logs(db: TestDatabase) -> None:
    """What agent1 has done."""
    db.insert("vicidial_user_log", user="agent1", event="LOGIN", event_date="2025-01-08 10:30:00")
    db.insert("vicidial_agent_log", user="agent1", server_ip="10.0.0.5")
    db.insert("vicidial_log", user="agent1", uniqueid="1736350200.1", lead_id=1)
    make_lead(db, lead_id=1, user="agent1", owner="agent1")


def rows_of(db: TestDatabase, login: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of a user, in all tables that a deletion writes."""
    keys = {
        "vicidial_users": "user",
        "vicidial_campaign_agents": "user",
        "vicidial_inbound_group_agents": "user",
        "vicidial_remote_agents": "user_start",
    }
    return {
        table: db.rows(f"SELECT * FROM {table} WHERE {key} = %s", login)
        for table, key in keys.items()
    }


async def test_a_user_goes_with_its_ranks_and_its_remote_agents_stop(
    users: Users, db: TestDatabase
) -> None:
    other = rows_of(db, "agent2")

    answer = await delete(users)

    left = rows_of(db, "agent1")
    remote_agents = left.pop("vicidial_remote_agents")
    assert answer == deleted()
    assert not any(left.values())
    assert [(row[3], row[5]) for row in remote_agents] == [
        ("10.0.0.5", "INACTIVE"),
        ("10.0.0.6", "INACTIVE"),
    ]
    assert rows_of(db, "agent2") == other
    assert changes(db) == [LOG_ROW]


async def test_a_stopped_remote_agent_is_otherwise_as_it_was(
    users: Users, db: TestDatabase
) -> None:
    columns = "remote_agent_id, user_start, number_of_lines, server_ip, conf_exten, campaign_id"
    before = db.rows(f"SELECT {columns} FROM vicidial_remote_agents")

    await delete(users)

    assert db.rows(f"SELECT {columns} FROM vicidial_remote_agents") == before


async def test_logs_and_leads_of_the_user_stay(users: Users, db: TestDatabase) -> None:
    make_logs(db)
    before = {table: db.rows(f"SELECT * FROM {table}") for table in LOGS}

    answer = await delete(users)

    assert answer == deleted()
    assert {table: db.rows(f"SELECT * FROM {table}") for table in LOGS} == before


async def test_the_second_time_it_is_a_404(users: Users, db: TestDatabase) -> None:
    await delete(users)
    before = everything(db)

    again = await delete(users)

    assert again == NOT_FOUND
    assert everything(db) == before


async def test_a_user_who_has_nothing_goes_too(users: Users, db: TestDatabase) -> None:
    make_agent(db, "agent3")

    assert await delete(users, "agent3") == deleted("agent3")
    assert db.rows("SELECT 1 FROM vicidial_users WHERE user = 'agent3'") == []


@pytest.mark.parametrize("path", ["AGENT1", "agent1%20"])
async def test_a_user_is_answered_and_logged_as_the_database_spells_it(
    users: Users, db: TestDatabase, path: str
) -> None:
    answer = await delete(users, path)

    assert answer == deleted()
    assert changes(db) == [LOG_ROW]


async def test_the_log_of_changes_holds_who_when_and_the_statements_in_their_order(
    start_users: Start, db: TestDatabase
) -> None:
    users = await start_users(clock=clock_at("2025-07-08T15:30:00"))

    await delete(users)

    (row,) = admin_log(db)
    assert row[:6] == ("6666", "192.0.2.7", *LOG_ROW[:4])
    assert row[6].split("\n") == [
        "UPDATE vicidial_remote_agents SET status = 'INACTIVE' WHERE user_start = 'agent1'",
        "DELETE FROM vicidial_campaign_agents WHERE user = 'agent1'",
        "DELETE FROM vicidial_inbound_group_agents WHERE user = 'agent1'",
        "DELETE FROM vicidial_users WHERE user = 'agent1' AND NOT EXISTS"
        " (SELECT 1 FROM vicidial_live_agents WHERE user = 'agent1')",
    ]
    assert row[7:] == ("user: agent1", "---ALL---")
    assert str(db.value("SELECT event_date FROM vicidial_admin_log")) == "2025-07-08 11:30:00"


async def test_a_form_deletes_too_and_its_user_is_the_tag(users: Users, db: TestDatabase) -> None:
    response = await users.put(f"{USERS}/agent1", data={"delete_user": "Y", "user": "agent2"})

    assert response.status == 200
    assert user_row(db, "agent2")
    assert changes(db) == [LOG_ROW]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        pytest.param({"full_name": "John"}, ["full_name"], id="a column"),
        pytest.param({"campaign_rank": 1}, ["campaign_rank"], id="a rank"),
        pytest.param({"pass": "new-pass1"}, ["pass"], id="the password"),
        pytest.param({"active": "N", "email": ""}, ["active", "email"], id="two"),
        pytest.param({"reset_password": "16"}, ["reset_password"], id="an unknown field"),
        pytest.param({"full_name": None}, ["full_name"], id="null"),
    ],
)
async def test_no_other_field_may_come_with_it(
    users: Users, db: TestDatabase, body: dict[str, Any], fields: list[str]
) -> None:
    before = everything(db)

    status, answer = await change(users, delete_user="Y", **body)

    assert (status, sorted(answer["details"])) == (400, fields)
    assert everything(db) == before


@pytest.mark.parametrize("login", ["VDAD", "VDCL", "vdad", "Vdcl", "VDAD%20"])
@pytest.mark.parametrize("spelled", [str.upper, str.lower])
async def test_the_dialers_own_users_are_a_409(
    users: Users, db: TestDatabase, login: str, spelled: Any
) -> None:
    for one in ("VDAD", "VDCL"):
        make_agent(db, spelled(one))
    before = everything(db)

    answer = await delete(users, login)

    assert answer == refused(409, "User is reserved by the system")
    assert everything(db) == before


async def test_the_dialers_own_users_may_be_changed(users: Users, db: TestDatabase) -> None:
    make_agent(db, "VDAD")

    status, _ = await change(users, "VDAD", full_name="Outbound Auto Dial")

    assert status == 200
    assert user_row(db, "VDAD")["full_name"] == "Outbound Auto Dial"


@pytest.mark.parametrize("spelled", ["agent1", "AGENT1"])
async def test_a_user_who_is_logged_in_is_a_409(
    users: Users, db: TestDatabase, spelled: str
) -> None:
    make_session(db, spelled)
    make_session_in_group(db, spelled)
    before = everything(db)

    answer = await delete(users)

    assert answer == refused(409, "User is logged in")
    assert everything(db) == before


async def test_sessions_of_others_and_leftovers_of_a_session_do_not_matter(
    users: Users, db: TestDatabase
) -> None:
    make_session(db, "agent2")
    make_session(db, "agent11")
    make_session_in_group(db, "agent1")

    assert await delete(users) == deleted()
    assert db.count("vicidial_live_agents") == 2


@pytest.mark.parametrize("login", ["nobody", "VDAD", "a" * 21, "%25", "agent_", "agent1'--"])
async def test_an_unknown_user_is_a_404(users: Users, db: TestDatabase, login: str) -> None:
    make_remote_agent(db, "nobody")
    make_campaign_rank(db, "nobody")
    before = everything(db)

    answer = await delete(users, login)

    assert answer == NOT_FOUND
    assert everything(db) == before


async def test_a_login_of_digits_takes_no_other_with_it(users: Users, db: TestDatabase) -> None:
    for login in ("100", "0100", "100x"):
        make_agent(db, login)
        make_campaign_rank(db, login)
    others = [rows_of(db, login) for login in ("0100", "100x")]

    assert await delete(users, "100") == deleted("100")
    assert [rows_of(db, login) for login in ("0100", "100x")] == others


async def test_calls_are_logged_with_the_login_that_they_are_about(
    users: Users, db: TestDatabase
) -> None:
    await delete(users)
    await delete(users)
    await users.close()

    assert db.rows("SELECT function, agent_user, result FROM vicidial_api_log") == [
        ("update_user", "agent1", "SUCCESS"),
        ("update_user", "agent1", "ERROR"),
    ]


async def test_sessions_are_looked_up_by_their_index(users: Users, db: TestDatabase) -> None:
    db.execute(
        "INSERT INTO vicidial_live_agents (user, server_ip, lead_id)"
        " SELECT CONCAT('90', seq), '', 0 FROM seq_1_to_500"
    )

    with statements_sent() as statements:
        await delete(users)
    lookup, deletion = [one for one in statements if "FROM vicidial_live_agents" in one.sql]

    (plan,) = explained(db, lookup, "svc-users")
    assert plan["key"] == "vlaus"
    assert deletion.sql.strip().startswith("DELETE FROM vicidial_users")
