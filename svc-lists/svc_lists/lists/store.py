"""SQL of lists.

Writes vicidial_lists; reads vicidial_list, vicidial_list_archive, which is no part of VICIdial's
schema: an installation may have none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.db import Queries, Row
from dialkit.db_errors import DuplicateKey, UnknownName
from dialkit.sql import assignments, identifier

from svc_lists.lists.columns import SHOWN_COLUMNS

LEADS = "vicidial_list"
ARCHIVE = "vicidial_list_archive"


async def add_list(db: Queries, list_id: int, columns: Mapping[str, Any]) -> bool:
    """Add a list; False when there is one of that id."""
    try:
        await db.insert("vicidial_lists", {"list_id": list_id, **columns})
    except DuplicateKey:
        return False
    return True


async def find_list(db: Queries, list_id: int) -> Row | None:
    """The list's `SHOWN_COLUMNS`, or None."""
    rows = await db.fetch_wide(
        ", ".join(SHOWN_COLUMNS), "FROM vicidial_lists WHERE list_id = %s", list_id
    )
    return rows[0] if rows else None


async def change_list(db: Queries, list_id: int, columns: Mapping[str, Any]) -> bool:
    """Set columns of a list; False when it is gone."""
    matched = await db.execute(
        f"UPDATE vicidial_lists SET {assignments(columns)} WHERE list_id = %s",  # noqa: S608
        *columns.values(),
        list_id,
    )
    return matched > 0


async def count_reset(db: Queries, list_id: int, columns: Mapping[str, Any]) -> int | None:
    """Count a reset of a list, and set columns; the day's resets, None beyond the daily limit."""
    # 65,535 is the most that the column holds.
    result = await db.run(
        f"""
        UPDATE vicidial_lists
        SET {assignments(columns)},
            resets_today = LAST_INSERT_ID(LEAST(COALESCE(resets_today, 0) + 1, 65535))
        WHERE list_id = %s
            AND (daily_reset_limit IS NULL OR daily_reset_limit < 0
                OR daily_reset_limit > COALESCE(resets_today, 0))
        """,  # noqa: S608
        [*columns.values(), list_id],
        read=False,
    )
    return result.last_id if result.matched else None


async def find_resets(db: Queries, list_id: int) -> Row | None:
    """The day's resets of a list and their limit, or None."""
    return await db.fetch_one(
        "SELECT resets_today, daily_reset_limit FROM vicidial_lists WHERE list_id = %s", list_id
    )


async def delete_list(db: Queries, list_id: int) -> bool:
    """Delete the row of a list; False when it was gone."""
    return await db.execute("DELETE FROM vicidial_lists WHERE list_id = %s", list_id) > 0


async def count_leads(db: Queries, table: str, list_id: int) -> int:
    """The leads of a list (index list_id), or its archived ones; 0 where there is no archive."""
    return await _count(
        db,
        f"SELECT COUNT(*) FROM {identifier(table)} WHERE list_id = %s",  # noqa: S608
        list_id,
    )


async def count_new_leads(db: Queries, table: str, list_id: int) -> int:
    """Those of them that are new (index list_status)."""
    return await _count(
        db,
        f"SELECT COUNT(*) FROM {identifier(table)} WHERE list_id = %s AND status = 'NEW'",  # noqa: S608
        list_id,
    )


async def _count(db: Queries, sql: str, list_id: int) -> int:
    try:
        return int(await db.fetch_value(sql, list_id))
    except UnknownName:
        return 0
