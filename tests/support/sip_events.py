"""SIP events as VICIdial keeps them: today's, and a table for each of the days before."""

from typing import Any

from support import answers
from support.answers import Answer
from support.apps import Reports
from support.database import TestDatabase
from yarl import URL

EVENTS = URL("/api/v1/sip/event-log")
MESSAGE = "SIP event logs retrieved successfully"
THAT_DAY = {"start_date": "2025-01-08", "end_date": "2025-01-08"}
CODE = "M1081030000000012345"
DOCUMENTED = {
    "sip_event_id": 118756,
    "sip_call_id": "2bcd9bfa0edef83f@10.0.0.5:5060",
    "sip_event": "INVITE",
    "event_date": "2025-01-08T15:30:00.084394Z",
    "server_ip": "192.168.1.10",
    "caller_code": CODE,
    "channel": "SIP/proxy1-0000687a",
    "uniqueid": "1736350200.1522",
}


def table_of(wday: int | None) -> str:
    """The table of a day of the week; None is today."""
    return "vicidial_sip_event_log" + ("" if wday is None else f"_{wday}")


def make_event(
    db: TestDatabase,
    sip_event_id: int = 118756,
    event_date: str | None = "2025-01-08 10:30:00.084394",
    *,
    wday: int | None = None,
    **columns: Any,
) -> None:
    """An event of today, or in the table of a day of the week."""
    defaults = {
        "caller_code": CODE,
        "channel": "SIP/proxy1-0000687a",
        "server_ip": "192.168.1.10",
        "uniqueid": "1736350200.1522",
        "sip_call_id": "2bcd9bfa0edef83f@10.0.0.5:5060",
        "sip_event": "INVITE",
    }
    db.insert(
        table_of(wday),
        sip_event_id=sip_event_id,
        event_date=event_date,
        **defaults | columns,
    )


def note_roll(db: TestDatabase, wday: int, first: str | None, last: str | None) -> None:
    """What VICIdial notes of a table when it has rolled the live one into it."""
    db.execute(
        "REPLACE INTO vicidial_sip_event_archive_details SET wday = %s, start_event_date = %s,"
        " end_event_date = %s, record_count = 1",
        wday,
        first,
        last,
    )


def make_rolled(db: TestDatabase, wday: int, *events: tuple[int, str], **columns: Any) -> None:
    """A table of a day of the week with these events: ids and dates, the first first."""
    for sip_event_id, event_date in events:
        make_event(db, sip_event_id, event_date, wday=wday, **columns)
    note_roll(db, wday, events[0][1], events[-1][1])


async def asked(reports: Reports, **query: str) -> Answer:
    """What is answered to that query."""
    return await answers.asked(reports, EVENTS, query)


async def told(reports: Reports, **query: str) -> list[dict[str, Any]]:
    """The rows of the answer."""
    data = await answers.told(reports, EVENTS, query)
    rows = data["logs"]
    assert data["count"] == len(rows)
    return list(rows)


async def ids(reports: Reports, **query: str) -> list[int]:
    """The rows of the answer, by their ids."""
    return [row["sip_event_id"] for row in await told(reports, **query)]
