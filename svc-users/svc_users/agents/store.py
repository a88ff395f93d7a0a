"""SQL of one agent's in-groups and campaigns.

Reads vicidial_users, vicidial_user_groups, vicidial_live_agents, vicidial_campaigns,
vicidial_inbound_groups, vicidial_inbound_group_agents, vicidial_campaign_agents.
"""

from __future__ import annotations

from collections.abc import Collection

from dialkit.db import Queries, Row

from svc_users.agents.campaigns import Allowance, Campaign
from svc_users.agents.in_groups import Defaults, Inbound, InGroup, Session
from svc_users.agents.rank_rows import UNRANKED_IN_CAMPAIGN, UNRANKED_IN_GROUP


async def find_defaults(db: Queries, login: str) -> Defaults | None:
    """The user, or None."""
    row = await db.fetch_one(
        "SELECT user, closer_campaigns FROM vicidial_users WHERE user = %s", login
    )
    return Defaults(*row) if row else None


async def find_allowance(db: Queries, login: str) -> Allowance | None:
    """The user, or None."""
    # User groups have no index: a few dozen rows.
    row = await db.fetch_one(
        """
        SELECT u.user, g.allowed_campaigns
        FROM vicidial_users AS u
        LEFT JOIN vicidial_user_groups AS g ON g.user_group = u.user_group
        WHERE u.user = %s
        """,
        login,
    )
    return Allowance(*row) if row else None


async def find_session(db: Queries, user: str) -> Session | None:
    """The user's session, of several the latest; None when not logged in."""
    row = await db.fetch_one(
        """
        SELECT campaign_id, outbound_autodial, manager_ingroup_set, external_igb_set_user,
            closer_campaigns
        FROM vicidial_live_agents
        WHERE user = %s
        ORDER BY live_agent_id DESC
        LIMIT 1
        """,
        user,
    )
    return Session(*row) if row else None


async def find_inbound(db: Queries, campaign_id: str) -> Inbound | None:
    """What the campaign says of inbound calls; None when there is no such campaign."""
    row = await db.fetch_one(
        """
        SELECT campaign_allow_inbound, dial_method, closer_campaigns
        FROM vicidial_campaigns
        WHERE campaign_id = %s
        """,
        campaign_id,
    )
    return Inbound(*row) if row else None


async def list_in_group_ranks(db: Queries, user: str) -> list[Row]:
    """The user's rank rows: group_id, and the columns of `UNRANKED_IN_GROUP`."""
    return await db.fetch_all(
        f"""
        SELECT group_id, {", ".join(UNRANKED_IN_GROUP)}
        FROM vicidial_inbound_group_agents
        WHERE user = %s
        """,  # noqa: S608
        user,
    )


async def list_campaign_ranks(db: Queries, user: str) -> list[Row]:
    """The user's rank rows: campaign_id, and the columns of `UNRANKED_IN_CAMPAIGN`."""
    return await db.fetch_all(
        f"""
        SELECT campaign_id, {", ".join(UNRANKED_IN_CAMPAIGN)}
        FROM vicidial_campaign_agents
        WHERE user = %s
        """,  # noqa: S608
        user,
    )


async def list_in_groups(db: Queries, names: Collection[str]) -> list[InGroup]:
    """Those of the in-groups that exist, by id."""
    if not names:
        return []
    rows = await db.fetch_all(
        """
        SELECT group_id, group_name, active
        FROM vicidial_inbound_groups
        WHERE group_id IN %s
        ORDER BY group_id
        """,
        list(names),
    )
    return [InGroup(*row) for row in rows]


async def list_active_in_groups(db: Queries, names: Collection[str]) -> list[str]:
    """The ids of those of the in-groups that are active, in order."""
    if not names:
        return []
    rows = await db.fetch_all(
        """
        SELECT group_id
        FROM vicidial_inbound_groups
        WHERE active = 'Y' AND group_id IN %s
        ORDER BY group_id
        """,
        list(names),
    )
    return [group_id for (group_id,) in rows]


async def list_campaigns(db: Queries, names: Collection[str] | None) -> list[Campaign]:
    """Those of the campaigns that are active, by id; of all campaigns when None."""
    if names is not None and not names:
        return []
    rows = await db.fetch_all(
        f"""
        SELECT campaign_id, campaign_name, closer_campaigns
        FROM vicidial_campaigns
        WHERE active = 'Y' {"" if names is None else "AND campaign_id IN %s"}
        ORDER BY campaign_id
        """,  # noqa: S608
        *([] if names is None else [list(names)]),
    )
    return [Campaign(*row) for row in rows]
