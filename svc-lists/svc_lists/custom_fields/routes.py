"""Endpoints of custom field definitions."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE, Queries
from dialkit.errors import InvalidInput, NotFound, NothingToUpdate
from dialkit.http import answer, path_number, takes
from dialkit.tokens import CALLER

from svc_lists.custom_fields import options, store
from svc_lists.custom_fields.definition import settle
from svc_lists.custom_fields.field_work import MISSING, FieldWork, alone, check, check_possible
from svc_lists.custom_fields.schemas import MAX_FIELD_ID, FieldChanges, NewField
from svc_lists.custom_fields.store import Field
from svc_lists.list_ids import check_list, path_list_id

routes = web.RouteTableDef()
_PATH = "/api/v1/lists/{list_id}/custom-fields"
_NEW: Field = {
    "field_type": "TEXT",
    "field_options": "",
    "field_size": 20,
    "field_max": 50,
    "field_default": "NULL",
    "field_required": "N",
    "field_description": "",
    "field_help": "",
    "field_order": 1,
    "name_position": "LEFT",
    "multi_position": "HORIZONTAL",
    "field_show_hide": "DISABLED",
    "field_encrypt": "N",
    "field_duplicate": "N",
}
_LAST_RANK = 9999


@routes.get(_PATH)
@takes("list_custom_fields")
async def list_custom_fields(request: web.Request) -> web.Response:
    """The fields of a list (contract: GET /lists/{list_id}/custom-fields)."""
    db, list_id = request.app[DATABASE], path_list_id(request)
    await check_list(db, list_id)
    fields = [_shown(field) for field in await store.list_fields(db, list_id)]
    return answer("Custom fields retrieved", fields)


@routes.post(_PATH)
@takes("update_list", body=NewField())
async def add_custom_field(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Add a field and its column (contract: POST /lists/{list_id}/custom-fields)."""
    db, list_id = request.app[DATABASE], path_list_id(request)
    await check_list(db, list_id)
    await check_possible(db, list_id)
    rerank = body.pop("field_rerank") == "YES"
    field = settle(_NEW, body)
    await check(db, list_id, field)
    async with alone(db, list_id) as connection:
        if "field_rank" not in field:
            highest = await store.find_highest_rank(connection, list_id)
            field["field_rank"] = min(highest + 1, _LAST_RANK)
        work = FieldWork(connection, list_id, request[CALLER], request.app[CLOCK].now())
        field_id = await work.add(field, rerank=rerank)
    return answer("Field added successfully", {"field_id": field_id})


@routes.put(_PATH)
@takes("update_list", body=FieldChanges())
async def change_custom_field(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Change a field and its column (contract: PUT /lists/{list_id}/custom-fields)."""
    db, list_id = request.app[DATABASE], path_list_id(request)
    await check_list(db, list_id)
    await check_possible(db, list_id)
    rerank = body.pop("field_rerank") == "YES" and "field_rank" in body
    field_id, name = body.pop("field_id", None), body.pop("field_name", None)
    async with alone(db, list_id) as connection:
        field = await _named(connection, list_id, field_id, name)
        if not body:
            raise NothingToUpdate
        wanted = settle(field, body)
        work = FieldWork(connection, list_id, request[CALLER], request.app[CLOCK].now())
        await work.change(field, {key: wanted[key] for key in body}, rerank=rerank)
    return answer("Field updated successfully", None)


@routes.delete(_PATH + "/{field_id}")
@takes("update_list")
async def delete_custom_field(request: web.Request) -> web.Response:
    """Remove a field and its values (contract: DELETE .../custom-fields/{field_id})."""
    db, list_id = request.app[DATABASE], path_list_id(request)
    field_id = path_number(request, "field_id", most=MAX_FIELD_ID, missing=MISSING)
    await check_list(db, list_id)
    await check_possible(db, list_id)
    async with alone(db, list_id) as connection:
        field = await _named(connection, list_id, field_id, None)
        work = FieldWork(connection, list_id, request[CALLER], request.app[CLOCK].now())
        await work.delete(field)
    return answer("Field deleted successfully", None)


async def _named(db: Queries, list_id: int, field_id: int | None, name: str | None) -> Field:
    """The list's field, by its id or else by its name. Raises: NotFound, InvalidInput."""
    if field_id is None:
        field = await store.find_named_field(db, list_id, name or "")
    else:
        field = await store.find_field(db, list_id, field_id)
    if field is None:
        raise NotFound(MISSING)
    if name is not None and name.lower() != (field["field_name"] or "").lower():
        if field_id is None:  # the database takes `cólor` for `color`
            raise NotFound(MISSING)
        raise InvalidInput({"field_name": ["field_name cannot be changed"]})
    return field


def _shown(field: Field) -> Field:
    return field | {
        "field_options": options.shown(field["field_type"], field["field_options"]),
        "field_default": None if field["field_default"] == "NULL" else field["field_default"],
    }
