"""Calls that arrived on DIDs, and what in-groups made of them.

The call of the defaults is that of the contract's example: it arrived on 2025-01-08 at 12:00:01 in
New York.
"""

from typing import Any

from support.apps import Reports
from support.database import TestDatabase
from yarl import URL

EXPORT = URL("/api/v1/did-logs/export")
THAT_DAY = {"start_date": "2025-01-08", "end_date": "2025-01-08"}
DOCUMENTED = {
    "uniqueid": "1736355590.1234",
    "server_ip": "10.0.0.5",
    "channel": "SIP/trunk1-00000a1f",
    "caller_id_number": "7275551212",
    "caller_id_name": "JOHN DOE",
    "extension": "3125551212",
    "call_date": "2025-01-08T17:00:01Z",
    "did_id": "42",
    "did_route": "IN_GROUP",
    "did_number": "3125551212",
    "did_description": "Main line",
    "length_in_sec": 123,
}


def make_did_call(db: TestDatabase, *, archived: bool = False, **columns: Any) -> None:
    """A row of vicidial_did_log."""
    defaults = {
        "uniqueid": "1736355590.1234",
        "channel": "SIP/trunk1-00000a1f",
        "server_ip": "10.0.0.5",
        "caller_id_number": "7275551212",
        "caller_id_name": "JOHN DOE",
        "extension": "3125551212",
        "call_date": "2025-01-08 12:00:01",
        "did_id": "42",
        "did_route": "IN_GROUP",
    }
    db.insert("vicidial_did_log_archive" if archived else "vicidial_did_log", **defaults | columns)


def make_closer_row(db: TestDatabase, *, archived: bool = False, **columns: Any) -> None:
    """A row of vicidial_closer_log: four seconds later, for 119 seconds."""
    defaults = {
        "closecallid": 777,
        "lead_id": 12345,
        "campaign_id": "SALES",
        "call_date": "2025-01-08 12:00:05",
        "start_epoch": 1736355605,
        "length_in_sec": 119,
        "status": "SALE",
        "user": "1000",
        "uniqueid": "1736355590.1234",
    }
    table = "vicidial_closer_log_archive" if archived else "vicidial_closer_log"
    db.insert(table, **defaults | columns)


async def exported(reports: Reports, **query: str) -> list[dict[str, Any]]:
    """The rows of the answer; of 2025-01-08 if nothing is said."""
    if not query.keys() & {"start_date", "query_date", "end_date"}:
        query |= THAT_DAY
    response = await reports.get(EXPORT.with_query(query))
    envelope = await response.json()
    assert response.status == 200, envelope
    return list(envelope["data"])


async def channels(reports: Reports, **query: str) -> list[str]:
    """The rows of the answer, by their channels."""
    return [row["channel"] for row in await exported(reports, **query)]


async def lengths(reports: Reports, **query: str) -> list[int]:
    """The lengths of the calls of the answer."""
    return [row["length_in_sec"] for row in await exported(reports, **query)]
