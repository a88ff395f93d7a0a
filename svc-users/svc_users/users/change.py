"""Changing a user (contract: PUT /users/{user_id})."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dialkit.clock import Moment
from dialkit.db import Database, Queries
from dialkit.errors import InvalidInput, NotFound
from dialkit.journal import Journal, journaled
from dialkit.tokens import Caller

from svc_users.ranks import write as ranks
from svc_users.ranks.kinds import Rank
from svc_users.users import store
from svc_users.users.existing import MISSING


async def check_phone_login(db: Queries, fields: Mapping[str, Any]) -> None:
    """Refuse the login of a phone that is not there. Raises: InvalidInput."""
    phone_login = fields.get("phone_login")
    if phone_login and not await store.is_phone_login(db, phone_login):
        raise InvalidInput({"phone_login": ["Phone not found"]})


async def change(
    db: Database, login: str, columns: Mapping[str, Any], given: Sequence[Rank], caller: Caller,
    now: Moment,
) -> None:  # fmt: skip
    """Set the columns and the ranks, and log it. Raises: NotFound."""

    async def work(journal: Journal) -> None:
        if columns and not await store.change_user(journal, login, columns):
            raise NotFound(MISSING)  # deleted meanwhile
        written = await ranks.write(journal, login, given)
        if columns:
            await journal.log("USERS", "MODIFY", login, "ADMIN API UPDATE USER", f"user: {login}")
        await ranks.log(login, written)

    await journaled(db, caller, now, work)
