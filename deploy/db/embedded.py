"""The embedded database: VICIdial's tables, stock rows and demo rows, built once, to the end."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pymysql

from deploy.db.command_line import CannotBuild
from deploy.db.demo import fill_demo_rows
from deploy.db.schema import build_schema, create_database, fill_stock_rows
from deploy.db.sql import identifier


def build_once(
    connection: "pymysql.Connection[Any]", database: str, zone: ZoneInfo, say: Callable[[str], None]
) -> None:
    """Build the database with demo rows of today, unless it was; anew, where that broke off.

    Empty databases beside it say how far it is. Raises: CannotBuild where it is not ours.
    """
    complete, begun = f"{database}_is_complete", f"{database}_is_being_built"
    if _exists(connection, complete):
        return
    if not _exists(connection, begun) and _has_tables(connection, database):
        raise CannotBuild(
            f"Database {database} has tables that this program did not make: nothing was done."
            " An existing VICIdial needs accounts only: python -m deploy.setup accounts"
        )
    say("Building VICIdial's tables and the demo rows ...")
    _run(connection, f"CREATE DATABASE IF NOT EXISTS {identifier(begun)}")
    _run(connection, f"DROP DATABASE IF EXISTS {identifier(database)}")
    create_database(connection, database)
    build_schema(connection)
    fill_stock_rows(connection)
    fill_demo_rows(connection, datetime.now(zone))
    _run(connection, f"CREATE DATABASE {identifier(complete)}")
    _run(connection, f"DROP DATABASE {identifier(begun)}")


def _exists(connection: "pymysql.Connection[Any]", database: str) -> bool:
    return _finds(
        connection, "SELECT 1 FROM information_schema.schemata WHERE schema_name = %s", database
    )


def _has_tables(connection: "pymysql.Connection[Any]", database: str) -> bool:
    return _finds(
        connection,
        "SELECT 1 FROM information_schema.tables WHERE table_schema = %s LIMIT 1",
        database,
    )


def _finds(connection: "pymysql.Connection[Any]", sql: str, name: str) -> bool:
    with connection.cursor() as cursor:
        return bool(cursor.execute(sql, (name,)))


def _run(connection: "pymysql.Connection[Any]", sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
