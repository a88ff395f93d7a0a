"""SQL of the structure of `custom_<list_id>`; its rows belong to svc-leads.

Alters custom_<list_id>; reads custom_<list_id> (whether values fit), and the engine of
vicidial_list.
"""

from __future__ import annotations

from time import monotonic
from typing import Any

from dialkit.custom_fields import table
from dialkit.db import Queries
from dialkit.errors import TooSlow
from dialkit.sql import identifier, limited

from svc_lists.custom_fields.column import Column

_SCAN_S = 10


class CustomTable:
    """A list's custom table; its definitions end at `until`, a reading of the monotonic clock."""

    def __init__(self, db: Queries, list_id: int, *, until: float) -> None:
        self._db = db
        self._list_id = list_id
        self._until = until

    async def create(self) -> None:
        """Create it, in the leads' engine, unless it is there."""
        engine = await self._db.fetch_value(
            """
            SELECT engine
            FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_name = 'vicidial_list'
            """
        )
        await self._define(
            f"CREATE TABLE IF NOT EXISTS {table(self._list_id)}"
            f" (lead_id INT(9) UNSIGNED NOT NULL PRIMARY KEY) ENGINE={identifier(engine)}"
        )

    async def find_column(self, name: str) -> tuple[str, str | None] | None:
        """Type and default of the column of that name, as `Column` spells them, or None."""
        rows = await self._db.fetch_all(
            """
            SELECT column_name, column_type, column_default
            FROM information_schema.columns
            WHERE table_schema = DATABASE() AND table_name = %s AND column_name = %s
            """,
            f"custom_{self._list_id}",
            name,
        )
        # That comparison takes `año` for `ano`; for the table they are two.
        for found, kind, default in rows:
            if found.lower() == name.lower():
                # MariaDB quotes a default, MySQL does not; none is the word NULL, or no value.
                return kind, None if default in {None, "NULL"} else default.strip("'")
        return None

    async def add_column(self, name: str, column: Column) -> None:
        """Add a column. Raises: DuplicateColumn, ImpossibleTable."""
        await self._define(
            f"ALTER TABLE {table(self._list_id)} ADD COLUMN {identifier(name)} {column.sql}"
        )

    async def modify_column(self, name: str, column: Column, *, lenient: bool = False) -> None:
        """Change a column; `lenient` where only empty texts are in its way.

        Raises: UnfitValue, ImpossibleTable.
        """
        await self._define(
            f"ALTER TABLE {table(self._list_id)} MODIFY COLUMN {identifier(name)} {column.sql}",
            lenient=lenient,
        )

    async def replace_column(self, name: str, column: Column) -> None:
        """Change a column that holds no value at all: an empty text becomes NULL."""
        quoted = identifier(name)
        await self._define(
            f"ALTER TABLE {table(self._list_id)} DROP COLUMN {quoted},"
            f" ADD COLUMN {quoted} {column.sql}"
        )

    async def drop_column(self, name: str) -> None:
        """Drop a column with its values."""
        await self._define(f"ALTER TABLE {table(self._list_id)} DROP COLUMN {identifier(name)}")

    async def fits(self, name: str, column: Column) -> bool:
        """Whether no stored value would be lost (contract: "Data fit").

        Reads the whole table: no index can serve it, and the ALTER copies it anyway.
        """
        unfit = _unfit(identifier(name), column)
        if unfit is None:
            return True
        condition, params = unfit
        sql = f"SELECT 1 FROM {table(self._list_id)} WHERE {condition} LIMIT 1"  # noqa: S608
        return await self._db.fetch_value(limited(sql, _SCAN_S), *params) is None

    async def can_be_lenient(self) -> bool:
        """Whether the server takes a statement that is not strict: MariaDB reads the comment."""
        return bool(await self._db.fetch_value("SELECT 0 /*M! + 1 */"))

    async def _define(self, sql: str, *, lenient: bool = False) -> None:
        left_s = self._until - monotonic()
        if left_s < 1:
            raise TooSlow("Custom fields are not finished: send it again")
        await self._db.define(sql, limit_s=round(left_s, 1), lenient=lenient)


def _unfit(name: str, column: Column) -> tuple[str, list[Any]] | None:
    """The condition of values that the column cannot hold; None where it holds any.

    Compared byte by byte: what only looks alike to the collation would become the other.
    """
    value = f"CAST({name} AS BINARY)"
    if column.values:
        return f"{value} <> '' AND {value} NOT IN %s", [list(column.values)]
    if column.is_time:
        return f"{value} <> ''", []
    if column.length:
        return f"CHAR_LENGTH(CONVERT({name} USING utf8mb3)) > %s", [column.length]
    return None
