"""Calls that arrived on DIDs, and what in-groups made of them.

The call of the defaults is that of the contract's example: it arrived on 2025-01-08 at 12:00:01 in
New York.
"""

from typing import Any

from support import answers
from support.apps import Reports
from support.archives import log_table
from support.call_logs import make_inbound_call
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
    db.insert(log_table("vicidial_did_log", archived), **defaults | columns)


def make_in_group_call(db: TestDatabase, **columns: Any) -> None:
    """What it became in an in-group: four seconds later, for 119 seconds."""
    defaults: dict[str, Any] = {
        "call_date": "2025-01-08 12:00:05",
        "start_epoch": 1736355605,
        "end_epoch": 1736355724,
        "length_in_sec": 119,
    }
    make_inbound_call(db, **defaults | columns)


async def told(reports: Reports, **query: str) -> list[dict[str, Any]]:
    """The calls that are found; of 2025-01-08 if nothing is said."""
    if not query.keys() & {"start_date", "query_date", "end_date"}:
        query |= THAT_DAY
    return list(await answers.told(reports, EXPORT, query))


async def channels(reports: Reports, **query: str) -> list[str]:
    """The rows of the answer, by their channels."""
    return [row["channel"] for row in await told(reports, **query)]


async def lengths(reports: Reports, **query: str) -> list[int]:
    """The lengths of the calls of the answer."""
    return [row["length_in_sec"] for row in await told(reports, **query)]
