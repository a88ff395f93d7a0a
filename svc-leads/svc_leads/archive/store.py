"""SQL of archived leads.

Writes vicidial_list, vicidial_list_archive; the archive is no part of VICIdial's schema, and an
installation may have none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dialkit.db import Queries
from dialkit.sql import identifier


async def find_row(
    db: Queries, table: str, lead_id: int, columns: Sequence[str]
) -> dict[str, Any] | None:
    """The lead's columns but `modify_date`, or None; until the transaction's end nobody has it."""
    names = [name for name in columns if name != "modify_date"]
    rows = await db.fetch_wide(
        ", ".join(map(identifier, names)),
        f"FROM {identifier(table)} WHERE lead_id = %s FOR UPDATE",
        lead_id,
    )
    return dict(zip(names, rows[0], strict=True)) if rows else None


async def copy_back(db: Queries, lead_id: int, columns: Sequence[str]) -> None:
    """Insert the archived lead as a lead. Raises: DuplicateKey."""
    names = ", ".join(map(identifier, columns))
    await db.execute(
        f"""
        INSERT INTO vicidial_list ({names})
        SELECT {names} FROM vicidial_list_archive WHERE lead_id = %s
        """,  # noqa: S608
        lead_id,
    )


async def delete(db: Queries, lead_id: int) -> bool:
    """Delete the archived lead; False when it was gone already."""
    return await db.execute("DELETE FROM vicidial_list_archive WHERE lead_id = %s", lead_id) > 0
