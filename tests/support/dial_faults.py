"""What goes wrong under a call: lost connections, deadlocks, tables without transactions."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from dialkit.db import _GRACE_S, Database, Result
from support.answers import Answer
from support.database import TestDatabase

_EVER = 1000
_SHORT_S = 0.5


async def lost_at(db: TestDatabase, table: str, request: Coroutine[Any, Any, Answer]) -> Answer:
    """The answer to a request whose connection is lost while it waits for that table."""
    with db.hold(table):
        answer = asyncio.create_task(request)
        await db.until_waiting(1)
        db.kill_service_connections()
    return await answer


@contextmanager
def given_up(table: str) -> Iterator[None]:
    """A service that gives its connection up where an INSERT into that table takes long."""
    run_on = Database.run_on

    async def run(
        self: Database, raw: Any, sql: str, params: Any, limit_s: float | None = None
    ) -> Result:
        if f"INSERT INTO `{table}`" in sql:
            limit_s = _SHORT_S - _GRACE_S
        return await run_on(self, raw, sql, params, limit_s)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "run_on", run)
        yield


@contextmanager
def deadlocks(db: TestDatabase, table: str, times: int = _EVER) -> Iterator[None]:
    """The first INSERTs into a table lose a deadlock, that many of them."""
    # In MyISAM, so that a try is remembered though it is rolled back.
    db.execute("CREATE TABLE tries (try INT) ENGINE = MyISAM")
    db.execute(
        f"CREATE TRIGGER deadlock BEFORE INSERT ON {table} FOR EACH ROW BEGIN"
        f" IF (SELECT COUNT(*) FROM tries) < {times} THEN INSERT INTO tries VALUES (1);"
        " SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213; END IF; END"
    )
    try:
        yield
    finally:
        db.execute("DROP TRIGGER deadlock")


@contextmanager
def lost_after_a_deadlock(db: TestDatabase, table: str) -> Iterator[None]:
    """Within `deadlocks`: the next try loses its connection at an INSERT into that table."""
    db.execute(
        f"CREATE TRIGGER lost BEFORE INSERT ON {table} FOR EACH ROW BEGIN"
        " IF (SELECT COUNT(*) FROM tries) > 0 THEN"
        " SIGNAL SQLSTATE '08S01' SET MYSQL_ERRNO = 2013; END IF; END"
    )
    try:
        yield
    finally:
        db.execute("DROP TRIGGER lost")


@contextmanager
def tables_in(db: TestDatabase, engine: str, *tables: str) -> Iterator[None]:
    """Some tables have that engine, whatever the others have."""
    before = {table: _engine(db, table) for table in tables}
    for table in tables:
        db.execute(f"ALTER TABLE {table} ENGINE = {engine}")
    try:
        yield
    finally:
        for table, its_own in before.items():
            db.execute(f"ALTER TABLE {table} ENGINE = {its_own}")


def _engine(db: TestDatabase, table: str) -> str:
    ((_, engine, *_),) = db.rows("SHOW TABLE STATUS WHERE name = %s", table)
    return str(engine)
