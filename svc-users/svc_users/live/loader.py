"""Agents at work and what goes on around them, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Sequence

from dialkit.collation import folded
from dialkit.db import Queries

from svc_users.live import store
from svc_users.live.rows import INCALL, Agent, Surroundings


async def surroundings(
    db: Queries, agents: Sequence[Agent], *, with_shared_leads: bool = True
) -> Surroundings:
    """What decides the agents' states (statements c to g; e can be left out)."""
    in_call = [agent for agent in agents if agent.status == INCALL]
    leads = {agent.lead_id for agent in in_call if agent.lead_id} if with_shared_leads else set()
    return Surroundings(
        parked=await store.list_parked(db),
        calls=await store.list_calls(db, {agent.call for agent in agents} - {""}),
        shared_leads=await store.list_shared_leads(db, leads),
        ended_chats=await _ended_chats(db, {agent.lead_id for agent in in_call if agent.chats}),
    )


async def pause_codes(db: Queries, agents: Sequence[Agent]) -> list[str]:
    """The pause code that each agent had last; empty for none."""
    log_ids = {agent.agent_log_id for agent in agents if agent.agent_log_id}
    codes = await store.list_pause_codes(db, log_ids)
    return [codes.get((agent.agent_log_id or 0, folded(agent.user)), "") for agent in agents]


async def _ended_chats(db: Queries, lead_ids: set[int]) -> set[tuple[str, int]]:
    chats = await store.list_chats(db, lead_ids)
    left = await store.list_left_chats(db, chats.values())
    return {of_whom for of_whom, chat_id in chats.items() if chat_id in left}
