"""POST /api/v1/monitor/blind: which agent and which session are meant."""

from typing import Any

import pytest
from support.answers import invalid, refused
from support.apps import Telephony
from support.database import TestDatabase
from support.monitoring import (
    AGENT_SERVER,
    LISTENER_SERVER,
    NO_ROWS,
    SESSION,
    make_conference,
    make_monitored,
    monitor,
    monitored,
    rows_of_calls,
)
from support.telephony import make_server

BY_SESSION = {"session_id": SESSION, "server_ip": AGENT_SERVER, "phone_login": "8002"}
NOT_LOGGED_IN = refused(404, "Agent is not logged in")
NO_SESSION = refused(404, "Session not found")
NO_AGENT = refused(409, "No agent in this session")
OLD, NEW = "2025-01-08 15:29:00", "2025-01-08 15:30:00"


@pytest.fixture(autouse=True)
def another_agent(db: TestDatabase) -> None:
    """The agent 1002, who works beside 1001."""
    make_conference(db, "8600052")
    make_monitored(db, "1002", conf_exten="8600052", last_update_time="2025-01-08 15:31:00")


def who(data: dict[str, Any]) -> tuple[str, str, str]:
    """Agent, session and server of an answer."""
    return data["user"], data["session_id"], data["server_ip"]


def logged(db: TestDatabase) -> tuple[Any, ...]:
    """Agent, session and server in the log."""
    columns = "agent_user, agent_session, agent_server_ip"
    return db.row(f"SELECT {columns} FROM vicidial_rt_monitor_log")


async def test_the_agent_gives_session_and_server(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    data = await monitored(monitor_telephony)

    assert who(data) == logged(db) == ("1001", SESSION, AGENT_SERVER)


@pytest.mark.parametrize("session_id", [SESSION, int(SESSION), f" {SESSION} "])
async def test_session_and_server_give_the_agent(
    monitor_telephony: Telephony, db: TestDatabase, session_id: Any
) -> None:
    data = await monitored(monitor_telephony, BY_SESSION, session_id=session_id)

    assert who(data) == logged(db) == ("1001", SESSION, AGENT_SERVER)


async def test_the_agent_is_named_as_the_database_spells_him(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    make_monitored(db, "Smith", conf_exten="8600053")
    make_conference(db, "8600053")

    data = await monitored(monitor_telephony, agent_user="SMITH")

    assert who(data) == logged(db) == ("Smith", "8600053", AGENT_SERVER)


async def test_of_several_sessions_of_an_agent_the_newest_is_meant(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    db.execute("UPDATE vicidial_live_agents SET last_update_time = %s", OLD)
    make_conference(db, "8600061", LISTENER_SERVER)
    make_conference(db, "8600062")
    make_monitored(db, server_ip=LISTENER_SERVER, conf_exten="8600061", last_update_time=NEW)
    make_monitored(db, conf_exten="8600062", last_update_time=OLD)

    assert who(await monitored(monitor_telephony)) == ("1001", "8600061", LISTENER_SERVER)


@pytest.mark.parametrize("ids", [(60, 50), (50, 60)])
async def test_of_sessions_of_one_second_the_one_with_the_highest_id_is_meant(
    monitor_telephony: Telephony, db: TestDatabase, ids: tuple[int, int]
) -> None:
    db.execute("UPDATE vicidial_live_agents SET last_update_time = %s", NEW)
    for live_agent_id in ids:
        conf_exten = f"86000{live_agent_id}"
        make_conference(db, conf_exten)
        make_monitored(
            db, live_agent_id=live_agent_id, conf_exten=conf_exten, last_update_time=NEW
        )  # fmt: skip

    assert who(await monitored(monitor_telephony)) == ("1001", "8600060", AGENT_SERVER)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"server_ip": AGENT_SERVER}, id="by server"),
        pytest.param({"session_id": SESSION}, id="by session"),
        pytest.param({"server_ip": AGENT_SERVER, "session_id": SESSION}, id="by both"),
    ],
)
async def test_server_and_session_choose_among_an_agents_sessions(
    monitor_telephony: Telephony, db: TestDatabase, given: dict[str, str]
) -> None:
    db.execute("UPDATE vicidial_live_agents SET last_update_time = %s", OLD)
    make_conference(db, "8600061", LISTENER_SERVER)
    make_monitored(db, server_ip=LISTENER_SERVER, conf_exten="8600061", last_update_time=NEW)

    assert who(await monitored(monitor_telephony, **given)) == ("1001", SESSION, AGENT_SERVER)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"agent_user": "1003"}, id="not logged in"),
        pytest.param({"agent_user": "100"}, id="a part of a login"),
        pytest.param({"server_ip": LISTENER_SERVER}, id="not on this server"),
        pytest.param({"session_id": "8600052"}, id="in another session"),
        pytest.param({"session_id": SESSION, "server_ip": LISTENER_SERVER}, id="half right"),
    ],
)
async def test_an_agent_who_is_not_there_is_a_404(
    monitor_telephony: Telephony, db: TestDatabase, given: dict[str, str]
) -> None:
    assert await monitor(monitor_telephony, **given) == NOT_LOGGED_IN
    assert rows_of_calls(db) == NO_ROWS


