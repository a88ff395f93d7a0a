"""The named locks under which one request of all services works at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from dialkit import locks
from support.database import TestDatabase
from support.statements import Statement

# As the service has it, before a test gives its database's name to it.
PREFIX = locks._PREFIX


@contextmanager
def held_by_another(db: TestDatabase, *names: str) -> Iterator[None]:
    """Somebody else has these named locks: `user:agent1`, `auto-user`."""
    for lock in names:
        assert db.value("SELECT GET_LOCK(%s, 0)", f"{db.name}:{lock}") == 1
    try:
        yield
    finally:
        for lock in names:
            db.value("SELECT RELEASE_LOCK(%s)", f"{db.name}:{lock}")


def free(db: TestDatabase, *names: str) -> bool:
    """Whether nobody has any of these named locks."""
    return all(db.value("SELECT IS_FREE_LOCK(%s)", f"{db.name}:{lock}") for lock in names)


def asked_for(db: TestDatabase, statements: list[Statement]) -> list[tuple[str, int]]:
    """The named locks that were asked for, and the seconds that each is waited for."""
    asked = [one.params for one in statements if "GET_LOCK" in one.sql]
    return [(lock.removeprefix(f"{db.name}:"), patience_s) for lock, patience_s in asked]


def without_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let services wait for no named lock."""
    monkeypatch.setattr(locks, "_TIMEOUT_S", 0)
