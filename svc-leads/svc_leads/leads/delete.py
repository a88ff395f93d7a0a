"""Deleting one lead with what belongs to it (contract: PUT /leads/{lead_id}, `delete_lead`)."""

from __future__ import annotations

from dialkit.clock import Moment
from dialkit.db import Database
from dialkit.errors import NotFound
from dialkit.journal import Journal, journaled
from dialkit.tokens import Caller

from svc_leads.callbacks import store as callbacks
from svc_leads.custom_values import values as custom_values
from svc_leads.hopper import store as hopper
from svc_leads.leads import store


async def delete(db: Database, lead_id: int, caller: Caller, now: Moment) -> None:
    """Delete the lead; its own row goes last, so that a repeat finishes. Raises: NotFound."""
    lead = await store.find_place(db, lead_id)
    if lead is None:
        raise NotFound("Lead not found")
    list_id = lead["list_id"]
    table = custom_values.table_list(None, lead["entry_list_id"], list_id)

    async def work(journal: Journal) -> None:
        await hopper.delete_leads(journal, [lead_id])
        await callbacks.archive_all(journal, lead_id)
        await store.delete_alt_phones(journal, [lead_id])
        await custom_values.delete(journal, table, lead_id)
        if not await store.delete_leads(journal, [lead_id]):
            raise NotFound("Lead not found")  # another request was faster
        # The loader may have put it back in between.
        await hopper.delete_leads(journal, [lead_id])
        await journal.log("LEADS", "DELETE", lead_id, "ADMIN API DELETE LEAD", f"list: {list_id}")

    await journaled(db, caller, now, work)
