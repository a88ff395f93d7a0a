"""Calls from and to phone numbers: rows, the two ways to find them, and what is answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from support.answers import asked
from support.apps import Reports
from support.call_logs import make_inbound_call, make_outbound_call
from support.database import TestDatabase

NUMBER = "9998887112"
OTHER = "7275551212"
LEAD_ID = 4711
NOON = "2025-01-08 12:00:00"
MESSAGE = "Phone number history retrieved"
DOCUMENTED: dict[str, Any] = {
    "phone_number": "9998887112",
    "call_type": "OUT",
    "uniqueid": "1483708255.77",
    "closecallid": None,
    "lead_id": 4711,
    "list_id": 82106,
    "campaign_id": "TESTCAMP",
    "call_date": "2017-01-06T13:11:01Z",
    "start_epoch": 1483708261,
    "end_epoch": 1483708286,
    "length_in_sec": 25,
    "status": "SALE",
    "lead_status": "TD",
    "phone_code": "1",
    "user": "6666",
    "user_group": "AGENTS",
    "comments": "AUTO",
    "processed": "N",
    "term_reason": "AGENT",
    "alt_dial": "MAIN",
    "queue_seconds": None,
    "called_count": 3,
    "source_id": "mail098",
}
_ARCHIVE = "vicidial_list_archive"
_DEFAULTS: dict[str, Any] = {"phone_number": NUMBER, "lead_id": LEAD_ID, "start_epoch": None}


def url(phone: str = NUMBER, query: str = "") -> str:
    """The calls of that number."""
    return f"/api/v1/phone-logs/{phone}{query}"


def make_out(db: TestDatabase, uniqueid: str, call_date: str | None = NOON, **columns: Any) -> None:
    """A call to the number, of the lead."""
    make_outbound_call(db, uniqueid=uniqueid, call_date=call_date, **_DEFAULTS | columns)


def make_in(
    db: TestDatabase, closecallid: int, call_date: str | None = NOON, **columns: Any
) -> None:
    """A call from the number, of the lead."""
    make_inbound_call(db, closecallid=closecallid, call_date=call_date, **_DEFAULTS | columns)


@contextmanager
def number_index(db: TestDatabase, table: str = "vicidial_log") -> Iterator[None]:
    """The log has an index by phone number, as VICIdial advises sites to add, in the block."""
    db.execute(f"CREATE INDEX by_number ON {table} (phone_number, call_date)")
    try:
        yield
    finally:
        db.execute(f"DROP INDEX by_number ON {table}")


@pytest.fixture(params=["by leads", "by index"])
def way(request: pytest.FixtureRequest, db: TestDatabase) -> Iterator[str]:
    """How outbound calls are found."""
    if request.param == "by leads":
        yield request.param
        return
    with number_index(db):
        yield request.param


@contextmanager
def lead_archive(db: TestDatabase, *, readable: bool = True) -> Iterator[None]:
    """There is an archive of leads, in the block, for svc-reports to read if `readable`."""
    user, _ = db.account("svc-reports")
    db.execute(f"CREATE TABLE {_ARCHIVE} LIKE vicidial_list")
    if readable:
        db.execute(f"GRANT SELECT ON `{db.name}`.{_ARCHIVE} TO %s@'%%'", user)
    try:
        yield
    finally:
        db.execute(f"DROP TABLE {_ARCHIVE}")
        if readable:
            db.execute(f"REVOKE SELECT ON `{db.name}`.{_ARCHIVE} FROM %s@'%%'", user)


async def calls(reports: Reports, phone: str = NUMBER, **query: Any) -> list[dict[str, Any]]:
    """The calls of a page."""
    status, envelope = await asked(reports, url(phone), query)
    assert (status, envelope["message"]) == (200, MESSAGE), envelope
    return list(envelope["data"])


async def ids(reports: Reports, phone: str = NUMBER, **query: Any) -> list[str | int]:
    """The calls of a page: those that came in by `closecallid`, the others by `uniqueid`."""
    return list(map(id_of, await calls(reports, phone, **query)))


def id_of(call: dict[str, Any]) -> str | int:
    """What tells a call from others of its direction."""
    return call["uniqueid"] if call["closecallid"] is None else int(call["closecallid"])
