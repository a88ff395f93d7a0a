"""Named locks of the database server, under which one request of all of us works at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from dialkit.db import Connection, Database
from dialkit.db_errors import LockNotGranted
from dialkit.errors import Conflict

_PREFIX = "vicidial-api"
_TIMEOUT_S = 5


@asynccontextmanager
async def one_at_a_time(
    db: Database, name: str, *, busy: str, long: bool = False
) -> AsyncIterator[Connection]:
    """A connection that holds the lock of that name. Raises: Conflict with the text `busy`.

    `long` work takes half of the connections at most. Raises then: Unavailable.
    """
    held = db.locked_connection(f"{_PREFIX}:{name}", timeout_s=_TIMEOUT_S, long=long)
    with _conflict_if_busy(busy):
        async with held as connection:
            yield connection


@asynccontextmanager
async def also_one_at_a_time(held: Connection, name: str, *, busy: str) -> AsyncIterator[None]:
    """On a connection that holds a lock already, another one. Raises: Conflict."""
    with _conflict_if_busy(busy):
        async with held.named_lock(f"{_PREFIX}:{name}", timeout_s=_TIMEOUT_S):
            yield


@contextmanager
def _conflict_if_busy(busy: str) -> Iterator[None]:
    try:
        yield
    except LockNotGranted:
        raise Conflict(busy) from None
