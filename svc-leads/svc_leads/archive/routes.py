"""The endpoint that brings a lead back from the archive."""

from __future__ import annotations

from aiohttp import web
from dialkit.audit import Change, write_admin_log
from dialkit.clock import CLOCK
from dialkit.db import DATABASE, Connection, Queries
from dialkit.db_errors import DuplicateKey
from dialkit.errors import Conflict, NotFound
from dialkit.fields import NoFields
from dialkit.http import answer, takes
from dialkit.tokens import CALLER

from svc_leads.archive import store
from svc_leads.leads.ids import path_lead_id

routes = web.RouteTableDef()


@routes.post("/api/v1/leads/{lead_id}/dearchive")
@takes("lead_dearchive", body=NoFields())
async def restore_lead(request: web.Request, body: dict[str, object]) -> web.Response:
    """Bring a lead back from the archive (contract: POST /leads/{lead_id}/dearchive)."""
    del body  # empty: there is nothing to say beside the path
    lead_id, db = path_lead_id(request), request.app[DATABASE]
    columns = await store.list_common_columns(db)
    list_id = await store.find_list_id(db, lead_id) if columns else None
    if list_id is None:
        raise NotFound("Archived lead not found")

    async def work(connection: Connection) -> None:
        # Inserted before deleted: a crash in between leaves both, and a repeat finishes.
        await _put_back(connection, lead_id, columns)
        await store.delete(connection, lead_id)
        change = Change("LEADS", "OTHER", lead_id, "ADMIN API DEARCHIVE LEAD", f"list: {list_id}")
        await write_admin_log(connection, request[CALLER], request.app[CLOCK].now(), change)

    await db.in_transaction(work)
    return answer("Lead restored successfully", {"lead_id": lead_id})


async def _put_back(db: Queries, lead_id: int, columns: list[str]) -> None:
    """Make the archived lead a lead, if it is not one already. Raises: Conflict."""
    same = await store.is_same_lead(db, lead_id, columns)
    if same is None:
        try:
            await store.copy_back(db, lead_id, columns)
        except DuplicateKey:
            same = await store.is_same_lead(db, lead_id, columns)
    if same is False:
        raise Conflict("Lead is not archived")
