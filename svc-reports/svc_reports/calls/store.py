"""SQL of what belongs to a call: the agent's time, notes. `archived` looks into the archives.

Reads vicidial_agent_log, vicidial_agent_log_archive, vicidial_call_notes,
vicidial_call_notes_archive.
"""

from __future__ import annotations

from dialkit.db import Queries, Row

from svc_reports.archives import log_table
from svc_reports.call_rows.store import LogRow


async def find_custtime(db: Queries, call: LogRow, archived: bool) -> int | None:
    """How many seconds the call's agent talked with the customer; None without a row."""
    if not call.uniqueid:  # rows without one are of any call
        return None
    # Left alone the server might go through all that the agent ever did, too.
    row = await db.fetch_one(
        f"""
        SELECT COUNT(*), COALESCE(SUM(talk_sec), 0), COALESCE(SUM(dead_sec), 0)
        FROM {log_table("vicidial_agent_log", archived)} FORCE INDEX (lead_id)
        WHERE lead_id = %s AND uniqueid = %s AND user = %s
        """,  # noqa: S608
        call.lead_id,
        call.uniqueid,
        call.user,
    )
    rows, talked, dead = row or (0, 0, 0)
    return max(int(talked - dead), 0) if rows else None


async def find_note(db: Queries, call: LogRow, archived: bool) -> Row | None:
    """The call's newest note, as the only column: a note may be NULL."""
    return await db.fetch_one(
        f"""
        SELECT call_notes
        FROM {log_table("vicidial_call_notes", archived)}
        WHERE lead_id = %s AND vicidial_id = %s
        ORDER BY notesid DESC
        LIMIT 1
        """,  # noqa: S608
        call.lead_id,
        call.vicidial_id,
    )
