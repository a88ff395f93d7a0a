"""Rows of the carrier log; that of the defaults is the contract's example."""

from typing import Any

from support import answers
from support.answers import Answer
from support.apps import Reports
from support.archives import log_table
from support.database import TestDatabase
from yarl import URL

LOG = URL("/api/v1/sip/carrier-log")
MESSAGE = "SIP/Carrier logs retrieved successfully"
THAT_DAY = {"start_date": "2025-01-08", "end_date": "2025-01-08"}
DOCUMENTED = {
    "uniqueid": "1736350195.123",
    "call_date": "2025-01-08T15:30:00Z",
    "server_ip": "192.168.1.10",
    "lead_id": 12345,
    "hangup_cause": 16,
    "dialstatus": "ANSWER",
    "channel": "SIP/carrier-00000001",
    "dial_time": 5,
    "answered_time": 120,
    "sip_hangup_cause": 200,
    "sip_hangup_reason": "OK",
    "caller_code": "V1081030000000012345",
}


def make_row(
    db: TestDatabase,
    uniqueid: str = "1736350195.123",
    call_date: str | None = "2025-01-08 10:30:00",
    *,
    archived: bool = False,
    **columns: Any,
) -> None:
    """A row of vicidial_carrier_log."""
    dated = {"uniqueid": uniqueid, "call_date": call_date}
    db.insert(log_table("vicidial_carrier_log", archived), **DOCUMENTED | dated | columns)


def make_rows(db: TestDatabase, *keys: tuple[str, str | None], **columns: Any) -> None:
    """Rows with these uniqueids and dates."""
    for uniqueid, call_date in keys:
        make_row(db, uniqueid, call_date, **columns)


async def asked(reports: Reports, **query: str) -> Answer:
    """What is answered to that query."""
    return await answers.asked(reports, LOG, query)


async def uniqueids(reports: Reports, **query: str) -> list[str]:
    """The rows of the answer, by their uniqueids."""
    data = await answers.told(reports, LOG, query)
    rows = data["logs"]
    assert data["count"] == len(rows)
    return [row["uniqueid"] for row in rows]
