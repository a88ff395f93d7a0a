"""SQL of presets, whose key (campaign and name) no index keeps unique.

Writes vicidial_xfer_presets; reads vicidial_campaigns.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.db import Queries, Row
from dialkit.sql import assignments, insert_unless

from svc_lists.presets.keys import PresetKey

_LISTED = 1000


async def lock_campaign(db: Queries, campaign_id: str) -> str | None:
    """The campaign's id as the database spells it; InnoDB lets others wait until the commit."""
    # Of two transactions that add the same name each would miss the other's row.
    spelled: str | None = await db.fetch_value(
        "SELECT campaign_id FROM vicidial_campaigns WHERE campaign_id = %s FOR UPDATE", campaign_id
    )
    return spelled


async def find(db: Queries, key: PresetKey) -> PresetKey | None:
    """The preset's key as the database spells it."""
    row = await db.fetch_one(
        """
        SELECT campaign_id, preset_name
        FROM vicidial_xfer_presets
        WHERE preset_name = %s AND campaign_id = %s
        """,
        key.name,
        key.campaign_id,
    )
    return PresetKey(*row) if row else None


async def list_presets(db: Queries, campaign_id: str) -> list[Row]:
    """Name, number, hidden or not, and DTMF of a campaign's first 1000 presets, by name."""
    # No index has the campaign; a campaign has tens of them.
    return await db.fetch_all(
        f"""
        SELECT preset_name, preset_number, preset_hide_number, preset_dtmf
        FROM vicidial_xfer_presets
        WHERE campaign_id = %s
        ORDER BY preset_name, preset_number
        LIMIT {_LISTED}
        """,  # noqa: S608
        campaign_id,
    )


async def add(db: Queries, key: PresetKey, columns: Mapping[str, Any]) -> bool:
    """Add a preset; False when the campaign has one of that name."""
    values = {"campaign_id": key.campaign_id, "preset_name": key.name, **columns}
    found = "SELECT 1 FROM vicidial_xfer_presets WHERE preset_name = %s AND campaign_id = %s"
    sql = insert_unless("vicidial_xfer_presets", values, found)
    return await db.execute(sql, *values.values(), key.name, key.campaign_id) > 0


async def change(db: Queries, key: PresetKey, columns: Mapping[str, Any]) -> bool:
    """Set columns of a preset, of all rows with its key; False when there is none."""
    matched = await db.execute(
        f"""
        UPDATE vicidial_xfer_presets
        SET {assignments(columns)}
        WHERE preset_name = %s AND campaign_id = %s
        """,  # noqa: S608
        *columns.values(),
        key.name,
        key.campaign_id,
    )
    return matched > 0


async def delete(db: Queries, key: PresetKey) -> bool:
    """Delete a preset, all rows with its key; False when there is none."""
    deleted = await db.execute(
        "DELETE FROM vicidial_xfer_presets WHERE preset_name = %s AND campaign_id = %s",
        key.name,
        key.campaign_id,
    )
    return deleted > 0
