"""Endpoints of the system: its lists, and the refresh of its servers."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE
from dialkit.errors import InvalidInput
from dialkit.http import answer, next_page, takes
from dialkit.journal import Journal, journaled
from dialkit.tokens import CALLER

from svc_telephony.references import Thing
from svc_telephony.system import servers, store
from svc_telephony.system.schemas import ContainerFilter, Refresh, SoundFilter
from svc_telephony.system.sound_pages import end_of, place_at
from svc_telephony.system.sounds import FORMATS, shown
from svc_telephony.values import ActiveFilter

routes = web.RouteTableDef()


@routes.get("/api/v1/system/sounds")
@takes("sounds_list", query=SoundFilter())
async def list_sounds(request: web.Request, query: dict[str, Any]) -> web.Response:
    """The files of the audio store (contract: GET /system/sounds)."""
    stage, limit = query["stage"], query["limit"]
    after = place_at(query["cursor"], stage) if "cursor" in query else None
    formats = [query["format"]] if "format" in query else FORMATS
    sounds = await store.list_sounds(
        request.app[DATABASE], stage, formats, limit=limit + 1, after=after
    )
    page = sounds[:limit]
    end = end_of(page[-1], stage) if len(sounds) > limit else None
    link = next_page(request, end, parameter="cursor")
    return answer("Sound files retrieved", list(map(shown, page)), headers=link)


@routes.get("/api/v1/system/moh")
@takes("moh_list", query=ActiveFilter())
async def list_music_on_hold(request: web.Request, query: dict[str, Any]) -> web.Response:
    """Music on hold classes and their files (contract: GET /system/moh)."""
    db = request.app[DATABASE]
    classes = await store.list_music_classes(db, query["active"])
    files = await store.list_music_files(db)
    music = [one._asdict() | {"files": files.get(one.moh_id, [])} for one in classes]
    return answer("Music on hold files retrieved", music)


@routes.get("/api/v1/system/voicemail")
@takes("vm_list", query=ActiveFilter())
async def list_voicemail(request: web.Request, query: dict[str, Any]) -> web.Response:
    """Voicemail boxes, then those of phones (contract: GET /system/voicemail)."""
    db, active = request.app[DATABASE], query["active"]
    boxes = await store.list_mailboxes(db, active) + await store.list_phone_mailboxes(db, active)
    return answer("Voicemail boxes retrieved", [one._asdict() for one in boxes])


@routes.get("/api/v1/callmenus")
@takes("callmenu_list")
async def list_call_menus(request: web.Request) -> web.Response:
    """All call menus (contract: GET /callmenus)."""
    menus = await store.list_call_menus(request.app[DATABASE])
    return answer("Call menus retrieved", [one._asdict() for one in menus])


@routes.get("/api/v1/containers")
@takes("container_list", query=ContainerFilter())
async def list_containers(request: web.Request, query: dict[str, Any]) -> web.Response:
    """Settings containers without their text (contract: GET /containers)."""
    from_sql = request.app[CLOCK].from_sql
    containers = [
        one._asdict() | {"modify_stamp": from_sql(one.modify_stamp)}
        for one in await store.list_containers(request.app[DATABASE], query.get("type"))
    ]
    return answer("Containers retrieved", containers)


@routes.post("/api/v1/system/refresh")
@takes("server_refresh", body=Refresh())
async def refresh_servers(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Let servers make their conf files anew (contract: POST /system/refresh)."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    asked = body.get("server_ip")

    async def work(journal: Journal) -> list[str]:
        found = await servers.list_addresses(journal, asked)
        if asked is not None and not found:
            raise InvalidInput({"server_ip": [f"{Thing.SERVER.title} not found"]})
        # The timestamp first: files made with the old one would not differ, and nothing reload.
        await servers.stamp_reload(journal, now)
        await servers.order_rebuild(journal, found)
        notes = f"servers: {len(found)}"
        await journal.log("SERVERS", "OTHER", "refresh", "ADMIN API SERVERS REFRESH", notes)
        return found

    addresses = await journaled(db, caller, now, work)
    return answer(
        "Server refresh triggered",
        {
            "server_ip": None if asked is None else addresses[0],
            "status": "refresh_requested",
            "count": len(addresses),
            "servers": addresses,
        },
    )
