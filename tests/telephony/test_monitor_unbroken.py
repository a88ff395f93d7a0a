"""POST /api/v1/monitor/blind: no text of the database breaks out of its line in the dial queue."""

from typing import Any

import pytest
from support.answers import refused
from support.apps import Telephony
from support.database import TestDatabase
from support.monitoring import (
    AGENT_SERVER,
    EPOCH,
    LISTENER_SERVER,
    NO_ROWS,
    SESSION,
    monitor,
    monitored,
    rows_of_calls,
)
from support.queued_rows import header_lines

CODE = f"BM{EPOCH}00006666"
LINES = {
    "b": f"Channel: Local/010*010*010*016*0{SESSION}@default",
    "c": "Context: default",
    "d": "Exten: 8002",
    "e": "Priority: 1",
    "f": f'Callerid: "{CODE}" <3125551212>',
    "g": f"Variable: __monitorsession={SESSION}",
    **dict.fromkeys("hijk", ""),
}


@pytest.mark.parametrize(
    ("column", "value"),
    [("dialplan_number", "\r80\r\n0\x002\n"), ("outbound_cid", "\n31\r255\n\r\x005121\r\n2\0")],
)
async def test_a_phones_columns_lose_line_ends(
    monitor_telephony: Telephony, db: TestDatabase, column: str, value: str
) -> None:
    db.execute(f"UPDATE phones SET {column} = %s", value)

    data = await monitored(monitor_telephony)

    assert header_lines(db) == LINES
    assert data["extension"] == "8002"
    logged = "SELECT extension, channel, outbound_cid FROM vicidial_dial_log"
    assert db.row(logged) == ("8002", data["channel"], f'"{CODE}" <3125551212>')
    assert db.value("SELECT outbound_cid FROM vicidial_dial_cid_log") == "3125551212"


@pytest.mark.parametrize(("stage", "prefix"), [("MONITOR", "0"), ("BARGESWAP", "")])
async def test_the_agents_server_loses_line_ends_where_it_is_dialled(
    monitor_telephony: Telephony, db: TestDatabase, stage: str, prefix: str
) -> None:
    server_ip = f"{AGENT_SERVER}\r\n\0"
    for table in ("vicidial_live_agents", "vicidial_conferences"):
        db.execute(f"UPDATE {table} SET server_ip = %s", server_ip)

    data = await monitored(monitor_telephony, stage=stage)

    assert data["channel"] == f"Local/010*010*010*016*{prefix}{SESSION}@default"
    assert data["server_ip"] == server_ip
    assert not set("\r\n\0") & set("".join(header_lines(db).values()))
    dialled = db.row("SELECT extension, channel FROM vicidial_dial_log")
    assert not set("\r\n\0") & set("".join(dialled))


async def test_the_listeners_server_is_in_no_line(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    db.execute("UPDATE phones SET server_ip = %s", "10.0.0.9\n\r\0")

    await monitored(monitor_telephony)

    assert header_lines(db) == LINES


@pytest.mark.parametrize(
    "conf_exten", [f"{SESSION}\n", f"\r{SESSION}", "860\x000051", "1\r\nAction: x"]
)
async def test_a_session_that_would_break_a_line_is_none(
    monitor_telephony: Telephony, db: TestDatabase, conf_exten: str
) -> None:
    db.execute("UPDATE vicidial_live_agents SET conf_exten = %s", conf_exten)

    assert await monitor(monitor_telephony) == refused(404, "Session not found")
    assert rows_of_calls(db) == NO_ROWS


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("agent_user", "1001\r\nAction: Originate"),
        ("session_id", f"{SESSION}\n"),
        ("server_ip", f"{AGENT_SERVER}\r"),
        ("phone_login", "8002\n"),
        ("extension", "8002\r\n"),
        ("stage", "MONITOR\n"),
        ("user", "boss\n"),
    ],
)
async def test_a_line_end_in_the_request_is_a_400(
    monitor_telephony: Telephony, db: TestDatabase, field: str, value: Any
) -> None:
    status, envelope = await monitor(monitor_telephony, **{field: value})

    assert (status, list(envelope["details"])) == (400, [field])
    assert rows_of_calls(db) == NO_ROWS


async def test_what_is_written_for_the_server_is_the_servers_own_spelling(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    await monitored(monitor_telephony)

    assert db.value("SELECT server_ip FROM vicidial_manager") == LISTENER_SERVER
