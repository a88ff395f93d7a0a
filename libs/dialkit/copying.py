"""Rows copied within their table, with every column that it has: VICIdial's versions differ."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from dialkit.db import Queries
from dialkit.sql import identifier


async def list_columns(db: Queries, table: str, *, but: Collection[str]) -> list[str]:
    """The columns of a table, in its order, without some."""
    rows = await db.fetch_all(
        """
        SELECT column_name FROM information_schema.columns
        WHERE table_schema = DATABASE() AND table_name = %s
        ORDER BY ordinal_position
        """,
        table,
    )
    return [str(name) for (name,) in rows if name not in but]


async def copy_row(
    db: Queries,
    table: str,
    key: tuple[str, Any],
    given: Mapping[str, Any],
    columns: Collection[str],
) -> int | None:
    """Copy the row of that key (column, value), with `given` in place of what it has there.

    The new row's id; None when there is no such row. Raises: DuplicateKey.
    """
    copied = [identifier(name) for name in columns if name not in given]
    names = [identifier(name) for name in given]
    sql = f"""
        INSERT INTO {identifier(table)} ({", ".join(names + copied)})
        SELECT {", ".join(["%s"] * len(names) + copied)}
        FROM {identifier(table)}
        WHERE {identifier(key[0])} = %s
    """  # noqa: S608
    result = await db.run(sql, [*given.values(), key[1]], read=False)
    return result.last_id if result.matched else None
