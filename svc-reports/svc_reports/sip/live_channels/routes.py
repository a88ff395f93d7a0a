"""The endpoint of live channels."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.db import DATABASE, Queries
from dialkit.http import answer, takes
from dialkit.sharing import SHARED_READS

from svc_reports.sip.live_channels import store
from svc_reports.sip.live_channels.schemas import ALL, ChannelFilter
from svc_reports.slots import SLOTS

routes = web.RouteTableDef()


@routes.get("/api/v1/sip/live-channels")
@takes("sip_live_channels", query=ChannelFilter())
async def list_live_channels(request: web.Request, query: dict[str, Any]) -> web.Response:
    """Channels that are up now (contract: GET /sip/live-channels)."""
    kinds = store.KINDS if query["type"] == ALL else (query["type"],)
    only = tuple((name, query[name]) for name in ("channel_group", "server_ip") if name in query)
    async with request.app[SLOTS].in_time():
        channels = await request.app[SHARED_READS].data(
            _channels_up, request.app[DATABASE], kinds, only
        )
    return answer("Live SIP channels retrieved successfully", channels)


async def _channels_up(
    db: Queries, kinds: tuple[str, ...], only: tuple[tuple[str, str], ...]
) -> dict[str, Any]:
    channels = await store.list_channels(db, kinds, only)
    return {"count": len(channels), "channels": [one._asdict() for one in channels]}
