"""The driver, set up as we need it: strict sessions, texts for dates, and no waste."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import aiomysql
import pymysql
import structlog
from pymysql.constants import CLIENT, FIELD_TYPE
from pymysql.converters import conversions

from dialkit.secret_files import LiveSecret
from dialkit.settings import Account, DatabaseSettings
from dialkit.sql import session_setup

log = structlog.get_logger("db")

# No right to the database, a wrong user or password, a locked account.
_DENIED = (1044, 1045, 4151)
_TEXT_TYPES = (FIELD_TYPE.DATETIME, FIELD_TYPE.TIMESTAMP, FIELD_TYPE.DATE, FIELD_TYPE.NEWDATE,
               FIELD_TYPE.TIME)  # fmt: skip
_DECODERS = {kind: convert for kind, convert in conversions.items() if kind not in _TEXT_TYPES}
_DECODERS |= {FIELD_TYPE.DECIMAL: float, FIELD_TYPE.NEWDECIMAL: float}


class Cursor(aiomysql.Cursor):  # type: ignore[misc]
    """The driver's cursor, without its extra round trip for the text of warnings."""

    async def _show_warnings(self, conn: aiomysql.Connection) -> None:
        """Skip it: strict mode makes errors of the warnings that matter."""

    @property
    def rows(self) -> Sequence[tuple[Any, ...]]:
        """All rows of the answer, as the driver holds them."""
        return self._rows or ()


class RenewedPool(aiomysql.Pool):  # type: ignore[misc]
    """A pool whose new connections use the account that its secrets name now.

    Those of the account before are closed once nobody uses them, so that it can be dropped.
    """

    def __init__(self, account: LiveSecret[Account], **options: Any) -> None:
        super().__init__(**options)
        self._account = account
        account.then.append(self._retire)

    def release(self, conn: aiomysql.Connection) -> asyncio.Future[None]:
        """Take a connection back; one of a former account is closed."""
        if self._is_former(conn):
            conn.close()
        done: asyncio.Future[None] = super().release(conn)
        return done

    def _retire(self) -> None:
        for conn in filter(self._is_former, tuple(self._free)):
            self._free.remove(conn)
            conn.close()

    def _is_former(self, conn: aiomysql.Connection) -> bool:
        return bool(conn.user != self._account.current.user)

    async def _fill_free_pool(self, override_min: bool) -> None:
        """Open a connection if none is free; a denied one once more with what the files hold.

        What is denied then too may have come before the server knows it: the account before it is
        tried, so that neither order of the two changes leaves a gap.
        """
        denied = self._account.current
        with _unless_denied():
            return await self._fill_as(denied, override_min)
        await self._account.reread()
        if self._account.current != denied:
            with _unless_denied():
                return await self._fill_as(self._account.current, override_min)
        if self._account.current != self._account.previous:
            log.warning("the database denies the renewed account: the one before is tried")
            with _unless_denied():
                return await self._fill_as(self._account.previous, override_min)
        # The server may have learned of it between the attempts.
        return await self._fill_as(self._account.current, override_min)

    async def _fill_as(self, account: Account, override_min: bool) -> None:
        self._conn_kwargs |= {"user": account.user, "password": account.password}
        await super()._fill_free_pool(override_min)


@contextmanager
def _unless_denied() -> Iterator[None]:
    try:
        yield
    except pymysql.err.OperationalError as error:
        if error.args[0] not in _DENIED:
            raise


def new_pool(settings: DatabaseSettings) -> aiomysql.Pool:
    """A pool of connections, none of which is opened yet."""
    pool = partial(RenewedPool, settings.account) if settings.account else aiomysql.Pool
    return pool(
        minsize=0,
        maxsize=settings.pool_size,
        echo=False,
        pool_recycle=-1,
        loop=asyncio.get_running_loop(),
        host=settings.host,
        port=settings.port,
        user=settings.user,
        password=settings.password,
        db=settings.name,
        charset="utf8mb3",
        autocommit=True,
        connect_timeout=settings.connect_timeout_s,
        client_flag=CLIENT.FOUND_ROWS,
        cursorclass=Cursor,
        conv=_DECODERS,
        init_command=session_setup(settings.statement_timeout_s, read_only=settings.read_only),
    )
