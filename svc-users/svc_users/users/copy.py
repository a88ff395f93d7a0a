"""Copying a user (contract: POST /users/{user_id}/copy)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.clock import Moment
from dialkit.db import Database
from dialkit.errors import NotFound
from dialkit.journal import Journal
from dialkit.tokens import Caller

from svc_users.ranks import store as rank_store
from svc_users.users import store
from svc_users.users.existing import MISSING
from svc_users.users.new_login import Added, insert_under_login


async def copy(
    db: Database, source: str, asked: str, columns: Mapping[str, Any], caller: Caller, now: Moment
) -> Added:
    """Copy the user `source` to the login that is asked for, but with these columns.

    Raises: Conflict, NotFound.
    """

    async def write(journal: Journal, login: str) -> int:
        """The user last: until then there is nobody whom the ranks could be of."""
        # Of an earlier user. A DELETE of none would lock the gap that other copies insert into.
        if await rank_store.has_ranks(journal, login):
            await rank_store.delete_in_group_ranks(journal, login)
            await rank_store.delete_campaign_ranks(journal, login)
        in_groups = await rank_store.copy_in_group_ranks(journal, source, login)
        campaigns = await rank_store.copy_campaign_ranks(journal, source, login)
        user_id = await store.copy_user(journal, source, {"user": login, **columns})
        if user_id is None:
            raise NotFound(MISSING)  # deleted meanwhile
        notes = f"user: {login}   source_user: {source}   rows: 1,{in_groups},{campaigns}"
        await journal.log("USERS", "COPY", login, "ADMIN API COPY USER", notes)
        return user_id

    return await insert_under_login(db, asked, caller, now, write)
