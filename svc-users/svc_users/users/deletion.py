"""Deleting a user (contract: PUT /users/{user_id} with `delete_user`)."""

from __future__ import annotations

from dialkit.clock import Moment
from dialkit.db import Database, Queries
from dialkit.errors import Conflict, NotFound
from dialkit.journal import Journal, journaled
from dialkit.tokens import Caller

from svc_users.ranks import store as rank_rows
from svc_users.users import store
from svc_users.users.existing import MISSING

# The dialer works as them.
_SYSTEM_USERS = ("VDAD", "VDCL")


async def delete(db: Database, login: str, caller: Caller, now: Moment) -> None:
    """Delete the user, and log it; logs and leads stay. Raises: Conflict, NotFound."""
    if login.upper() in _SYSTEM_USERS:
        raise Conflict("User is reserved by the system")
    await _refuse_logged_in(db, login)

    async def work(journal: Journal) -> None:
        """The user last: until then a repeat still finds what is left."""
        await store.stop_remote_agent(journal, login)
        await rank_rows.delete_campaign_ranks(journal, login)
        await rank_rows.delete_in_group_ranks(journal, login)
        if not await store.delete_user(journal, login):
            await _refuse_logged_in(journal, login)  # meanwhile
            raise NotFound(MISSING)  # another request was faster
        await journal.log("USERS", "DELETE", login, "ADMIN API DELETE USER", f"user: {login}")

    await journaled(db, caller, now, work)


async def _refuse_logged_in(db: Queries, login: str) -> None:
    """The session of a user who is gone would hang. Raises: Conflict."""
    if await store.is_logged_in(db, login):
        raise Conflict("User is logged in")
