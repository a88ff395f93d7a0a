"""Demo calls as the logs tell of them, and the leads as these calls have left them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from deploy.db.demo_rows import Row, Rows
from deploy.db.demo_sessions import CALLS
from deploy.db.demo_users import PEOPLE, Person

# The dialer's words for calls that agents or queues have; others are not answered yet.
_ANSWERED = {"XFER", "CLOSER", "LIVE"}


class LoggedCall(NamedTuple):
    """A call that is over; one whose `length` is None goes on.

    `number` tells calls apart that began in the same second. It `waited` so many seconds until an
    agent took it, or nobody did. `campaign_id` is the in-group of a call that came in.
    """

    number: int
    kind: str
    began: datetime
    lead: Row
    campaign_id: str
    status: str
    agent: Person | None
    waited: int
    length: int | None
    called_count: int

    @property
    def came_in(self) -> bool:
        """Whether it is a call of an in-group."""
        return self.kind == "Y"

    @property
    def epoch(self) -> int:
        """When it began, in Unix seconds."""
        return int(self.began.timestamp())

    @property
    def uniqueid(self) -> str:
        """Asterisk's number of the call."""
        return f"{self.epoch}.{self.number}"

    @property
    def channel(self) -> str:
        """Asterisk's name of the customer's line."""
        return f"SIP/trunk1-{self.number:08x}"

    @property
    def code(self) -> str:
        """The caller id, by which all of VICIdial knows the call."""
        return f"{self.kind}{f'{self.began:%m%d%H%M%S}'[1:]}{self.lead['lead_id']:010}"

    @property
    def user(self) -> str:
        """Who had it: an agent, or the dialer's own users."""
        return self.agent.user if self.agent else "VDCL" if self.came_in else "VDAD"


def present_calls(leads: Rows, now: datetime) -> Iterator[LoggedCall]:
    """The calls that are going on, of those that were answered."""
    by_id = {lead["lead_id"]: lead for lead in leads}
    agents = {person.user: person for person in PEOPLE if person.phone}
    for call, user in CALLS.items():
        if call.channel and call.status in _ANSWERED:
            lead, agent = by_id[call.lead_id], agents.get(user)
            yield LoggedCall(
                number=call.lead_id,
                kind=call.kind,
                began=call.begun(now),
                lead=lead,
                campaign_id=call.campaign_id,
                status="INCALL" if agent else "QUEUE",
                agent=agent,
                waited=3,
                length=None,
                called_count=lead["called_count"],
            )


def leads_after(leads: Rows, calls: Iterable[LoggedCall], now: datetime) -> Rows:
    """The leads, changed by these calls, which are in the order of their times."""
    last = {call.lead["lead_id"]: call for call in calls}
    return [
        lead | _called(last[lead["lead_id"]], now) if lead["lead_id"] in last else lead
        for lead in leads
    ]


def _called(call: LoggedCall, now: datetime) -> Row:
    return {
        "status": call.status,
        "user": call.user,
        "called_count": call.called_count,
        "called_since_last_reset": "Y",
        "last_local_call_time": call.began,
        # Converted by the server, which refuses local times that summer time skips.
        "modify_date": now,
    }
