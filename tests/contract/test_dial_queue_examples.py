"""The examples of test calls and monitoring, through the gateway, on the demo database."""

import re
from typing import Any

import aiohttp
import pytest
from support.changes import changes
from support.database import TestDatabase
from support.suite import Ask, as_sent, success

CODE = "V1081530450000000999"
# POST /test-call/send
SENT: dict[str, Any] = {
    "caller_code": CODE,
    "manager_id": 123456,
    "lead_id": 999,
    "campaign_id": "TESTCAMP",
    "campaign_name": "Test Campaign",
    "phone_number": "5551234567",
    "phone_code": "1",
    "server_ip": "10.0.0.5",
    "server_id": "server1",
    "channel": "Local/95551234567@default",
    "extension": "138366",
    "dial_string": "95551234567",
    "caller_id": f'"{CODE}" <15559876543>',
    "call_date": "2025-01-08 15:30:45",
}
# GET /test-call/status
STATUS: dict[str, Any] = {
    "caller_code": CODE,
    "manager_id": 123456,
    "entry_date": "2025-01-08T20:30:45Z",
    "status": "SENT",
    "response": "N",
    "action": "Originate",
    "channel": "Local/95551234567@default",
    "context": "default",
    "extension": "138366",
    "call_date": "2025-01-08 15:30:45",
    "lead_id": 999,
    "server_ip": "10.0.0.5",
    "call_status": "RINGING",
    "live_channel": None,
    "uniqueid": None,
    "outbound_cid": f'"{CODE}" <15559876543>',
    "timeout": 60000,
    "sip_hangup_cause": 0,
    "sip_hangup_reason": "",
}
# GET /test-call/list
LISTED: dict[str, Any] = {
    "caller_code": CODE,
    "call_date": "2025-01-08 15:30:45",
    "extension": "138366",
    "channel": "Local/95551234567@default",
    "server_ip": "10.0.0.5",
    "status": "SENT",
    "response": "N",
    "lead_id": 999,
    "manager_id": 123456,
}
# POST /monitor/blind
MONITORED = {
    "user": "1001",
    "channel": "Local/010*010*010*016*08600051@default",
    "extension": "8002",
    "session_id": "8600051",
    "server_ip": "10.10.10.16",
    "phone_login": "8002",
    "stage": "MONITOR",
    "caller_code": "BM173636824500000api",
    "manager_id": 123457,
}
TEST_CALL = {"campaign_id": "TESTCAMP", "phone_number": "555-123-4567", "vdad_exten": "8366"}
QUEUED = (
    "SELECT server_ip, cmd_line_b, cmd_line_c, cmd_line_d, cmd_line_e, cmd_line_f, cmd_line_g,"
    " cmd_line_h, cmd_line_i, cmd_line_j, cmd_line_k FROM vicidial_manager"
    " WHERE callerid = %s AND status = 'NEW' AND response = 'N' AND action = 'Originate'"
)


async def test_send_a_test_call(ask: Ask, db: TestDatabase) -> None:
    answer = await ask("POST", "/test-call/send", json=TEST_CALL)

    # 999 and 123456 are of the demo's own test call.
    code, placed = answer["data"]["caller_code"], answer["data"]["call_date"]
    given = {
        "caller_code": code,
        "manager_id": 123457,
        "lead_id": 12346,
        "caller_id": f'"{code}" <15559876543>',
        "call_date": placed,
    }
    assert as_sent(answer) == as_sent(success("Test call placed successfully", SENT | given))
    assert code == code_of(placed, 12346)
    assert len(code) == 20


