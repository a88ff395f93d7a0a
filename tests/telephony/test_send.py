"""POST /api/v1/test-call/send: every row that a call leaves."""

from datetime import datetime
from typing import Any

import pytest
from support.apps import Start, Telephony
from support.builders import make_lead, read_row
from support.changes import admin_log
from support.database import TestDatabase
from support.queued_rows import header_lines
from support.sent_calls import (
    BODY,
    NOW,
    NOW_SQL,
    WRITES,
    make_test_campaign,
    rows_of_calls,
    sent,
)
from support.telephony import make_server

CODE = "V1081530450000000999"
CALLER_ID = f'"{CODE}" <15559876543>'
CALLED = datetime.fromisoformat(NOW_SQL)
OLD_CODE = "V1010900000000000998"


@pytest.fixture
async def telephony(start_telephony: Start, db: TestDatabase) -> Telephony:
    """svc-telephony at the time of the documented example, with a call of last week."""
    make_server(db, server_id="server1", routing_prefix="13")
    make_test_campaign(db)
    make_lead(db, lead_id=998)
    db.insert("vicidial_dial_log", caller_code=OLD_CODE, lead_id=998)
    db.insert("vicidial_auto_calls", server_ip="10.0.0.5", lead_id=998, callerid=OLD_CODE)
    db.insert("vicidial_manager", man_id=123455, server_ip="10.0.0.5", callerid=OLD_CODE)
    return await start_telephony(clock=NOW)


@pytest.fixture
async def data(telephony: Telephony) -> Any:
    """The answer to the documented request."""
    return await sent(telephony, phone_code="1", user="agent1", vdad_exten="8366")


@pytest.mark.usefixtures("data")
async def test_the_row_of_the_dial_log(db: TestDatabase) -> None:
    assert read_row(db, "vicidial_dial_log", lead_id=999) == {
        "caller_code": CODE,
        "lead_id": 999,
        "server_ip": "10.0.0.5",
        "call_date": CALLED,
        "extension": "138366",
        "channel": "Local/95551234567@default",
        "context": "default",
        "timeout": 60_000,
        "outbound_cid": CALLER_ID,
        "sip_hangup_cause": 0,
        "sip_hangup_reason": "",
        "uniqueid": "",
    }


@pytest.mark.usefixtures("data")
async def test_the_row_of_the_log_of_caller_ids(db: TestDatabase) -> None:
    assert read_row(db, "vicidial_dial_cid_log", caller_code=CODE) == {
        "caller_code": CODE,
        "call_date": CALLED,
        "call_type": "MANUAL",
        "call_alt": "MAIN",
        "outbound_cid": "15559876543",
        "outbound_cid_type": "CAMPAIGN_TEST",
    }


@pytest.mark.usefixtures("data")
async def test_the_row_of_the_log_of_users_calls(db: TestDatabase) -> None:
    assert read_row(db, "vicidial_user_dial_log", caller_code=CODE) == {
        "caller_code": CODE,
        "user": "agent1",
        "call_date": CALLED,
        "call_type": "M",
        "notes": "API test call CAMPAIGN_TEST",
    }


@pytest.mark.usefixtures("data")
async def test_the_row_of_the_call_log_of_users(db: TestDatabase) -> None:
    row = read_row(db, "user_call_log", lead_id=999)

    assert row.pop("user_call_log_id") > 0
    assert row == {
        "user": "agent1",
        "call_date": CALLED,
        "call_type": "API",
        "server_ip": "10.0.0.5",
        "phone_number": "5551234567",
        "number_dialed": "95551234567",
        "lead_id": 999,
        "callerid": "15559876543",
        "group_alias_id": "",
        "preset_name": "",
        "campaign_id": "",
        "customer_hungup": "",
        "customer_hungup_seconds": 0,
        "xfer_hungup": "",
        "xfer_hungup_datetime": None,
    }


@pytest.mark.usefixtures("data")
async def test_the_row_of_the_calls_that_the_dialer_watches(db: TestDatabase) -> None:
    row = read_row(db, "vicidial_auto_calls", callerid=CODE)

    assert row.pop("auto_call_id") > 0
    assert row.pop("last_update_time")
    assert row == {
        "server_ip": "10.0.0.5",
        "campaign_id": "TESTCAMP",
        "status": "SENT",
        "lead_id": 999,
        "uniqueid": None,
        "callerid": CODE,
        "channel": None,
        "phone_code": "1",
        "phone_number": "5551234567",
        "call_time": CALLED,
        "call_type": "OUT",
        "stage": "START",
        "alt_dial": "MAIN",
        "queue_priority": 99,
        "agent_only": "",
        "agent_grab": "",
        "queue_position": 1,
        "extension": "",
        "agent_grab_extension": "",
    }


