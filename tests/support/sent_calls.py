"""Test calls, as tests ask for them, and what they are made of and leave behind."""

from typing import Any

from support import answers
from support.answers import Answer
from support.apps import Telephony, clock_at
from support.builders import make_campaign
from support.database import TestDatabase

SEND = "/api/v1/test-call/send"
# The least that places a call.
BODY = {"campaign_id": "TESTCAMP", "phone_number": "5551234567"}
NOW = clock_at("2025-01-08T20:30:45")
# The same in New York, where the database is.
NOW_SQL = "2025-01-08 15:30:45"
# The tables that a call is written into, in the order of the writes.
WRITES = (
    "vicidial_dial_log",
    "vicidial_dial_cid_log",
    "vicidial_user_dial_log",
    "user_call_log",
    "vicidial_auto_calls",
    "vicidial_manager",
)
NO_ROWS = dict.fromkeys(WRITES, 0)


def make_test_campaign(db: TestDatabase, campaign_id: str = "TESTCAMP", **columns: Any) -> None:
    """The campaign of the documented example."""
    defaults = {
        "campaign_name": "Test Campaign",
        "campaign_cid": "15559876543",
        "omit_phone_code": "Y",
        "dial_prefix": "9",
        "dial_timeout": 60,
        "campaign_vdad_exten": "8368",
        "manual_dial_list_id": 998,
        "cid_group_id": "---DISABLED---",
        "cid_group_id_two": "---DISABLED---",
        "use_custom_cid": "N",
    }
    make_campaign(db, campaign_id, **defaults | columns)


def make_group(db: TestDatabase, cid_group_id: str, kind: str = "NONE") -> None:
    """A CID group of that type, without entries."""
    db.insert("vicidial_cid_groups", cid_group_id=cid_group_id, cid_group_type=kind)


async def send(telephony: Telephony, body: dict[str, Any] = BODY, /, **fields: object) -> Answer:
    """POST a test call with more fields than the least: the status, and the envelope."""
    return await answers.sent(telephony, "POST", SEND, body | fields)


async def sent(telephony: Telephony, body: dict[str, Any] = BODY, /, **fields: object) -> Any:
    """The `data` of a test call that is placed."""
    status, envelope = await send(telephony, body, **fields)
    assert status == 200, envelope
    return envelope["data"]


def rows_of_calls(db: TestDatabase) -> dict[str, int]:
    """How many rows each table of `WRITES` has."""
    return {table: db.count(table) for table in WRITES}
