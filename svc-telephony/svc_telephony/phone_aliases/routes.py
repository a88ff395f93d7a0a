"""Endpoints of phone aliases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE, Queries
from dialkit.errors import Conflict, NotFound
from dialkit.http import answer, path_text, takes
from dialkit.journal import Journal, journaled
from dialkit.references import Reference
from dialkit.tokens import CALLER

from svc_telephony.phone_aliases import store
from svc_telephony.phone_aliases.schemas import NewPhoneAlias, PhoneAliasChanges
from svc_telephony.phone_aliases.store import PhoneAlias
from svc_telephony.phones.login_lock import login_lock
from svc_telephony.references import Thing, settled
from svc_telephony.values import asks_to_delete

routes = web.RouteTableDef()

_SECTION = "PHONEALIASES"
_THINGS: Mapping[str, Reference] = {
    "phone_logins": Thing.PHONE_LOGIN,
    "admin_user_group": Thing.USER_GROUP,
}
_MISSING = "Phone alias not found"
_COLUMNS = {"phone_logins": "logins_list", "admin_user_group": "user_group"}


@routes.post("/api/v1/phone-aliases")
@takes("add_phone_alias", body=NewPhoneAlias())
async def add_phone_alias(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Add a phone alias (contract: POST /phone-aliases)."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    alias_id = body["alias_id"]

    async def work(journal: Journal) -> str:
        columns = await _columns(journal, body)
        if await store.has_login(journal, alias_id):
            raise Conflict("Phone login already exists")
        if not await store.add(journal, columns):
            raise Conflict("Phone alias already exists")
        logins: str = columns["logins_list"]
        await journal.log(
            _SECTION, "ADD", alias_id, "ADMIN API ADD PHONE ALIAS", f"phones: {logins}"
        )
        return logins

    # A phone that is added meanwhile could get the alias for its login.
    async with login_lock(db, busy="Another request is giving a phone its login") as held:
        logins = await journaled(held, caller, now, work)
    data = {"alias_id": alias_id, "alias_name": body["alias_name"], "phone_logins": logins}
    return answer("Phone alias added successfully", data)


@routes.put("/api/v1/phone-aliases/{alias_id}")
@takes("update_phone_alias", body=PhoneAliasChanges())
async def change_phone_alias(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Change or delete a phone alias (contract: PUT /phone-aliases/{alias_id})."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    asked = path_text(request, "alias_id", most=20, missing=_MISSING)
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


async def _columns(db: Queries, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The columns, the group spelled as the database does. Raises: InvalidInput."""
    found = await settled(db, fields, _THINGS)
    if "phone_logins" in found:  # as they were sent: those of the database may not fit the column
        found["phone_logins"] = ",".join(fields["phone_logins"])
    return {_COLUMNS.get(name, name): value for name, value in found.items()}


async def _change(journal: Journal, alias: PhoneAlias, body: Mapping[str, Any]) -> None:
    columns = await _columns(journal, body)
    if not await store.change(journal, alias.alias_id, columns):
        raise NotFound(_MISSING)  # deleted meanwhile
    notes = f"phones: {columns.get('logins_list', alias.logins_list) or ''}"
    await journal.log(_SECTION, "MODIFY", alias.alias_id, "ADMIN API UPDATE PHONE ALIAS", notes)


async def _delete(journal: Journal, alias: PhoneAlias) -> None:
    if not await store.delete(journal, alias.alias_id):
        raise NotFound(_MISSING)  # another request was faster
    await journal.log(_SECTION, "DELETE", alias.alias_id, "ADMIN API DELETE PHONE ALIAS")
