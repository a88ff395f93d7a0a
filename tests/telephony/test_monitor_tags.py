"""POST /api/v1/monitor/blind: who is behind a request, and where that is written."""

from typing import Any

import pytest
from dialkit.tokens import Caller
from support.answers import invalid, refused
from support.apps import Start
from support.database import TestDatabase
from support.monitoring import (
    AGENT_SERVER,
    BODY,
    EPOCH,
    NOW,
    SESSION,
    STARTED,
    make_scene,
    monitor,
    monitored,
)

BY_SESSION = {"session_id": SESSION, "server_ip": AGENT_SERVER, "phone_login": "8002"}
USER_IS_AGENT = {"user": "1001", "phone_login": "8002"}
BAD_TAG = invalid("user", "Must be 1 to 20 characters of A-Z a-z 0-9 - _ .")


def caller(tag: str = "", ip: str = "192.0.2.7") -> Caller:
    """Who the gateway says is calling: a tag of query or header, or none."""
    return Caller(given_tag=tag, ip=ip, issuer="gateway")


@pytest.fixture(autouse=True)
def scene(db: TestDatabase) -> None:
    """An agent and a phone."""
    make_scene(db)


@pytest.mark.parametrize(
    ("body", "given", "tag"),
    [
        pytest.param(USER_IS_AGENT, "", "api", id="user is the agent"),
        pytest.param(USER_IS_AGENT, "boss", "boss", id="user is the agent, tag in the header"),
        pytest.param(USER_IS_AGENT | {"agent_user": None}, "", "api", id="null agent"),
        pytest.param(USER_IS_AGENT | {"user": 1001}, "", "api", id="user is a number"),
        pytest.param(BODY | {"user": "boss"}, "", "boss", id="tag beside an agent"),
        pytest.param(BODY | {"user": "j.doe"}, "", "j.doe", id="tag with a dot"),
        pytest.param(BODY | {"user": 6666}, "", "6666", id="tag is a number"),
        pytest.param(BODY | {"user": "boss"}, "6666", "6666", id="the header wins"),
        pytest.param(BODY | {"user": ""}, "", "api", id="empty tag"),
        pytest.param(BY_SESSION | {"user": "boss"}, "", "boss", id="tag beside a session"),
        pytest.param(BY_SESSION, "", "api", id="none"),
    ],
)
async def test_user_is_the_agent_where_nothing_else_names_one_and_else_the_tag(
    start_telephony: Start, db: TestDatabase, body: dict[str, Any], given: str, tag: str
) -> None:
    telephony = await start_telephony(clock=NOW, caller=caller(given))

    data = await monitored(telephony, body)

    assert data["user"] == "1001"
    for table in ("vicidial_rt_monitor_log", "vicidial_daily_rt_monitoring_log"):
        assert db.row(f"SELECT manager_user, agent_user FROM {table}") == (tag, "1001")
    user, notes = db.row("SELECT user, notes FROM vicidial_report_log")
    assert (user, notes.split(", ")[0]) == (tag, tag)


@pytest.mark.parametrize(
    ("tag", "part"), [("j.doe", "0000jdoe"), ("supervisor-with-20-c", "supervis")]
)
async def test_a_code_has_eight_characters_of_the_tag_without_its_dots(
    start_telephony: Start, db: TestDatabase, tag: str, part: str
) -> None:
    telephony = await start_telephony(clock=NOW, caller=caller())

    data = await monitored(telephony, user=tag)

    assert data["caller_code"] == f"BM{EPOCH}{part}"
    assert db.value("SELECT manager_user FROM vicidial_rt_monitor_log") == tag


async def test_a_client_without_an_ipv4_address_has_none_in_the_logs(
    start_telephony: Start, db: TestDatabase
) -> None:
    telephony = await start_telephony(clock=NOW, caller=caller("6666", ip=""))

    await monitored(telephony)

    for table, column in (
        ("vicidial_rt_monitor_log", "manager_ip"),
        ("vicidial_daily_rt_monitoring_log", "manager_ip"),
        ("vicidial_report_log", "ip_address"),
    ):
        assert db.value(f"SELECT {column} FROM {table}") == ""


