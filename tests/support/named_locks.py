"""The named locks of services, and those under which svc-users makes users."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from support.database import TestDatabase
from support.statements import Statement
from svc_users.users import new_login

# As the service has it, before a test gives its database's name to it.
PREFIX = new_login.LOCKS


@contextmanager
def held_by_another(db: TestDatabase, *locks: str) -> Iterator[None]:
    """Somebody else has these named locks: `user:agent1`, `auto-user`."""
    for lock in locks:
        assert db.value("SELECT GET_LOCK(%s, 0)", f"{db.name}:{lock}") == 1
    try:
        yield
    finally:
        for lock in locks:
            db.value("SELECT RELEASE_LOCK(%s)", f"{db.name}:{lock}")


def free(db: TestDatabase, *locks: str) -> bool:
    """Whether nobody has any of these named locks."""
    return all(db.value("SELECT IS_FREE_LOCK(%s)", f"{db.name}:{lock}") for lock in locks)


def asked_for(db: TestDatabase, statements: list[Statement]) -> list[tuple[str, int]]:
    """The named locks that were asked for, and the seconds that each is waited for."""
    asked = [one.params for one in statements if "GET_LOCK" in one.sql]
    return [(lock.removeprefix(f"{db.name}:"), patience_s) for lock, patience_s in asked]


def without_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the service wait for no named lock."""
    monkeypatch.setattr(new_login, "_LOCK_TIMEOUT_S", 0)
