"""Database accounts: made, given their rights, and dropped."""

import hashlib
from collections.abc import Iterable
from typing import Any, NamedTuple

import pymysql
from pymysql.converters import escape_string

from deploy.db.grants import read_ownership


class Account(NamedTuple):
    """A user, and the hosts that it may come from; its text is as SQL wants it."""

    user: str
    host: str = "%"

    def __str__(self) -> str:
        return f"'{escape_string(self.user)}'@'{escape_string(self.host)}'"


def has_account(connection: "pymysql.Connection[Any]", account: Account) -> bool:
    """Whether the server knows it."""
    with connection.cursor() as cursor:
        return bool(
            cursor.execute("SELECT 1 FROM mysql.user WHERE user = %s AND host = %s", account)
        )


def ensure_account(
    connection: "pymysql.Connection[Any]", account: Account, password: str, rights: Iterable[str]
) -> None:
    """Make the account unless it is there; set its password and add the rights (GRANTs).

    Rights that it has besides are left to it: programs of an older version may need them still.
    """
    # As a hash, which both kinds of servers read: no password in their logs, nor in an error's
    # text; and of the plugin that needs no TLS, which MySQL 8 would not choose by itself.
    identified = f"IDENTIFIED WITH mysql_native_password AS '{_native_hash(password)}'"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE USER IF NOT EXISTS {account} {identified}")
        cursor.execute(f"ALTER USER {account} {identified}")
        for statement in rights:
            cursor.execute(statement)


def drop_account(connection: "pymysql.Connection[Any]", account: Account) -> None:
    """Remove the account, if it is there."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP USER IF EXISTS {account}")


def count_connections(connection: "pymysql.Connection[Any]", user: str) -> int:
    """How many connections a user has open, from whichever host."""
    with connection.cursor() as cursor:
        return int(
            cursor.execute("SELECT 1 FROM information_schema.processlist WHERE user = %s", (user,))
        )


def absent_names(connection: "pymysql.Connection[Any]", database: str) -> list[str]:
    """What `ownership.tsv` names and the database lacks: tables, and columns as `table.column`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = %s",
            (database,),
        )
        columns = cursor.fetchall()
    tables = {table for table, _ in columns}
    there = {*tables, *(f"{table}.{column}" for table, column in columns)}
    absent = []
    for one in read_ownership():
        if one.table in tables:
            changed = {column for of_service in one.changes.values() for column in of_service}
            absent += sorted({f"{one.table}.{column}" for column in changed} - there)
        elif not one.is_pattern:
            absent.append(one.table)
    return absent


def _native_hash(password: str) -> str:
    """As the server's PASSWORD() makes it of what the driver sends, which is Latin-1."""
    once = hashlib.sha1(password.encode("latin-1"), usedforsecurity=False).digest()
    return "*" + hashlib.sha1(once, usedforsecurity=False).hexdigest().upper()
