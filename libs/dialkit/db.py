"""All that stands between the stores and the driver.

Sessions are strict, count matched rows, speak utf8mb3 as VICIdial's tables do (so that indexes
serve every comparison), and keep the server's time zone. Date-times come back as text, as the
server writes them; decimals as floats.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime
from math import ceil
from time import monotonic
from typing import Any, NamedTuple, TypeVar
from weakref import WeakValueDictionary

import aiomysql
import orjson
import pymysql
import structlog
from aiohttp import web

from dialkit.clock import Clock
from dialkit.db_errors import ConnectionLost, Deadlock, LockNotGranted, RightMissing, translated
from dialkit.driver import Cursor, new_pool
from dialkit.errors import Unavailable
from dialkit.settings import DatabaseSettings
from dialkit.sql import identifier, limited, patient, spread
from dialkit.turns import Turns

log = structlog.get_logger("db")

Row = tuple[Any, ...]
T = TypeVar("T")

MAX_CLOCK_DIFFERENCE_S = 120
# How much longer than the server's own limit a statement is waited for.
_GRACE_S = 5
# An administrator may convert tables while we run.
_ENGINES_KNOWN_S = 30
_TABLES_WITH_TRANSACTIONS = """
    SELECT 1
    FROM information_schema.tables
    WHERE table_schema = DATABASE() AND engine NOT IN ('MyISAM', 'MEMORY', 'Aria')
    LIMIT 1
"""
_TRIES = 3


class ClockMismatch(Unavailable):
    """The database server's wall clock is not that of `TIMEZONE`."""


class Result(NamedTuple):
    """What a statement brought: rows, rows matched, first id that it assigned."""

    rows: Sequence[Row]
    matched: int
    last_id: int


