"""SQL of phone numbers.

Reads vicidial_list.
"""

from __future__ import annotations

from dialkit.db import Queries


async def count_leads(db: Queries, number: str) -> int:
    """How many leads have exactly that number (index phone_number alone)."""
    return int(
        await db.fetch_value("SELECT COUNT(*) FROM vicidial_list WHERE phone_number = %s", number)
    )
