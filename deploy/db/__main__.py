"""`python -m deploy.db`: build VICIdial's tables, stock rows and, if wanted, demo rows."""

import argparse
import os
import sys
from contextlib import closing
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pymysql

from deploy.db.demo import fill_demo_rows
from deploy.db.schema import build_schema, create_database, fill_stock_rows


class CannotBuild(Exception):
    """The database cannot be built; the text says why."""


def main() -> int:
    """Build the database that the command line names; the exit code."""
    options = _parser().parse_args()
    try:
        with closing(_connect(options)) as connection:
            _build(connection, options)
    except pymysql.err.MySQLError as error:
        return _fail(str(error.args[-1]))
    except CannotBuild as error:
        return _fail(str(error))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m deploy.db", description=__doc__)
    parser.add_argument("--socket", help="the server's socket, instead of host and port")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=3306)
    parser.add_argument("--user", default="root")
    parser.add_argument(
        "--password-env", metavar="NAME", help="the environment variable with the password"
    )
    parser.add_argument("--database", required=True, help="created unless it exists")
    parser.add_argument("--engine", help="for all tables (default: as VICIdial has them)")
    parser.add_argument("--demo", action="store_true", help="add campaigns, lists and leads")
    return parser


def _connect(options: argparse.Namespace) -> "pymysql.Connection[Any]":
    password = ""
    if options.password_env is not None:
        try:
            password = os.environ[options.password_env]
        except KeyError:
            raise CannotBuild(f"{options.password_env} is not set") from None
    return pymysql.connect(
        unix_socket=options.socket,
        host=options.host,
        port=options.port,
        user=options.user,
        password=password,
    )


def _build(connection: "pymysql.Connection[Any]", options: argparse.Namespace) -> None:
    create_database(connection, options.database)
    if _has_tables(connection):
        raise CannotBuild(f"Database {options.database} has tables already: nothing was done")
    print("Tables ...")
    build_schema(connection, options.engine)
    print("Stock rows ...")
    fill_stock_rows(connection)
    if options.demo:
        print("Demo rows ...")
        timezone = ZoneInfo(os.environ.get("TIMEZONE", "America/New_York"))
        fill_demo_rows(connection, datetime.now(timezone).replace(tzinfo=None))
    print(f"Database {options.database} is ready")


def _has_tables(connection: "pymysql.Connection[Any]") -> bool:
    with connection.cursor() as cursor:
        return bool(cursor.execute("SHOW TABLES"))


def _fail(reason: str) -> int:
    print(f"deploy.db: {reason}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
