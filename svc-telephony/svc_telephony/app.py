"""How svc-telephony is put together."""

from __future__ import annotations

from aiohttp import web
from dialkit.client import service_client_context
from dialkit.clock import Clock
from dialkit.service import service_app
from dialkit.settings import ServiceSettings
from dialkit.sharing import shared_reads_context

from svc_telephony import (
    dids,
    group_aliases,
    in_groups,
    monitoring,
    phone_aliases,
    phones,
    placed_calls,
    system,
    test_calls,
)

NAME = "svc-telephony"


def create_app(settings: ServiceSettings, *, clock: Clock | None = None) -> web.Application:
    """The service, ready to be served; nothing is opened before it starts."""
    app = service_app(
        NAME,
        settings,
        [
            phones.routes,
            phone_aliases.routes,
            group_aliases.routes,
            dids.routes,
            monitoring.routes,
            test_calls.routes,
            placed_calls.routes,
            in_groups.routes,
            system.routes,
        ],
        clock=clock,
    )
    app.cleanup_ctx.append(service_client_context(NAME))
    app.cleanup_ctx.append(shared_reads_context)
    return app
