"""Adding a user (contract: POST /users)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dialkit.clock import Moment
from dialkit.db import Database
from dialkit.journal import Journal
from dialkit.tokens import Caller

from svc_users.ranks import write as ranks
from svc_users.ranks.kinds import Rank
from svc_users.users import store
from svc_users.users.new_login import Added, insert_under_login


async def add(
    db: Database, asked: str, columns: Mapping[str, Any], given: Sequence[Rank], caller: Caller,
    now: Moment,
) -> Added:  # fmt: skip
    """Add a user of these columns and ranks, under the login that is asked for.

    Raises: Conflict.
    """

    async def write(journal: Journal, login: str) -> int:
        """The user last: until then there is nobody whom the ranks could be of."""
        written = await ranks.write(journal, login, given)
        user_id = await store.add_user(journal, {"user": login, **columns})
        await journal.log("USERS", "ADD", login, "ADMIN API ADD USER", f"user: {login}")
        await ranks.log(login, written)
        return user_id

    return await insert_under_login(db, asked, caller, now, write)
