"""SQL statements whose names are not fixed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pymysql


def identifier(name: str) -> str:
    """A table's, column's or database's name in backticks."""
    return "`" + name.replace("`", "``") + "`"


def insert_statement(table: str, columns: Iterable[str]) -> str:
    """An INSERT of one row with a mark for each column's value."""
    names = [identifier(column) for column in columns]
    # The names are quoted, the values are bound.
    return (
        f"INSERT INTO {identifier(table)} ({', '.join(names)})"  # noqa: S608 - see above
        f" VALUES ({', '.join(['%s'] * len(names))})"
    )


def insert_rows(
    connection: "pymysql.Connection[Any]", table: str, rows: Sequence[Mapping[str, object]]
) -> None:
    """Insert rows that all have the same columns."""
    with connection.cursor() as cursor:
        cursor.executemany(insert_statement(table, rows[0]), [tuple(row.values()) for row in rows])
