"""Work on all leads of a list, in short statements: the dialer gets its turn between them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection
from time import monotonic
from typing import NamedTuple

from dialkit.db import Connection, Database
from dialkit.sql import chunks

from svc_leads.custom_values import store as custom_values
from svc_leads.hopper import store as hopper
from svc_leads.internal import store
from svc_leads.leads import store as leads
from svc_leads.limits import CHUNK

TIME_LIMIT_S = 25
_RESET_AT_ONCE = 5000
_DELETED_AT_ONCE = 1000
_PAUSE_S = 0.005


class Progress(NamedTuple):
    """How many leads were worked on, and whether none is left."""

    leads: int
    done: bool


async def reset_list(db: Database, list_id: int, *, time_limit_s: float = TIME_LIMIT_S) -> Progress:
    """Let all leads of a list be called again."""
    until, updated = monotonic() + time_limit_s, 0
    while True:
        count = await store.reset_leads(db, list_id, most=_RESET_AT_ONCE)
        updated += count
        if count < _RESET_AT_ONCE:
            return Progress(updated, done=True)
        if monotonic() >= until:
            return Progress(updated, done=False)
        await asyncio.sleep(_PAUSE_S)


async def delete_list(
    db: Database, list_id: int, *, time_limit_s: float = TIME_LIMIT_S
) -> Progress:
    """Delete all leads of a list with what belongs to them; the leads' own rows go last."""
    until, deleted = monotonic() + time_limit_s, 0
    while True:
        found = await store.list_leads(db, list_id, most=_DELETED_AT_ONCE)
        if not found:
            return Progress(deleted, done=True)
        if monotonic() >= until:
            return Progress(deleted, done=False)
        for chunk in chunks(found, CHUNK):
            deleted += await _delete(db, list_id, {lead_id: found[lead_id] for lead_id in chunk})
            await asyncio.sleep(_PAUSE_S)


async def _delete(db: Database, list_id: int, entry_lists: dict[int, int]) -> int:
    async def work(connection: Connection) -> int:
        lead_ids = list(entry_lists)
        await hopper.delete_leads(connection, lead_ids)
        await _delete_custom_values(connection, list_id, entry_lists)
        await leads.delete_alt_phones(connection, lead_ids)
        deleted = await leads.delete_leads(connection, lead_ids)
        # The loader may have put some back in between.
        await hopper.delete_leads(connection, lead_ids)
        return deleted

    return await db.in_transaction(work)


async def _delete_custom_values(db: Connection, list_id: int, entry_lists: dict[int, int]) -> None:
    tables: defaultdict[int, list[int]] = defaultdict(list)
    for lead_id, entry_list_id in entry_lists.items():
        tables[entry_list_id or list_id].append(lead_id)
    for table, lead_ids in tables.items():
        await _delete_from(db, table, lead_ids)


async def _delete_from(db: Connection, table: int, lead_ids: Collection[int]) -> None:
    if await custom_values.has_table(db, table):
        await custom_values.delete_values(db, table, list(lead_ids))
