"""The endpoint that brings a lead back from the archive."""

from __future__ import annotations

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE
from dialkit.fields import NoFields
from dialkit.http import answer, takes
from dialkit.tokens import CALLER

from svc_leads.archive.restore import restore
from svc_leads.leads.ids import path_lead_id

routes = web.RouteTableDef()


@routes.post("/api/v1/leads/{lead_id}/dearchive")
@takes("lead_dearchive", body=NoFields())
async def restore_lead(request: web.Request, body: dict[str, object]) -> web.Response:
    """Bring a lead back from the archive (contract: POST /leads/{lead_id}/dearchive)."""
    del body  # empty: there is nothing to say beside the path
    lead_id, now = path_lead_id(request), request.app[CLOCK].now()
    await restore(request.app[DATABASE], lead_id, request[CALLER], now)
    return answer("Lead restored successfully", {"lead_id": lead_id})
