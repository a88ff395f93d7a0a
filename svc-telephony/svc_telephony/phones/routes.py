"""Endpoints of phones."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE
from dialkit.http import answer, takes
from dialkit.tokens import CALLER

from svc_telephony.phones.adding import add
from svc_telephony.phones.changing import change
from svc_telephony.phones.deletion import delete
from svc_telephony.phones.schemas import NewPhone, PhoneChanges, WhichServer
from svc_telephony.phones.which import asked_for
from svc_telephony.values import asks_to_delete

routes = web.RouteTableDef()

_SHOWN = ("extension", "server_ip", "phone_login", "dialplan_number")
_KEY = ("extension", "server_ip")


@routes.post("/api/v1/phones")
@takes("add_phone", body=NewPhone())
async def add_phone(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Add a phone (contract: POST /phones)."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    fields, passwords = await add(db, body, caller, now)
    shown = {name: fields[name] for name in _SHOWN}
    return answer("Phone added successfully", {**shown, **passwords})


@routes.put("/api/v1/phones/{phone_id}")
@takes("update_phone", query=WhichServer(), body=PhoneChanges())
async def change_phone(
    request: web.Request, query: dict[str, Any], body: dict[str, Any]
) -> web.Response:
    """Change or delete a phone (contract: PUT /phones/{phone_id})."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    deletes = asks_to_delete(body, "delete_phone", key=_KEY)
    asked = asked_for(request, query, body)
    if deletes:
        phone = await delete(db, asked, caller, now)
        return answer("Phone deleted successfully", phone._asdict())
    phone = await change(db, asked, body, caller, now)
    return answer("Phone updated successfully", phone._asdict())
