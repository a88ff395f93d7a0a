"""Named locks, under which one request of all of us works at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dialkit.db import Connection, Database
from dialkit.db_errors import LockNotGranted
from dialkit.errors import Conflict

PREFIX = "vicidial-api"
_TIMEOUT_S = 5


@asynccontextmanager
async def one_at_a_time(db: Database, name: str, *, busy: str) -> AsyncIterator[Connection]:
    """A connection that holds the lock of that name. Raises: Conflict with the text `busy`."""
    try:
        async with db.locked_connection(f"{PREFIX}:{name}", timeout_s=_TIMEOUT_S) as held:
            yield held
    except LockNotGranted:
        raise Conflict(busy) from None
