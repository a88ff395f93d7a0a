"""The driver, set up as we need it: strict sessions, texts for dates, and no waste."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import aiomysql
from pymysql.constants import CLIENT, FIELD_TYPE
from pymysql.converters import conversions

from dialkit.settings import DatabaseSettings
from dialkit.sql import session_setup

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


def new_pool(settings: DatabaseSettings) -> aiomysql.Pool:
    """A pool of connections, none of which is opened yet."""
    return aiomysql.Pool(
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
