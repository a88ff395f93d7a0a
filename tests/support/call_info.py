"""What is told of the calls of `support.call_logs`."""

from typing import Any

from support import answers
from support.answers import Answer
from support.apps import Reports
from support.call_logs import CLOSECALLID, INBOUND_CODE, LEAD_ID, MANUAL_CODE, UNIQUEID

_INFO = "/api/v1/calls/{}/info"
OUTBOUND: dict[str, Any] = {
    "call_id": MANUAL_CODE,
    "call_type": "OUTBOUND_MANUAL",
    "caller_code": MANUAL_CODE,
    "custtime": 0,
    "uniqueid": UNIQUEID,
    "closecallid": None,
    "lead_id": LEAD_ID,
    "list_id": 999,
    "campaign_id": "TESTCAMP",
    "call_date": "2025-01-08T17:00:01Z",
    "start_epoch": 1736355601,
    "end_epoch": 1736356340,
    "length_in_sec": 739,
    "status": "A",
    "phone_number": "3125551212",
    "user": "6666",
    "comments": "MANUAL",
    "processed": "N",
    "user_group": "ADMIN",
    "term_reason": "AGENT",
    "queue_seconds": None,
    "archived": False,
    "call_notes": None,
}
INBOUND: dict[str, Any] = {
    "call_id": INBOUND_CODE,
    "call_type": "INBOUND",
    "caller_code": INBOUND_CODE,
    "custtime": 0,
    "uniqueid": UNIQUEID,
    "closecallid": CLOSECALLID,
    "lead_id": LEAD_ID,
    "list_id": 999,
    "campaign_id": "SALES",
    "call_date": "2025-01-08T17:03:01Z",
    "start_epoch": 1736355781,
    "end_epoch": 1736356081,
    "length_in_sec": 300,
    "status": "SALE",
    "phone_number": "3125551212",
    "user": "7777",
    "comments": "AUTO",
    "processed": "N",
    "user_group": "CLOSERS",
    "term_reason": "CALLER",
    "queue_seconds": 12.5,
    "archived": False,
    "call_notes": None,
}


async def asked(reports: Reports, call_id: object) -> Answer:
    """What is answered about the call."""
    return await answers.asked(reports, _INFO.format(call_id))


async def told(reports: Reports, call_id: object) -> dict[str, Any]:
    """What is told of the call, which must be found."""
    return dict(await answers.told(reports, _INFO.format(call_id)))
