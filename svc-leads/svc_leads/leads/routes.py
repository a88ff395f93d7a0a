"""Endpoints of leads: add, change, change many, show."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE, Queries, Row
from dialkit.errors import InvalidInput, NotFound
from dialkit.http import answer, takes
from dialkit.tokens import CALLER

from svc_leads.custom_values import values as custom_values
from svc_leads.leads import add, batch, change, delete, store
from svc_leads.leads.columns import (
    LEAD_COLUMNS,
    column_of,
    lead_object,
    shown_value,
)
from svc_leads.leads.ids import path_lead_id
from svc_leads.leads.schemas import BatchChanges, FieldView, LeadChanges, LeadView, NewLead

routes = web.RouteTableDef()


@routes.post("/api/v1/leads")
@takes("add_lead", body=NewLead())
async def add_lead(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Add a lead (contract: POST /leads)."""
    db, clock = request.app[DATABASE], request.app[CLOCK]
    now = clock.now()
    lead = await add.prepare(db, body, clock, now, request[CALLER].tag)
    added = await add.add(db, lead)
    row = lead.columns | {"lead_id": added.lead_id, "modify_date": now.sql}
    shown = lead_object([row[column] for column in LEAD_COLUMNS], clock)
    return answer("Lead added successfully", shown | added.extras)


@routes.put("/api/v1/leads/batch")
@takes("batch_update_lead", body=BatchChanges())
async def change_leads(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Change many leads alike (contract: PUT /leads/batch)."""
    db, now = request.app[DATABASE], request.app[CLOCK].now()
    lead_ids = list(dict.fromkeys(body["lead_ids"]))
    changes = await batch.prepare(db, body)
    updated, missing = await batch.change_all(db, lead_ids, changes, now)
    if not updated:
        raise InvalidInput({"lead_ids": ["No lead found"]})
    data: dict[str, Any] = {"updated_count": updated}
    if missing:
        data["not_found"] = missing
    return answer("Leads updated successfully", data)


@routes.put("/api/v1/leads/{lead_id}")
@takes("update_lead", body=LeadChanges())
async def change_lead(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Change, move or delete a lead (contract: PUT /leads/{lead_id})."""
    lead_id = path_lead_id(request)
    db, clock = request.app[DATABASE], request.app[CLOCK]
    now = clock.now()
    if body.pop("lead_id", lead_id) != lead_id:
        raise InvalidInput({"lead_id": ["Differs from the path"]})
    if body["delete_lead"] == "Y":
        await delete.delete(db, lead_id, request[CALLER], now)
        return answer("Lead deleted successfully", {"lead_id": lead_id})
    prepared = await change.prepare(db, lead_id, body, clock, now)
    extras = await change.change(db, lead_id, prepared, now)
    return answer("Lead updated successfully", {"lead_id": lead_id} | extras)


@routes.get("/api/v1/leads/{lead_id}/info")
@takes("lead_all_info", query=LeadView())
async def show_lead(request: web.Request, query: dict[str, Any]) -> web.Response:
    """Show a lead (contract: GET /leads/{lead_id}/info)."""
    lead_id, db = path_lead_id(request), request.app[DATABASE]
    row = await _find(db, lead_id, query, LEAD_COLUMNS)
    lead = lead_object(row, request.app[CLOCK])
    if query["custom_fields"] == "Y":
        forced = query.get("force_entry_list_id")
        list_id = custom_values.table_list(forced, lead["entry_list_id"] or 0, lead["list_id"])
        lead["custom_fields"] = await custom_values.read(db, list_id, lead_id)
    return answer("Lead information retrieved", lead)


@routes.get("/api/v1/leads/{lead_id}/field-info")
@takes("lead_field_info", query=FieldView())
async def show_lead_field(request: web.Request, query: dict[str, Any]) -> web.Response:
    """Show one field of a lead (contract: GET /leads/{lead_id}/field-info)."""
    lead_id, db, field = path_lead_id(request), request.app[DATABASE], query["field"]
    if query["custom_fields"] == "Y":
        return answer("Field retrieved", {field: await _custom_value(db, lead_id, query)})
    column = column_of(field)
    if column is None:
        raise InvalidInput({"field": ["Invalid field name"]})
    (value,) = await _find(db, lead_id, query, (column,))
    return answer("Field retrieved", {field: shown_value(column, value, request.app[CLOCK])})


async def _custom_value(db: Queries, lead_id: int, query: dict[str, Any]) -> Any:
    entry_list_id, list_id = await _find(db, lead_id, query, ("entry_list_id", "list_id"))
    table = custom_values.table_list(query.get("list_id"), entry_list_id or 0, list_id)
    values = await custom_values.read(db, table, lead_id)
    by_name = {column.lower(): value for column, value in values.items()}
    if query["field"].lower() not in by_name:
        raise InvalidInput({"field": ["Invalid field name"]})
    return by_name[query["field"].lower()]


async def _find(db: Queries, lead_id: int, query: dict[str, Any], columns: tuple[str, ...]) -> Row:
    """Columns of the lead, or of the archived one. Raises: NotFound."""
    archived = query["archived_lead"] == "Y"
    find = store.find_archived_columns if archived else store.find_columns
    row = await find(db, lead_id, columns)
    if row is None:
        raise NotFound("Lead not found")
    return row
