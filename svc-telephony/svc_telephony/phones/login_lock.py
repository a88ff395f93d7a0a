"""The named lock under which phones get their logins (contract: POST /phones, 3).

`phones.login` is unique by rule, not by an index.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dialkit.db import Connection, Database
from dialkit.db_errors import LockNotGranted
from dialkit.errors import Conflict

LOCK = "vicidial-api:phone-login"
_TIMEOUT_S = 5


@asynccontextmanager
async def login_lock(db: Database) -> AsyncIterator[Connection]:
    """A connection on which nobody else of us gives a phone its login. Raises: Conflict."""
    try:
        async with db.locked_connection(LOCK, timeout_s=_TIMEOUT_S) as held:
            yield held
    except LockNotGranted:
        raise Conflict("Phone is being changed by another request") from None
