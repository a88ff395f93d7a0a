"""Deleting a user (contract: PUT /users/{user_id} with `delete_user`)."""

from __future__ import annotations

from typing import NoReturn

from dialkit.clock import Moment
from dialkit.db import Database
from dialkit.errors import Conflict, NotFound
from dialkit.journal import Journal, journaled
from dialkit.tokens import Caller

from svc_users.ranks import store as rank_store
from svc_users.users import store
from svc_users.users.existing import MISSING

# The dialer works as them.
_SYSTEM_USERS = ("VDAD", "VDCL")
_LOGGED_IN = "User is logged in"


async def delete(db: Database, login: str, caller: Caller, now: Moment) -> None:
    """Delete the user, and log it; logs and leads stay. Raises: Conflict, NotFound."""
    if login.upper() in _SYSTEM_USERS:
        raise Conflict("User is reserved by the system")
    if await store.is_logged_in(db, login):
        raise Conflict(_LOGGED_IN)

    async def work(journal: Journal) -> None:
        """The user last: until then a repeat still finds what is left."""
        await store.stop_remote_agent(journal, login)
        await rank_store.delete_campaign_ranks(journal, login)
        await rank_store.delete_in_group_ranks(journal, login)
        if not await store.delete_user(journal, login):
            await _refuse(journal, login)
        await journal.log("USERS", "DELETE", login, "ADMIN API DELETE USER", f"user: {login}")

    await journaled(db, caller, now, work)


async def _refuse(journal: Journal, login: str) -> NoReturn:
    """Say why there is nobody to delete; without transactions, the log tells what is done already.

    Raises: NotFound, Conflict.
    """
    if not await store.is_logged_in(journal, login):
        raise NotFound(MISSING)  # another request was faster
    notes = f"user: {login}   not deleted: logged in meanwhile"
    await journal.log("USERS", "DELETE", login, "ADMIN API DELETE USER", notes)
    raise Conflict(_LOGGED_IN)