async def test_a_bad_tag_is_refused_before_anything_is_looked_up(
    start_telephony: Start, db: TestDatabase
) -> None:
    db.execute("DELETE FROM vicidial_live_agents")
    telephony = await start_telephony(clock=NOW, caller=caller())

    assert await monitor(telephony, user="a b") == BAD_TAG
    assert await monitor(telephony, user="boss") == refused(404, "Agent is not logged in")


async def test_the_call_is_logged_with_the_agent_and_the_tag(
    start_telephony: Start, db: TestDatabase
) -> None:
    telephony = await start_telephony(clock=NOW, caller=caller())

    await monitored(telephony, user="boss")
    await monitored(telephony, BY_SESSION, stage="BARGE")
    await monitored(telephony, USER_IS_AGENT, stage="HIJACK")
    await monitor(telephony, USER_IS_AGENT, user="1009")
    await monitor(telephony, agent_user="1009", user="boss")
    await telephony.close()

    columns = "user, api_date, function, agent_user, result, result_reason"
    done = (STARTED, "blind_monitor", "1001", "SUCCESS", "Monitor request processed")
    missing = (STARTED, "blind_monitor", "1009", "ERROR", "Agent is not logged in")
    assert db.rows(f"SELECT {columns} FROM vicidial_api_log ORDER BY api_id") == [
        ("boss", *done), ("api", *done), ("api", *done), ("api", *missing), ("boss", *missing)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "tag", "agent"),
    [
        pytest.param(BODY | {"user": "boss", "stage": "SPY"}, "boss", "1001",
                     id="tag beside an agent"),
        pytest.param(BODY | {"agent_user": "10 01", "user": "boss"}, "boss", "10 01",
                     id="tag beside a bad agent"),
        pytest.param(BODY | {"agent_user": "", "user": "boss"}, "boss", "",
                     id="tag beside an empty agent"),
        pytest.param(USER_IS_AGENT | {"stage": "SPY"}, "api", "1001", id="user is the agent"),
        pytest.param(USER_IS_AGENT | {"user": 1001, "stage": "SPY"}, "api", "1001",
                     id="user is a number"),
        pytest.param(USER_IS_AGENT | {"agent_user": None, "stage": "SPY"}, "api", "1001",
                     id="null agent"),
        pytest.param({"user": "j.doe", "phone_login": "8002"}, "api", "j.doe",
                     id="user is a bad agent"),
        pytest.param({"session_id": SESSION, "user": "boss", "phone_login": "8002"}, "boss", "",
                     id="tag beside a session without a server"),
        pytest.param(BODY | {"user": "a b", "stage": "SPY"}, "api", "1001", id="bad tag"),
        pytest.param({}, "api", "", id="nothing"),
    ],
)  # fmt: skip
async def test_a_body_that_is_refused_is_logged_with_its_agent_and_its_tag(
    start_telephony: Start, db: TestDatabase, body: dict[str, Any], tag: str, agent: str
) -> None:
    telephony = await start_telephony(clock=NOW, caller=caller())

    status, envelope = await monitor(telephony, body | {})
    await telephony.close()

    columns = "user, function, agent_user, result, result_reason"
    assert status == 400
    assert db.rows(f"SELECT {columns} FROM vicidial_api_log") == [
        (tag, "blind_monitor", agent, "ERROR", envelope["error"])
    ]


@pytest.mark.parametrize(
    "beside",
    [
        pytest.param({"stage": "SPY"}, id="stage"),
        pytest.param({"agent_user": "10 01"}, id="agent"),
        pytest.param({"agent_user": None, "session_id": SESSION}, id="server that is missing"),
        pytest.param({"campaign_id": "X"}, id="unknown field"),
    ],
)
async def test_a_bad_tag_is_refused_alone(
    start_telephony: Start, db: TestDatabase, beside: dict[str, Any]
) -> None:
    telephony = await start_telephony(clock=NOW, caller=caller())

    assert await monitor(telephony, BODY | beside, user="a b") == BAD_TAG
