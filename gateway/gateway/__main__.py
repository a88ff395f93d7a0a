"""Run the gateway: `python -m gateway`."""

from dialkit.logs import configure_logs
from dialkit.settings import read_settings

from gateway.app import create_app
from gateway.server import serve
from gateway.settings import gateway_settings

settings = read_settings("gateway", gateway_settings)
configure_logs(settings.log_level)
serve(create_app(settings), host=settings.host, port=settings.port)
