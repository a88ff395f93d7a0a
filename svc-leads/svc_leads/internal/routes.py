"""Internal endpoints (contract: leads.md, "Internal endpoints"); all may be repeated."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE
from dialkit.fields import MAX_LIST_ID, NoFields
from dialkit.http import answer, path_number, takes
from dialkit.tokens import CALLER

from svc_leads.internal import list_work, store
from svc_leads.internal.schemas import HopperRemoval, TestLead
from svc_leads.internal.test_lead import add_test_lead

routes = web.RouteTableDef()


@routes.post("/internal/v1/hopper/remove")
@takes("", body=HopperRemoval())
async def remove_from_hopper(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Take a campaign's or a list's leads out of the hopper."""
    removed = await store.remove_from_hopper(request.app[DATABASE], body)
    return answer("Removed from hopper", {"removed": removed})


@routes.post("/internal/v1/lists/{list_id}/leads/reset")
@takes("", body=NoFields())
async def reset_list(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Let all leads of a list be called again."""
    del body  # empty
    updated, done = await list_work.reset_list(request.app[DATABASE], _list_id(request))
    return answer("Leads reset", {"updated": updated, "done": done})


@routes.post("/internal/v1/lists/{list_id}/leads/delete")
@takes("", body=NoFields())
async def delete_list(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Delete all leads of a list."""
    del body  # empty
    deleted, done = await list_work.delete_list(request.app[DATABASE], _list_id(request))
    return answer("Leads deleted", {"deleted": deleted, "done": done})


@routes.post("/internal/v1/leads/test-call")
@takes("", body=TestLead())
async def add_lead_of_test_call(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Add the lead of a test call."""
    caller = replace(request[CALLER], given_tag=body["user"])
    lead_id = await add_test_lead(request.app[DATABASE], request.app[CLOCK], caller, body)
    return answer("Test lead added", {"lead_id": lead_id})


def _list_id(request: web.Request) -> int:
    """The list that the path names, known or not. Raises: NotFound for what can be none."""
    return path_number(request, "list_id", most=MAX_LIST_ID, missing="List not found")
