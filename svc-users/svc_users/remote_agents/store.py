"""SQL of remote agents, of whom several servers may have the same.

Writes vicidial_remote_agents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dialkit.db import Queries
from dialkit.sql import assignments


class RemoteAgent(NamedTuple):
    """A row of a remote agent: its id, and the login as it spells it."""

    remote_agent_id: int
    user_start: str


async def list_rows(db: Queries, login: str, remote_agent_id: int | None) -> list[RemoteAgent]:
    """The rows of that login, in the order of their ids; only the one of that id, if given."""
    # No index has the login; there are a few hundred rows.
    rows = await db.fetch_all(
        """
        SELECT remote_agent_id, user_start
        FROM vicidial_remote_agents
        WHERE user_start = %s AND remote_agent_id = COALESCE(%s, remote_agent_id)
        ORDER BY remote_agent_id
        """,
        login,
        remote_agent_id,
    )
    return [RemoteAgent(*row) for row in rows]


async def list_logins(db: Queries) -> list[str]:
    """The logins of all remote agents."""
    rows = await db.fetch_all(
        "SELECT user_start FROM vicidial_remote_agents WHERE user_start IS NOT NULL"
    )
    return [login for (login,) in rows]


async def change(db: Queries, agents: Sequence[RemoteAgent], columns: Mapping[str, Any]) -> bool:
    """Set columns of the rows, as far as they are still that agent's; False when none is."""
    matched = await db.execute(
        f"""
        UPDATE vicidial_remote_agents
        SET {assignments(columns)}
        WHERE remote_agent_id IN %s AND user_start = %s
        """,  # noqa: S608
        *columns.values(),
        [agent.remote_agent_id for agent in agents],
        agents[0].user_start,
    )
    return matched > 0
