"""What agents do right now (contract: GET /agents/status)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from dialkit.clock import SQL_FORMAT, Clock
from dialkit.collation import folded
from dialkit.db import Queries
from dialkit.errors import NotFound

from svc_users.live import store
from svc_users.live.filters import Selection
from svc_users.live.loader import pause_codes, surroundings
from svc_users.live.rows import NO_LEAD, Agent, Lead, Surroundings
from svc_users.live.states import lead_at_hand, sub_status
from svc_users.logins import find_login
from svc_users.names import names_of

_RECENT = timedelta(days=2)
# A longer one is a number.
_LONGEST_CODE = 3


async def agent_status(
    db: Queries, clock: Clock, selection: Selection, with_addresses: bool
) -> list[dict[str, Any]]:
    """The selected agents, by login. Raises: NotFound for the one that is not logged in."""
    agents = await store.list_agents(db, selection)
    if selection.agent_user is not None and not agents:
        known = await find_login(db, selection.agent_user)
        raise NotFound("Agent not logged in" if known else "Agent not found")
    codes = await pause_codes(db, agents)
    around = await surroundings(db, agents)
    leads = await store.list_leads(db, {lead_at_hand(agent) for agent in agents} - {0})
    shown = [
        _shown(agent, code, around, leads.get(lead_at_hand(agent), NO_LEAD), clock)
        for agent, code in zip(agents, codes, strict=True)
    ]
    if with_addresses:
        for one, address in zip(shown, await _addresses(db, agents, clock), strict=True):
            one["computer_ip"] = address
    return shown


async def _addresses(db: Queries, agents: Sequence[Agent], clock: Clock) -> list[str | None]:
    """Where each agent has logged in from, if lately."""
    since = (clock.now().local - _RECENT).strftime(SQL_FORMAT)
    found = await store.list_login_addresses(db, {folded(one.user) for one in agents}, since)
    return [found.get(folded(one.user)) for one in agents]


def _shown(
    agent: Agent, pause_code: str, around: Surroundings, lead: Lead, clock: Clock
) -> dict[str, Any]:
    return {
        "user": agent.user,
        "full_name": agent.full_name,
        "user_group": agent.user_group,
        "user_level": agent.user_level,
        "campaign_id": agent.campaign_id,
        "status": agent.status,
        "real_time_sub_status": sub_status(agent, around),
        "pause_code": pause_code,
        "callerid": agent.callerid,
        "lead_id": lead_at_hand(agent),
        "phone_number": _number_called(agent, around) or lead.phone_number,
        "vendor_lead_code": lead.vendor_lead_code,
        "calls_today": agent.calls_today,
        "session_id": agent.conf_exten,
        "server_ip": agent.server_ip,
        "extension": agent.extension,
        "last_call_time": clock.from_sql(agent.last_call_time),
        "last_state_change": clock.from_sql(agent.last_state_change),
        "in_groups": names_of(agent.closer_campaigns),
        "outbound_autodial": agent.outbound_autodial,
        "manager_ingroup_set": agent.manager_ingroup_set,
        "manager_user": agent.external_igb_set_user,
        "on_hook_agent": agent.on_hook_agent,
    }


def _number_called(agent: Agent, around: Surroundings) -> str:
    """The number at the other end of the agent's call, which need not be the lead's own."""
    call = around.calls.get(agent.call)
    number = call.phone_number or "" if call else ""
    return number if len(number) > _LONGEST_CODE else ""
