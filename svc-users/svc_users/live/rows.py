"""Agents at work, and what goes on around them: rows as the database has them."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import NamedTuple

from dialkit.collation import folded

INCALL = "INCALL"


class Agent(NamedTuple):
    """A session of an agent: columns of its row in vicidial_live_agents, and of its user."""

    user: str
    full_name: str | None
    user_group: str | None
    user_level: int | None
    campaign_id: str | None
    conf_exten: str | None
    server_ip: str
    extension: str | None
    status: str | None
    lead_id: int
    preview_lead_id: int | None
    callerid: str | None
    comments: str | None
    calls_today: int | None
    agent_log_id: int | None
    on_hook_agent: str | None
    ring_callerid: str | None
    closer_campaigns: str | None
    outbound_autodial: str | None
    manager_ingroup_set: str | None
    external_igb_set_user: str | None
    last_call_time: str | None
    last_state_change: str | None
    last_update_time: str

    @property
    def call(self) -> str:
        """The caller id of its call, as the database compares it; empty for none."""
        return folded(self.callerid or "")

    @property
    def medium(self) -> str:
        """How it talks: what the comments of its row say, in small letters."""
        return folded(self.comments or "")

    @property
    def chats(self) -> bool:
        """Whether it is in a chat."""
        return self.status == INCALL and "chat" in self.medium


class Call(NamedTuple):
    """A live call, of vicidial_auto_calls."""

    uniqueid: str | None
    channel: str | None
    phone_number: str | None


class Lead(NamedTuple):
    """What is shown of a lead, of vicidial_list."""

    vendor_lead_code: str | None
    phone_number: str


NO_LEAD = Lead("", "")


class Surroundings(NamedTuple):
    """What goes on around agents.

    `parked` and `calls` go by caller id; `shared_leads` are those that several agents talk to;
    `ended_chats` are the chats (login, lead) that the customer has left. Caller ids and logins are
    folded.
    """

    parked: Set[str]
    calls: Mapping[str, Call]
    shared_leads: Set[int]
    ended_chats: Set[tuple[str, int]]
