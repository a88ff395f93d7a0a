"""POST /api/v1/monitor/blind: the rows that it leaves."""

import re

import pytest
from support.apps import Telephony
from support.builders import read_row
from support.database import ENGINES, TestDatabase
from support.monitoring import (
    BODY,
    EPOCH,
    MONITOR,
    ONE_ROW_EACH,
    SESSION,
    STARTED,
    TARGET,
    make_monitor_row,
    monitored,
    rows_of_calls,
)
from support.queued_rows import header_lines

CODE = f"BM{EPOCH}00006666"
OLD_CODE = "BM173600000000006666"
CALLER_ID = f'"{CODE}" <3125551212>'


@pytest.mark.parametrize("table", ["vicidial_rt_monitor_log", "vicidial_daily_rt_monitoring_log"])
async def test_both_logs_tell_who_listens_to_whom(
    monitor_telephony: Telephony, db: TestDatabase, table: str
) -> None:
    make_monitor_row(db, OLD_CODE, monitor_start_time="2025-01-08 15:30:00")

    await monitored(monitor_telephony)

    assert read_row(db, table, caller_code=CODE) == {
        "manager_user": "6666",
        "manager_server_ip": "10.10.10.15",
        "manager_phone": "8002",
        "manager_ip": "192.0.2.7",
        "agent_user": "1001",
        "agent_server_ip": "10.10.10.16",
        "agent_status": "INCALL",
        "agent_session": "8600051",
        "lead_id": 77,
        "campaign_id": "TESTCAMP",
        "caller_code": CODE,
        "monitor_start_time": STARTED,
        "monitor_end_time": None,
        "monitor_sec": 0,
        "monitor_type": "LISTEN",
    }


async def test_the_dial_log_has_what_is_dialled(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    await monitored(monitor_telephony)

    assert read_row(db, "vicidial_dial_log", caller_code=CODE) == {
        "caller_code": CODE,
        "lead_id": 0,
        "server_ip": "10.10.10.15",
        "call_date": STARTED,
        "extension": "8002",
        "channel": f"Local/{TARGET}@default",
        "context": "default",
        "timeout": 0,
        "outbound_cid": CALLER_ID,
        "sip_hangup_cause": 0,
        "sip_hangup_reason": "",
        "uniqueid": "",
    }


async def test_the_log_of_numbers_shown_has_the_phones(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    await monitored(monitor_telephony)

    assert read_row(db, "vicidial_dial_cid_log", caller_code=CODE) == {
        "caller_code": CODE,
        "call_date": STARTED,
        "call_type": "MANUAL",
        "call_alt": "MAIN",
        "outbound_cid": "3125551212",
        "outbound_cid_type": "MONITOR_AGENT",
    }


async def test_the_dial_queue_of_the_listeners_server_has_the_call(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    data = await monitored(monitor_telephony)

    assert read_row(db, "vicidial_manager", callerid=CODE) == {
        "man_id": data["manager_id"],
        "uniqueid": "",
        "entry_date": STARTED,
        "status": "NEW",
        "response": "N",
        "server_ip": "10.10.10.15",
        "channel": "",
        "action": "Originate",
        "callerid": CODE,
        "cmd_line_b": f"Channel: Local/{TARGET}@default",
        "cmd_line_c": "Context: default",
        "cmd_line_d": "Exten: 8002",
        "cmd_line_e": "Priority: 1",
        "cmd_line_f": f"Callerid: {CALLER_ID}",
        "cmd_line_g": f"Variable: __monitorsession={SESSION}",
        "cmd_line_h": "",
        "cmd_line_i": "",
        "cmd_line_j": "",
        "cmd_line_k": "",
    }


async def test_the_log_of_reports_has_the_use(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    await monitored(monitor_telephony)

    row = read_row(db, "vicidial_report_log", user="6666")
    assert row.pop("report_log_id") == 1
    assert re.fullmatch(r"[0-9]+\.[0-9]{6}", row.pop("run_time"))
    assert row == {
        "event_date": STARTED,
        "user": "6666",
        "ip_address": "192.0.2.7",
        "report_name": "API Blind Monitor",
        "browser": "API",
        "referer": "realtime_report.php",
        "notes": "6666, 10.10.10.15, 8002, 8600051, 8002",
        "url": "REALTIME BLIND MONITOR",
        "webserver": 0,
    }


@ENGINES
async def test_one_row_is_written_into_each_table_and_none_into_the_log_of_changes(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    await monitored(monitor_telephony)

    assert rows_of_calls(db) == ONE_ROW_EACH
    assert db.count("vicidial_admin_log") == 0


async def test_a_swapped_barge_dials_the_phone_first(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    db.execute("UPDATE phones SET dialplan_number = '98002'")
    target = "010*010*010*016*8600051"

    data = await monitored(monitor_telephony, stage="BARGESWAP")

    code = f"BB{EPOCH}00006666"
    assert header_lines(db) == {
        "b": "Channel: Local/98002@default",
        "c": "Context: default",
        "d": f"Exten: {target}",
        "e": "Priority: 1",
        "f": f'Callerid: "{code}" <3125551212>',
        "g": f"Variable: __monitorsession={SESSION}",
        **dict.fromkeys("hijk", ""),
    }
    assert db.value("SELECT monitor_type FROM vicidial_rt_monitor_log") == "BARGE"
    logged = "SELECT channel, extension, context, timeout FROM vicidial_dial_log"
    assert db.row(logged) == ("Local/98002@default", target, "default", 0)
    assert (data["channel"], data["extension"], data["stage"]) == (
        f"Local/{target}@default", "98002", "BARGESWAP"
    )  # fmt: skip


@pytest.mark.parametrize("outbound_cid", [None, ""])
async def test_a_phone_without_a_number_shows_the_code(
    monitor_telephony: Telephony, db: TestDatabase, outbound_cid: str | None
) -> None:
    db.execute("UPDATE phones SET outbound_cid = %s", outbound_cid)

    await monitored(monitor_telephony)

    assert header_lines(db)["f"] == f'Callerid: "{CODE}" <>'
    assert db.value("SELECT outbound_cid FROM vicidial_dial_log") == f'"{CODE}" <>'
    assert db.value("SELECT outbound_cid FROM vicidial_dial_cid_log") == ""


async def test_a_form_is_taken_too(monitor_telephony: Telephony, db: TestDatabase) -> None:
    response = await monitor_telephony.post(MONITOR, data={**BODY, "type": "barge"})

    assert response.status == 200
    assert (await response.json())["data"]["stage"] == "BARGE"


async def test_what_an_agent_does_not_have_is_null(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    db.execute("UPDATE vicidial_live_agents SET campaign_id = NULL, status = NULL, lead_id = 0")

    await monitored(monitor_telephony)

    columns = "agent_status, campaign_id, lead_id"
    assert db.row(f"SELECT {columns} FROM vicidial_rt_monitor_log") == (None, None, 0)
