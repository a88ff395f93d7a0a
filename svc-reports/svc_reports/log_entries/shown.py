"""How a changed log entry is shown (contract: PUT /log-entries/{entry_id})."""

from __future__ import annotations

from typing import Any

from svc_reports.call_rows.store import LogRow


def table_of(entry: LogRow) -> str:
    """The log that the row stands in."""
    return "vicidial_log" if entry.closecallid is None else "vicidial_closer_log"


def changed_entry(before: LogRow, now: LogRow) -> dict[str, Any]:
    """A row, but for the ID that it was asked for by."""
    return {
        "log": table_of(now),
        "uniqueid": now.uniqueid,
        "closecallid": now.closecallid,
        "lead_id": now.lead_id,
        "group": now.campaign_id,
        "old_status": before.status,
        "status": now.status,
        "user_group": now.user_group,
    }
