"""Calls as the dialer logs them: the two call logs, and where caller codes and notes are kept.

`archived=True` writes the same row to the table's archive. The outbound call of the defaults began
on 2025-01-08 at 12:00:01 in New York; the inbound one is what it became in the in-group SALES.
"""

from typing import Any

from support.archives import log_table
from support.database import TestDatabase

UNIQUEID = "1736355590.1234"
MANUAL_CODE = "M1081200010000012345"
INBOUND_CODE = "Y1081203010000012345"
LEAD_ID = 12345
CLOSECALLID = 777


def make_outbound_call(db: TestDatabase, *, archived: bool = False, **columns: Any) -> None:
    """A row of vicidial_log: agent 6666 called lead 12345 by hand and was answered."""
    defaults = {
        "uniqueid": UNIQUEID,
        "lead_id": LEAD_ID,
        "list_id": 999,
        "campaign_id": "TESTCAMP",
        "call_date": "2025-01-08 12:00:01",
        "start_epoch": 1736355601,
        "end_epoch": 1736356340,
        "length_in_sec": 739,
        "status": "A",
        "phone_code": "1",
        "phone_number": "3125551212",
        "user": "6666",
        "comments": "MANUAL",
        "processed": "N",
        "user_group": "ADMIN",
        "term_reason": "AGENT",
    }
    db.insert(log_table("vicidial_log", archived), **defaults | columns)


def make_inbound_call(db: TestDatabase, *, archived: bool = False, **columns: Any) -> int:
    """A row of vicidial_closer_log: the call waited 12.5 s in SALES; its closecallid."""
    defaults: dict[str, Any] = {
        "closecallid": CLOSECALLID,
        "uniqueid": UNIQUEID,
        "lead_id": LEAD_ID,
        "list_id": 999,
        "campaign_id": "SALES",
        "call_date": "2025-01-08 12:03:01",
        "start_epoch": 1736355781,
        "end_epoch": 1736356081,
        "length_in_sec": 300,
        "status": "SALE",
        "phone_code": "1",
        "phone_number": "3125551212",
        "user": "7777",
        "comments": "AUTO",
        "processed": "N",
        "queue_seconds": "12.50",
        "user_group": "CLOSERS",
        "term_reason": "CALLER",
    }
    row = defaults | columns
    db.insert(log_table("vicidial_closer_log", archived), **row)
    return int(row["closecallid"])


def make_extended(
    db: TestDatabase, caller_code: str = MANUAL_CODE, *, archived: bool = False, **columns: Any
) -> None:
    """A row of vicidial_log_extended: the last caller code of a uniqueid."""
    defaults = {"uniqueid": UNIQUEID, "call_date": "2025-01-08 12:00:01", "lead_id": LEAD_ID}
    row = defaults | columns
    db.insert(log_table("vicidial_log_extended", archived), caller_code=caller_code, **row)


def make_inbound_code(
    db: TestDatabase, caller_code: str = INBOUND_CODE, *, archived: bool = False, **columns: Any
) -> None:
    """A row of vicidial_inbound_caller_codes: the code that a call had in an in-group."""
    defaults = {
        "uniqueid": UNIQUEID,
        "call_date": "2025-01-08 12:03:01",
        "group_id": "SALES",
        "lead_id": LEAD_ID,
        "prev_caller_code": "",
    }
    row = defaults | columns
    db.insert(log_table("vicidial_inbound_caller_codes", archived), caller_code=caller_code, **row)


def make_dialled(
    db: TestDatabase, caller_code: str = MANUAL_CODE, *, archived: bool = False, **columns: Any
) -> None:
    """A row of vicidial_dial_log: a call as it was sent out."""
    defaults = {"lead_id": LEAD_ID, "call_date": "2025-01-08 12:00:00", "uniqueid": UNIQUEID}
    row = defaults | columns
    db.insert(log_table("vicidial_dial_log", archived), caller_code=caller_code, **row)


def make_agent_record(db: TestDatabase, *, archived: bool = False, **columns: Any) -> None:
    """A row of vicidial_agent_log: agent 6666 did something; archives want an id."""
    defaults: dict[str, Any] = {
        "user": "6666",
        "server_ip": "192.168.1.10",
        "event_time": "2025-01-08 10:30:00",
        "campaign_id": "TESTCAMP",
        "user_group": "ADMIN",
    }
    if archived:
        defaults["agent_log_id"] = 1
    db.insert(log_table("vicidial_agent_log", archived), **defaults | columns)


def make_talk(db: TestDatabase, *, archived: bool = False, **columns: Any) -> None:
    """A record of what the agent did around the outbound call."""
    defaults = {
        "event_time": "2025-01-08 11:59:50",
        "lead_id": LEAD_ID,
        "talk_sec": 739,
        "dead_sec": 14,
        "uniqueid": UNIQUEID,
    }
    make_agent_record(db, archived=archived, **defaults | columns)


def make_note(db: TestDatabase, *, archived: bool = False, **columns: Any) -> None:
    """A row of vicidial_call_notes: what an agent wrote about the outbound call."""
    defaults: dict[str, Any] = {
        "lead_id": LEAD_ID,
        "vicidial_id": UNIQUEID,
        "call_date": "2025-01-08 12:12:30",
        "call_notes": "wants a call in spring",
    }
    if archived:
        defaults["notesid"] = 1
    db.insert(log_table("vicidial_call_notes", archived), **defaults | columns)
