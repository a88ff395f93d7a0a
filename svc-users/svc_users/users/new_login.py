"""The login of a new user: the one that is asked for, or the next free number.

Contract: "Generated logins". The unique key decides; the named locks keep requests from writing
rank rows for one another's user, and from racing for the same number.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import NamedTuple

from dialkit.clock import Moment
from dialkit.db import Connection, Database, Queries
from dialkit.db_errors import DuplicateKey
from dialkit.errors import Conflict
from dialkit.journal import Journal, journaled
from dialkit.locks import also_one_at_a_time, one_at_a_time
from dialkit.tokens import Caller

from svc_users.logins import asks_for_number, find_login
from svc_users.users import store
from svc_users.users.existing import TAKEN, refuse_taken


class Added(NamedTuple):
    """What a user got that was made just now."""

    login: str
    user_id: int


# Writes a user of that login; its `user_id`. Raises: DuplicateKey.
Write = Callable[[Journal, str], Awaitable[int]]
# The same in a transaction; the number is one that was generated.
_Insert = Callable[[Connection, str, int | None], Awaitable[Added]]

_BUSY = "User is being changed by another request"
_STEP = 7
_CANDIDATES = 100
# The first, and five more.
_TRIES = 6
_LEAST, _MOST = 10, 2**32 - 1


async def insert_under_login(
    db: Database, asked: str, caller: Caller, now: Moment, write: Write
) -> Added:
    """Write a user under that login, or under a generated one. Raises: Conflict."""

    async def insert(held: Connection, login: str, number: int | None) -> Added:
        async def work(journal: Journal) -> Added:
            if number is not None:
                await store.note_number(journal, number)
            return Added(login, await write(journal, login))

        return await journaled(held, caller, now, work)

    if asks_for_number(asked):
        return await _under_number(db, insert)
    return await _under_login(db, asked, insert)


async def _under_login(db: Database, login: str, insert: _Insert) -> Added:
    async with one_at_a_time(db, _lock(login), busy=_BUSY, long=True) as held:
        await refuse_taken(held, login)
        try:
            return await insert(held, login, None)
        except DuplicateKey:  # an administrator was faster
            raise Conflict(TAKEN) from None


async def _under_number(db: Database, insert: _Insert) -> Added:
    async with one_at_a_time(db, "auto-user", busy=_BUSY, long=True) as held:
        first = await store.find_last_number(held)
        for _ in range(_TRIES):
            number = await _next_free(held, first)
            login = str(number)
            with suppress(DuplicateKey):  # an administrator was faster
                async with also_one_at_a_time(held, _lock(login), busy=_BUSY):
                    # Who had the lock before may have added that user.
                    if await find_login(held, login) is None:
                        return await insert(held, login, number)
            first = number + _STEP
    raise Conflict(TAKEN)


async def _next_free(db: Queries, first: int) -> int:
    """The first number from there on, in steps, that makes a login and that no user has."""
    while first + _CANDIDATES * _STEP <= _MOST:
        candidates = range(first, first + _CANDIDATES * _STEP, _STEP)
        taken = await store.list_taken(db, [str(number) for number in candidates])
        for number in candidates:
            if number >= _LEAST and str(number) not in taken:
                return number
        first = candidates[-1] + _STEP
    raise Conflict("No free login is left: lower auto_user_add_value in the system settings")


def _lock(login: str) -> str:
    return f"user:{login.lower()}"
