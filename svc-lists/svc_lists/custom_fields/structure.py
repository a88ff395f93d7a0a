"""SQL of the structure of `custom_<list_id>`; its rows belong to svc-leads.

Alters custom_<list_id>; reads custom_<list_id> (whether values fit), and the engine of
vicidial_list.
"""

from __future__ import annotations

from typing import Any

from dialkit.custom_fields import table
from dialkit.db import Queries
from dialkit.sql import identifier, limited

from svc_lists.custom_fields.column import Column

# Copying a large table takes long. Both together stay below the gateway's minute.
_ALTER_S = 45
_SCAN_S = 10


async def create_table(db: Queries, list_id: int) -> None:
    """Create the list's custom table, in the leads' engine, unless it is there."""
    engine = await db.fetch_value(
        """
        SELECT engine
        FROM information_schema.tables
        WHERE table_schema = DATABASE() AND table_name = 'vicidial_list'
        """
    )
    await db.define(
        f"CREATE TABLE IF NOT EXISTS {table(list_id)}"
        f" (lead_id INT(9) UNSIGNED NOT NULL PRIMARY KEY) ENGINE={identifier(engine)}",
        limit_s=_ALTER_S,
    )


async def find_column(db: Queries, list_id: int, name: str) -> tuple[str, str | None] | None:
    """Type and default of the table's column of that name, as `Column` spells them, or None."""
    row = await db.fetch_one(
        """
        SELECT column_type, column_default
        FROM information_schema.columns
        WHERE table_schema = DATABASE() AND table_name = %s AND column_name = %s
        """,
        f"custom_{list_id}",
        name,
    )
    if row is None:
        return None
    # MariaDB quotes a default, MySQL does not; no default is the word NULL, or none.
    default = None if row[1] in {None, "NULL"} else row[1].strip("'")
    return row[0], default


async def add_column(db: Queries, list_id: int, name: str, column: Column) -> None:
    """Add a column. Raises: DuplicateColumn, ImpossibleTable."""
    await db.define(
        f"ALTER TABLE {table(list_id)} ADD COLUMN {identifier(name)} {column.sql}",
        limit_s=_ALTER_S,
    )


async def modify_column(
    db: Queries, list_id: int, name: str, column: Column, *, lenient: bool = False
) -> None:
    """Change a column; `lenient` where empty values are in its way.

    Raises: UnfitValue, ImpossibleTable.
    """
    await db.define(
        f"ALTER TABLE {table(list_id)} MODIFY COLUMN {identifier(name)} {column.sql}",
        limit_s=_ALTER_S,
        lenient=lenient,
    )


async def replace_column(db: Queries, list_id: int, name: str, column: Column) -> None:
    """Change a column that holds no value at all: an empty text becomes NULL."""
    quoted = identifier(name)
    await db.define(
        f"ALTER TABLE {table(list_id)} DROP COLUMN {quoted}, ADD COLUMN {quoted} {column.sql}",
        limit_s=_ALTER_S,
    )


async def drop_column(db: Queries, list_id: int, name: str) -> None:
    """Drop a column with its values."""
    await db.define(
        f"ALTER TABLE {table(list_id)} DROP COLUMN {identifier(name)}", limit_s=_ALTER_S
    )


async def fits(db: Queries, list_id: int, name: str, column: Column) -> bool:
    """Whether no stored value would be lost (contract: "Data fit").

    Reads the whole table: no index can serve it, and the ALTER copies it anyway.
    """
    unfit = _unfit(identifier(name), column)
    if unfit is None:
        return True
    condition, params = unfit
    sql = f"SELECT 1 FROM {table(list_id)} WHERE {condition} LIMIT 1"  # noqa: S608
    return await db.fetch_value(limited(sql, _SCAN_S), *params) is None


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
