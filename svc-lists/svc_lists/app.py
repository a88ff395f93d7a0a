"""How svc-lists is put together."""

from __future__ import annotations

from aiohttp import web
from dialkit.client import service_client_context
from dialkit.clock import Clock
from dialkit.service import service_app
from dialkit.settings import ServiceSettings

from svc_lists import (
    alt_urls,
    campaigns,
    cid_groups,
    custom_fields,
    dnc,
    fpg,
    lists,
    presets,
)

NAME = "svc-lists"


def create_app(settings: ServiceSettings, *, clock: Clock | None = None) -> web.Application:
    """The service, ready to be served; nothing is opened before it starts."""
    app = service_app(
        NAME,
        settings,
        [
            lists.routes,
            custom_fields.routes,
            campaigns.routes,
            dnc.routes,
            fpg.routes,
            cid_groups.routes,
            alt_urls.routes,
            presets.routes,
        ],
        clock=clock,
    )
    app.cleanup_ctx.append(service_client_context(NAME))
    return app
