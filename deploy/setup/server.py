"""The administrator's connection: waited for, and one at a time."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pymysql
from pymysql.constants import CR, ER

from deploy.setup.errors import CannotSetUp
from deploy.setup.options import Administrator

_CONNECT_TIMEOUT_S = 5
_POLL_S = 0.5
_TELL_EVERY_S = 10
# What a server says, or does, that is about to start.
_NOT_YET = {CR.CR_CONN_HOST_ERROR, CR.CR_SERVER_LOST, ER.SERVER_SHUTDOWN, ER.CON_COUNT_ERROR}
_CLAIM = "dialer-api setup"
_PLUGIN_NOT_LOADED = 1524
_DENIED = {
    ER.DBACCESS_DENIED_ERROR,
    ER.TABLEACCESS_DENIED_ERROR,
    ER.COLUMNACCESS_DENIED_ERROR,
    ER.SPECIFIC_ACCESS_DENIED_ERROR,
    ER.CANT_CREATE_USER_WITH_GRANT,
}


@contextmanager
def connected(
    administrator: Administrator, patience_s: float, say: Callable[[str], None]
) -> Iterator["pymysql.Connection[Any]"]:
    """While the block runs: the only connection that sets something up on this server.

    Raises: CannotSetUp where the server is not to be reached or refuses something.
    """
    try:
        with closing(_connect(administrator, patience_s, say)) as connection:
            _claim(connection, patience_s)
            yield connection
    except pymysql.err.MySQLError as error:
        raise CannotSetUp(_explained(administrator, error)) from None


def _connect(
    administrator: Administrator, patience_s: float, say: Callable[[str], None]
) -> "pymysql.Connection[Any]":
    deadline, next_word = time.monotonic() + patience_s, 0.0
    while True:
        try:
            return _try(administrator)
        except pymysql.err.OperationalError as error:
            now = time.monotonic()
            if error.args[0] not in _NOT_YET or now >= deadline:
                raise
        if now >= next_word:
            where = f"{administrator.host}:{administrator.port}"
            say(f"Waiting for the database at {where} (up to {deadline - now:.0f} s) ...")
            next_word = now + _TELL_EVERY_S
        time.sleep(_POLL_S)


def _try(administrator: Administrator) -> "pymysql.Connection[Any]":
    try:
        return pymysql.connect(
            host=administrator.host,
            port=administrator.port,
            user=administrator.user,
            password=administrator.password,
            connect_timeout=_CONNECT_TIMEOUT_S,
            autocommit=True,
        )
    except RuntimeError:
        # The driver's way to say so of MySQL 8's own plugins.
        raise CannotSetUp(
            f"The account {administrator.user} must be one of mysql_native_password:"
            " ALTER USER ... IDENTIFIED WITH mysql_native_password BY ..."
        ) from None


def _claim(connection: "pymysql.Connection[Any]", patience_s: float) -> None:
    """Held until the connection ends, however it ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT GET_LOCK(%s, %s)", (_CLAIM, patience_s))
        if cursor.fetchone() != (1,):
            raise CannotSetUp("Another run is still setting up this server: try again after it")


def _explained(administrator: Administrator, error: pymysql.err.MySQLError) -> str:
    """What the server said, and what to do; never the text of a statement."""
    number, text = error.args[0], str(error.args[-1])
    if number == ER.PARSE_ERROR:
        return "The server does not understand us: it must be MariaDB 10.2, MySQL 5.7 or newer"
    if number in _NOT_YET:
        return f"{text}: check --host and --port {administrator.port}, or wait longer (--patience)"
    if number == ER.ACCESS_DENIED_ERROR:
        return f"{text}: check --admin-user and its password"
    if number in _DENIED:
        return (
            f"{text}: {administrator.user} may not do that. The administrator's account needs"
            " CREATE USER, SELECT on mysql.user, PROCESS, and all rights that it passes on WITH"
            " GRANT OPTION; or let a DBA run what `make grants` prints"
        )
    if number == _PLUGIN_NOT_LOADED:
        return f"{text}: the services log in with it, let the server load it"
    return text
