"""POST /api/v1/monitor/blind: no text of the database breaks out of its line in the dial queue."""

from typing import Any

import pytest
from support.apps import Start, Telephony
from support.database import TestDatabase
from support.monitoring import (
    AGENT_SERVER,
    EPOCH,
    LISTENER_SERVER,
    NO_ROWS,
    NOW,
    SESSION,
    header_lines,
    make_scene,
    monitor,
    monitored,
    refused,
    rows_of_calls,
)

BREAKS = ["\r", "\n", "\0", "\r\n", "\n\r\0"]
CODE = f"BM{EPOCH}00006666"
LINES = [
    f"Channel: Local/010*010*010*016*0{SESSION}@default",
    "Context: default",
    "Exten: 8002",
    "Priority: 1",
    f'Callerid: "{CODE}" <3125551212>',
    f"Variable: __monitorsession={SESSION}",
    *[""] * 4,
]


@pytest.fixture
async def telephony(start_telephony: Start, db: TestDatabase) -> Telephony:
    """svc-telephony with an agent and a phone."""
    make_scene(db)
    return await start_telephony(clock=NOW)


def broken(text: str, line_end: str, place: int) -> str:
    """The text with the line end in that place."""
    return text[:place] + line_end + text[place:]


@pytest.mark.parametrize("place", [0, 2, 4])
@pytest.mark.parametrize("line_end", BREAKS)
@pytest.mark.parametrize(
    ("column", "value"), [("dialplan_number", "8002"), ("outbound_cid", "3125551212")]
)
async def test_a_phones_columns_lose_line_ends(
    telephony: Telephony, db: TestDatabase, column: str, value: str, line_end: str, place: int
) -> None:
    db.execute(f"UPDATE phones SET {column} = %s", broken(value, line_end, place))

    data = await monitored(telephony)

    assert header_lines(db) == LINES
    assert data["extension"] == "8002"
    logged = "SELECT extension, channel, outbound_cid FROM vicidial_dial_log"
    assert db.row(logged) == ("8002", data["channel"], f'"{CODE}" <3125551212>')
    assert db.value("SELECT outbound_cid FROM vicidial_dial_cid_log") == "3125551212"


@pytest.mark.parametrize("stage", ["MONITOR", "BARGESWAP"])
@pytest.mark.parametrize("line_end", ["\r", "\n", "\0", "\r\n"])
async def test_the_agents_server_loses_line_ends(
    telephony: Telephony, db: TestDatabase, line_end: str, stage: str
) -> None:
    server_ip = f"{AGENT_SERVER}{line_end}"
    for table in ("vicidial_live_agents", "vicidial_conferences"):
        db.execute(f"UPDATE {table} SET server_ip = %s", server_ip)

    data = await monitored(telephony, stage=stage)

    prefix = "0" if stage == "MONITOR" else ""
    assert data["channel"] == f"Local/010*010*010*016*{prefix}{SESSION}@default"
    assert not set("\r\n\0") & set("".join(header_lines(db)))


@pytest.mark.parametrize("line_end", BREAKS)
async def test_the_listeners_server_is_in_no_line(
    telephony: Telephony, db: TestDatabase, line_end: str
) -> None:
    db.execute("UPDATE phones SET server_ip = %s", f"10.0.0.9{line_end}")

    await monitored(telephony)

    assert header_lines(db) == LINES


@pytest.mark.parametrize(
    "conf_exten", [f"{SESSION}\n", f"\r{SESSION}", "860\x000051", "1\r\nAction: x"]
)
async def test_a_session_that_would_break_a_line_is_none(
    telephony: Telephony, db: TestDatabase, conf_exten: str
) -> None:
    db.execute("UPDATE vicidial_live_agents SET conf_exten = %s", conf_exten)

    assert await monitor(telephony) == refused(404, "Session not found")
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
    telephony: Telephony, db: TestDatabase, field: str, value: Any
) -> None:
    status, envelope = await monitor(telephony, **{field: value})

    assert (status, list(envelope["details"])) == (400, [field])
    assert rows_of_calls(db) == NO_ROWS


async def test_what_is_written_for_the_server_is_the_servers_own_spelling(
    telephony: Telephony, db: TestDatabase
) -> None:
    await monitored(telephony)

    assert db.value("SELECT server_ip FROM vicidial_manager") == LISTENER_SERVER
