"""How svc-leads is put together."""

from __future__ import annotations

from aiohttp import web
from dialkit.client import service_client_context
from dialkit.clock import Clock
from dialkit.service import service_app
from dialkit.settings import ServiceSettings

from svc_leads import archive, bulk, callbacks, ccc, hopper, internal, leads, phone, search

NAME = "svc-leads"


def create_app(settings: ServiceSettings, *, clock: Clock | None = None) -> web.Application:
    """The service, ready to be served; nothing is opened before it starts."""
    app = service_app(
        NAME,
        settings,
        [
            leads.routes,
            search.routes,
            callbacks.routes,
            archive.routes,
            bulk.routes,
            hopper.routes,
            phone.routes,
            ccc.routes,
            internal.routes,
        ],
        clock=clock,
    )
    app.cleanup_ctx.append(service_client_context(NAME))
    return app
