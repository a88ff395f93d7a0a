"""Changing a phone (contract: PUT /phones/{phone_id})."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.clock import Moment
from dialkit.collation import folded
from dialkit.db import Database, Queries
from dialkit.errors import Conflict, NotFound
from dialkit.journal import Journal, journaled
from dialkit.tokens import Caller

from svc_telephony.phones import checks, store
from svc_telephony.phones.login_lock import login_lock
from svc_telephony.phones.rebuild import log_and_rebuild
from svc_telephony.phones.store import Phone, columns_of
from svc_telephony.phones.which import MISSING, Asked, find


async def change(
    db: Database, asked: Asked, fields: Mapping[str, Any], caller: Caller, now: Moment
) -> Phone:
    """Set fields of a phone, and log it; the phone. Raises: NotFound, InvalidInput, Conflict."""
    found = await find(db, asked)
    if found is None:
        raise NotFound(MISSING)
    fields = await checks.checked(db, fields, await store.find_site(db))
    phone, columns = found.key, columns_of(fields)
    has_new_login = _is_new(columns, "login", found.login)

    async def work(journal: Journal) -> None:
        if has_new_login:
            await _refuse_taken(journal, columns["login"], phone)
        if _is_new(columns, "voicemail_id", found.voicemail_id):
            await checks.refuse_mailbox(journal, columns["voicemail_id"])
        if not await store.change_phone(journal, phone, columns):
            raise NotFound(MISSING)  # deleted meanwhile
        await log_and_rebuild(journal, phone, "MODIFY", "ADMIN API UPDATE PHONE")

    async with login_lock(db) if has_new_login else db.connection() as connection:
        await journaled(connection, caller, now, work)
    return phone


def _is_new(columns: Mapping[str, Any], name: str, own: str) -> bool:
    """Whether a column gets another value than the phone's own."""
    return name in columns and folded(columns[name]) != folded(own)


async def _refuse_taken(db: Queries, login: str, phone: Phone) -> None:
    """Refuse a login that another phone has, or an alias. Raises: Conflict."""
    if await store.has_login(db, login, besides=phone):
        raise Conflict(checks.LOGIN_TAKEN)
    await checks.refuse_alias(db, login)
