"""Endpoints of agents."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE, Queries
from dialkit.errors import NotFound
from dialkit.http import answer, takes
from dialkit.sharing import SHARED_READS

from svc_users.agents import campaigns, in_groups, store
from svc_users.agents.in_groups import LOGGED_OUT, NO_INBOUND, Inbound, Session, links_of
from svc_users.agents.rank_rows import UNRANKED_IN_CAMPAIGN, UNRANKED_IN_GROUP, ranks_by_name
from svc_users.agents.schemas import CampaignFilter, StatusFilter
from svc_users.agents.status import agent_status
from svc_users.live.filters import selection_of
from svc_users.logins import path_login

routes = web.RouteTableDef()

_MISSING = "Agent not found"


@routes.get("/api/v1/agents/status")
@takes("agent_status", about="agent_user", query=StatusFilter())
async def show_agent_status(request: web.Request, query: dict[str, Any]) -> web.Response:
    """What agents do right now (contract: GET /agents/status)."""
    agents = await request.app[SHARED_READS].data(
        agent_status,
        request.app[DATABASE],
        request.app[CLOCK],
        selection_of(query),
        query["include_ip"] == "Y",
    )
    return answer("Agent status retrieved", agents)


@routes.get("/api/v1/agents/{agent_id}/ingroup-info")
@takes("agent_ingroup_info", about="agent_id")
async def list_agent_in_groups(request: web.Request) -> web.Response:
    """An agent's in-groups (contract: GET /agents/{agent_id}/ingroup-info)."""
    db, login = request.app[DATABASE], path_login(request, "agent_id", missing=_MISSING)
    agent = await store.find_defaults(db, login)
    if agent is None:
        raise NotFound(_MISSING)
    session = await store.find_session(db, agent.user) or LOGGED_OUT
    links = links_of(agent, session, await _inbound(db, session))
    rank_rows = await store.list_in_group_ranks(db, agent.user)
    ranks = ranks_by_name(rank_rows, UNRANKED_IN_GROUP)
    groups = await store.list_in_groups(db, links.names | ranks.keys())
    return answer("Agent ingroups retrieved", in_groups.shown(agent, session, links, ranks, groups))


@routes.get("/api/v1/agents/{agent_id}/campaigns")
@takes("agent_campaigns", about="agent_id", query=CampaignFilter())
async def list_agent_campaigns(request: web.Request, query: dict[str, Any]) -> web.Response:
    """The campaigns that an agent may use (contract: GET /agents/{agent_id}/campaigns)."""
    db, login = request.app[DATABASE], path_login(request, "agent_id", missing=_MISSING)
    agent = await store.find_allowance(db, login)
    if agent is None:
        raise NotFound(_MISSING)
    names = campaigns.wanted(agent.allowed_campaigns, query.get("campaign_id"))
    found = await store.list_campaigns(db, names)
    rank_rows = await store.list_campaign_ranks(db, agent.user) if found else []
    ranks = ranks_by_name(rank_rows, UNRANKED_IN_CAMPAIGN)
    agent_direct = query["ignore_agentdirect"] == "N"
    listed = campaigns.listed_in_groups(found, agent_direct=agent_direct)
    groups = await store.list_active_in_groups(db, listed)
    return answer("Agent campaigns retrieved", campaigns.shown(found, ranks, groups))


async def _inbound(db: Queries, session: Session) -> Inbound:
    if session.campaign_id is None:
        return NO_INBOUND
    return await store.find_inbound(db, session.campaign_id) or NO_INBOUND
