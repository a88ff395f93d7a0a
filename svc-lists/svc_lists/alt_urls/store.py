"""SQL of alternate URLs.

Writes vicidial_url_multi.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dialkit.db import Queries, Row
from dialkit.sql import assignments

SHOWN_COLUMNS = (
    "url_id", "campaign_id", "entry_type", "active", "url_type", "url_rank", "url_statuses",
    "url_description", "url_lists", "url_call_length", "url_address",
)  # fmt: skip
_LISTED = 1000


class AltUrl(NamedTuple):
    """Whose URL it is (a campaign, in-group or list), and which of its URLs."""

    owner_id: str
    entry_type: str
    url_type: str


async def find(db: Queries, url_id: int) -> AltUrl | None:
    """The URL of that number."""
    row = await db.fetch_one(
        """
        SELECT campaign_id, COALESCE(entry_type, ''), COALESCE(url_type, '')
        FROM vicidial_url_multi
        WHERE url_id = %s
        """,
        url_id,
    )
    return AltUrl(*row) if row else None


async def list_urls(
    db: Queries, owner_id: str, *, entry_type: str, url_type: str | None
) -> list[Row]:
    """SHOWN_COLUMNS of the first 1000 URLs, of all types or one, in the order of their numbers."""
    one_type, params = ("", []) if url_type is None else ("AND url_type = %s", [url_type])
    return await db.fetch_all(
        f"""
        SELECT {", ".join(SHOWN_COLUMNS)}
        FROM vicidial_url_multi
        WHERE campaign_id = %s AND entry_type = %s {one_type}
        ORDER BY url_id
        LIMIT {_LISTED}
        """,  # noqa: S608
        owner_id,
        entry_type,
        *params,
    )


async def add(db: Queries, columns: dict[str, Any]) -> int:
    """Add a URL; its number."""
    return await db.insert("vicidial_url_multi", columns)


async def change(db: Queries, url_id: int, columns: Mapping[str, Any]) -> bool:
    """Set columns of a URL; False when there is none of that number."""
    matched = await db.execute(
        f"UPDATE vicidial_url_multi SET {assignments(columns)} WHERE url_id = %s",  # noqa: S608
        *columns.values(),
        url_id,
    )
    return matched > 0
