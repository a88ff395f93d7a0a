"""The endpoint of a lead's callbacks."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK, Clock
from dialkit.db import DATABASE, Row
from dialkit.errors import NotFound
from dialkit.http import answer, takes

from svc_leads.callbacks import store
from svc_leads.callbacks.schemas import CallbackFilter
from svc_leads.leads.ids import path_lead_id
from svc_leads.leads.store import has_lead

routes = web.RouteTableDef()
_KEYS = ("callback_type", *store.SHOWN_COLUMNS)
_LOCAL_TIMES = ("entry_time", "callback_time", "modify_date")


@routes.get("/api/v1/leads/{lead_id}/callback-info")
@takes("lead_callback_info", query=CallbackFilter())
async def show_callbacks(request: web.Request, query: dict[str, Any]) -> web.Response:
    """A lead's newest callbacks (contract: GET /leads/{lead_id}/callback-info)."""
    lead_id, db = path_lead_id(request), request.app[DATABASE]
    location = query["search_location"]
    places = list(store.TABLES) if location == "ALL" else [location]
    rows = await store.list_of_lead(db, lead_id, places)
    if not rows and not await has_lead(db, lead_id):
        raise NotFound("Lead not found")
    return answer("Callbacks retrieved", [_shown(row, request.app[CLOCK]) for row in rows])


def _shown(row: Row, clock: Clock) -> dict[str, Any]:
    callback = dict(zip(_KEYS, row, strict=True))
    for key in _LOCAL_TIMES:
        callback[key] = clock.from_sql(callback[key])
    # The customer's wall clock, of no known zone.
    if (callback["customer_time"] or "").startswith("0000"):
        callback["customer_time"] = None
    return callback
