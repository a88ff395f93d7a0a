"""SQL of leads.

Writes vicidial_list, vicidial_list_alt_phones; reads vicidial_list_archive, which is no part of
VICIdial's schema: an installation may have none, or one of an older version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from dialkit.db import Queries, Row
from dialkit.sql import assignments, identifier

from svc_leads.leads.columns import SELECTED

LEADS = "vicidial_list"
ARCHIVE = "vicidial_list_archive"
PLACE_COLUMNS = (
    "lead_id", "list_id", "entry_list_id", "phone_code", "phone_number", "country_code", "state",
    "postal_code", "owner",
)  # fmt: skip


async def find_lead(db: Queries, lead_id: int) -> Row | None:
    """The lead's row of LEAD_COLUMNS, or None."""
    rows = await db.fetch_wide(SELECTED, "FROM vicidial_list WHERE lead_id = %s", lead_id)
    return rows[0] if rows else None


async def find_place(db: Queries, lead_id: int) -> dict[str, Any] | None:
    """What a change needs to know of a lead: PLACE_COLUMNS by name, or None."""
    row = await find_columns(db, lead_id, PLACE_COLUMNS)
    return dict(zip(PLACE_COLUMNS, row, strict=True)) if row else None


async def find_columns(db: Queries, lead_id: int, columns: tuple[str, ...]) -> Row | None:
    """Columns of the lead, or None where there is no lead."""
    rows = await db.fetch_wide(_names(columns), "FROM vicidial_list WHERE lead_id = %s", lead_id)
    return rows[0] if rows else None


@lru_cache(64)
def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(map(identifier, columns))


async def find_archived_columns(db: Queries, lead_id: int, columns: tuple[str, ...]) -> Row | None:
    """Columns of the archived lead, None for those that the archive lacks; None: no such lead."""
    there = await list_archive_columns(db)
    if not there:
        return None
    names = ", ".join(identifier(name) if name in there else "NULL" for name in columns)
    rows = await db.fetch_wide(names, "FROM vicidial_list_archive WHERE lead_id = %s", lead_id)
    return rows[0] if rows else None


async def list_archive_columns(db: Queries) -> list[str]:
    """The columns that archive and `vicidial_list` share; none where there is no archive."""
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


async def has_lead(db: Queries, lead_id: int) -> bool:
    """Whether the lead exists."""
    found = await db.fetch_value("SELECT 1 FROM vicidial_list WHERE lead_id = %s", lead_id)
    return found is not None


async def add_lead(db: Queries, columns: dict[str, Any]) -> int:
    """Add a lead; its id."""
    return await db.insert(LEADS, columns)


async def find_id_step(db: Queries) -> int:
    """How far apart the ids are that one statement assigns."""
    return int(await db.fetch_value("SELECT @@auto_increment_increment"))


async def change_leads(db: Queries, lead_ids: Sequence[int], columns: Mapping[str, Any]) -> int:
    """Set columns of at most 500 leads; leads found."""
    return await db.execute(
        f"UPDATE vicidial_list SET {assignments(columns)} WHERE lead_id IN %s",  # noqa: S608
        *columns.values(),
        list(lead_ids),
    )


async def delete_leads(db: Queries, lead_ids: Sequence[int]) -> int:
    """Delete the rows of at most 500 leads; how many there were."""
    return await db.execute("DELETE FROM vicidial_list WHERE lead_id IN %s", list(lead_ids))


async def delete_alt_phones(db: Queries, lead_ids: Sequence[int]) -> None:
    """Delete the leads' further numbers."""
    await db.execute("DELETE FROM vicidial_list_alt_phones WHERE lead_id IN %s", list(lead_ids))


async def list_zone_columns(db: Queries, lead_ids: Sequence[int]) -> list[Row]:
    """What the time zone of leads depends on.

    lead_id, list_id, phone_number, country_code, state, postal_code, owner.
    """
    return await db.fetch_all(
        """
        SELECT lead_id, list_id, phone_number, country_code, state, postal_code, owner
        FROM vicidial_list
        WHERE lead_id IN %s
        """,
        list(lead_ids),
    )


async def list_existing(db: Queries, lead_ids: Sequence[int]) -> set[int]:
    """Which of the leads exist."""
    rows = await db.fetch_all(
        "SELECT lead_id FROM vicidial_list WHERE lead_id IN %s", list(lead_ids)
    )
    return {row[0] for row in rows}