async def test_what_a_test_call_leaves_in_the_tables(ask: Ask, db: TestDatabase) -> None:
    sent = (await ask("POST", "/test-call/send", json=TEST_CALL))["data"]

    code, shown = sent["caller_code"], sent["caller_id"]
    lines = ["Exten: 138366", "Context: default", f"Channel: {sent['channel']}", "Priority: 1"]
    lines += [f"Callerid: {shown}", "Timeout: 60000", "", "", ""]
    note = "VDACnote: TESTCAMP|12346|1|5551234567|OUT|MAIN|99"
    assert db.rows(QUEUED, code) == [("10.0.0.5", *lines, note)]
    lead = "SELECT list_id, status, user, phone_code, phone_number, state FROM vicidial_list"
    stored = (998, "CTCALL", "VDAD", "1", "5551234567", "IL")
    assert db.row(f"{lead} WHERE lead_id = 12346") == stored
    call = "SELECT status, campaign_id, lead_id, phone_number FROM vicidial_auto_calls"
    waiting = ("SENT", "TESTCAMP", 12346, "5551234567")
    assert db.row(f"{call} WHERE callerid = %s", code) == waiting
    logged = "SELECT extension, channel, context, timeout, outbound_cid FROM vicidial_dial_log"
    dialed = ("138366", sent["channel"], "default", 60000, shown)
    assert db.row(f"{logged} WHERE caller_code = %s", code) == dialed
    shown_number = "SELECT outbound_cid, outbound_cid_type FROM vicidial_dial_cid_log"
    number = ("15559876543", "CAMPAIGN_TEST")
    assert db.row(f"{shown_number} WHERE caller_code = %s", code) == number
    of_user = "SELECT user, call_type FROM vicidial_user_dial_log"
    assert db.row(f"{of_user} WHERE caller_code = %s", code) == ("API", "M")
    dialed_by = "SELECT user, call_type, number_dialed FROM user_call_log WHERE lead_id = 12346"
    assert db.row(dialed_by) == ("API", "API", "95551234567")
    notes = "Placed call to 1 5551234567 from 10.0.0.5 - server1"
    code_of_log = "ADMIN API CAMPAIGN TEST CALL"
    assert changes(db)[-1] == ("CAMPAIGNS", "OTHER", "TESTCAMP", code_of_log, notes)


@pytest.mark.parametrize("body", ["json", "data"])
async def test_the_user_in_the_body_of_a_test_call_is_who_placed_it(
    ask: Ask, db: TestDatabase, body: str
) -> None:
    sent = await ask("POST", "/test-call/send?user=boss", **{body: TEST_CALL | {"user": "6666"}})

    code = sent["data"]["caller_code"]
    placed_by = "SELECT user FROM vicidial_user_dial_log WHERE caller_code = %s"
    assert db.value(placed_by, code) == "6666"
    logged = "SELECT user FROM vicidial_admin_log WHERE event_section = 'CAMPAIGNS'"
    assert db.value(logged) == "6666"


async def test_a_test_call_shows_the_number_of_the_campaigns_cid_group(ask: Ask) -> None:
    body = {"campaign_id": "newcamp", "phone_number": "8135550123", "server_ip": "10.0.0.6"}

    sent = (await ask("POST", "/test-call/send", json=body))["data"]

    assert sent["caller_id"] == f'"{sent["caller_code"]}" <8135551212>'
    assert (sent["campaign_id"], sent["server_id"]) == ("NEWCAMP", "server2")
    assert (sent["extension"], sent["dial_string"]) == ("138368", "918135550123")


async def test_state_of_a_test_call(ask: Ask) -> None:
    answer = await ask("GET", f"/test-call/status?caller_code={CODE}")

    # The demo's call is over.
    over = STATUS | {"call_status": None}
    assert as_sent(answer) == as_sent(success("Test call status retrieved", over))


async def test_state_of_a_test_call_that_rings(ask: Ask, db: TestDatabase) -> None:
    sent = (await ask("POST", "/test-call/send", json=TEST_CALL))["data"]
    code, shown = sent["caller_code"], sent["caller_id"]
    db.execute("UPDATE vicidial_auto_calls SET status = 'RINGING' WHERE callerid = %s", code)
    db.execute("UPDATE vicidial_manager SET status = 'SENT' WHERE callerid = %s", code)

    answer = await ask("GET", f"/test-call/status?caller_code={code}")

    given = {name: sent[name] for name in ("caller_code", "manager_id", "lead_id", "call_date")}
    given |= {"outbound_cid": shown, "entry_date": answer["data"]["entry_date"]}
    assert as_sent(answer) == as_sent(success("Test call status retrieved", STATUS | given))


