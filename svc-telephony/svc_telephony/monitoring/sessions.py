"""Which session is to be monitored (contract: POST /monitor/blind, 1 and 2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import IPv4Address
from typing import NamedTuple

from dialkit.db import Queries
from dialkit.errors import Conflict, NotFound

from svc_telephony.dial_queue.headers import unbroken
from svc_telephony.monitoring import store
from svc_telephony.monitoring.store import LiveAgent, Switches

_SESSION = re.compile(r"[0-9]{1,7}\Z")
_COLUMNS = {"agent_user": "user", "server_ip": "server_ip", "session_id": "conf_exten"}


class Session(NamedTuple):
    """A session with its agent, and the switches of its server."""

    session_id: str
    agent: LiveAgent
    switches: Switches


async def find_session(db: Queries, asked: Mapping[str, str]) -> Session:
    """The session of a checked body. Raises: NotFound, Conflict."""
    known = {column: asked[field] for field, column in _COLUMNS.items() if field in asked}
    if "user" in known:
        agent = await store.find_agent(db, known)
        if agent is None:
            raise NotFound("Agent is not logged in")
        session_id = agent.conf_exten or ""
        return Session(session_id, agent, await _conference(db, session_id, agent.server_ip))

    session_id = known["conf_exten"]
    switches = await _conference(db, session_id, known["server_ip"])
    agent = await store.find_agent(db, known)
    if agent is None:
        raise Conflict("No agent in this session")
    return Session(session_id, agent, switches)


async def _conference(db: Queries, session_id: str, server_ip: str) -> Switches:
    """The switches of the session's server. Raises: NotFound where it has no such session."""
    switches = await store.find_switches(db, server_ip)
    can_be_dialled = _SESSION.match(session_id) and _is_address(server_ip)
    if not can_be_dialled or not await store.has_conference(
        db, session_id, server_ip, confbridge=switches.confbridge
    ):
        raise NotFound("Session not found")
    return switches


def _is_address(server_ip: str) -> bool:
    """Whether it has the four octets that a session on another server is dialled by."""
    try:
        IPv4Address(unbroken(server_ip))
    except ValueError:
        return False
    return True
