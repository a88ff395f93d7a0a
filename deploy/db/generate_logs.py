"""`python -m deploy.db.generate_logs`: 90 days of calls for a VICIdial database without any."""

import argparse
import sys
from dataclasses import replace
from datetime import datetime
from typing import Any

import pymysql

from deploy.db.command_line import CannotBuild, local_zone, run_command, server_parser
from deploy.db.logs.agents import agent_fills
from deploy.db.logs.calls import drop_calls, make_calls
from deploy.db.logs.definitions import definition_fills
from deploy.db.logs.fill import Fill, holds_rows, run_fills
from deploy.db.logs.inbound import inbound_fills
from deploy.db.logs.leads import lead_fills
from deploy.db.logs.outbound import outbound_fills
from deploy.db.logs.sizes import SIZES, Sizes
from deploy.db.logs.times import Span, span_until

# As VICIdial's own sessions are not: what does not fit must not get in.
_SESSION = "SET SESSION sql_mode = 'STRICT_ALL_TABLES'"


def generate_logs(connection: "pymysql.Connection[Any]", size: Sizes, until: datetime) -> None:
    """Fill the logs with the 90 days that end at that local time: the same rows in every run.

    Raises: CannotBuild where a log has rows already.
    """
    span = span_until(connection, until)
    logs = _log_fills(size, span)
    tables = list(dict.fromkeys(fill.table for fill in logs))
    if filled := [table for table in tables if holds_rows(connection, table)]:
        raise CannotBuild(f"These logs have rows already: {', '.join(filled)}; empty them first")
    with connection.cursor() as cursor:
        cursor.execute(_SESSION)
        for statement in make_calls(size, span):
            cursor.execute(statement)
        run_fills(connection, [*definition_fills(), *lead_fills(size, span), *logs])
        cursor.execute(drop_calls())
        # As on a server that has run for a while: the optimizer knows the indexes.
        cursor.execute(f"ANALYZE TABLE {', '.join(tables)}")


def main() -> int:
    """Fill the logs of the database that the command line names; the exit code."""
    parser = server_parser("deploy.db.generate_logs", __doc__)
    parser.add_argument("--database", required=True, help="it has VICIdial's tables")
    parser.add_argument("--size", choices=SIZES, default="medium", help="default: %(default)s")
    parser.add_argument("--leads", type=int, default=0, help="leads with the calls' numbers, too")
    return run_command(parser, _generate)


def _generate(connection: "pymysql.Connection[Any]", options: argparse.Namespace) -> None:
    connection.select_db(options.database)
    size = replace(SIZES[options.size], leads=options.leads)
    generate_logs(connection, size, datetime.now(local_zone()).replace(tzinfo=None))
    print(f"Database {options.database} has {size.calls:,} outbound calls")


def _log_fills(size: Sizes, span: Span) -> list[Fill]:
    return [*outbound_fills(size, span), *inbound_fills(), *agent_fills(size)]


if __name__ == "__main__":
    sys.exit(main())