async def test_recent_test_calls(ask: Ask) -> None:
    before = await ask("GET", "/test-call/list")
    sent = (await ask("POST", "/test-call/send", json=TEST_CALL))["data"]

    after = await ask("GET", "/test-call/list?limit=5")

    of_demo = {"count": 1, "calls": [LISTED]}
    assert as_sent(before) == as_sent(success("Test calls retrieved", of_demo))
    given = {name: sent[name] for name in ("caller_code", "call_date", "lead_id", "manager_id")}
    both = {"count": 2, "calls": [LISTED | given | {"status": "NEW"}, LISTED]}
    assert as_sent(after) == as_sent(success("Test calls retrieved", both))


async def test_the_second_page_of_test_calls_is_where_the_first_one_says(
    ask: Ask, api: aiohttp.ClientSession
) -> None:
    sent = (await ask("POST", "/test-call/send", json=TEST_CALL))["data"]

    async with api.get("/api/v1/test-call/list?limit=1") as response:
        first, link = await response.json(), response.links["next"]["url"]
    async with api.get(link) as response:
        second = await response.json()

    assert [call["lead_id"] for call in first["data"]["calls"]] == [sent["lead_id"]]
    assert second == success("Test calls retrieved", {"count": 1, "calls": [LISTED]})


async def test_monitor_an_agent(ask: Ask, db: TestDatabase) -> None:
    answer = await ask("POST", "/monitor/blind", json={"agent_user": "1001", "phone_login": "8002"})

    code, channel = answer["data"]["caller_code"], "Local/010*000*000*005*08600052@default"
    given = {
        "channel": channel,
        "session_id": "8600052",
        "server_ip": "10.0.0.5",
        "caller_code": code,
    }
    assert as_sent(answer) == as_sent(success("Monitor request processed", MONITORED | given))
    assert re.fullmatch("BM[0-9]{10}00000api", code)
    # Where the listener's phone is, not the agent.
    lines = [f"Channel: {channel}", "Context: default", "Exten: 8002", "Priority: 1"]
    lines += [f'Callerid: "{code}" <2125550100>', "Variable: __monitorsession=8600052"]
    assert db.rows(QUEUED, code) == [("10.0.0.6", *lines, "", "", "", "")]
    for table in ("vicidial_rt_monitor_log", "vicidial_daily_rt_monitoring_log"):
        row = db.row(
            "SELECT manager_user, manager_server_ip, manager_phone, agent_user, agent_server_ip,"
            f" agent_status, agent_session, campaign_id, monitor_type FROM {table}"
        )
        agent = ("1001", "10.0.0.5", "READY", "8600052", "TESTCAMP")
        assert row == ("api", "10.0.0.6", "8002", *agent, "LISTEN")
    notes = db.value("SELECT notes FROM vicidial_report_log")
    assert notes == "api, 10.0.0.6, 8002, 8600052, 8002"


@pytest.mark.parametrize("body", ["json", "data"])
async def test_the_user_in_the_body_of_a_monitor_call_is_the_agent(
    ask: Ask, db: TestDatabase, body: str
) -> None:
    fields = {"user": "1013", "extension": "8001", "server_ip": "10.0.0.6", "stage": "whisper"}

    answer = await ask("POST", "/monitor/blind?user=boss", **{body: fields})

    # The rooms of ConfBridge have prefixes of their own.
    channel = "Local/010*000*000*006*473782189600013@default"
    data = answer["data"]
    assert (data["user"], data["channel"], data["stage"]) == ("1013", channel, "WHISPER")
    assert db.value("SELECT manager_user FROM vicidial_rt_monitor_log") == "boss"
    assert data["caller_code"].endswith("0000boss")


@pytest.mark.parametrize(
    ("agent", "status", "error"),
    [
        ("1014", 404, "Agent is not logged in"),
        ("1001", 409, "Monitor call already queued"),
    ],
)
async def test_monitor_calls_that_are_refused(
    ask: Ask, api: aiohttp.ClientSession, agent: str, status: int, error: str
) -> None:
    body = {"agent_user": "1001", "phone_login": "8002"}
    await ask("POST", "/monitor/blind", json=body)

    async with api.post("/api/v1/monitor/blind", json=body | {"agent_user": agent}) as response:
        envelope = await response.json()

    assert (response.status, envelope) == (status, {"success": False, "error": error})


def code_of(call_date: str, lead_id: int) -> str:
    """The caller code of a test call that was placed at that local time."""
    return f"V{re.sub('[^0-9]', '', call_date)[5:]}{lead_id:010}"