@pytest.mark.usefixtures("data")
async def test_the_row_of_the_dial_queue(db: TestDatabase) -> None:
    assert read_row(db, "vicidial_manager", callerid=CODE) == {
        "man_id": 123456,
        "uniqueid": "",
        "entry_date": CALLED,
        "status": "NEW",
        "response": "N",
        "server_ip": "10.0.0.5",
        "channel": "",
        "action": "Originate",
        "callerid": CODE,
        "cmd_line_b": "Exten: 138366",
        "cmd_line_c": "Context: default",
        "cmd_line_d": "Channel: Local/95551234567@default",
        "cmd_line_e": "Priority: 1",
        "cmd_line_f": f"Callerid: {CALLER_ID}",
        "cmd_line_g": "Timeout: 60000",
        "cmd_line_h": "",
        "cmd_line_i": "",
        "cmd_line_j": "",
        "cmd_line_k": "VDACnote: TESTCAMP|999|1|5551234567|OUT|MAIN|99",
    }


@pytest.mark.usefixtures("data")
async def test_calls_of_before_stay_as_they_were(db: TestDatabase) -> None:
    rows = rows_of_calls(db)

    assert [rows[table] for table in WRITES] == [2, 1, 1, 1, 2, 2]
    assert db.value("SELECT status FROM vicidial_auto_calls WHERE lead_id = 998") == "PAUSED"
    assert db.value("SELECT status FROM vicidial_manager WHERE man_id = 123455") is None


@pytest.mark.usefixtures("data")
async def test_the_lead_is_one_that_the_dialer_never_calls(db: TestDatabase) -> None:
    row = read_row(db, "vicidial_list", lead_id=999)

    assert {name: row[name] for name in ("list_id", "status", "state", "owner", "comments")} == {
        "list_id": 998,
        "status": "CTCALL",
        "state": "IL",
        "owner": "Test Outbound Call",
        "comments": f"TESTCAMP test call placed {NOW_SQL}",
    }
    assert (row["phone_code"], row["phone_number"]) == ("1", "5551234567")
    assert (row["entry_date"], row["last_local_call_time"]) == (CALLED, CALLED)
    assert (row["called_since_last_reset"], row["called_count"]) == ("Y", 1)
    assert db.count("vicidial_hopper") == 0


@pytest.mark.usefixtures("data")
async def test_the_lead_and_the_call_are_logged_with_the_user_who_placed_it(
    db: TestDatabase,
) -> None:
    rows = admin_log(db)

    assert [(*row[:6], row[7]) for row in rows] == [
        ("agent1", "192.0.2.7", "LEADS", "ADD", "999", "ADMIN API ADD TEST LEAD", ""),
        ("agent1", "192.0.2.7", "CAMPAIGNS", "OTHER", "TESTCAMP", "ADMIN API CAMPAIGN TEST CALL",
         "Placed call to 1 5551234567 from 10.0.0.5 - server1"),
    ]  # fmt: skip
    times = db.rows("SELECT event_date FROM vicidial_admin_log WHERE event_section = 'CAMPAIGNS'")
    assert times == [(CALLED,)]


@pytest.mark.usefixtures("data")
async def test_the_log_row_holds_the_statements(db: TestDatabase) -> None:
    (statements,) = db.row(
        "SELECT event_sql FROM vicidial_admin_log WHERE event_section = 'CAMPAIGNS'"
    )

    assert [table for table in WRITES if f"INSERT INTO `{table}`" in statements] == list(WRITES)
    assert "VDACnote: TESTCAMP|999|1|5551234567|OUT|MAIN|99" in statements
    assert ";" not in statements


async def test_the_call_is_named_in_the_api_log(telephony: Telephony, db: TestDatabase) -> None:
    await sent(telephony)
    await telephony.close()

    assert db.rows("SELECT user, function, result, result_reason FROM vicidial_api_log") == [
        ("6666", "test_call_send", "SUCCESS", "Test call placed successfully")
    ]


async def test_a_campaign_is_answered_and_written_as_the_database_spells_it(
    telephony: Telephony, db: TestDatabase
) -> None:
    data = await sent(telephony, campaign_id="testcamp")

    assert data["campaign_id"] == "TESTCAMP"
    assert header_lines_of(db, data)["k"] == "VDACnote: TESTCAMP|999|1|5551234567|OUT|MAIN|99"
    assert read_row(db, "vicidial_auto_calls", callerid=CODE)["campaign_id"] == "TESTCAMP"
    assert admin_log(db)[1][4] == "TESTCAMP"
    assert read_row(db, "vicidial_list", lead_id=999)["comments"].startswith("TESTCAMP ")


async def test_a_call_without_number_to_show_has_the_code_alone(
    telephony: Telephony, db: TestDatabase
) -> None:
    db.execute("UPDATE vicidial_campaigns SET campaign_cid = ''")

    data = await sent(telephony, BODY)

    assert data["caller_id"] == CODE
    assert header_lines_of(db, data)["f"] == f"Callerid: {CODE}"
    assert read_row(db, "vicidial_dial_log", lead_id=999)["outbound_cid"] == CODE
    assert read_row(db, "vicidial_dial_cid_log", caller_code=CODE)["outbound_cid"] == ""
    assert read_row(db, "user_call_log", lead_id=999)["callerid"] == ""


def header_lines_of(db: TestDatabase, data: Any) -> dict[str, str]:
    """The header lines of the new call: the old one is taken away."""
    db.execute("DELETE FROM vicidial_manager WHERE man_id <> %s", data["manager_id"])
    return header_lines(db)
