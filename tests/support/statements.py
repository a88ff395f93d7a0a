"""The statements that a service sends to its database, and how the server carries them out."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any, NamedTuple

import pytest
from dialkit.db import Database, Result
from dialkit.sql import spread
from support.database import TestDatabase

_ASIDE = ("vicidial_api_log", "SELECT NOW()", "AND engine NOT IN")


class Statement(NamedTuple):
    """A statement as the driver gets it."""

    sql: str
    params: Any


@contextmanager
def statements_sent() -> Iterator[list[Statement]]:
    """What this process sends in the block, but for the API log and what is asked of the server."""
    found: list[Statement] = []
    run_on = Database.run_on

    async def note(
        self: Database, raw: Any, sql: str, params: Any, limit_s: float | None = None
    ) -> Result:
        if not any(words in sql for words in _ASIDE):
            found.append(Statement(*spread(sql, params)))
        return await run_on(self, raw, sql, params, limit_s)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "run_on", note)
        yield found


def of_windows(statements: Iterable[Statement], log: str) -> list[Statement]:
    """Those that read windows of a log: not those that look for the ends of its rows."""
    ranges = [one for one in statements if f"FROM `{log}` WHERE" in one.sql and ">= %s" in one.sql]
    return [one for one in ranges if "SELECT MIN(" not in one.sql and "SELECT MAX(" not in one.sql]


def explained(
    db: TestDatabase, statement: Statement, service: str = "svc-leads"
) -> list[dict[str, Any]]:
    """The server's plan of a SELECT, a row a table: `table`, `type`, `key`, `rows`, `Extra`."""
    select = statement.sql[statement.sql.index("SELECT ") :]
    with as_the_service(db, service) as cursor:
        return steps(cursor, Statement(select, statement.params))


def steps(cursor: Any, statement: Statement) -> list[dict[str, Any]]:
    """The server's plan of a statement, of a cursor of `as_the_service`."""
    cursor.execute(f"EXPLAIN {statement.sql}", statement.params)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def rows_read(db: TestDatabase, statement: Statement, service: str = "svc-leads") -> int:
    """How many rows of tables and indexes the server reads for a SELECT."""
    with as_the_service(db, service) as cursor:
        cursor.execute(statement.sql, statement.params)
        cursor.fetchall()
        cursor.execute("SHOW SESSION STATUS LIKE 'Handler_read_%'")
        return sum(int(value) for _, value in cursor.fetchall())


@contextmanager
def as_the_service(db: TestDatabase, service: str) -> Iterator[Any]:
    """A cursor with the rights of a service, for the block."""
    with closing(db.connect_as(service)) as connection, connection.cursor() as cursor:
        cursor.execute("SET NAMES utf8mb3")  # as services speak: else indexes may not serve
        yield cursor
