"""The login of a new user: the one that is asked for, or the next free number.

Contract: "Generated logins". The unique key decides; the named locks keep requests from writing
rank rows for one another's user, and from racing for the same number.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

from dialkit.db import Connection, Database, Queries
from dialkit.db_errors import DuplicateKey, LockNotGranted
from dialkit.errors import Conflict
from dialkit.journal import Journal

from svc_users.logins import asks_for_number
from svc_users.users import numbers_store, store

T = TypeVar("T")
# Inserts a user of that login; the number is one that is to be remembered as the last used.
Insert = Callable[[Connection, str, int | None], Awaitable[T]]

_LOCK_TIMEOUT_S = 5
_STEP = 7
_CANDIDATES = 100
# The first, and five more.
_TRIES = 6
_MOST = 2**32 - 1


async def refuse_taken(db: Queries, asked: str) -> None:
    """Refuse a login that somebody has; to ask for a number is none. Raises: Conflict."""
    if not asks_for_number(asked) and await store.find_login(db, asked) is not None:
        raise Conflict("User already exists")


async def insert_under_login(db: Database, asked: str, insert: Insert[T]) -> T:
    """Insert under that login, or under a generated one. Raises: Conflict."""
    if asks_for_number(asked):
        return await _insert_under_number(db, insert)
    async with _turn(), db.locked_connection(_lock(db, asked), timeout_s=_LOCK_TIMEOUT_S) as held:
        await refuse_taken(held, asked)
        try:
            return await insert(held, asked, None)
        except DuplicateKey:  # an administrator was faster
            raise Conflict("User already exists") from None


async def remember(journal: Journal, number: int | None) -> None:
    """Note a generated number as the last used."""
    if number is not None:
        await numbers_store.write_last_used(journal, number)


async def _insert_under_number(db: Database, insert: Insert[T]) -> T:
    lock = db.locked_connection(f"{db.name}:auto-user", timeout_s=_LOCK_TIMEOUT_S)
    async with _turn(), lock as held:
        first = await numbers_store.read_last_used(held)
        for _ in range(_TRIES):
            number = await _next_free(held, first)
            with suppress(DuplicateKey):  # an administrator was faster
                async with held.named_lock(_lock(db, str(number)), timeout_s=_LOCK_TIMEOUT_S):
                    # Who had the lock before may have added that user.
                    if await store.find_login(held, str(number)) is None:
                        return await insert(held, str(number), number)
            first = number + _STEP
    raise Conflict("No free login was found, try again")


async def _next_free(db: Queries, first: int) -> int:
    """The first number from there on, in steps, that no user has."""
    while first + _CANDIDATES * _STEP <= _MOST:
        candidates = range(first, first + _CANDIDATES * _STEP, _STEP)
        taken = await numbers_store.taken(db, [str(number) for number in candidates])
        # A login has two characters at least.
        free = (one for one in candidates if str(one) not in taken and one > 9)
        found = next(free, None)
        if found is not None:
            return found
        first = candidates[-1] + _STEP
    raise Conflict("No free login is left: lower auto_user_add_value in the system settings")


@asynccontextmanager
async def _turn() -> AsyncIterator[None]:
    try:
        yield
    except LockNotGranted:
        raise Conflict("User is being changed by another request") from None


def _lock(db: Database, login: str) -> str:
    return f"{db.name}:user:{login.lower()}"
