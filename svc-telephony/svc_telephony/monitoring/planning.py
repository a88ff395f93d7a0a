"""A monitor call before anything is written (contract: POST /monitor/blind, 1 to 4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dialkit.db import Queries
from dialkit.errors import Conflict

from svc_telephony.dial_queue.store import Call
from svc_telephony.monitoring import dialing
from svc_telephony.monitoring.listener import listener_phone
from svc_telephony.monitoring.sessions import Session, find_session
from svc_telephony.monitoring.stages import BARGESWAP, STAGES, WHISPER, Stage
from svc_telephony.monitoring.store import ListenerPhone
from svc_telephony.references import Thing, settled


class Plan(NamedTuple):
    """A call that only lacks its code: who is heard, who listens, how, and what is dialled."""

    session: Session
    phone: ListenerPhone
    stage: Stage
    target: str

    def call(self, code: str) -> Call:
        """The call under that code."""
        swapped = self.stage == BARGESWAP
        return dialing.monitor_call(code, self.phone, self.target, swapped=swapped)


async def plan_call(db: Queries, body: Mapping[str, str]) -> Plan:
    """The call of a checked body. Raises: NotFound, Conflict, InvalidInput."""
    asked = await settled(db, body, {"server_ip": Thing.SERVER})
    session = await find_session(db, asked)
    phone = await listener_phone(db, asked, session.agent.server_ip)
    stage, switches = STAGES[asked["stage"]], session.switches
    if stage == WHISPER and not switches.takes_whispers:
        raise Conflict("Whisper monitoring is not enabled")
    prefix = stage.prefix(confbridge=switches.confbridge, enhanced=switches.enhanced)
    target = dialing.target(session.agent.server_ip, prefix, session.session_id)
    return Plan(session, phone, stage, target)
