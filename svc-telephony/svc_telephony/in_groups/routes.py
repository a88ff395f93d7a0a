"""Endpoints of in-groups."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.db import DATABASE
from dialkit.http import answer, takes
from dialkit.sharing import SHARED_READS

from svc_telephony.in_groups import store
from svc_telephony.in_groups.schemas import StatusFilter
from svc_telephony.in_groups.status import in_group_status
from svc_telephony.values import ActiveFilter

routes = web.RouteTableDef()


@routes.get("/api/v1/ingroups")
@takes("ingroup_list", query=ActiveFilter())
async def list_in_groups(request: web.Request, query: dict[str, Any]) -> web.Response:
    """Inbound groups (contract: GET /ingroups)."""
    groups = await store.list_in_groups(request.app[DATABASE], query["active"])
    return answer("Inbound groups retrieved", [one._asdict() for one in groups])


@routes.get("/api/v1/ingroups/status")
@takes("in_group_status", query=StatusFilter())
async def show_in_group_status(request: web.Request, query: dict[str, Any]) -> web.Response:
    """What goes on in in-groups right now (contract: GET /ingroups/status)."""
    names = frozenset(query.get("in_groups", ()))
    groups = await request.app[SHARED_READS].data(in_group_status, request.app[DATABASE], names)
    return answer("Inbound group status retrieved", groups)
