"""Changing a user (contract: PUT /users/{user_id})."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dialkit.clock import Moment
from dialkit.db import Database, Queries
from dialkit.errors import InvalidInput, NotFound
from dialkit.journal import Journal, journaled
from dialkit.tokens import Caller

from svc_users.users import ranks, store
from svc_users.users.fields import settled
from svc_users.users.ranks_store import Rank


async def find(db: Queries, login: str) -> str:
    """The login as the database spells it. Raises: NotFound."""
    found = await store.find_login(db, login)
    if found is None:
        raise NotFound("User not found")
    return found


async def checked(db: Queries, given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields, what they refer to spelled as the database does. Raises: InvalidInput."""
    phone_login = given.get("phone_login")
    if phone_login and not await store.is_phone_login(db, phone_login):
        raise InvalidInput({"phone_login": ["Phone not found"]})
    return await settled(db, given)


async def change(
    db: Database, login: str, columns: Mapping[str, Any], given: Sequence[Rank], caller: Caller,
    now: Moment,
) -> None:  # fmt: skip
    """Set the columns and the ranks, and log it. Raises: NotFound."""

    async def work(journal: Journal) -> None:
        if columns and not await store.change_user(journal, login, columns):
            raise NotFound("User not found")  # deleted meanwhile
        written = [(rank, journal.beside()) for rank in given]
        for rank, beside in written:
            await ranks.write(beside, login, rank)
        if columns:
            await journal.log("USERS", "MODIFY", login, "ADMIN API UPDATE USER", f"user: {login}")
        for rank, beside in written:
            await ranks.log(beside, login, rank)

    await journaled(db, caller, now, work)
