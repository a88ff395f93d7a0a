"""SQL of the internal endpoints.

Writes vicidial_hopper, vicidial_list.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.db import Queries


async def remove_from_hopper(db: Queries, conditions: Mapping[str, Any]) -> int:
    """Delete the hopper rows that meet all conditions, with one statement; how many."""
    where, params = [], []
    for name, condition in _CONDITIONS.items():
        if conditions.get(name):
            where.append(condition)
            params.append(conditions[name])
    return await db.execute(f"DELETE FROM vicidial_hopper WHERE {' AND '.join(where)}", *params)  # noqa: S608


_CONDITIONS = {
    "campaign_id": "campaign_id = %s",
    "list_id": "list_id = %s",
    "except_campaign_id": "(campaign_id IS NULL OR campaign_id <> %s)",
    "statuses": "status IN %s",
}


async def reset_leads(db: Queries, list_id: int, *, most: int) -> int:
    """Let leads of a list be called again (index list_id); how many."""
    return await db.execute(
        """
        UPDATE vicidial_list
        SET called_since_last_reset = 'N'
        WHERE list_id = %s
            AND (called_since_last_reset <> 'N' OR called_since_last_reset IS NULL)
        LIMIT %s
        """,
        list_id,
        most,
    )


async def list_leads(db: Queries, list_id: int, *, most: int) -> dict[int, int]:
    """Some leads of a list (index list_id): `entry_list_id` by `lead_id`."""
    rows = await db.fetch_all(
        "SELECT lead_id, entry_list_id FROM vicidial_list WHERE list_id = %s LIMIT %s",
        list_id,
        most,
    )
    return dict(rows)
