"""VICIdial's tables and stock rows, built from facts."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pymysql

from deploy.db.facts import facts, facts_by_table, stock_rows, stock_tables
from deploy.db.sql import identifier, insert_statement

# Strict, but with zero dates, which are VICIdial's own defaults. InnoDB must take its widest rows.
_SESSION = "SET SESSION sql_mode = 'STRICT_ALL_TABLES', innodb_strict_mode = OFF"


def create_database(connection: "pymysql.Connection[Any]", database: str) -> None:
    """Create the database unless it exists, and make it the connection's."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE DATABASE IF NOT EXISTS {identifier(database)}"
            " CHARACTER SET utf8mb3 COLLATE utf8mb3_unicode_ci"
        )
    connection.select_db(database)


def create_statements(engine: str | None = None) -> Iterator[str]:
    """A CREATE TABLE for each table, in its own engine or all in `engine`."""
    columns, indexes = facts_by_table("columns"), facts_by_table("indexes")
    for table, own_engine, collation in facts("tables"):
        definitions = [_column(fact) for fact in columns[table]] + _keys(indexes.get(table, []))
        yield (
            f"CREATE TABLE {identifier(table)} (\n  " + ",\n  ".join(definitions) + "\n)"
            f" ENGINE={engine or own_engine} COLLATE={collation}"
        )


def build_schema(connection: "pymysql.Connection[Any]", engine: str | None = None) -> None:
    """Create all tables in the connection's database, which is empty."""
    with connection.cursor() as cursor:
        cursor.execute(_SESSION)
        for statement in create_statements(engine):
            cursor.execute(statement)


def fill_stock_rows(connection: "pymysql.Connection[Any]") -> None:
    """Insert the rows of a fresh installation."""
    for table in stock_tables():
        fill_stock_table(connection, table)


def fill_stock_table(connection: "pymysql.Connection[Any]", table: str) -> None:
    """Insert the rows of a fresh installation into one table, which is empty."""
    columns, rows = stock_rows(table)
    with connection.cursor() as cursor:
        cursor.execute(_SESSION)
        cursor.executemany(insert_statement(table, columns), rows)
    connection.commit()


def _column(fact: list[str]) -> str:
    _position, column, kind, nullable, default, extra = fact
    null = "NULL" if nullable == "YES" else "NOT NULL"
    given_default = "" if default == "\\N" else f"DEFAULT {default}"
    return f"{identifier(column)} {kind} {null} {given_default} {extra}".rstrip()


def _keys(index_facts: list[list[str]]) -> list[str]:
    return [
        _key(index, unique, [column for *_, column in parts])
        for (index, unique), parts in groupby(index_facts, key=lambda fact: (fact[0], fact[1]))
    ]


def _key(index: str, unique: str, columns: list[str]) -> str:
    listed = ", ".join(map(_indexed_column, columns))
    if index == "PRIMARY":
        return f"PRIMARY KEY ({listed})"
    return f"{'UNIQUE ' if unique == 'Y' else ''}KEY {identifier(index)} ({listed})"


def _indexed_column(column: str) -> str:
    """`column` or `column(n)`, where n is the length of a prefix."""
    name, bracket, prefix = column.partition("(")
    return identifier(name) + bracket + prefix
