"""`python -m deploy.db`: build VICIdial's tables, stock rows and, if wanted, demo rows."""

import argparse
import sys
from datetime import datetime
from typing import Any

import pymysql

from deploy.db.command_line import CannotBuild, local_zone, run_command, server_parser
from deploy.db.demo import fill_demo_rows
from deploy.db.schema import build_schema, create_database, fill_stock_rows


def main() -> int:
    """Build the database that the command line names; the exit code."""
    parser = server_parser("deploy.db", __doc__)
    parser.add_argument("--database", required=True, help="created unless it exists")
    parser.add_argument("--engine", help="for all tables (default: as VICIdial has them)")
    parser.add_argument("--demo", action="store_true", help="add campaigns, lists and leads")
    return run_command(parser, _build)


def _build(connection: "pymysql.Connection[Any]", options: argparse.Namespace) -> None:
    zone = local_zone()
    create_database(connection, options.database)
    if _has_tables(connection):
        raise CannotBuild(f"Database {options.database} has tables already: nothing was done")
    print("Tables ...")
    build_schema(connection, options.engine)
    print("Stock rows ...")
    fill_stock_rows(connection)
    if options.demo:
        print("Demo rows ...")
        fill_demo_rows(connection, datetime.now(zone))
    print(f"Database {options.database} is ready")


def _has_tables(connection: "pymysql.Connection[Any]") -> bool:
    with connection.cursor() as cursor:
        return bool(cursor.execute("SHOW TABLES"))


if __name__ == "__main__":
    sys.exit(main())
