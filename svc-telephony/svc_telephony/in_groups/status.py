"""In-groups in real time (contract: GET /ingroups/status)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from dialkit.collation import folded
from dialkit.db import Queries
from dialkit.errors import InvalidInput

from svc_telephony.in_groups import store
from svc_telephony.in_groups.states import DIAL, DISPO, state

_STATES = {
    "agents_ready": ("READY", "CLOSER"),
    "agents_waiting": ("READY", "CLOSER"),
    "agents_in_calls": ("INCALL", DIAL, "QUEUE", "MQUEUE"),
    "agents_paused": ("PAUSED",),
    "agents_in_dispo": (DISPO,),
    "agents_in_dial": (DIAL,),
}


async def in_group_status(db: Queries, names: frozenset[str]) -> list[dict[str, Any]]:
    """The in-groups of those names, or without names the active ones. Raises: InvalidInput."""
    groups = await store.list_names(db, sorted(names))
    _check_all_found(names, groups)
    if not groups:
        return []
    calls = await store.count_calls(db, list(groups))
    agents = await _agents_by_state(db, list(groups))
    return [
        {
            "group_id": group_id,
            "group_name": group_name,
            "total_calls": calls[folded(group_id)].total,
            "calls_waiting": calls[folded(group_id)].waiting,
        }
        | _counts(agents[folded(group_id)])
        for group_id, group_name in groups.items()
    ]


def _check_all_found(names: Iterable[str], found: Collection[str]) -> None:
    there = set(map(folded, found))
    missing = sorted(name for name in names if folded(name) not in there)
    if missing:
        raise InvalidInput({"in_groups": [f"In-group not found: {name}" for name in missing]})


async def _agents_by_state(
    db: Queries, group_ids: Sequence[str]
) -> defaultdict[str, Counter[str | None]]:
    """How many agents each in-group has in which state, by its folded id."""
    agents: defaultdict[str, Counter[str | None]] = defaultdict(Counter)
    for group_id, agent, number in await store.count_agents(db, group_ids):
        agents[folded(group_id)][state(agent)] += number
    return agents


def _counts(agents: Counter[str | None]) -> dict[str, int]:
    return {"agents_logged_in": agents.total()} | {
        shown: sum(agents[one] for one in states) for shown, states in _STATES.items()
    }
