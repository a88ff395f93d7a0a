"""Endpoint of user groups."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.db import DATABASE
from dialkit.http import answer, takes
from dialkit.sharing import SHARED_READS

from svc_users.live.filters import GroupFilter, given_names
from svc_users.user_groups.status import group_status

routes = web.RouteTableDef()


@routes.get("/api/v1/user-groups/status")
@takes("user_group_status", query=GroupFilter())
async def show_user_group_status(request: web.Request, query: dict[str, Any]) -> web.Response:
    """What the agents of each group do right now (contract: GET /user-groups/status)."""
    names = given_names(query, "user_groups", "user_group")
    groups = await request.app[SHARED_READS].data(group_status, request.app[DATABASE], names)
    return answer("User group status retrieved", groups)
