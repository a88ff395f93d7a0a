"""Endpoints of the system lists."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE
from dialkit.http import answer, next_page, takes

from svc_telephony.system import store
from svc_telephony.system.schemas import ActiveFilter, ContainerFilter, SoundFilter
from svc_telephony.system.sound_pages import end_of, place_at
from svc_telephony.system.sounds import FORMATS, shown

routes = web.RouteTableDef()

_MAILBOX = ("voicemail_id", "fullname", "email", "active", "type", "extension", "server_ip",
            "messages", "old_messages")  # fmt: skip


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
    rows = await store.list_music_classes(db, query["active"])
    files = await store.list_music_files(db)
    classes = [
        {**dict(zip(store.MUSIC_CLASS, row, strict=True)), "files": files.get(row[0], [])}
        for row in rows
    ]
    return answer("Music on hold files retrieved", classes)


@routes.get("/api/v1/system/voicemail")
@takes("vm_list", query=ActiveFilter())
async def list_voicemail(request: web.Request, query: dict[str, Any]) -> web.Response:
    """Voicemail boxes, then those of phones (contract: GET /system/voicemail)."""
    db, active = request.app[DATABASE], query["active"]
    rows = await store.list_mailboxes(db, active) + await store.list_phone_mailboxes(db, active)
    boxes = [dict(zip(_MAILBOX, row, strict=True)) for row in rows]
    return answer("Voicemail boxes retrieved", boxes)


@routes.get("/api/v1/callmenus")
@takes("callmenu_list")
async def list_call_menus(request: web.Request) -> web.Response:
    """All call menus (contract: GET /callmenus)."""
    rows = await store.list_call_menus(request.app[DATABASE])
    menus = [dict(zip(store.CALL_MENU, row, strict=True)) for row in rows]
    return answer("Call menus retrieved", menus)


@routes.get("/api/v1/containers")
@takes("container_list", query=ContainerFilter())
async def list_containers(request: web.Request, query: dict[str, Any]) -> web.Response:
    """Settings containers without their text (contract: GET /containers)."""
    from_sql = request.app[CLOCK].from_sql
    containers = [
        {**dict(zip(store.CONTAINER, row, strict=True)), "modify_stamp": from_sql(row[-1])}
        for row in await store.list_containers(request.app[DATABASE], query.get("type"))
    ]
    return answer("Containers retrieved", containers)
