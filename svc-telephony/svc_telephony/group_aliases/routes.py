"""Endpoint of group aliases."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE
from dialkit.errors import Conflict
from dialkit.http import answer, takes
from dialkit.journal import Journal, journaled
from dialkit.tokens import CALLER

from svc_telephony.group_aliases import store
from svc_telephony.group_aliases.schemas import NewGroupAlias
from svc_telephony.references import Thing, settled

routes = web.RouteTableDef()

_SHOWN = ("group_alias_id", "group_alias_name", "caller_id_number")


@routes.post("/api/v1/group-aliases")
@takes("add_group_alias", body=NewGroupAlias())
async def add_group_alias(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Add a caller id that agents may choose (contract: POST /group-aliases)."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    columns = await settled(db, body, {"admin_user_group": Thing.USER_GROUP})
    columns["user_group"] = columns.pop("admin_user_group")

    async def work(journal: Journal) -> None:
        if not await store.add(journal, columns):
            raise Conflict("Group alias already exists")
        alias_id = columns["group_alias_id"]
        await journal.log("GROUPALIASES", "ADD", alias_id, "ADMIN API ADD GROUP ALIAS")

    await journaled(db, caller, now, work)
    return answer("Group alias added successfully", {name: columns[name] for name in _SHOWN})
