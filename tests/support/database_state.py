"""A built database's first state, and the way back to it."""

from collections.abc import Iterable
from typing import Any

import pymysql

from deploy.db.facts import stock_tables
from deploy.db.schema import fill_stock_table
from deploy.db.sql import identifier


class FreshState:
    """What a VICIdial database holds after it was built: its tables and their checksums."""

    def __init__(self, connection: "pymysql.Connection[Any]") -> None:
        self._connection = connection
        self._stock_tables = set(stock_tables())
        self._checksums = self._read_checksums(self._read_tables())

    def restore(self) -> None:
        """Drop what was created, and bring changed tables back to their stock rows."""
        with self._connection.cursor() as cursor:
            for table in self._read_tables() - self._checksums.keys():
                cursor.execute(f"DROP TABLE {identifier(table)}")
            changed = self._read_checksums(self._checksums).items() - self._checksums.items()
            for table, _ in changed:
                cursor.execute(f"TRUNCATE TABLE {identifier(table)}")
                if table in self._stock_tables:
                    fill_stock_table(self._connection, table)

    def _read_tables(self) -> set[str]:
        with self._connection.cursor() as cursor:
            cursor.execute("SHOW TABLES")
            return {table for (table,) in cursor}

    def _read_checksums(self, tables: Iterable[str]) -> dict[str, int]:
        """The checksum of each table's rows, 0 for none: 5 ms for all of them."""
        names = list(tables)
        with self._connection.cursor() as cursor:
            cursor.execute(f"CHECKSUM TABLE {', '.join(map(identifier, names))}")
            return {name: checksum for name, (_, checksum) in zip(names, cursor, strict=True)}
