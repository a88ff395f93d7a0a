"""What the commands of this package have in common: which server, and how failures are told."""

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import closing
from typing import Any
from zoneinfo import ZoneInfo

import pymysql
from dialkit.settings import DEFAULT_TIMEZONE

Work = Callable[["pymysql.Connection[Any]", argparse.Namespace], None]


class CannotBuild(Exception):
    """The database cannot be built; the text says why."""


def server_parser(command: str, description: str | None) -> argparse.ArgumentParser:
    """A parser of the options that say which server and which account."""
    parser = argparse.ArgumentParser(prog=f"python -m {command}", description=description)
    parser.add_argument("--socket", help="the server's socket, instead of host and port")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=3306)
    parser.add_argument("--user", default="root")
    parser.add_argument(
        "--password-env", metavar="NAME", help="the environment variable with the password"
    )
    return parser


def run_command(parser: argparse.ArgumentParser, work: Work) -> int:
    """Do the work that the command line asks for; the exit code."""
    options = parser.parse_args()
    try:
        with closing(_connect(options)) as connection:
            work(connection, options)
    except pymysql.err.MySQLError as error:
        return _fail(parser, str(error.args[-1]))
    except CannotBuild as error:
        return _fail(parser, str(error))
    return 0


def local_zone() -> ZoneInfo:
    """The zone of `TIMEZONE`, which the server runs in. Raises: CannotBuild."""
    name = os.environ.get("TIMEZONE", DEFAULT_TIMEZONE)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise CannotBuild(f"TIMEZONE is no time zone, such as America/New_York: {name}") from None


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


def _fail(parser: argparse.ArgumentParser, reason: str) -> int:
    print(f"{parser.prog.removeprefix('python -m ')}: {reason}", file=sys.stderr)
    return 1
