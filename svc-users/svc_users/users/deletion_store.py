"""SQL of deleting a user, and what is the user's.

Writes vicidial_users, vicidial_campaign_agents, vicidial_inbound_group_agents,
vicidial_remote_agents; reads vicidial_live_agents.
"""

from __future__ import annotations

from dialkit.db import Queries


async def is_logged_in(db: Queries, login: str) -> bool:
    """Whether the user has a session."""
    sql = "SELECT 1 FROM vicidial_live_agents WHERE user = %s LIMIT 1"
    return bool(await db.fetch_value(sql, login))


async def stop_remote_agent(db: Queries, login: str) -> None:
    """Let the dialer end the lines that work as this user."""
    sql = "UPDATE vicidial_remote_agents SET status = 'INACTIVE' WHERE user_start = %s"
    await db.execute(sql, login)


async def delete_campaign_ranks(db: Queries, login: str) -> None:
    """Delete the user's ranks of campaigns."""
    await db.execute("DELETE FROM vicidial_campaign_agents WHERE user = %s", login)


async def delete_in_group_ranks(db: Queries, login: str) -> None:
    """Delete the user's ranks of in-groups."""
    await db.execute("DELETE FROM vicidial_inbound_group_agents WHERE user = %s", login)


async def delete_user(db: Queries, login: str) -> bool:
    """Delete the user's row; whether there was one."""
    return bool(await db.execute("DELETE FROM vicidial_users WHERE user = %s", login))
