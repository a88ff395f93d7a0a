"""Whether there is a user of a login."""

from __future__ import annotations

from dialkit.db import Queries
from dialkit.errors import Conflict, NotFound

from svc_users.logins import asks_for_number, find_login

MISSING = "User not found"
TAKEN = "User already exists"


async def existing(db: Queries, login: str) -> str:
    """The login as the database spells it. Raises: NotFound."""
    found = await find_login(db, login)
    if found is None:
        raise NotFound(MISSING)
    return found


async def refuse_taken(db: Queries, asked: str) -> None:
    """Refuse a login that somebody has; to ask for a number is none. Raises: Conflict."""
    if not asks_for_number(asked) and await find_login(db, asked) is not None:
        raise Conflict(TAKEN)
