"""Endpoints of the filter phone groups."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE, Connection
from dialkit.errors import Conflict, NotFound
from dialkit.http import answer, takes
from dialkit.journal import Journal, journaled
from dialkit.references import spelled
from dialkit.tokens import CALLER

from svc_lists.fpg import store
from svc_lists.fpg.schemas import EntryPath, NewEntry, WhichGroup
from svc_lists.references import Thing
from svc_lists.text import check_letters

routes = web.RouteTableDef()

_SECTION = "FILTERPHONEGROUPS"


@routes.post("/api/v1/fpg")
@takes("add_fpg_phone", body=NewEntry())
async def add_filtered_number(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Put a number into a filter phone group (contract: POST /fpg)."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    phone, asked = body["phone_number"], body["filter_phone_group_id"]
    await check_letters(db, phone_number=phone)
    found = await spelled(db, {"filter_phone_group_id": (Thing.FILTER_GROUP, asked)})
    group = found["filter_phone_group_id"]

    async def work(journal: Journal) -> None:
        if not await store.add_entry(journal, phone, group):
            raise Conflict("Phone number already in filter group")
        code = f"ADMIN API ADD NUMBER TO FILTER PHONE GROUP {group}"
        await journal.log(_SECTION, "ADD", phone, code, f"{phone}|{group}")

    await journaled(db, caller, now, work)
    return answer(
        "Phone number added to filter group",
        {"phone_number": phone, "filter_phone_group_id": group},
    )


@routes.delete("/api/v1/fpg/{phone}")
@takes("delete_fpg_phone", path=EntryPath(), query=WhichGroup())
async def delete_filtered_number(
    request: web.Request, path: dict[str, Any], query: dict[str, Any]
) -> web.Response:
    """Take a number out of one group or of all (contract: DELETE /fpg/{phone})."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    phone, asked = path["phone"], query.get("filter_phone_group_id")
    await check_letters(db, phone=phone)

    # A journal a group: each log row tells of its own group's statement.
    async def work(connection: Connection) -> list[str]:
        journals = {}
        for group in await store.list_groups(connection, phone, asked):
            journal = Journal(connection, caller, now)
            if await store.delete_entry(journal, phone, group):
                journals[group] = journal
        if not journals:
            raise NotFound("Filter group entry not found")  # or another request was faster
        for group, journal in journals.items():
            code = f"ADMIN API DELETE NUMBER FROM FILTER PHONE GROUP {group}"
            await journal.log(_SECTION, "DELETE", phone, code, f"{phone}|{group}")
        return list(journals)

    groups = await db.in_transaction(work)
    data = {"phone_number": phone, "filter_phone_group_ids": groups, "rows_deleted": len(groups)}
    return answer("Filter group entry deleted", data)
