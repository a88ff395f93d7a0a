"""Rows of placed calls, as POST /test-call/send and a monitor call leave them."""

from typing import Any

from support.builders import make_lead
from support.database import TestDatabase
from support.telephony import SERVER_IP

PLACED_AT = "2025-01-08 15:30:45"
CHANNEL = "Local/95551234567@default"
_ORDER = {"entry_date": PLACED_AT, "status": "NEW", "response": "N", "action": "Originate"}
_LETTERS = "bcdefghijk"


def header_lines(db: TestDatabase) -> dict[str, str]:
    """The header lines of the only call in the dial queue, by the letter of their column."""
    columns = ", ".join(f"cmd_line_{letter}" for letter in _LETTERS)
    return dict(zip(_LETTERS, db.row(f"SELECT {columns} FROM vicidial_manager"), strict=True))


def code_of(lead_id: int) -> str:
    """The caller code of the test call to a lead."""
    return f"V108153045{lead_id:010}"


def caller_id_of(code: str) -> str:
    """What the call of that code shows."""
    return f'"{code}" <15559876543>'


def make_test_call(db: TestDatabase, lead_id: int) -> str:
    """A call just placed, with its lead and all of its rows; its code."""
    code = code_of(lead_id)
    make_test_lead(db, lead_id)
    log_call(db, code, lead_id=lead_id)
    log_caller_id(db, code)
    make_live_call(db, code, lead_id=lead_id)
    make_order(db, code, lead_id=lead_id)
    return code


def make_test_lead(db: TestDatabase, lead_id: int, **columns: Any) -> None:
    """A lead as svc-leads makes it for a test call."""
    defaults = {"status": "CTCALL", "list_id": 998, "owner": "Test Outbound Call"}
    make_lead(db, lead_id=lead_id, **defaults | columns)


def make_test_leads(db: TestDatabase, first: int, last: int) -> None:
    """Leads of test calls whose calls are no longer in the log."""
    db.execute(
        "INSERT INTO vicidial_list (lead_id, phone_number, owner)"
        f" SELECT seq, 5551234567, 'Test Outbound Call' FROM seq_{first}_to_{last}"
    )


def make_test_calls(db: TestDatabase, first: int, last: int) -> None:
    """Test calls to those leads, which are still in the log and in the queue."""
    make_test_leads(db, first, last)
    code, rows = "CONCAT('V108153045', LPAD(seq, 10, '0'))", f"FROM seq_{first}_to_{last}"
    for statement in (
        f"vicidial_dial_log (caller_code, lead_id, call_date) SELECT {code}, seq, NOW() {rows}",
        "vicidial_dial_cid_log (caller_code, outbound_cid_type)"
        f" SELECT {code}, 'CAMPAIGN_TEST' {rows}",
        "vicidial_manager (callerid, server_ip, action)"
        f" SELECT {code}, '10.0.0.5', 'Originate' {rows}",
    ):
        db.execute(f"INSERT INTO {statement}")


def log_call(db: TestDatabase, code: str, **columns: Any) -> None:
    """A row of the log of what was dialled, for the lead 999 if nothing else is said."""
    defaults = {
        "lead_id": 999,
        "server_ip": SERVER_IP,
        "call_date": PLACED_AT,
        "extension": "138366",
        "channel": CHANNEL,
        "context": "default",
        "timeout": 60000,
        "outbound_cid": caller_id_of(code),
    }
    db.insert("vicidial_dial_log", caller_code=code, **defaults | columns)


def log_caller_id(db: TestDatabase, code: str, **columns: Any) -> None:
    """The number that a test call shows."""
    defaults = {
        "call_date": PLACED_AT,
        "call_type": "MANUAL",
        "call_alt": "MAIN",
        "outbound_cid": "15559876543",
        "outbound_cid_type": "CAMPAIGN_TEST",
    }
    db.insert("vicidial_dial_cid_log", caller_code=code, **defaults | columns)


def make_live_call(db: TestDatabase, code: str, **columns: Any) -> int:
    """A call under way, sent to Asterisk; its id."""
    defaults = {
        "server_ip": SERVER_IP,
        "campaign_id": "TESTCAMP",
        "status": "SENT",
        "lead_id": 999,
        "phone_code": "1",
        "phone_number": "5551234567",
        "call_time": PLACED_AT,
        "call_type": "OUT",
        "alt_dial": "MAIN",
        "queue_priority": 99,
    }
    return db.insert("vicidial_auto_calls", callerid=code, **defaults | columns)


def make_order(db: TestDatabase, code: str, *, lead_id: int = 999, **columns: Any) -> int:
    """A test call's row of the dial queue, not yet taken; its id."""
    lines = {
        "cmd_line_b": "Exten: 138366",
        "cmd_line_c": "Context: default",
        "cmd_line_d": f"Channel: {CHANNEL}",
        "cmd_line_e": "Priority: 1",
        "cmd_line_f": f"Callerid: {caller_id_of(code)}",
        "cmd_line_g": "Timeout: 60000",
        "cmd_line_k": f"VDACnote: TESTCAMP|{lead_id}|1|5551234567|OUT|MAIN|99",
    }
    return _queue(db, code, lines | columns)


def make_monitor_order(db: TestDatabase, code: str) -> int:
    """A monitor call's row of the dial queue; its id."""
    lines = {
        "cmd_line_b": "Channel: Local/010*010*010*016*08600051@default",
        "cmd_line_c": "Context: default",
        "cmd_line_d": "Exten: 8002",
        "cmd_line_e": "Priority: 1",
        "cmd_line_f": f'Callerid: "{code}" <>',
        "cmd_line_g": "Variable: __monitorsession=8600051",
    }
    return _queue(db, code, lines)


def _queue(db: TestDatabase, code: str, columns: dict[str, Any]) -> int:
    empty = dict.fromkeys((f"cmd_line_{letter}" for letter in _LETTERS), "")
    blank = {"uniqueid": "", "channel": "", "server_ip": SERVER_IP}
    return db.insert("vicidial_manager", callerid=code, **_ORDER | empty | blank | columns)
