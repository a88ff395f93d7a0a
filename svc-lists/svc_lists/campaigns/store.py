"""SQL of campaigns.

Writes vicidial_campaigns; reads vicidial_lists, vicidial_list, system_settings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from dialkit.clock import Moment
from dialkit.db import Queries, Row
from dialkit.sql import assignments, chunks, identifier

COLUMNS = (
    "campaign_id", "campaign_name", "active", "user_group", "dial_method", "auto_dial_level",
    "lead_order", "dial_statuses", "local_call_time", "hopper_level", "dial_timeout",
    "dial_prefix", "manual_dial_prefix", "three_way_dial_prefix",
)  # fmt: skip
COLUMNS_WITH_LISTS = (
    "campaign_id", "campaign_name", "active", "dial_statuses", "dial_method", "auto_dial_level",
    "lead_order", "local_call_time",
)  # fmt: skip
_COUNTED_AT_ONCE = 500
_CONDITIONS = {
    "active": "active = %s",
    "campaign_id": "campaign_id = %s",
    "after": "campaign_id > %s",
}


class Campaign(NamedTuple):
    """A campaign's id as the database spells it, and its statuses as they were read."""

    campaign_id: str
    dial_statuses: str | None


async def find_campaign(db: Queries, campaign_id: str) -> Campaign | None:
    """The campaign, or None."""
    row = await db.fetch_one(
        "SELECT campaign_id, dial_statuses FROM vicidial_campaigns WHERE campaign_id = %s",
        campaign_id,
    )
    return Campaign(*row) if row else None


async def change_campaign(
    db: Queries, campaign: Campaign, columns: Mapping[str, Any], *, same_statuses: bool
) -> bool:
    """Set columns; False where the campaign is gone.

    With `same_statuses` also where its statuses are not those that were read any more.
    """
    where, params = "campaign_id = %s", [*columns.values(), campaign.campaign_id]
    if same_statuses:
        where += " AND dial_statuses <=> %s"
        params.append(campaign.dial_statuses)
    matched = await db.execute(
        f"UPDATE vicidial_campaigns SET {assignments(columns)} WHERE {where}",  # noqa: S608
        *params,
    )
    return matched > 0


async def stamp_campaign(db: Queries, campaign_id: str, now: Moment) -> None:
    """Note that the campaign was changed now."""
    await db.execute(
        "UPDATE vicidial_campaigns SET campaign_changedate = %s WHERE campaign_id = %s",
        now.sql,
        campaign_id,
    )


async def find_level_limit(db: Queries) -> float:
    """The system's limit of dial levels; a text in the database, as VICIdial's own forms wrote."""
    limit = await db.fetch_value("SELECT auto_dial_limit + 0 FROM system_settings")
    return float(limit or 0)


async def list_campaigns(
    db: Queries,
    columns: Sequence[str],
    filters: Mapping[str, Any],
    *,
    limit: int | None = None,
) -> list[Row]:
    """Columns of the campaigns that meet all filters (`active`, `campaign_id`, `after`), by id."""
    where = [condition for name, condition in _CONDITIONS.items() if name in filters]
    params = [filters[name] for name in _CONDITIONS if name in filters]
    rest = f"FROM vicidial_campaigns WHERE {' AND '.join(where) or 'TRUE'} ORDER BY campaign_id"
    if limit is not None:
        rest += " LIMIT %s"
        params.append(limit)
    return await db.fetch_wide(", ".join(map(identifier, columns)), rest, *params)


async def list_lists(db: Queries, campaign_ids: Sequence[str]) -> list[Row]:
    """The campaigns' lists by id: campaign_id, list_id, list_name, active, list_description.

    The campaign_id is the campaign's own; a list may spell it otherwise.
    """
    if not campaign_ids:
        return []
    return await db.fetch_wide(
        "c.campaign_id, l.list_id, l.list_name, l.active, l.list_description",
        """
        FROM vicidial_lists AS l
        JOIN vicidial_campaigns AS c ON c.campaign_id = l.campaign_id
        WHERE l.campaign_id IN %s
        ORDER BY l.list_id
        """,
        list(campaign_ids),
    )


async def count_leads(db: Queries, list_ids: Iterable[int]) -> dict[int, int]:
    """How many leads the lists have, by list_id; those without leads are left out."""
    counts: dict[int, int] = {}
    for chunk in chunks(list_ids, _COUNTED_AT_ONCE):
        # Two more indexes begin with list_id, both larger.
        rows = await db.fetch_all(
            """
            SELECT list_id, COUNT(*)
            FROM vicidial_list FORCE INDEX (list_id)
            WHERE list_id IN %s
            GROUP BY list_id
            """,
            chunk,
        )
        counts.update(rows)
    return counts
