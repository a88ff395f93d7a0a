"""Agents who are listened to, the listeners' phones, and what a monitor call leaves behind."""

from datetime import datetime
from typing import Any

import pytest
from support import answers
from support.answers import Answer, refused
from support.apps import Start, Telephony, clock_at
from support.database import TestDatabase
from support.live_agents import make_session
from support.telephony import make_phone, make_server

MONITOR = "/api/v1/monitor/blind"
NOW = clock_at("2025-01-08T20:30:45")
EPOCH = 1736368245
# The same in New York, where the database is.
NOW_SQL = "2025-01-08 15:30:45"
STARTED = datetime.fromisoformat(NOW_SQL)
AGENT_SERVER, LISTENER_SERVER = "10.10.10.16", "10.10.10.15"
SESSION = "8600051"
# The least that places a call.
BODY = {"agent_user": "1001", "phone_login": "8002"}
TARGET = f"010*010*010*016*0{SESSION}"
# The tables that a call is written into, in the order of the writes.
WRITES = (
    "vicidial_rt_monitor_log",
    "vicidial_daily_rt_monitoring_log",
    "vicidial_dial_log",
    "vicidial_dial_cid_log",
    "vicidial_manager",
    "vicidial_report_log",
)
NO_ROWS = dict.fromkeys(WRITES, 0)
ONE_ROW_EACH = dict.fromkeys(WRITES, 1)
QUEUED = refused(409, "Monitor call already queued")
# Of the named lock, as support.named_locks knows it.
LOCK = "monitor"
BUSY = refused(409, "Another monitor call is being placed")


@pytest.fixture
async def monitor_telephony(start_telephony: Start, db: TestDatabase) -> Telephony:
    """svc-telephony at `NOW`, with an agent and a phone; called with a token (tag 6666)."""
    make_scene(db)
    return await start_telephony(clock=NOW)


def make_scene(db: TestDatabase) -> None:
    """Agent 1001 in a MeetMe session of one server, phone 8002 on another."""
    make_server(db, AGENT_SERVER)
    make_server(db, LISTENER_SERVER)
    make_conference(db)
    make_monitored(db)
    make_phone(db, "8002", LISTENER_SERVER, outbound_cid="3125551212")


def make_monitored(db: TestDatabase, user: str | None = "1001", **columns: Any) -> int:
    """A session of an agent in a call, on the agents' server; its id."""
    defaults: dict[str, Any] = {"server_ip": AGENT_SERVER, "conf_exten": SESSION,
                                "status": "INCALL", "lead_id": 77}  # fmt: skip
    return make_session(db, user, **defaults | columns)


def make_conference(
    db: TestDatabase,
    conf_exten: str = SESSION,
    server_ip: str = AGENT_SERVER,
    table: str = "vicidial_conferences",
) -> None:
    """A conference that a session can be in."""
    db.insert(table, conf_exten=conf_exten, server_ip=server_ip, extension="SIP/101")


def use_confbridge(db: TestDatabase, enhanced: str = "0") -> None:
    """Let ConfBridge run the sessions of the agents' server."""
    db.execute("UPDATE servers SET conf_engine = 'CONFBRIDGE' WHERE server_ip = %s", AGENT_SERVER)
    db.execute("UPDATE system_settings SET enhanced_agent_monitoring = %s", enhanced)
    make_conference(db, table="vicidial_confbridges")


def allow_whispers(db: TestDatabase) -> None:
    """Switch whispering on."""
    db.execute("UPDATE system_settings SET agent_whisper_enabled = '1'")


def make_monitor_row(
    db: TestDatabase, caller_code: str = "BM1736000000000other", **columns: Any
) -> None:
    """A call of phone 8002 to the agent's session, begun at `NOW`, in the log."""
    defaults = {
        "manager_user": "6666",
        "manager_server_ip": LISTENER_SERVER,
        "manager_phone": "8002",
        "agent_user": "1001",
        "agent_server_ip": AGENT_SERVER,
        "agent_session": SESSION,
        "monitor_start_time": NOW_SQL,
        "monitor_type": "LISTEN",
    }
    row = defaults | columns
    db.insert("vicidial_rt_monitor_log", caller_code=caller_code, **row)


async def monitor(telephony: Telephony, body: dict[str, Any] = BODY, /, **fields: object) -> Answer:
    """POST a monitor call with more fields than the least: the status, and the envelope."""
    return await answers.sent(telephony, "POST", MONITOR, body | fields)


async def monitored(telephony: Telephony, body: dict[str, Any] = BODY, /, **fields: object) -> Any:
    """The `data` of a monitor call that is placed."""
    status, envelope = await monitor(telephony, body, **fields)
    assert status == 200, envelope
    return envelope["data"]


def rows_of_calls(db: TestDatabase) -> dict[str, int]:
    """How many rows each table of `WRITES` has."""
    return {table: db.count(table) for table in WRITES}


def codes(db: TestDatabase, table: str = "vicidial_rt_monitor_log") -> list[str]:
    """The caller codes in a table, in their order."""
    rows = db.rows(f"SELECT caller_code FROM {table} ORDER BY caller_code")
    return [code for (code,) in rows]
