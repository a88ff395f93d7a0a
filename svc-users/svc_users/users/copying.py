"""Copying a user (contract: POST /users/{user_id}/copy)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.clock import Moment
from dialkit.db import Connection, Database
from dialkit.errors import NotFound
from dialkit.journal import Journal, journaled
from dialkit.tokens import Caller

from svc_users.users import copying_store as store
from svc_users.users import deletion_store
from svc_users.users.add import Added
from svc_users.users.new_login import insert_under_login, remember


async def copy(
    db: Database, source: str, asked: str, columns: Mapping[str, Any], caller: Caller, now: Moment
) -> Added:
    """Copy the user `source` to the login that is asked for, but with these columns.

    Raises: Conflict, NotFound.
    """

    async def insert(held: Connection, login: str, number: int | None) -> Added:
        async def work(journal: Journal) -> Added:
            return await _write(journal, login, number)

        return await journaled(held, caller, now, work)

    async def _write(journal: Journal, login: str, number: int | None) -> Added:
        """The user last: until then there is nobody whom the ranks could be of."""
        await remember(journal, number)
        # Of an earlier user. A DELETE of none would lock the gap that other copies insert into.
        if await store.has_ranks(journal, login):
            await deletion_store.delete_in_group_ranks(journal, login)
            await deletion_store.delete_campaign_ranks(journal, login)
        in_groups = await store.copy_in_group_ranks(journal, source, login)
        campaigns = await store.copy_campaign_ranks(journal, source, login)
        user_id = await store.copy_user(journal, source, {"user": login, **columns})
        if user_id is None:
            raise NotFound("User not found")  # deleted meanwhile
        notes = f"user: {login}   source_user: {source}   rows: 1,{in_groups},{campaigns}"
        await journal.log("USERS", "COPY", login, "ADMIN API COPY USER", notes)
        return Added(login, user_id)

    return await insert_under_login(db, asked, insert)
