"""Adding a phone (contract: POST /phones, "Does")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dialkit.clock import Moment
from dialkit.db import Database
from dialkit.errors import Conflict
from dialkit.journal import Journal, journaled
from dialkit.secret import Secret
from dialkit.tokens import Caller

from svc_telephony.phones import store
from svc_telephony.phones.checks import LOGIN_TAKEN, checked, refuse_alias, refuse_mailbox
from svc_telephony.phones.defaults import generated_passwords
from svc_telephony.phones.login_lock import login_lock
from svc_telephony.phones.rebuild import log_and_rebuild, rebuild
from svc_telephony.phones.store import Phone, columns_of


class Added(NamedTuple):
    """A new phone: its fields as they were checked, and the passwords that nobody chose."""

    fields: Mapping[str, Any]
    passwords: Mapping[str, Secret]


async def add(db: Database, body: Mapping[str, Any], caller: Caller, now: Moment) -> Added:
    """Add the phone of a checked body, and log it. Raises: InvalidInput, Conflict."""
    site = await store.find_site(db)
    fields = await checked(db, body, site)
    passwords = generated_passwords(fields, least=site.least_password_length)
    of_site = {"local_gmt": site.local_gmt, "voicemail_timezone": site.voicemail_timezone}
    await _insert(db, of_site | columns_of(fields | passwords), caller, now)
    return Added(fields, passwords)


async def _insert(db: Database, columns: Mapping[str, Any], caller: Caller, now: Moment) -> None:
    phone = Phone(columns["extension"], columns["server_ip"])

    async def work(journal: Journal) -> bool:
        if await store.add_phone(journal, columns):
            await log_and_rebuild(journal, phone, "ADD", "ADMIN API ADD PHONE")
            return True
        if not await store.list_phones(journal, *phone):
            raise Conflict(LOGIN_TAKEN)
        # The request that added it may have ended before.
        await rebuild(journal, phone.server_ip)
        return False

    async with login_lock(db) as held:
        await refuse_alias(held, columns["login"])
        await refuse_mailbox(held, columns["voicemail_id"])
        if not await journaled(held, caller, now, work):
            raise Conflict("Phone already exists on this server")
