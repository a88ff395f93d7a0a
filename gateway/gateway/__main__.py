"""Run the gateway: `python -m gateway`."""

from dialkit.logs import configure_logs
from dialkit.serving import Address, serve
from dialkit.settings import read_settings

from gateway.admission import NAME
from gateway.app import create_app
from gateway.server import GatewayRunner
from gateway.settings import gateway_settings

if __name__ == "__main__":
    settings = read_settings(NAME, gateway_settings)
    configure_logs(settings.log_level)
    address = Address(
        host=settings.host,
        port=settings.port,
        host_variable="API_HOST",
        port_variable="API_PORT",
    )
    serve(NAME, create_app(settings), address, settings.serving, GatewayRunner)
