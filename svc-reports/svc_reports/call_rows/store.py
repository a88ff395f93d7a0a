"""SQL of a call's row in a log; `archived` looks into the archive of that log instead.

Reads vicidial_log, vicidial_log_archive, vicidial_closer_log, vicidial_closer_log_archive.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from dialkit.db import Queries
from dialkit.sql import literal

from svc_reports.archives import log_table

_COLUMNS = (
    "uniqueid, lead_id, list_id, campaign_id, call_date, start_epoch, end_epoch, length_in_sec,"
    " status, phone_number, user, comments, processed, user_group, term_reason"
)


class LogRow(NamedTuple):
    """A call's row: of the outbound log, or with a `closecallid` of the in-groups' log."""

    archived: bool
    closecallid: int | None
    queue_seconds: float | None
    uniqueid: str
    lead_id: int
    list_id: int | None
    campaign_id: str | None
    call_date: str | None
    start_epoch: int | None
    end_epoch: int | None
    length_in_sec: int | None
    status: str | None
    phone_number: str | None
    user: str | None
    comments: str | None
    processed: str | None
    user_group: str | None
    term_reason: str | None

    @property
    def vicidial_id(self) -> str:
        """What the call's notes are kept under."""
        return self.uniqueid if self.closecallid is None else str(self.closecallid)


async def find_outbound(db: Queries, uniqueid: str, archived: bool) -> LogRow | None:
    """The outbound call of that uniqueid, which is the key."""
    return await _outbound(db, archived, "WHERE uniqueid = %s", uniqueid)


async def find_outbound_of_lead(
    db: Queries, uniqueid: str, lead_id: int | None, archived: bool
) -> LogRow | None:
    """The outbound call of that uniqueid, if it went to the lead."""
    where = "WHERE uniqueid = %s AND lead_id = %s"
    return await _outbound(db, archived, where, uniqueid, lead_id)


async def find_outbound_alike(
    db: Queries, uniqueid: str, lead_id: int | None, archived: bool
) -> LogRow | None:
    """The lead's call of that uniqueid; else the newest that differs only after the dot."""
    whole = literal(uniqueid.rpartition(".")[0] or uniqueid)
    return await _outbound(
        db,
        archived,
        """
        WHERE lead_id = %s AND (uniqueid = %s OR uniqueid LIKE %s)
        ORDER BY uniqueid = %s DESC, call_date DESC, uniqueid DESC
        LIMIT 1
        """,
        lead_id,
        uniqueid,
        f"{whole}.%",
        uniqueid,
    )


async def find_outbound_near(
    db: Queries, call_date: str | None, lead_id: int | None, archived: bool
) -> LogRow | None:
    """The lead's call that was logged nearest to that time: up to 5 s before, 10 min after."""
    return await _outbound(
        db,
        archived,
        """
        WHERE lead_id = %s
            AND call_date BETWEEN %s - INTERVAL 5 SECOND AND %s + INTERVAL 10 MINUTE
        ORDER BY ABS(TIMESTAMPDIFF(SECOND, %s, call_date)), uniqueid DESC
        LIMIT 1
        """,
        lead_id,
        call_date,
        call_date,
        call_date,
    )


async def find_inbound(db: Queries, closecallid: int, archived: bool) -> LogRow | None:
    """The in-group call of that key."""
    rows = await _inbound(db, archived, "WHERE closecallid = %s", closecallid)
    return rows[0] if rows else None


async def find_newest_inbound(db: Queries, uniqueid: str, archived: bool) -> LogRow | None:
    """The in-group call of that uniqueid that came last."""
    where = "WHERE uniqueid = %s ORDER BY closecallid DESC LIMIT 1"
    rows = await _inbound(db, archived, where, uniqueid)
    return rows[0] if rows else None


async def list_inbound(db: Queries, uniqueid: str, archived: bool) -> list[LogRow]:
    """The in-group calls of that uniqueid, the newest first."""
    where = "WHERE uniqueid = %s ORDER BY closecallid DESC"
    return await _inbound(db, archived, where, uniqueid)


async def list_inbound_of_lead(
    db: Queries, uniqueid: str, lead_id: int | None, near: str | None, archived: bool
) -> list[LogRow]:
    """The in-group calls of that uniqueid and lead, the nearest to that time first."""
    # Negative, so that a row without a time comes last.
    return await _inbound(
        db,
        archived,
        """
        WHERE uniqueid = %s AND lead_id = %s
        ORDER BY -ABS(TIMESTAMPDIFF(SECOND, %s, call_date)) DESC, closecallid DESC
        """,
        uniqueid,
        lead_id,
        near,
    )


async def _outbound(db: Queries, archived: bool, rest: str, *params: Any) -> LogRow | None:
    log = log_table("vicidial_log", archived)
    row = await db.fetch_one(f"SELECT NULL, NULL, {_COLUMNS} FROM {log} {rest}", *params)  # noqa: S608
    return LogRow(archived, *row) if row else None


async def _inbound(db: Queries, archived: bool, rest: str, *params: Any) -> list[LogRow]:
    columns = f"closecallid, queue_seconds, {_COLUMNS}"
    log = log_table("vicidial_closer_log", archived)
    rows = await db.fetch_all(f"SELECT {columns} FROM {log} {rest}", *params)  # noqa: S608
    return [LogRow(archived, *row) for row in rows]
