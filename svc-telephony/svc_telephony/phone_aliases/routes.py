"""Endpoints of phone aliases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from dialkit import fields
from dialkit.clock import CLOCK
from dialkit.db import DATABASE
from dialkit.errors import Conflict, NotFound
from dialkit.http import answer, takes
from dialkit.journal import Journal, journaled
from dialkit.tokens import CALLER

from svc_telephony.phone_aliases import store
from svc_telephony.phone_aliases.columns import columns_of
from svc_telephony.phone_aliases.schemas import NewPhoneAlias, PhoneAliasChanges
from svc_telephony.phone_aliases.store import PhoneAlias
from svc_telephony.values import asks_to_delete

routes = web.RouteTableDef()

_SECTION = "PHONEALIASES"
_MISSING = "Phone alias not found"
_MAX_ALIAS_ID = 20


@routes.post("/api/v1/phone-aliases")
@takes("add_phone_alias", body=NewPhoneAlias())
async def add_phone_alias(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Add a phone alias (contract: POST /phone-aliases)."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    alias_id = body["alias_id"]

    async def work(journal: Journal) -> str:
        columns = await columns_of(journal, body)
        if await store.has_login(journal, alias_id):
            raise Conflict("Phone login already exists")
        if not await store.add(journal, columns):
            raise Conflict("Phone alias already exists")
        logins: str = columns["logins_list"]
        await journal.log(
            _SECTION, "ADD", alias_id, "ADMIN API ADD PHONE ALIAS", f"phones: {logins}"
        )
        return logins

    logins = await journaled(db, caller, now, work)
    data = {"alias_id": alias_id, "alias_name": body["alias_name"], "phone_logins": logins}
    return answer("Phone alias added successfully", data)


@routes.put("/api/v1/phone-aliases/{alias_id}")
@takes("update_phone_alias", body=PhoneAliasChanges())
async def change_phone_alias(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Change or delete a phone alias (contract: PUT /phone-aliases/{alias_id})."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    asked = _path_alias(request)
    deletes = asks_to_delete(body, "delete_alias")

    async def work(journal: Journal) -> str:
        alias = await store.find(journal, asked)
        if alias is None:
            raise NotFound(_MISSING)
        await (_delete(journal, alias) if deletes else _change(journal, alias, body))
        return alias.alias_id

    alias_id = await journaled(db, caller, now, work)
    done = "deleted" if deletes else "updated"
    return answer(f"Phone alias {done} successfully", {"alias_id": alias_id})


def _path_alias(request: web.Request) -> str:
    """The alias that the path names. Raises: NotFound for what can be none."""
    alias_id = request.match_info["alias_id"]
    if len(alias_id) > _MAX_ALIAS_ID or fields.Text.refused.search(alias_id):
        raise NotFound(_MISSING)
    return alias_id


async def _change(journal: Journal, alias: PhoneAlias, body: Mapping[str, Any]) -> None:
    columns = await columns_of(journal, body)
    if not await store.change(journal, alias.alias_id, columns):
        raise NotFound(_MISSING)  # deleted meanwhile
    notes = f"phones: {columns.get('logins_list', alias.logins_list) or ''}"
    await journal.log(_SECTION, "MODIFY", alias.alias_id, "ADMIN API UPDATE PHONE ALIAS", notes)


async def _delete(journal: Journal, alias: PhoneAlias) -> None:
    if not await store.delete(journal, alias.alias_id):
        raise NotFound(_MISSING)  # another request was faster
    await journal.log(_SECTION, "DELETE", alias.alias_id, "ADMIN API DELETE PHONE ALIAS")
