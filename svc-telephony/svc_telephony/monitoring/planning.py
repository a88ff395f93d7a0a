"""A monitor call before anything is written (contract: POST /monitor/blind, 1 to 4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dialkit.db import Queries
from dialkit.errors import Conflict

from svc_telephony.dial_queue.headers import unbroken
from svc_telephony.dial_queue.store import Call
from svc_telephony.monitoring.lines import monitor_call
from svc_telephony.monitoring.listener import find_phone
from svc_telephony.monitoring.sessions import Session, find_session
from svc_telephony.monitoring.stages import STAGES, SWAPPED, WHISPER, Stage, prefix
from svc_telephony.monitoring.store import Phone
from svc_telephony.monitoring.target import target
from svc_telephony.references import Thing, settled


class Plan(NamedTuple):
    """A call that only lacks its code: who is heard, who listens, how, and what is dialled."""

    session: Session
    phone: Phone
    stage: str
    target: str

    @property
    def meaning(self) -> Stage:
        """What the stage means to VICIdial."""
        return STAGES[self.stage]

    def call(self, code: str) -> Call:
        """The call under that code."""
        return monitor_call(code, self.phone, self.target, swapped=self.stage == SWAPPED)


async def plan_call(db: Queries, body: Mapping[str, str]) -> Plan:
    """The call of a checked body. Raises: NotFound, Conflict, InvalidInput."""
    asked = await settled(db, body, {"server_ip": Thing.SERVER})
    session = await find_session(db, asked)
    phone = await find_phone(db, asked, session.agent.server_ip)
    stage = asked["stage"]
    if stage == WHISPER and not session.switches.takes_whispers:
        raise Conflict("Whisper monitoring is not enabled")
    switches = session.switches
    before = prefix(stage, confbridge=switches.confbridge, enhanced=switches.enhanced)
    number = target(unbroken(session.agent.server_ip), before, session.session_id)
    return Plan(session, phone, stage, number)
