"""The named lock under which phones get their logins (contract: POST /phones, 3).

`phones.login` is unique by rule, not by an index.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from dialkit.db import Connection, Database
from dialkit.locks import one_at_a_time


def login_lock(
    db: Database, *, busy: str = "Phone is being changed by another request"
) -> AbstractAsyncContextManager[Connection]:
    """A connection on which nobody else of us gives a login. Raises: Conflict with the text."""
    return one_at_a_time(db, "phone-login", busy=busy)
