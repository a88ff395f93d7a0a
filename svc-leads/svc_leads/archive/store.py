"""SQL of archived leads.

Writes vicidial_list, vicidial_list_archive; the archive is no part of VICIdial's schema, and an
installation may have none.
"""

from __future__ import annotations

from collections.abc import Sequence

from dialkit.db import Queries
from dialkit.sql import identifier


async def list_common_columns(db: Queries) -> list[str]:
    """The columns that both tables have: an archive of an older version lacks some."""
    rows = await db.fetch_all(
        """
        SELECT a.column_name
        FROM information_schema.columns AS a
        JOIN information_schema.columns AS l
            ON l.table_schema = a.table_schema AND l.column_name = a.column_name
        WHERE a.table_schema = DATABASE() AND a.table_name = 'vicidial_list_archive'
            AND l.table_name = 'vicidial_list'
        ORDER BY l.ordinal_position
        """
    )
    return [row[0] for row in rows]


async def find_list_id(db: Queries, lead_id: int) -> int | None:
    """The list of an archived lead, or None where it is not archived."""
    list_id: int | None = await db.fetch_value(
        "SELECT list_id FROM vicidial_list_archive WHERE lead_id = %s", lead_id
    )
    return list_id


async def is_same_lead(db: Queries, lead_id: int, columns: Sequence[str]) -> bool | None:
    """Whether lead and archived lead are equal but for `modify_date`; None: there is no lead."""
    compared = [identifier(name) for name in columns if name != "modify_date"]
    same = " AND ".join(f"l.{name} <=> a.{name}" for name in compared)
    equal = await db.fetch_value(
        f"""
        SELECT {same}
        FROM vicidial_list AS l
        JOIN vicidial_list_archive AS a ON a.lead_id = l.lead_id
        WHERE l.lead_id = %s
        """,  # noqa: S608
        lead_id,
    )
    return None if equal is None else bool(equal)


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


async def delete(db: Queries, lead_id: int) -> None:
    """Delete the archived lead."""
    await db.execute("DELETE FROM vicidial_list_archive WHERE lead_id = %s", lead_id)
