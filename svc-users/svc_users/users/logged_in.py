"""GET /users/logged-in."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK, Clock
from dialkit.db import DATABASE, Queries
from dialkit.http import answer, takes

from svc_users.fields import YesNo
from svc_users.live import store
from svc_users.live.agents import Agent
from svc_users.live.filters import AgentFilter, Filters, filters_of
from svc_users.live.loader import pause_codes, surroundings
from svc_users.live.sharing import SHARED_READS
from svc_users.live.states import lead_at_hand, sub_status

routes = web.RouteTableDef()


class LoggedInFilter(AgentFilter):
    """Query of GET /users/logged-in."""

    show_sub_status = YesNo(load_default="N")


@routes.get("/api/v1/users/logged-in")
@takes("logged_in_agents", query=LoggedInFilter())
async def list_logged_in_agents(request: web.Request, query: dict[str, Any]) -> web.Response:
    """Agents that are logged in (contract: GET /users/logged-in)."""
    read = _read_with_states if query["show_sub_status"] == "Y" else _read
    agents = await request.app[SHARED_READS].data(
        read, request.app[DATABASE], request.app[CLOCK], filters_of(query)
    )
    return answer("Logged-in agents retrieved", agents)


async def _read(db: Queries, clock: Clock, filters: Filters) -> list[dict[str, Any]]:
    return [_shown(agent, clock) for agent in await store.list_agents(db, filters)]


async def _read_with_states(db: Queries, clock: Clock, filters: Filters) -> list[dict[str, Any]]:
    agents = await store.list_agents(db, filters)
    codes = await pause_codes(db, agents)
    around = await surroundings(db, agents)
    return [
        _shown(agent, clock)
        | {
            "lead_id": lead_at_hand(agent),
            "pause_code": code,
            "sub_status": sub_status(agent, around),
        }
        for agent, code in zip(agents, codes, strict=True)
    ]


def _shown(agent: Agent, clock: Clock) -> dict[str, Any]:
    return {
        "user": agent.user,
        "full_name": agent.full_name,
        "user_group": agent.user_group,
        "user_level": agent.user_level,
        "campaign_id": agent.campaign_id,
        "session_id": agent.conf_exten,
        "server_ip": agent.server_ip,
        "extension": agent.extension,
        "status": agent.status,
        "lead_id": agent.lead_id,
        "callerid": agent.callerid,
        "calls_today": agent.calls_today,
        "last_update_time": clock.from_sql(agent.last_update_time),
    }
