"""Agents that are logged in (contract: GET /users/logged-in)."""

from __future__ import annotations

from typing import Any

from dialkit.clock import Clock
from dialkit.db import Queries

from svc_users.live import store
from svc_users.live.filters import Selection
from svc_users.live.loader import pause_codes, surroundings
from svc_users.live.rows import Agent
from svc_users.live.states import lead_at_hand, sub_status


async def logged_in_agents(db: Queries, clock: Clock, selection: Selection) -> list[dict[str, Any]]:
    """The selected agents, by login."""
    return [_shown(agent, clock) for agent in await store.list_agents(db, selection)]


async def logged_in_agents_with_states(
    db: Queries, clock: Clock, selection: Selection
) -> list[dict[str, Any]]:
    """The same, with what each does within its status."""
    agents = await store.list_agents(db, selection)
    codes = await pause_codes(db, agents)
    around = await surroundings(db, agents)
    return [
        _shown(agent, clock)
        | {
            "lead_id": lead_at_hand(agent),
            "pause_code": code,
            "sub_status": sub_status(agent, around),
        }
        for agent, code in zip(agents, codes, strict=True)
    ]


def _shown(agent: Agent, clock: Clock) -> dict[str, Any]:
    return {
        "user": agent.user,
        "full_name": agent.full_name,
        "user_group": agent.user_group,
        "user_level": agent.user_level,
        "campaign_id": agent.campaign_id,
        "session_id": agent.conf_exten,
        "server_ip": agent.server_ip,
        "extension": agent.extension,
        "status": agent.status,
        "lead_id": agent.lead_id,
        "callerid": agent.callerid,
        "calls_today": agent.calls_today,
        "last_update_time": clock.from_sql(agent.last_update_time),
    }
