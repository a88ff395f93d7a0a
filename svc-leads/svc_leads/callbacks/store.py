"""SQL of callbacks.

Writes vicidial_callbacks, vicidial_callbacks_archive.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dialkit.db import Queries, Row
from dialkit.sql import assignments

# Waiting, due, and held by the daily call limit; all else is history.
_OPEN = ["ACTIVE", "LIVE", "TFHCCL"]
_ALL_COLUMNS = (
    "callback_id, lead_id, list_id, campaign_id, status, entry_time, callback_time, modify_date, "
    "user, recipient, comments, user_group, lead_status, email_alert, email_result, "
    "customer_timezone, customer_timezone_diff, customer_time"
)
SHOWN_COLUMNS = (
    "callback_id", "lead_id", "list_id", "campaign_id", "status", "entry_time", "callback_time",
    "user", "recipient", "comments", "lead_status", "user_group", "customer_timezone",
    "customer_time", "modify_date",
)  # fmt: skip
_LISTED = 10
TABLES = {"CURRENT": "vicidial_callbacks", "ARCHIVE": "vicidial_callbacks_archive"}


class OpenCallback(NamedTuple):
    """A callback that is still to come."""

    callback_id: int
    recipient: str | None


async def find_open(db: Queries, lead_id: int) -> OpenCallback | None:
    """The lead's newest callback that is still to come."""
    row = await db.fetch_one(
        """
        SELECT callback_id, recipient
        FROM vicidial_callbacks
        WHERE lead_id = %s AND status IN %s
        ORDER BY callback_id DESC
        LIMIT 1
        """,
        lead_id,
        _OPEN,
    )
    return OpenCallback(*row) if row else None


async def add(db: Queries, columns: dict[str, Any]) -> int:
    """Add a callback; its id."""
    return await db.insert("vicidial_callbacks", columns)


async def change(db: Queries, callback_id: int, columns: Mapping[str, Any]) -> None:
    """Set columns of a callback."""
    await db.execute(
        f"UPDATE vicidial_callbacks SET {assignments(columns)} WHERE callback_id = %s",  # noqa: S608
        *columns.values(),
        callback_id,
    )


async def archive_all(db: Queries, lead_id: int) -> int:
    """Move the lead's callbacks into the archive; how many. A repeat after a crash finishes.

    A callback that an agent adds between the two statements is in no archive, and stays.
    """
    await db.execute(
        f"""
        INSERT IGNORE INTO vicidial_callbacks_archive ({_ALL_COLUMNS})
        SELECT {_ALL_COLUMNS} FROM vicidial_callbacks WHERE lead_id = %s
        """,  # noqa: S608
        lead_id,
    )
    return await db.execute(
        """
        DELETE c
        FROM vicidial_callbacks AS c
        JOIN vicidial_callbacks_archive AS a ON a.callback_id = c.callback_id
        WHERE c.lead_id = %s
        """,
        lead_id,
    )


async def list_of_lead(db: Queries, lead_id: int, locations: list[str]) -> list[Row]:
    """The lead's newest 10 callbacks: where they are, then SHOWN_COLUMNS."""
    columns = ", ".join(SHOWN_COLUMNS)
    parts = [
        f"(SELECT '{place}' AS place, {columns} FROM {TABLES[place]} WHERE lead_id = %s)"  # noqa: S608
        for place in locations
    ]
    return await db.fetch_all(
        f"""
        {" UNION ALL ".join(parts)}
        ORDER BY callback_time DESC, callback_id DESC
        LIMIT {_LISTED}
        """,
        *[lead_id] * len(locations),
    )
