"""Endpoints of lists."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.client import SERVICES
from dialkit.clock import CLOCK
from dialkit.db import DATABASE
from dialkit.errors import InvalidInput, NotFound
from dialkit.http import answer, takes
from dialkit.tokens import CALLER

from svc_lists.list_ids import MISSING, path_list_id
from svc_lists.lists import add, change, deletion, store
from svc_lists.lists.columns import list_object
from svc_lists.lists.deletion import Deletion
from svc_lists.lists.fields import settled
from svc_lists.lists.leads_work import LeadsWork
from svc_lists.lists.schemas import ListChanges, ListView, NewList

routes = web.RouteTableDef()


@routes.post("/api/v1/lists")
@takes("add_list", body=NewList())
async def add_list(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Add a list (contract: POST /lists)."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    fields = await settled(db, body)
    list_id = await add.add(db, fields, caller, now)
    data = {
        "list_id": list_id,
        "list_name": fields["list_name"],
        "campaign_id": fields.get("campaign_id", ""),
        "active": fields["active"],
    }
    return answer("List created successfully", data)


@routes.put("/api/v1/lists/{list_id}")
@takes("update_list", body=ListChanges())
async def change_list(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Change, reset or delete a list (contract: PUT /lists/{list_id})."""
    list_id = path_list_id(request)
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    if body.pop("list_id", list_id) != list_id:
        raise InvalidInput({"list_id": ["Differs from the path"]})
    leads = LeadsWork(request.app[SERVICES], caller)
    data: dict[str, Any] = {"list_id": str(list_id)}
    wanted = Deletion(leads=body["delete_leads"] == "Y", row=body["delete_list"] == "Y")
    if wanted.is_wanted:
        deleted = await deletion.delete(db, leads, list_id, wanted, caller, now)
        data |= {"leads_deleted": deleted.leads, "done": deleted.done}
        return answer(wanted.message(done=deleted.done), data)

    changes = await change.prepare(db, list_id, body)
    reset = await change.change(db, leads, list_id, changes, caller, now)
    if reset:
        data |= {"leads_reset": reset.leads, "reset_done": reset.done}
    return answer("List updated successfully", data)


@routes.get("/api/v1/lists/{list_id}/info")
@takes("list_info", query=ListView())
async def show_list(request: web.Request, query: dict[str, Any]) -> web.Response:
    """Show a list and how many leads it has (contract: GET /lists/{list_id}/info)."""
    list_id, db = path_list_id(request), request.app[DATABASE]
    row = await store.find_list(db, list_id)
    if row is None:
        raise NotFound(MISSING)
    table = store.ARCHIVE if query["archived_lead"] == "Y" else store.LEADS
    data: dict[str, Any] = {"list": list_object(row, request.app[CLOCK])}
    data["lead_count"] = await store.count_leads(db, table, list_id)
    if query["leads_counts"] == "Y":
        data["new_lead_count"] = await store.count_new_leads(db, table, list_id)
    return answer("List retrieved", data)
