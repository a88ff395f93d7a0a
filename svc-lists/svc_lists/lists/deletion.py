"""Deleting a list, its leads, or both (contract: PUT /lists/{list_id}, "Does (delete)")."""

from __future__ import annotations

from typing import NamedTuple

from dialkit.clock import Moment
from dialkit.db import Database
from dialkit.errors import Conflict, NotFound
from dialkit.journal import Journal, journaled
from dialkit.tokens import Caller

from svc_lists.list_ids import MISSING, check_list
from svc_lists.lists import store
from svc_lists.lists.assign_id import DEFAULT_LISTS
from svc_lists.lists.leads_work import LeadsWork, Progress


class Deletion(NamedTuple):
    """What is to be deleted."""

    leads: bool
    row: bool

    @property
    def is_wanted(self) -> bool:
        """Whether anything is."""
        return self.leads or self.row

    def message(self, *, done: bool) -> str:
        """What the answer says."""
        if not done:
            return "Deletion not finished"
        return "List deleted successfully" if self.row else "Leads deleted successfully"


async def delete(
    db: Database, leads: LeadsWork, list_id: int, deletion: Deletion, caller: Caller, now: Moment
) -> Progress:
    """Delete it, the list's row last: a crash leaves an inactive list, and a repeat finishes.

    Raises: NotFound, Conflict, and what `LeadsWork` does.
    """
    await check_list(db, list_id)
    if deletion.row and list_id in DEFAULT_LISTS:
        raise Conflict("List is reserved by the system")
    begun = Journal(db, caller, now)
    if deletion.row:  # inactive first: no lead is loaded into a hopper meanwhile
        await _deactivate(begun, list_id, now)
    await leads.leave_hopper(list_id)
    progress = await leads.delete(list_id) if deletion.leads else Progress(0, done=True)

    async def finish(journal: Journal) -> bool:
        row = deletion.row and progress.done
        found = not row or await store.delete_list(journal, list_id)
        if deletion.leads:
            notes = f"list: {list_id} leads: {progress.leads}"
            await journal.log_for_others(
                "LISTS", "DELETE", list_id, "ADMIN API DELETE LEADS", notes
            )
        if row and found:
            notes = f"list: {list_id}"
            await journal.log("LISTS", "DELETE", list_id, "ADMIN API DELETE LIST", notes)
        return found

    if not await journaled(db, caller, now, finish, begun=begun):
        raise NotFound(MISSING)  # another request was faster
    return progress


async def _deactivate(journal: Journal, list_id: int, now: Moment) -> None:
    columns = {"active": "N", "list_changedate": now.sql}
    if not await store.change_list(journal, list_id, columns):
        raise NotFound(MISSING)
