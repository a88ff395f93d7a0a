"""The rules of an agent's state (contract: GET /ingroups/status)."""

from __future__ import annotations

from typing import NamedTuple

from dialkit.collation import folded

DIAL = "DIAL"
DISPO = "DISPO"
# What is shorter stands in a call's row until Asterisk has told its id or channel.
CONNECTED_LENGTH = 5


class AgentFacts(NamedTuple):
    """What decides an agent's state: of its row in vicidial_live_agents, and of its call's.

    `call_length` is the longer one of the call's unique id and channel; None where there is no
    such call.
    """

    status: str | None
    has_lead: bool
    comments: str | None
    call_length: int | None


def state(agent: AgentFacts) -> str | None:
    """What the agent does."""
    if agent.status in ("READY", "PAUSED") and agent.has_lead:
        return DISPO
    if agent.status == "INCALL" and _is_manual(agent) and _is_dialled(agent):
        return DIAL
    return agent.status


def _is_manual(agent: AgentFacts) -> bool:
    return folded(agent.comments or "") == "manual"


def _is_dialled(agent: AgentFacts) -> bool:
    return agent.call_length is not None and agent.call_length < CONNECTED_LENGTH
