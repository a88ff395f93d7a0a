"""Changing a log entry (contract: PUT /log-entries/{entry_id}, order of writes)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.clock import Moment
from dialkit.errors import NotFound
from dialkit.journal import Journal

from svc_reports.call_rows.store import LogRow
from svc_reports.log_entries import store
from svc_reports.log_entries.choosing import MISSING
from svc_reports.log_entries.shown import table_of

_COLUMNS = ("status", "user_group")


async def change(journal: Journal, entry: LogRow, fields: Mapping[str, Any], now: Moment) -> LogRow:
    """Write what was sent, and log it; the row as it is now. Raises: NotFound."""
    columns = {column: fields[column] for column in _COLUMNS if column in fields}
    rows = 0
    if columns:
        rows = await store.change(journal, entry, columns)
        if not rows:
            raise NotFound(MISSING)
    if "comments" in fields:
        await _write_note(journal, entry, fields["comments"], now)
    changed = entry._replace(**columns)
    await _log(journal, entry, changed, rows)
    return changed


async def _write_note(journal: Journal, entry: LogRow, text: str, now: Moment) -> None:
    notesid = await store.find_note_locked(journal, entry)
    if notesid is None:
        if not text or await store.add_note(journal, entry, text, now):
            return
        notesid = await store.find_note_locked(journal, entry)
    if notesid is not None:
        await store.change_note(journal, notesid, text)


async def _log(journal: Journal, entry: LogRow, changed: LogRow, rows: int) -> None:
    facts = (
        entry.lead_id,
        table_of(entry),
        changed.status or "",
        entry.status or "",
        entry.vicidial_id,
        entry.call_date or "",
        rows,
    )
    notes = "|".join(map(str, facts))
    await journal.log("LEADS", "MODIFY", entry.lead_id, "MODIFY LEAD LOG STATUS", notes)
