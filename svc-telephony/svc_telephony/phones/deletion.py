"""Deleting a phone (contract: PUT /phones/{phone_id} with `delete_phone`)."""

from __future__ import annotations

from dialkit.clock import Moment
from dialkit.db import Database
from dialkit.errors import NotFound
from dialkit.journal import Journal, journaled
from dialkit.tokens import Caller

from svc_telephony.phones import store
from svc_telephony.phones.rebuild import log_and_rebuild, rebuild
from svc_telephony.phones.store import Phone
from svc_telephony.phones.which import MISSING, Asked, find


async def delete(db: Database, asked: Asked, caller: Caller, now: Moment) -> Phone:
    """Delete a phone, and log it; the phone. Raises: NotFound, InvalidInput."""
    found = await find(db, asked)
    if found is None:
        if asked.server_ip is not None:
            # The request that deleted it may have ended before.
            await rebuild(db, asked.server_ip)
        raise NotFound(MISSING)

    phone = found.key

    async def work(journal: Journal) -> bool:
        if await store.delete_phone(journal, phone):
            await log_and_rebuild(journal, phone, "DELETE", "ADMIN API DELETE PHONE")
            return True
        await rebuild(journal, phone.server_ip)
        return False

    if not await journaled(db, caller, now, work):
        raise NotFound(MISSING)  # another request was faster
    return phone
