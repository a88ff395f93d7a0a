"""The databases that tests run on: real ones, as VICIdial has them, on the run's own server."""

import asyncio
import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

import pymysql
import pytest
from support.database_server import ServerAccess, server_access, worker_input
from support.database_state import FreshState

from deploy.db.grants import grants
from deploy.db.schema import build_schema, create_database, fill_stock_rows
from deploy.db.sql import identifier, insert_statement

# A statement of a test that waits longer for a lock has locked itself out.
_LOCK_PATIENCE_S = 20
_PATIENCE_S = 10
_NO_SUCH_THREAD = 1094
_ID, _USER, _DB, _STATE = 0, 1, 3, 6
_WAITING = ("Waiting for", "User lock")
_WAITING_FOR_ROW = re.compile(r"LOCK WAIT .*?thread id (\d+)")
_NOT_IN_A_STOCK_DATABASE = ("vicidial_list_archive",)
_FAILURE = "'45000' SET MESSAGE_TEXT = 'made to fail by the test'"
_DUPLICATE = "'23000' SET MYSQL_ERRNO = 1062"

# Runs a test on VICIdial's own engine, and on the one with transactions.
ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])


class TestDatabase:
    """A database of one test worker, as its administrator sees it."""

    __test__ = False
    _grants = staticmethod(grants)

    def __init__(self, server: ServerAccess, name: str, engine: str) -> None:
        self.name = name
        self.engine = engine
        self.host = server.host
        self.port = server.port
        self.server = server
        self._connection = server.connect()
        create_database(self._connection, name)
        build_schema(self._connection, None if engine == "MyISAM" else engine)
        fill_stock_rows(self._connection)
        self._set_patience()
        self._fresh_state = FreshState(self._connection)
        self._accounts: dict[str, tuple[str, str]] = {}
        self._failing: set[str] = set()

    def close(self) -> None:
        """Leave the server."""
        self._connection.close()

    def empty(self) -> None:
        """Bring the database back to the stock rows."""
        for table in list(self._failing):
            self.mend_writes(table)
        self._fresh_state.restore()

    def account(self, service: str) -> tuple[str, str]:
        """The user and the password of a service, with the rights that it has in production."""
        if service not in self._accounts:
            self._accounts[service] = self._make_account(service)
        return self._accounts[service]

    def connect_as(self, service: str) -> "pymysql.Connection[Any]":
        """A connection with a service's rights."""
        user, password = self.account(service)
        access = replace(self.server, user=user, password=password)
        return access.connect(database=self.name)

    def insert(self, table: str, /, **values: Any) -> int:
        """Insert a row; the id that it got, if the table gives ids."""
        with self._connection.cursor() as cursor:
            cursor.execute(insert_statement(table, values), tuple(values.values()))
            return int(cursor.lastrowid)

    def execute(self, sql: str, *params: object) -> int:
        """Run a statement; how many rows it touched."""
        with self._connection.cursor() as cursor:
            return int(cursor.execute(sql, params or None))

    def rows(self, sql: str, *params: object) -> list[tuple[Any, ...]]:
        """All rows."""
        with self._connection.cursor() as cursor:
            cursor.execute(sql, params or None)
            return list(cursor.fetchall())

    def row(self, sql: str, *params: object) -> tuple[Any, ...]:
        """The only row."""
        (row,) = self.rows(sql, *params)
        return row

    def value(self, sql: str, *params: object) -> Any:
        """The only value of the only row."""
        (value,) = self.row(sql, *params)
        return value

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.value(f"SELECT COUNT(*) FROM {identifier(table)}"))

    def fail_writes(
        self, table: str, operation: str = "INSERT", *, where: str = "TRUE", duplicate: bool = False
    ) -> None:
        """Let each row's INSERT, UPDATE or DELETE fail, until `mend_writes` or the test's end.

        Or only rows that meet a condition: `where="NEW.user < 200"`. A `duplicate` fails as where
        somebody else was faster.
        """
        self._failing.add(table)
        self.execute(
            f"CREATE TRIGGER {_trigger(table, operation)} BEFORE {operation} ON"
            f" {identifier(table)} FOR EACH ROW BEGIN IF {where} THEN"
            f" SIGNAL SQLSTATE {_DUPLICATE if duplicate else _FAILURE}; END IF; END"
        )

    def mend_writes(self, table: str) -> None:
        """Let a table's writes work again."""
        for operation in ("INSERT", "UPDATE", "DELETE"):
            self.execute(f"DROP TRIGGER IF EXISTS {_trigger(table, operation)}")
        self._failing.discard(table)

    @contextmanager
    def hold(self, *tables: str) -> Iterator[None]:
        """Keep everybody else out of the tables, this object too, while the block runs."""
        with closing(self._connect()) as connection, connection.cursor() as cursor:
            cursor.execute(
                "LOCK TABLES " + ", ".join(f"{identifier(table)} WRITE" for table in tables)
            )
            yield
            cursor.execute("UNLOCK TABLES")

    def waiting(self) -> int:
        """How many statements wait for locks on this database."""
        return self._count_waiting(self._connection)

    async def until_waiting(self, number: int) -> None:
        """Come back when that many statements wait for locks on this database."""
        deadline = time.monotonic() + _PATIENCE_S
        with closing(self._connect()) as connection:
            while await asyncio.to_thread(self._count_waiting, connection) < number:
                assert time.monotonic() < deadline, self.rows("SHOW PROCESSLIST")

    def kill_service_connections(self) -> int:
        """Kill what services have open on this database; how many connections that were."""
        killed = self._service_connections()
        for connection_id in killed:
            self._kill(connection_id)
        deadline = time.monotonic() + _PATIENCE_S
        while killed & self._service_connections():
            assert time.monotonic() < deadline, self.rows("SHOW PROCESSLIST")
        return len(killed)

    def _make_account(self, service: str) -> tuple[str, str]:
        user, password = f"{self.name}.{service}", secrets.token_hex(16)
        account = f"'{user}'@'%'"
        statements = self._grants(self.name, service, account, absent=_NOT_IN_A_STOCK_DATABASE)
        # Not the connection of the tests: CREATE USER would commit what they have begun.
        with closing(self._connect()) as connection, connection.cursor() as cursor:
            cursor.execute("CREATE OR REPLACE USER %s@'%%' IDENTIFIED BY %s", (user, password))
            for statement in statements:
                cursor.execute(statement)
        return user, password

    def _set_patience(self) -> None:
        self.execute(
            f"SET SESSION lock_wait_timeout = {_LOCK_PATIENCE_S},"
            f" innodb_lock_wait_timeout = {_LOCK_PATIENCE_S}"
        )

    def _connect(self) -> "pymysql.Connection[Any]":
        return self.server.connect(database=self.name)

    def _count_waiting(self, connection: "pymysql.Connection[Any]") -> int:
        """For tables, metadata, named locks, and InnoDB's rows."""
        with connection.cursor() as cursor:
            # Not information_schema: it writes temporary files, and reads InnoDB's waits late.
            cursor.execute("SHOW PROCESSLIST")
            mine = {
                thread[_ID]: thread[_STATE] or "" for thread in cursor if thread[_DB] == self.name
            }
            cursor.execute("SHOW ENGINE INNODB STATUS")
            for_rows = {int(found) for found in _WAITING_FOR_ROW.findall(str(cursor.fetchall()))}
        return sum(
            state.startswith(_WAITING) or thread in for_rows for thread, state in mine.items()
        )

    def _service_connections(self) -> set[int]:
        return {
            thread[_ID]
            for thread in self.rows("SHOW PROCESSLIST")
            if thread[_DB] == self.name and thread[_USER] != self.server.user
        }

    def _kill(self, connection_id: int) -> None:
        try:
            self.execute("KILL CONNECTION %s", connection_id)
        except pymysql.err.MySQLError as error:
            # It left by itself meanwhile.
            if error.args[0] != _NO_SUCH_THREAD:
                raise


def _trigger(table: str, operation: str) -> str:
    return identifier(f"fail_{operation.lower()}_{table}"[:64])


@pytest.fixture(scope="session")
def _databases(request: pytest.FixtureRequest) -> Iterator[Callable[[str], TestDatabase]]:
    """This worker's database of an engine, built when a test first asks for it."""
    config, built = request.config, dict[str, TestDatabase]()
    worker = worker_input(config).get("workerid", "main")

    def database(engine: str) -> TestDatabase:
        if engine not in built:
            name = f"asterisk_{worker}" + ("" if engine == "MyISAM" else f"_{engine.lower()}")
            built[engine] = TestDatabase(server_access(config), name, engine)
        return built[engine]

    yield database
    for one in built.values():
        one.close()


@pytest.fixture
def engine() -> str:
    """VICIdial's own; `ENGINES` runs a test on both."""
    return "MyISAM"


@pytest.fixture
def db(_databases: Callable[[str], TestDatabase], engine: str) -> TestDatabase:
    """The database, with nothing but a fresh installation's rows."""
    database = _databases(engine)
    database.empty()
    return database
