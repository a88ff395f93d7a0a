"""Endpoint of remote agents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE, Queries
from dialkit.errors import Conflict, NotFound, NothingToUpdate
from dialkit.http import answer, takes
from dialkit.journal import Journal, journaled
from dialkit.references import Reference, settled
from dialkit.tokens import CALLER

from svc_users.logins import find_login, path_login
from svc_users.names import text_of
from svc_users.references import Thing
from svc_users.remote_agents import store
from svc_users.remote_agents.lines import overlap
from svc_users.remote_agents.schemas import RemoteAgentChanges

routes = web.RouteTableDef()

_MISSING = "Remote agent not found"
_THINGS: Mapping[str, Reference] = {
    "server_ip": Thing.SERVER,
    "campaign_id": Thing.CAMPAIGN,
    "closer_campaigns": Thing.IN_GROUP,
}


@routes.put("/api/v1/remote-agents/{agent_id}")
@takes("update_remote_agent", about="agent_id", body=RemoteAgentChanges())
async def change_remote_agent(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Change, start or stop a remote agent (contract: PUT /remote-agents/{agent_id})."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    login = path_login(request, "agent_id", missing=_MISSING)
    remote_agent_id = body.pop("remote_agent_id", None)
    if not body:
        raise NothingToUpdate("No updates defined")

    async def work(journal: Journal) -> str:
        agents = await store.list_rows(journal, login, remote_agent_id)
        if not agents:
            raise NotFound(_MISSING)
        user = agents[0].user_start
        columns = await _columns(journal, body)
        await _check_lines(journal, user, body)
        if not await store.change(journal, agents, columns):
            raise NotFound(_MISSING)  # deleted meanwhile
        code, notes = "ADMIN API UPDATE REMOTEAGENTS", f"user start: {user}"
        await journal.log("REMOTEAGENTS", "MODIFY", user, code, notes)
        return user

    return answer(
        "Remote agent updated successfully",
        {"agent_id": await journaled(db, caller, now, work)},
    )


async def _columns(db: Queries, body: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of the body, with names as the database spells them. Raises: InvalidInput."""
    columns = await settled(db, body, _THINGS)
    if "closer_campaigns" in columns:
        columns["closer_campaigns"] = text_of(columns["closer_campaigns"])
    return columns


async def _check_lines(db: Queries, user: str, body: Mapping[str, Any]) -> None:
    """Raise Conflict where the lines would work as nobody, or as another remote agent's."""
    if body.get("status") == "ACTIVE" and await find_login(db, user) is None:
        raise Conflict("Remote agent has no user")
    lines = body.get("number_of_lines", 1)
    if lines > 1 and overlap(user, lines, await store.list_logins(db)):
        raise Conflict("Lines overlap another remote agent")
