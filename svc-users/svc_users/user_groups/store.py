"""SQL of user groups.

Reads vicidial_user_groups, vicidial_users, vicidial_campaigns, vicidial_auto_calls.
Names are folded, in arguments and in keys.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from dialkit.collation import folded
from dialkit.db import Queries


class UserGroup(NamedTuple):
    """A user group, and the campaigns that its users may work in, as the column has them."""

    user_group: str
    group_name: str
    allowed_campaigns: str | None


async def list_groups(db: Queries) -> dict[str, UserGroup]:
    """All user groups, by name."""
    rows = await db.fetch_all(
        """
        SELECT user_group, group_name, allowed_campaigns
        FROM vicidial_user_groups
        ORDER BY user_group
        """
    )
    return {folded(row[0]): UserGroup(*row) for row in rows}


async def count_users(db: Queries) -> Counter[str]:
    """How many users each group has."""
    rows = await db.fetch_all("SELECT user_group, COUNT(*) FROM vicidial_users GROUP BY user_group")
    return Counter({folded(group): number for group, number in rows if group is not None})


async def list_campaign_in_groups(db: Queries) -> dict[str, str | None]:
    """The in-groups of each campaign, as the column has them."""
    rows = await db.fetch_all("SELECT campaign_id, closer_campaigns FROM vicidial_campaigns")
    return {folded(campaign_id): in_groups for campaign_id, in_groups in rows}


async def count_live_calls(db: Queries) -> Counter[str]:
    """How many calls wait for an agent, by campaign or, where they come in, in-group."""
    rows = await db.fetch_all(
        """
        SELECT campaign_id, COUNT(*)
        FROM vicidial_auto_calls
        WHERE status = 'LIVE'
        GROUP BY campaign_id
        """
    )
    return Counter({folded(name): number for name, number in rows if name is not None})
