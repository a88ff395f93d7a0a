"""A built database's first state, and the way back to it."""

from collections.abc import Iterable
from typing import Any

import pymysql

from deploy.db.facts import stock_tables
from deploy.db.schema import fill_stock_table
from deploy.db.sql import identifier


class FreshState:
    """What a VICIdial database holds after it was built: its tables and their checksums.

    The server counts the rows changed in each table (`userstat`), whoever changed them: only where
    the count has moved is a table looked at.
    """

    def __init__(self, connection: "pymysql.Connection[Any]") -> None:
        self._connection = connection
        self._stock_tables = set(stock_tables())
        self._tables = sorted(table for (table,) in self._rows("SHOW TABLES"))
        names = ", ".join(f"'{table}'" for table in self._tables)
        self._others = (
            "SELECT table_name FROM information_schema.tables"
            f" WHERE table_schema = DATABASE() AND table_name NOT IN ({names})"
        )
        self._checksums = self._read_checksums(self._tables)
        self._changes = self._read_changes()

    def restore(self, *, counted: bool = True) -> None:
        """Drop what was created, and bring changed tables back to their stock rows.

        Not `counted`: the server was restarted, and has forgotten its counts.
        """
        for table in self._created():
            self._rows(f"DROP TABLE {identifier(table)}")
        moved = self._read_changes().items() - self._changes.items()
        suspects = [table for table, _ in moved if table in self._checksums]
        if not counted:
            suspects = self._tables
        if not suspects:
            return
        for table, checksum in self._read_checksums(suspects).items():
            if checksum != self._checksums[table]:
                self._rows(f"TRUNCATE TABLE {identifier(table)}")
                if table in self._stock_tables:
                    fill_stock_table(self._connection, table)
        self._changes = self._read_changes()

    def _created(self) -> list[str]:
        return [table for (table,) in self._rows(self._others)]

    def _read_changes(self) -> dict[str, int]:
        return dict(
            self._rows(
                "SELECT table_name, rows_changed FROM information_schema.table_statistics"
                " WHERE table_schema = DATABASE() AND rows_changed > 0"
            )
        )

    def _read_checksums(self, tables: Iterable[str]) -> dict[str, int]:
        """The checksum of each table's rows, 0 for none."""
        names = list(tables)
        found = self._rows(f"CHECKSUM TABLE {', '.join(map(identifier, names))}")
        return {name: checksum for name, (_, checksum) in zip(names, found, strict=True)}

    def _rows(self, sql: str, *params: str) -> list[tuple[Any, ...]]:
        with self._connection.cursor() as cursor:
            cursor.execute(sql, params or None)
            return list(cursor.fetchall())
