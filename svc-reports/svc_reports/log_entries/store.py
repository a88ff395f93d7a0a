"""SQL that changes log rows and notes, and that of the statuses which they may have.

Writes vicidial_log, vicidial_closer_log, vicidial_call_notes; reads vicidial_statuses,
vicidial_campaign_statuses, vicidial_status_groups.
"""

from __future__ import annotations

from collections.abc import Mapping

from dialkit.clock import Moment
from dialkit.db import Queries
from dialkit.sql import assignments, insert_unless

from svc_reports.call_rows.store import LogRow


async def find_system_status(db: Queries, status: str) -> str | None:
    """The status that every call can have, as it is defined."""
    found: str | None = await db.fetch_value(
        "SELECT status FROM vicidial_statuses WHERE status = %s", status
    )
    return found


async def find_campaign_status(
    db: Queries, status: str, campaign_id: str | None, *, of_any: bool
) -> str | None:
    """The status as that campaign, a status group, or if `of_any` any campaign defines it."""
    found: str | None = await db.fetch_value(
        """
        SELECT c.status
        FROM vicidial_campaign_statuses AS c
        WHERE c.status = %s AND (%s OR c.campaign_id = %s OR EXISTS (
            SELECT 1 FROM vicidial_status_groups AS g WHERE g.status_group_id = c.campaign_id
        ))
        ORDER BY c.campaign_id = %s DESC, c.campaign_id
        LIMIT 1
        """,
        status,
        of_any,
        campaign_id,
        campaign_id,
    )
    return found


async def change(db: Queries, entry: LogRow, columns: Mapping[str, str]) -> int:
    """Set columns of the row; how many rows that were: none, where it was archived meanwhile."""
    # By the key: on InnoDB the index of leads would keep out the lead's next call.
    if entry.closecallid is None:
        sql = f"""
            UPDATE vicidial_log FORCE INDEX (PRIMARY)
            SET {assignments(columns)}
            WHERE uniqueid = %s AND lead_id = %s
        """  # noqa: S608
        return await db.execute(sql, *columns.values(), entry.uniqueid, entry.lead_id)
    sql = f"""
        UPDATE vicidial_closer_log FORCE INDEX (PRIMARY)
        SET {assignments(columns)}
        WHERE closecallid = %s AND lead_id = %s
    """  # noqa: S608
    return await db.execute(sql, *columns.values(), entry.closecallid, entry.lead_id)


async def find_note_locked(db: Queries, entry: LogRow) -> int | None:
    """The call's newest note; on InnoDB nobody else adds or changes one until the commit."""
    notesid: int | None = await db.fetch_value(
        """
        SELECT notesid
        FROM vicidial_call_notes
        WHERE lead_id = %s AND vicidial_id = %s
        ORDER BY notesid DESC
        LIMIT 1
        FOR UPDATE
        """,
        entry.lead_id,
        entry.vicidial_id,
    )
    return notesid


async def change_note(db: Queries, notesid: int, text: str) -> None:
    """Set the text of a note."""
    sql = "UPDATE vicidial_call_notes SET call_notes = %s WHERE notesid = %s"
    await db.execute(sql, text, notesid)


async def add_note(db: Queries, entry: LogRow, text: str, now: Moment) -> bool:
    """Add a note to the call; False when another request has just done so."""
    values = {
        "lead_id": entry.lead_id,
        "vicidial_id": entry.vicidial_id,
        "call_date": now.sql,
        "call_notes": text,
    }
    found = "SELECT 1 FROM vicidial_call_notes WHERE lead_id = %s AND vicidial_id = %s"
    sql = insert_unless("vicidial_call_notes", values, found)
    return bool(await db.execute(sql, *values.values(), entry.lead_id, entry.vicidial_id))
