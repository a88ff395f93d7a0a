"""Log records of calls, and what PUT /api/v1/log-entries/{entry_id} answers when they change."""

from typing import Any

from support.answers import Answer, done, refused, sent
from support.apps import Reports
from support.builders import (
    make_campaign,
    make_in_group,
    make_lead,
    make_user_group,
    read_row,
)
from support.call_logs import CLOSECALLID, LEAD_ID, UNIQUEID, make_outbound_call
from support.changes import Tables, rows_of
from support.database import TestDatabase
from yarl import URL

NOT_FOUND = refused(404, "Log entry not found")
SEVERAL = refused(409, "More than one log entry matches, send group")
# What `changed` and `refusal` ask for.
STATUS = "NI"
OTHER_UNIQUEID = "1736355000.77"
_LOGS = (
    "vicidial_log",
    "vicidial_closer_log",
    "vicidial_call_notes",
    "vicidial_log_extended",
    "vicidial_dial_log",
    "vicidial_inbound_caller_codes",
    "vicidial_agent_log",
)
_TABLES = (
    *_LOGS,
    *(f"{log}_archive" for log in _LOGS),
    "vicidial_list",
    "vicidial_campaigns",
    "vicidial_inbound_groups",
    "vicidial_user_groups",
    "vicidial_statuses",
    "vicidial_campaign_statuses",
    "vicidial_status_groups",
    "vicidial_admin_log",
)


def make_definitions(db: TestDatabase) -> None:
    """What records refer to, and another call of the same lead, which must stay as it is."""
    for campaign_id in ("TESTCAMP", "NEWCAMP"):
        make_campaign(db, campaign_id)
    for group_id in ("SALES", "SUPPORT"):
        make_in_group(db, group_id)
    make_user_group(db, "AGENTS")
    make_lead(db, lead_id=LEAD_ID, status="A")
    make_outbound_call(db, uniqueid=OTHER_UNIQUEID, call_date="2025-01-09 10:00:00")


async def change(reports: Reports, entry_id: object = UNIQUEID, /, **fields: object) -> Answer:
    """The answer to PUT of changes of a record; the path is sent as it is."""
    url = URL(f"/api/v1/log-entries/{entry_id}", encoded=True)
    return await sent(reports, "PUT", url, fields)


async def changed(reports: Reports, db: TestDatabase, entry_id: object, **fields: str) -> Any:
    """The key of the one record that a change of status by that id reaches."""
    status, envelope = await change(reports, entry_id, status=STATUS, **fields)
    assert status == 200, envelope
    (key,) = changed_records(db, STATUS)
    data = envelope["data"]
    assert key == (data["closecallid"] or data["uniqueid"])
    return key


async def refusal(reports: Reports, db: TestDatabase, entry_id: object, **fields: str) -> Answer:
    """The refusal of a change of status, which writes nothing."""
    before = everything(db)
    answer = await change(reports, entry_id, status=STATUS, comments="Paid", **fields)
    assert everything(db) == before
    return answer


def outbound(**differences: object) -> Answer:
    """The answer about the outbound record, found by its uniqueid."""
    data = {
        "entry_id": UNIQUEID,
        "log": "vicidial_log",
        "uniqueid": UNIQUEID,
        "closecallid": None,
        "lead_id": LEAD_ID,
        "group": "TESTCAMP",
        "old_status": "A",
        "status": "A",
        "user_group": "ADMIN",
    }
    return done("Log entry updated successfully", data | differences)


def inbound(**differences: object) -> Answer:
    """The answer about the in-group record, found by its closecallid."""
    data = {
        "entry_id": str(CLOSECALLID),
        "log": "vicidial_closer_log",
        "uniqueid": UNIQUEID,
        "closecallid": CLOSECALLID,
        "lead_id": LEAD_ID,
        "group": "SALES",
        "old_status": "SALE",
        "status": "SALE",
        "user_group": "CLOSERS",
    }
    return done("Log entry updated successfully", data | differences)


def outbound_row(db: TestDatabase, uniqueid: str = UNIQUEID) -> dict[str, Any]:
    """The outbound record."""
    return read_row(db, "vicidial_log", uniqueid=uniqueid)


def inbound_row(db: TestDatabase, closecallid: int = CLOSECALLID) -> dict[str, Any]:
    """The in-group record."""
    return read_row(db, "vicidial_closer_log", closecallid=closecallid)


def changed_records(db: TestDatabase, status: str) -> list[object]:
    """The uniqueids and closecallids of the records that have that status."""
    return [
        *(key for (key,) in db.rows("SELECT uniqueid FROM vicidial_log WHERE status = %s", status)),
        *(
            key
            for (key,) in db.rows(
                "SELECT closecallid FROM vicidial_closer_log WHERE status = %s", status
            )
        ),
    ]


def notes(db: TestDatabase) -> list[tuple[Any, ...]]:
    """The notes of calls: lead, call, text."""
    return db.rows(
        "SELECT lead_id, vicidial_id, call_notes FROM vicidial_call_notes ORDER BY notesid"
    )


def everything(db: TestDatabase) -> Tables:
    """All rows of what the endpoint writes, reads, or must not touch."""
    return rows_of(db, _TABLES)