class Queries(ABC):
    """The verbs of stores: on the pool (`Database`), or on one connection (`Connection`)."""

    @abstractmethod
    async def run(
        self, sql: str, params: Sequence[Any], *, read: bool, limit_s: float | None = None
    ) -> Result:
        """Run one statement, which may take `limit_s` instead of the usual time.

        Raises: what `dialkit.db_errors` makes of the driver's errors.
        """

    @property
    @abstractmethod
    def name(self) -> str:
        """The database's name."""

    @abstractmethod
    async def in_transaction(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        """Run `work` in one transaction; after a deadlock again, twice.

        Where no table has an engine with transactions, `work` runs once, without one.
        """

    async def fetch_all(self, sql: str, *params: Any) -> list[Row]:
        """All rows."""
        return list((await self.run(sql, params, read=True)).rows)

    async def fetch_one(self, sql: str, *params: Any) -> Row | None:
        """The first row, or None."""
        rows = (await self.run(sql, params, read=True)).rows
        return rows[0] if rows else None

    async def fetch_value(self, sql: str, *params: Any) -> Any:
        """The first column of the first row, or None."""
        row = await self.fetch_one(sql, *params)
        return row[0] if row else None

    async def fetch_wide(
        self, columns: str, rest: str, *params: Any, limit_s: float | None = None
    ) -> list[Row]:
        """Rows of `SELECT <columns> <rest>`, each packed into one JSON array by the server.

        The driver reads the description of each column anew for each query, in Python: of a row of
        35 columns that is most of the work. Not for BLOB columns.
        """
        sql = f"SELECT JSON_ARRAY({columns}) {rest}"
        result = await self.run(limited(sql, limit_s) if limit_s else sql, params, read=True)
        return [tuple(orjson.loads(row[0])) for row in result.rows]

    async def execute(self, sql: str, *params: Any) -> int:
        """Rows that the statement matched (UPDATE) or touched."""
        return (await self.run(sql, params, read=False)).matched

    async def define(self, sql: str, *, limit_s: float, lenient: bool = False) -> None:
        """Create or alter a table: copying one takes long, so the time limit is its own.

        `lenient` (MariaDB only): not strict, so that an ENUM may go on holding an empty text.
        """
        await self.run(patient(sql, limit_s, lenient=lenient), (), read=False, limit_s=limit_s)

    async def insert(self, table: str, values: dict[str, Any]) -> int:
        """Insert one row; its assigned id. Raises: DuplicateKey."""
        return await self.insert_many(table, list(values), [tuple(values.values())])

    async def insert_many(
        self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
    ) -> int:
        """Insert rows with one statement; the id assigned to the first. Raises: DuplicateKey."""
        place = f"({', '.join(['%s'] * len(columns))})"
        sql = (
            f"INSERT INTO {identifier(table)} ({', '.join(map(identifier, columns))})"  # noqa: S608
            f" VALUES {', '.join([place] * len(rows))}"
        )
        params = [value for row in rows for value in row]
        return (await self.run(sql, params, read=False)).last_id


class Connection(Queries):
    """One connection, held for a transaction or a named lock."""

    def __init__(self, database: Database, raw: aiomysql.Connection) -> None:
        self._database = database
        self._raw = raw

    @property
    def name(self) -> str:
        """The database's name."""
        return self._database.name

    async def run(
        self, sql: str, params: Sequence[Any], *, read: bool, limit_s: float | None = None
    ) -> Result:
        """Run one statement on this connection."""
        return await self._database.run_on(self._raw, sql, params, limit_s)

    async def in_transaction(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        """Run `work` in one transaction; after a deadlock again, twice."""
        if not await self._database.has_transactions(self._raw):
            return await work(self)
        for tries_left in reversed(range(_TRIES)):
            await self.execute("START TRANSACTION")
            try:
                result = await work(self)
                await self.execute("COMMIT")
            except Deadlock:
                await self.execute("ROLLBACK")
                if not tries_left:
                    raise
            except BaseException:
                await self._roll_back()
                raise
            else:
                return result
        raise AssertionError("unreachable")

    @asynccontextmanager
    async def named_lock(self, lock: str, *, timeout_s: int) -> AsyncIterator[None]:
        """Hold the server's lock of that name. Raises: LockNotGranted."""
        if not await self.fetch_value("SELECT GET_LOCK(%s, %s)", lock, timeout_s):
            raise LockNotGranted
        try:
            yield
        finally:
            if not self._raw.closed:
                with suppress(ConnectionLost):  # the server frees it with the connection
                    await self.fetch_value("SELECT RELEASE_LOCK(%s)", lock)

    async def _roll_back(self) -> None:
        if self._raw.closed:
            return
        try:
            await self.execute("ROLLBACK")
        except Unavailable:
            self._raw.close()  # the server rolls back what the connection had open


class Database(Queries):
    """A pool of connections, handed out in the order of asking."""

    # What callers are told for whom no connection gets free in time.
    busy = "Database is busy"

    def __init__(self, settings: DatabaseSettings, timezone: str) -> None:
        self._settings = settings
        self._clock = Clock(timezone)
        self._clock_agrees = False
        self._has_transactions: bool | None = None
        self._engines_known_until = 0.0
        self._turn = Turns(settings.pool_size)
        self._long_work = asyncio.Semaphore(max(settings.pool_size // 2, 1))
        self._lock_turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._pool = new_pool(settings)

    @property
    def name(self) -> str:
        """The database's name."""
        return self._settings.name

    @property
    def turns(self) -> Turns:
        """The turns at its connections."""
        return self._turn

    async def run(
        self, sql: str, params: Sequence[Any], *, read: bool, limit_s: float | None = None
    ) -> Result:
        """Run one statement; a read on a dead connection once more, a deadlock's loser twice."""
        run = self._read if read else self._run_once
        for tries_left in reversed(range(_TRIES)):
            try:
                return await run(sql, params, limit_s)
            except Deadlock:
                if not tries_left:
                    raise
        raise AssertionError("unreachable")

    async def run_on(
        self,
        raw: aiomysql.Connection,
        sql: str,
        params: Sequence[Any],
        limit_s: float | None = None,
    ) -> Result:
        """Run one statement on that connection."""
        cursor = Cursor(raw)
        patience_s = (limit_s or self._settings.statement_timeout_s) + _GRACE_S
        try:
            async with asyncio.timeout(patience_s):
                await cursor.execute(*spread(sql, params))
        except TimeoutError:
            raw.close()
            raise ConnectionLost from None
        except (pymysql.err.MySQLError, OSError) as error:
            meaning = translated(error)
            if isinstance(meaning, RightMissing):
                log.warning("the database denies a right: see ownership.tsv", why=str(error))
            raise meaning from error
        return Result(cursor.rows, cursor.rowcount, cursor.lastrowid)

    async def in_transaction(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        """Run `work` in one transaction; after a deadlock again, twice."""
        async with self.connection() as connection:
            return await connection.in_transaction(work)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """One connection, held until the end of the block."""
        raw = await self._take()
        try:
            yield Connection(self, raw)
        finally:
            await self._give_back(raw)

    @asynccontextmanager
    async def locked_connection(
        self, lock: str, *, timeout_s: float, long: bool = False
    ) -> AsyncIterator[Connection]:
        """A connection that holds the server's lock of that name. Raises: LockNotGranted.

        Of one process only the first in line asks the server: the others wait without a connection.
        `long` work takes half of the connections at most. Raises then: Unavailable.
        """
        until = monotonic() + timeout_s
        async with AsyncExitStack() as held:
            turn = self._lock_turns.setdefault(lock, asyncio.Lock())
            if not await _entered(held, turn, until):
                raise LockNotGranted
            if long and not await _entered(held, self._long_work, until):
                raise Unavailable("Database is busy")
            connection = await held.enter_async_context(self.connection())
            left = max(ceil(until - monotonic()), 0)
            await held.enter_async_context(connection.named_lock(lock, timeout_s=left))
            yield connection

    async def has_transactions(self, raw: aiomysql.Connection) -> bool:
        """Whether any table has an engine with transactions, looked up now and then.

        Stock VICIdial has none: to begin and to commit would be two round trips for nothing.
        """
        if self._has_transactions is None or monotonic() >= self._engines_known_until:
            self._engines_known_until = monotonic() + _ENGINES_KNOWN_S  # one asks again for all
            result = await self.run_on(raw, _TABLES_WITH_TRANSACTIONS, ())
            self._has_transactions = bool(result.rows)
        return self._has_transactions

    async def check(self) -> None:
        """Ask the server for a sign of life. Raises: Unavailable, ClockMismatch."""
        await self.fetch_value("SELECT 1")

    async def close(self) -> None:
        """Close all connections, once they are given back."""
        self._pool.close()
        await self._pool.wait_closed()

    async def _read(self, sql: str, params: Sequence[Any], limit_s: float | None) -> Result:
        with suppress(ConnectionLost):
            return await self._run_once(sql, params, limit_s)
        return await self._run_once(sql, params, limit_s)

    async def _run_once(self, sql: str, params: Sequence[Any], limit_s: float | None) -> Result:
        raw = await self._take()
        try:
            return await self.run_on(raw, sql, params, limit_s)
        finally:
            await self._give_back(raw)

    async def _take(self) -> aiomysql.Connection:
        """A connection, in the order of asking. Raises: Unavailable."""
        await self._wait_turn()
        try:
            raw = await self._acquire()
        except BaseException:
            self._turn.release()
            raise
        if not self._clock_agrees:
            try:
                await self._check_clock(raw)
            except BaseException:
                await self._give_back(raw)
                raise
        return raw

    async def _give_back(self, raw: aiomysql.Connection) -> None:
        try:
            await self._pool.release(raw)
        finally:  # a request that is cancelled right here takes no turn with it
            self._turn.release()

    async def _wait_turn(self) -> None:
        if not self._turn.locked():  # no timer for what does not wait
            await self._turn.acquire()
            return
        try:
            async with asyncio.timeout(self._settings.acquire_timeout_s):
                await self._turn.acquire()
        except TimeoutError:
            raise Unavailable(self.busy) from None

    async def _acquire(self) -> aiomysql.Connection:
        try:
            if self._pool.freesize:
                return await self._pool.acquire()
            async with asyncio.timeout(self._settings.connect_timeout_s):
                return await self._pool.acquire()
        except TimeoutError:  # no ConnectionLost: nothing was sent, and nobody waits twice
            raise Unavailable("Database not available") from None
        except (pymysql.err.MySQLError, OSError) as error:
            raise translated(error) from error

    async def _check_clock(self, raw: aiomysql.Connection) -> None:
        """TIMESTAMP columns and `NOW()` are only right where both clocks show the same time."""
        theirs = (await self.run_on(raw, "SELECT NOW()", ())).rows[0][0]
        ours = self._clock.now().local
        difference = abs((datetime.fromisoformat(theirs) - ours).total_seconds())
        if difference > MAX_CLOCK_DIFFERENCE_S:
            raise ClockMismatch(
                f"the database server's clock shows {theirs}, this machine's {ours} in"
                f" TIMEZONE={self._clock.timezone}: TIMEZONE must be the server's zone"
            )
        self._clock_agrees = True


async def _entered(
    held: AsyncExitStack, gate: asyncio.Lock | asyncio.Semaphore, until: float
) -> bool:
    """Whether the gate let us in before that reading of the monotonic clock."""
    try:
        async with asyncio.timeout(max(until - monotonic(), 0)):
            await held.enter_async_context(gate)
    except TimeoutError:
        return False
    return True


DATABASE = web.AppKey("DATABASE", Database)
