"""How svc-users is put together."""

from __future__ import annotations

from aiohttp import web
from dialkit.clock import Clock
from dialkit.service import service_app
from dialkit.settings import ServiceSettings
from dialkit.sharing import shared_reads_context

from svc_users import agents, remote_agents, user_groups, users
from svc_users.passwords.hash_queue import HASHER, Hasher

NAME = "svc-users"


def create_app(settings: ServiceSettings, *, clock: Clock | None = None) -> web.Application:
    """The service, ready to be served; nothing is opened before it starts."""
    app = service_app(
        NAME,
        settings,
        [
            users.routes,
            agents.routes,
            remote_agents.routes,
            user_groups.routes,
        ],
        clock=clock,
    )
    app[HASHER] = Hasher()
    app.cleanup_ctx.append(shared_reads_context)
    return app
