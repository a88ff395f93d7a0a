"""The databases that the suite runs on: private ones with demo rows, or one that exists."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pymysql
from dialkit.settings import DatabaseSettings

from deploy.db.accounts import Account, drop_account, ensure_account
from deploy.db.command_line import CannotBuild
from deploy.db.embedded import build_once
from deploy.db.grants import grants, read_grants
from deploy.local.errors import CannotStart
from deploy.local.server import Server, ensure_server, open_server

Say = Callable[[str], None]

_NAME = "asterisk"
_CONNECT_TIMEOUT_S = 5


@contextmanager
def private_databases(
    folder: Path, timezone: str, services: Sequence[str], say: Say
) -> Iterator[Mapping[str, DatabaseSettings]]:
    """While the block runs: a private server in `folder`, and each service's way into it."""
    ensure_server(say)
    with _private_server(folder, timezone, say) as server:
        yield {name: _make_access(server, name, grants) for name in services}


@contextmanager
def private_replica(
    folder: Path, timezone: str, service: str, say: Say
) -> Iterator[DatabaseSettings]:
    """While the block runs: one more private server, as a replica that the service reads.

    Started after the other one, not beside it: a server ends with the thread that started it.
    """
    with _private_server(folder, timezone, say) as server:
        yield _make_access(server, service, read_grants)


def existing_databases(
    database: DatabaseSettings, services: Sequence[str]
) -> Mapping[str, DatabaseSettings]:
    """The same given access for each service, tried once. Raises: CannotStart."""
    try:
        pymysql.connect(
            host=database.host,
            port=database.port,
            user=database.user,
            password=database.password,
            database=database.name,
            connect_timeout=_CONNECT_TIMEOUT_S,
        ).close()
    except pymysql.err.MySQLError as error:
        reason = error.args[-1]
        raise CannotStart(f"The database of DB_HOST cannot be reached: {reason}") from None
    return dict.fromkeys(services, database)


@contextmanager
def _private_server(folder: Path, timezone: str, say: Say) -> Iterator[Server]:
    """The server of that folder, with VICIdial's tables and the demo rows."""
    say(f"Starting MariaDB in {folder} ...")
    with open_server(folder, timezone=timezone) as server:
        with closing(server.connect()) as connection:
            _build(connection, timezone, say)
        yield server


def _build(connection: "pymysql.Connection[Any]", timezone: str, say: Say) -> None:
    try:
        build_once(connection, _NAME, ZoneInfo(timezone), say)
    except CannotBuild as error:
        raise CannotStart(str(error)) from None


def _make_access(
    server: Server, service: str, rights: Callable[[str, str, str], list[str]]
) -> DatabaseSettings:
    """A database user for one service with its rights only, and a new password."""
    # Any host: the server listens on this machine only, and Docker's own network hides it.
    account, password = Account(service.replace("-", "_")), secrets.token_hex(16)
    with closing(server.connect()) as connection:
        # Nobody uses it now: what an older version let it do ends here.
        drop_account(connection, account)
        ensure_account(connection, account, password, rights(_NAME, service, str(account)))
    return DatabaseSettings(
        host="127.0.0.1", port=server.port, user=account.user, password=password, name=_NAME
    )
