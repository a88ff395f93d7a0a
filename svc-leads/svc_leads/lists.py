"""Lists and their campaigns, as svc-leads reads them.

Reads vicidial_lists, vicidial_campaigns, vicidial_users.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from dialkit.collation import folded
from dialkit.db import Queries

from svc_leads.dnc.checks import DncRules


class ListRow(NamedTuple):
    """A list, with what svc-leads needs of its campaign (`campaign_id` None: it has none)."""

    list_id: int
    active: str | None
    expiration_date: str | None
    call_time_id: str | None
    tz_method: str | None
    campaign_id: str | None
    campaign_call_time_id: str | None
    dial_statuses: str | None
    use_internal_dnc: str | None
    use_campaign_dnc: str | None
    use_other_campaign_dnc: str | None

    @property
    def local_call_time(self) -> str:
        """The id of the call time that rules the list (contract: "Local call time", 1)."""
        own = self.call_time_id or ""
        return (self.campaign_call_time_id or "") if own.lower() in {"", "campaign"} else own

    @property
    def own_dnc_rules(self) -> DncRules:
        """The campaign's own DNC rules."""
        return DncRules(
            self.use_internal_dnc or "N", self.use_campaign_dnc or "N", self.dnc_campaign
        )

    @property
    def dnc_campaign(self) -> str:
        """The campaign whose DNC list the list's campaign obeys."""
        return self.use_other_campaign_dnc or self.campaign_id or ""

    def is_dialed(self, today: date) -> bool:
        """Whether the loader leaves its leads in the hopper."""
        expires = self.expiration_date
        return self.active == "Y" and (expires is None or expires >= today.isoformat())

    def dials(self, status: str | None) -> bool:
        """Whether the campaign dials leads of that status."""
        # VICIdial ends the statuses with a ` -`, which is none.
        statuses = (self.dial_statuses or "").removesuffix(" -").split()
        return status is not None and folded(status) in map(folded, statuses)


async def find_lists(db: Queries, list_ids: Collection[int]) -> dict[int, ListRow]:
    """The lists that exist, by id."""
    rows = await db.fetch_wide(
        """
        l.list_id, l.active, l.expiration_date, l.local_call_time, l.time_zone_setting,
        c.campaign_id, c.local_call_time, c.dial_statuses,
        c.use_internal_dnc, c.use_campaign_dnc, c.use_other_campaign_dnc
        """,
        """
        FROM vicidial_lists AS l
        LEFT JOIN vicidial_campaigns AS c ON c.campaign_id = l.campaign_id
        WHERE l.list_id IN %s
        """,
        list(list_ids),
    )
    return {row[0]: ListRow(*row) for row in rows}


async def list_ids_of_campaign(db: Queries, campaign_id: str) -> list[int]:
    """The ids of a campaign's lists (no index: a few thousand rows of configuration)."""
    rows = await db.fetch_all(
        "SELECT list_id FROM vicidial_lists WHERE campaign_id = %s ORDER BY list_id", campaign_id
    )
    return [row[0] for row in rows]


class Campaign(NamedTuple):
    """A campaign, spelled as the database does, and the one whose DNC list it obeys."""

    campaign_id: str
    dnc_campaign: str


async def find_campaign(db: Queries, campaign_id: str) -> Campaign | None:
    """The campaign, or None."""
    row = await db.fetch_one(
        """
        SELECT campaign_id, use_other_campaign_dnc
        FROM vicidial_campaigns
        WHERE campaign_id = %s
        """,
        campaign_id,
    )
    return Campaign(row[0], row[1] or row[0]) if row else None


async def find_user(db: Queries, user: str) -> tuple[str, str] | None:
    """A user's login, spelled as the database does, and its group."""
    row = await db.fetch_one("SELECT user, user_group FROM vicidial_users WHERE user = %s", user)
    return (row[0], row[1] or "") if row else None
