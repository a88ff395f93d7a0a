"""Adding a phone (contract: POST /phones, steps 3 to 5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.clock import Moment
from dialkit.db import Database
from dialkit.errors import Conflict
from dialkit.journal import Journal, journaled
from dialkit.tokens import Caller

from svc_telephony.phones import store
from svc_telephony.phones.checks import LOGIN_TAKEN
from svc_telephony.phones.log import log
from svc_telephony.phones.login_lock import login_lock
from svc_telephony.phones.rebuild import rebuild
from svc_telephony.phones.store import Phone


async def add(db: Database, columns: Mapping[str, Any], caller: Caller, now: Moment) -> None:
    """Add a phone of these columns, and log it. Raises: Conflict."""
    phone = Phone(columns["extension"], columns["server_ip"])

    async def work(journal: Journal) -> bool:
        added = await store.add_phone(journal, columns)
        if added:
            await log(journal, phone, "ADD", "ADMIN API ADD PHONE")
        elif not await store.list_phones(journal, *phone):
            raise Conflict(LOGIN_TAKEN)
        # Also for a phone that is there: the request that added it may have ended before.
        await rebuild(journal, phone.server_ip)
        return added

    async with login_lock(db) as held:
        added = await journaled(held, caller, now, work)
    if not added:
        raise Conflict("Phone already exists on this server")
