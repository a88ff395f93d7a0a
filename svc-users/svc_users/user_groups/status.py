"""User groups in real time (contract: GET /user-groups/status)."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from dialkit.collation import folded
from dialkit.db import Queries
from dialkit.errors import NotFound

from svc_users.live.filters import Selection
from svc_users.live.loader import surroundings
from svc_users.live.states import effective_status
from svc_users.live.store import list_agents
from svc_users.user_groups import store
from svc_users.user_groups.calls_waiting import WaitingCalls

_STATUSES = {
    "agents_in_calls": ("INCALL", "DIAL", "QUEUE", "MQUEUE", "PARK"),
    "agents_waiting": ("READY", "CLOSER"),
    "agents_paused": ("PAUSED",),
    "agents_in_dead_calls": ("DEAD",),
    "agents_in_dispo": ("DISPO",),
    "agents_in_dial": ("DIAL",),
}


async def group_status(db: Queries, names: frozenset[str]) -> list[dict[str, Any]]:
    """The groups of those folded names, or all. Raises: NotFound."""
    groups = await store.list_groups(db)
    if not names <= groups.keys():
        raise NotFound("User group not found")
    users = await store.count_users(db)
    in_groups = await store.list_campaign_in_groups(db)
    calls = WaitingCalls(await store.count_live_calls(db), in_groups)
    agents = await _agents_by_status(db, names)
    return [
        {
            "user_group": group.user_group,
            "group_name": group.group_name,
            "total_users": users[name],
            "logged_in_users": agents[name].total(),
            "calls_waiting": calls.of_group(group.allowed_campaigns),
        }
        | _counts(agents[name])
        for name, group in groups.items()
        if not names or name in names
    ]


async def _agents_by_status(
    db: Queries, names: frozenset[str]
) -> defaultdict[str, Counter[str | None]]:
    """How many agents each group has at work, by effective status."""
    agents = await list_agents(db, Selection(user_groups=names))
    around = await surroundings(db, agents, with_shared_leads=False)
    groups: defaultdict[str, Counter[str | None]] = defaultdict(Counter)
    for agent in agents:
        groups[folded(agent.user_group or "")][effective_status(agent, around)] += 1
    return groups


def _counts(agents: Counter[str | None]) -> dict[str, int]:
    return {
        shown: sum(agents[status] for status in statuses) for shown, statuses in _STATUSES.items()
    }
