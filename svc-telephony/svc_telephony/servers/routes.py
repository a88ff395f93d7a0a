"""Endpoint of servers."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE
from dialkit.errors import InvalidInput
from dialkit.http import answer, takes
from dialkit.journal import Journal, journaled
from dialkit.tokens import CALLER

from svc_telephony.servers import store
from svc_telephony.servers.schemas import Refresh

routes = web.RouteTableDef()


@routes.post("/api/v1/system/refresh")
@takes("server_refresh", body=Refresh())
async def refresh_servers(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Let servers make their conf files anew (contract: POST /system/refresh)."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    asked = body.get("server_ip")

    async def work(journal: Journal) -> list[str]:
        found = await store.list_addresses(journal, asked)
        if asked is not None and not found:
            raise InvalidInput({"server_ip": ["Server not found"]})
        # The timestamp first: files made with the old one would not differ, and nothing reload.
        await store.stamp_reload(journal, now)
        await store.order_rebuild(journal, found)
        notes = f"servers: {len(found)}"
        await journal.log("SERVERS", "OTHER", "refresh", "ADMIN API SERVERS REFRESH", notes)
        return found

    servers = await journaled(db, caller, now, work)
    return answer(
        "Server refresh triggered",
        {
            "server_ip": None if asked is None else servers[0],
            "status": "refresh_requested",
            "count": len(servers),
            "servers": servers,
        },
    )
