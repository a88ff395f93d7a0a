"""How the gateway is put together."""

from zoneinfo import ZoneInfo

from aiohttp import web
from dialkit.pods import Resolve
from dialkit.secret_files import watching

from gateway.about import own_routes
from gateway.admission import Admission, LimitedAdmission
from gateway.forward import MAX_BODY, Forwarder
from gateway.rate_limit import counts_for
from gateway.routes import ROUTES
from gateway.services import Services
from gateway.settings import GatewaySettings


def create_app(settings: GatewaySettings, resolve: Resolve | None = None) -> web.Application:
    """The gateway, ready to be served by `gateway.server`; nothing is opened before it starts.

    `resolve` finds the addresses of a service's pods, instead of DNS.
    """
    app = web.Application(client_max_size=MAX_BODY)
    admission = Admission(settings)
    if settings.rate_limit:
        counts = counts_for(app, settings.rate_limit, settings.rate_limit_storage)
        admission = LimitedAdmission(settings, counts)
    services = Services(settings, resolve)
    forwarder = Forwarder(settings, admission, services)
    app.cleanup_ctx.append(watching([settings.token_keys]))
    app.cleanup_ctx.append(services.connected)
    app.add_routes(own_routes(admission, ZoneInfo(settings.timezone)))
    app.add_routes(forwarder.routes(ROUTES))
    return app
