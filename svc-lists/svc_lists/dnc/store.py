"""SQL of the DNC lists; a `campaign_id` of None stands for the internal list.

Writes vicidial_dnc, vicidial_campaign_dnc, vicidial_dnc_log; reads vicidial_campaigns.
"""

from __future__ import annotations

from dialkit.clock import Moment
from dialkit.db import Queries, Row
from dialkit.db_errors import DuplicateKey

# How the log names the internal list.
_INTERNAL_IN_LOG = "-SYSINT-"


async def find_dnc_campaign(db: Queries, campaign_id: str) -> Row | None:
    """The campaign's id as the database spells it, and the campaign whose list it obeys."""
    return await db.fetch_one(
        """
        SELECT campaign_id, use_other_campaign_dnc
        FROM vicidial_campaigns
        WHERE campaign_id = %s
        """,
        campaign_id,
    )


async def add_entry(db: Queries, phone: str, campaign_id: str | None) -> bool:
    """Put a number on a list; False when it was there already."""
    try:
        if campaign_id is None:
            await db.insert("vicidial_dnc", {"phone_number": phone})
        else:
            key = {"phone_number": phone, "campaign_id": campaign_id}
            await db.insert("vicidial_campaign_dnc", key)
    except DuplicateKey:
        return False
    return True


async def find_entry(db: Queries, phone: str, campaign_id: str | None) -> Row | None:
    """The number and its list (None: the internal one) as the database spells them."""
    if campaign_id is None:
        return await db.fetch_one(
            "SELECT phone_number, NULL FROM vicidial_dnc WHERE phone_number = %s", phone
        )
    return await db.fetch_one(
        """
        SELECT phone_number, campaign_id
        FROM vicidial_campaign_dnc
        WHERE phone_number = %s AND campaign_id = %s
        """,
        phone,
        campaign_id,
    )


async def delete_entry(db: Queries, phone: str, campaign_id: str | None) -> int:
    """Take a number off a list; how many rows that were."""
    if campaign_id is None:
        return await db.execute("DELETE FROM vicidial_dnc WHERE phone_number = %s", phone)
    return await db.execute(
        "DELETE FROM vicidial_campaign_dnc WHERE phone_number = %s AND campaign_id = %s",
        phone,
        campaign_id,
    )


async def log_change(
    db: Queries, phone: str, campaign_id: str | None, *, action: str, now: Moment, tag: str
) -> None:
    """Note that a number was put on a list (`add`) or taken off (`delete`)."""
    await db.insert(
        "vicidial_dnc_log",
        {
            "phone_number": phone,
            "campaign_id": campaign_id or _INTERNAL_IN_LOG,
            "action": action,
            "action_date": now.sql,
            "user": tag,
        },
    )
