"""Adding a user (contract: POST /users)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dialkit.clock import Moment
from dialkit.db import Connection, Database
from dialkit.journal import Journal, journaled
from dialkit.tokens import Caller

from svc_users.users import ranks, store
from svc_users.users.new_login import insert_under_login, remember
from svc_users.users.ranks_store import Rank


class Added(NamedTuple):
    """What a user got that was made just now."""

    login: str
    user_id: int


async def add(
    db: Database, asked: str, columns: Mapping[str, Any], given: Sequence[Rank], caller: Caller,
    now: Moment,
) -> Added:  # fmt: skip
    """Add a user of these columns and ranks, under the login that is asked for.

    Raises: Conflict.
    """

    async def insert(held: Connection, login: str, number: int | None) -> Added:
        async def work(journal: Journal) -> Added:
            return await _write(journal, login, number)

        return await journaled(held, caller, now, work)

    async def _write(journal: Journal, login: str, number: int | None) -> Added:
        """The user last: until then there is nobody whom the ranks could be of."""
        await remember(journal, number)
        written = [(rank, journal.beside()) for rank in given]
        for rank, beside in written:
            await ranks.write(beside, login, rank)
        user_id = await store.add_user(journal, {"user": login, **columns})
        await journal.log("USERS", "ADD", login, "ADMIN API ADD USER", f"user: {login}")
        for rank, beside in written:
            await ranks.log(beside, login, rank)
        return Added(login, user_id)

    return await insert_under_login(db, asked, insert)