@pytest.mark.parametrize("conf_exten", [None, "", "13125551212", "86000510", "860O51", "8600999"])
async def test_an_agent_without_a_conference_is_a_404(
    monitor_telephony: Telephony, db: TestDatabase, conf_exten: str | None
) -> None:
    db.execute("UPDATE vicidial_live_agents SET conf_exten = %s WHERE user = '1001'", conf_exten)

    assert await monitor(monitor_telephony) == NO_SESSION
    assert rows_of_calls(db) == NO_ROWS


async def test_a_conference_of_another_server_is_not_the_agents(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    db.execute("DELETE FROM vicidial_conferences")
    make_conference(db, server_ip=LISTENER_SERVER)

    assert await monitor(monitor_telephony) == NO_SESSION


@pytest.mark.parametrize(
    "server_ip", ["", "localhost", "10.10.16", "10.10.10.256", "10.10.10.10.1", "10.10.10.a", "::1"]
)
async def test_a_server_that_cannot_be_dialled_has_no_session(
    monitor_telephony: Telephony, db: TestDatabase, server_ip: str
) -> None:
    make_server(db, server_ip, server_id="third")
    for table in ("vicidial_live_agents", "vicidial_conferences"):
        db.execute(f"UPDATE {table} SET server_ip = %s WHERE conf_exten = %s", server_ip, SESSION)

    assert await monitor(monitor_telephony) == NO_SESSION
    if server_ip:
        assert await monitor(monitor_telephony, BY_SESSION, server_ip=server_ip) == NO_SESSION
    assert rows_of_calls(db) == NO_ROWS


@pytest.mark.parametrize(
    "given", [{"session_id": "8600999"}, {"session_id": 0}, {"server_ip": LISTENER_SERVER}]
)
async def test_a_session_that_no_conference_has_is_a_404(
    monitor_telephony: Telephony, db: TestDatabase, given: dict[str, Any]
) -> None:
    assert await monitor(monitor_telephony, BY_SESSION, **given) == NO_SESSION
    assert rows_of_calls(db) == NO_ROWS


async def test_a_session_without_an_agent_is_a_409(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    make_conference(db, "8600099")
    make_conference(db, server_ip=LISTENER_SERVER)

    empty = await monitor(monitor_telephony, BY_SESSION, session_id="8600099")
    of_another_server = await monitor(monitor_telephony, BY_SESSION, server_ip=LISTENER_SERVER)

    assert (empty, of_another_server) == (NO_AGENT, NO_AGENT)
    assert rows_of_calls(db) == NO_ROWS


async def test_an_unknown_server_is_a_400(monitor_telephony: Telephony, db: TestDatabase) -> None:
    answers = [
        await monitor(monitor_telephony, body, server_ip="10.10.10.99")
        for body in (BY_SESSION, {"agent_user": "1001", "phone_login": "8002"})
    ]

    assert answers == [invalid("server_ip", "Server not found")] * 2
    assert rows_of_calls(db) == NO_ROWS


async def test_a_server_without_a_row_runs_meetme(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    db.execute("DELETE FROM servers WHERE server_ip = %s", AGENT_SERVER)

    assert who(await monitored(monitor_telephony)) == ("1001", SESSION, AGENT_SERVER)
