"""The rules of an agent's state (contract: GET /ingroups/status)."""

from __future__ import annotations

from typing import NamedTuple

from dialkit.collation import folded

DIAL = "DIAL"
DISPO = "DISPO"
# What is shorter stands in a call's row until Asterisk has told its id or channel.
CONNECTED_LENGTH = 5


class Session(NamedTuple):
    """What decides an agent's state: of its row in vicidial_live_agents, and of its call's.

    `call_length` is the longer one of the call's unique id and channel; None where there is no
    such call.
    """

    status: str | None
    has_lead: bool
    comments: str | None
    call_length: int | None


def state(session: Session) -> str | None:
    """What the agent does."""
    if session.status in ("READY", "PAUSED") and session.has_lead:
        return DISPO
    if session.status == "INCALL" and _is_manual(session) and _is_dialled(session):
        return DIAL
    return session.status


def _is_manual(session: Session) -> bool:
    return folded(session.comments or "") == "manual"


def _is_dialled(session: Session) -> bool:
    return session.call_length is not None and session.call_length < CONNECTED_LENGTH
