"""Bringing a lead back from the archive (contract: POST /leads/{lead_id}/dearchive)."""

from __future__ import annotations

from dialkit.clock import Moment
from dialkit.db import Database, Queries
from dialkit.db_errors import DuplicateKey
from dialkit.errors import Conflict, NotFound
from dialkit.journal import Journal, journaled
from dialkit.tokens import Caller

from svc_leads.archive import store
from svc_leads.leads.store import ARCHIVE, LEADS, list_archive_columns

_NOT_FOUND = "Archived lead not found"


async def restore(db: Database, lead_id: int, caller: Caller, now: Moment) -> None:
    """Make the archived lead a lead. Raises: NotFound, Conflict."""
    columns = await list_archive_columns(db)
    if not columns:
        raise NotFound(_NOT_FOUND)

    async def work(journal: Journal) -> None:
        # Inserted before deleted: a crash in between leaves both, and a repeat finishes.
        list_id = await _put_back(journal, lead_id, columns)
        if not await store.delete(journal, lead_id):
            raise NotFound(_NOT_FOUND)  # another request was faster
        code = "ADMIN API DEARCHIVE LEAD"
        await journal.log("LEADS", "OTHER", lead_id, code, f"list: {list_id}")

    await journaled(db, caller, now, work)


async def _put_back(db: Queries, lead_id: int, columns: list[str]) -> int:
    """Copy the archived lead, if it has not been copied already; its list."""
    archived = await store.find_row(db, ARCHIVE, lead_id, columns)
    if archived is None:
        raise NotFound(_NOT_FOUND)
    try:
        await store.copy_back(db, lead_id, columns)
    except DuplicateKey:
        if await store.find_row(db, LEADS, lead_id, columns) != archived:
            raise Conflict("Lead is not archived") from None
    list_id: int = archived["list_id"]
    return list_id
