"""SQL of the filter phone groups.

Writes vicidial_filter_phone_numbers.
"""

from __future__ import annotations

from dialkit.db import Queries
from dialkit.db_errors import DuplicateKey


async def add_entry(db: Queries, phone: str, group: str) -> bool:
    """Put a number into a group; False when it was there already."""
    entry = {"phone_number": phone, "filter_phone_group_id": group}
    try:
        await db.insert("vicidial_filter_phone_numbers", entry)
    except DuplicateKey:
        return False
    return True


async def list_groups(db: Queries, phone: str, group: str | None) -> list[str]:
    """The groups that have the number, in order; of these only that one, when it is named."""
    rows = await db.fetch_all(
        """
        SELECT filter_phone_group_id
        FROM vicidial_filter_phone_numbers
        WHERE phone_number = %s AND filter_phone_group_id = COALESCE(%s, filter_phone_group_id)
        ORDER BY filter_phone_group_id
        """,
        phone,
        group,
    )
    return [row[0] for row in rows]


async def delete_entry(db: Queries, phone: str, group: str) -> bool:
    """Take a number out of a group; False when it was out already."""
    deleted = await db.execute(
        """
        DELETE FROM vicidial_filter_phone_numbers
        WHERE phone_number = %s AND filter_phone_group_id = %s
        """,
        phone,
        group,
    )
    return deleted > 0
