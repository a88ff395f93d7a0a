"""The look-up of recordings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import Queries
from dialkit.http import takes

from svc_reports.ranges import asked_range
from svc_reports.recordings.finding import find_recordings, refuse_too_wide
from svc_reports.recordings.schemas import RecordingQuery
from svc_reports.row_lists.answers import RowList, send_rows
from svc_reports.row_lists.listing import Listing
from svc_reports.settings import LIMITS

routes = web.RouteTableDef()

_LIST = RowList("recordings", "Recordings retrieved")


@routes.get("/api/v1/recordings/lookup")
@takes("recording_lookup", query=RecordingQuery(), about="agent_user")
async def look_up_recordings(request: web.Request, query: Mapping[str, Any]) -> web.StreamResponse:
    """Recordings of what is asked for, or the newest (contract: GET /recordings/lookup)."""
    clock = request.app[CLOCK]
    span = asked_range(query, clock, most_days=request.app[LIMITS].export_days)
    refuse_too_wide(query, span)

    async def opening(db: Queries) -> Listing:
        return await find_recordings(db, clock, query, span)

    return await send_rows(request, query, _LIST, opening)
