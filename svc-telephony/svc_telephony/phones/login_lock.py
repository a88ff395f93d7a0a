"""The named lock under which phones get their logins (contract: POST /phones, 3).

`phones.login` is unique by rule, not by an index.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from dialkit.db import Connection, Database

from svc_telephony.locks import one_at_a_time


def login_lock(db: Database) -> AbstractAsyncContextManager[Connection]:
    """A connection on which nobody else of us gives a phone its login. Raises: Conflict."""
    return one_at_a_time(db, "phone-login", busy="Phone is being changed by another request")
