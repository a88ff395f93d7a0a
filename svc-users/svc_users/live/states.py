"""The rules of an agent's state (contract: users.md, "Real-time status")."""

from __future__ import annotations

from dialkit.collation import folded

from svc_users.live.rows import INCALL, Agent, Call, Surroundings

_PAUSED = "PAUSED"
_DISPO = "DISPO"
_RINGING_LENGTH = 18
_CONNECTED_LENGTH = 5


def sub_status(agent: Agent, around: Surroundings) -> str:
    """What the agent does within its status; empty where there is no more to say."""
    state = ""
    if agent.status == _PAUSED:
        state = "PREVIEW" if _previews(agent) else _DISPO if agent.lead_id > 0 else ""
    elif agent.status == INCALL:
        is_shared = agent.lead_id in around.shared_leads
        state = _call_state(agent, around) or ("3-WAY" if is_shared else "")
    return state or ("RING" if _rings(agent) else "")


def effective_status(agent: Agent, around: Surroundings) -> str | None:
    """The status that an agent is counted under."""
    if agent.status == INCALL:
        return _call_state(agent, around) or INCALL
    if agent.status in ("READY", _PAUSED) and agent.lead_id > 0:
        return _DISPO
    return agent.status


def lead_at_hand(agent: Agent) -> int:
    """The lead on the agent's screen, 0 for none: in a preview not yet the session's own."""
    return (agent.preview_lead_id or 0) if _previews(agent) else agent.lead_id


def _previews(agent: Agent) -> bool:
    return agent.status == _PAUSED and (agent.preview_lead_id or 0) > 0


def _rings(agent: Agent) -> bool:
    return agent.on_hook_agent == "Y" and len(agent.ring_callerid or "") > _RINGING_LENGTH


def _call_state(agent: Agent, around: Surroundings) -> str:
    """What has become of the conversation of an agent who is INCALL; empty while it goes on."""
    if agent.call in around.parked:
        return "PARK"
    if agent.chats:
        return "DEAD" if (folded(agent.user), agent.lead_id) in around.ended_chats else ""
    if "email" in agent.medium:
        return ""
    call = around.calls.get(agent.call)
    if call is None:
        return "DEAD"
    return "DIAL" if agent.medium == "manual" and not _is_connected(call) else ""


def _is_connected(call: Call) -> bool:
    lengths = (len(call.uniqueid or ""), len(call.channel or ""))
    return max(lengths) >= _CONNECTED_LENGTH
