"""The contract's test call, as it was placed with the settings of TESTCAMP.

Its lead repeats what svc-leads gives to such a lead: `deploy` imports no service.
"""

from datetime import datetime

from deploy.db.demo_leads import example_lead
from deploy.db.demo_phones import SERVER_IP
from deploy.db.demo_rows import Row, Rows

_CODE = "V1081530450000000999"
_LEAD_ID, _MAN_ID = 999, 123456
_PLACED = datetime(2025, 1, 8, 15, 30, 45)  # noqa: DTZ001 - as the database keeps it
_CALLER_ID = "15559876543"
_SHOWN = f'"{_CODE}" <{_CALLER_ID}>'
_PHONE, _DIALED, _CHANNEL = "5551234567", "95551234567", "Local/95551234567@default"
_EXTENSION = "138366"


def test_call_lead(now: datetime) -> Row:
    """The lead that was made for it, in the list of numbers that are dialed by hand."""
    return example_lead(now) | {
        "lead_id": _LEAD_ID,
        "entry_date": _PLACED,
        "modify_date": _PLACED,
        "status": "CTCALL",
        "user": "VDAD",
        "vendor_lead_code": "999999",
        "list_id": 998,
        "called_since_last_reset": "Y",
        "first_name": "Test",
        "middle_initial": "",
        "last_name": "Call",
        "address1": "Test Call",
        "address2": "2",
        "address3": "3",
        "city": "Springfield",
        "state": "IL",
        "postal_code": "",
        "alt_phone": "",
        "email": "",
        "comments": f"TESTCAMP test call placed {_PLACED}",
        "called_count": 1,
        "last_local_call_time": _PLACED,
        "rank": 99,
        "owner": "Test Outbound Call",
    }


def test_call_rows() -> dict[str, Rows]:
    """The rows of the dial queue and of its logs, by table."""
    call = {"caller_code": _CODE, "call_date": _PLACED}
    return {
        "vicidial_dial_log": [
            call
            | {
                "lead_id": _LEAD_ID,
                "server_ip": SERVER_IP,
                "extension": _EXTENSION,
                "channel": _CHANNEL,
                "context": "default",
                "timeout": 60_000,
                "outbound_cid": _SHOWN,
            }
        ],
        "vicidial_dial_cid_log": [
            call
            | {
                "call_type": "MANUAL",
                "call_alt": "MAIN",
                "outbound_cid": _CALLER_ID,
                "outbound_cid_type": "CAMPAIGN_TEST",
            }
        ],
        "vicidial_user_dial_log": [
            call | {"user": "API", "call_type": "M", "notes": "API test call CAMPAIGN_TEST"}
        ],
        "user_call_log": [_call_of_user()],
        "vicidial_manager": [_order()],
    }


def _call_of_user() -> Row:
    return {
        "user": "API",
        "call_date": _PLACED,
        "call_type": "API",
        "server_ip": SERVER_IP,
        "phone_number": _PHONE,
        "number_dialed": _DIALED,
        "lead_id": _LEAD_ID,
        "callerid": _CALLER_ID,
        "group_alias_id": "",
    }


def _order() -> Row:
    """What the dialer gave to Asterisk."""
    empty = dict.fromkeys(("cmd_line_h", "cmd_line_i", "cmd_line_j"), "")
    return {
        "man_id": _MAN_ID,
        "uniqueid": "",
        "entry_date": _PLACED,
        "status": "SENT",
        "response": "N",
        "server_ip": SERVER_IP,
        "channel": "",
        "action": "Originate",
        "callerid": _CODE,
        "cmd_line_b": f"Exten: {_EXTENSION}",
        "cmd_line_c": "Context: default",
        "cmd_line_d": f"Channel: {_CHANNEL}",
        "cmd_line_e": "Priority: 1",
        "cmd_line_f": f"Callerid: {_SHOWN}",
        "cmd_line_g": "Timeout: 60000",
        "cmd_line_k": f"VDACnote: TESTCAMP|{_LEAD_ID}|1|{_PHONE}|OUT|MAIN|99",
    } | empty
