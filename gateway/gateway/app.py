"""How the gateway is put together."""

from zoneinfo import ZoneInfo

from aiohttp import web

from gateway.about import own_routes
from gateway.admission import Admission
from gateway.forward import MAX_BODY, Forwarder
from gateway.routes import ROUTES
from gateway.services import Services
from gateway.settings import GatewaySettings


def create_app(settings: GatewaySettings) -> web.Application:
    """The gateway, ready to be served by `gateway.server`; nothing is opened before it starts."""
    app = web.Application(client_max_size=MAX_BODY)
    admission = Admission(settings)
    services = Services(
        settings.connect_timeout_s, settings.read_timeout_s, settings.slow_read_timeout_s
    )
    forwarder = Forwarder(settings, admission, services)
    app.cleanup_ctx.append(services.connected)
    app.add_routes(own_routes(admission, ZoneInfo(settings.timezone)))
    app.add_routes(forwarder.routes(ROUTES))
    return app
