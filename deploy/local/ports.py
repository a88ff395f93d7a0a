"""TCP ports of this machine."""

import os
import socket
from contextlib import ExitStack

from deploy.local.errors import CannotStart


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """Different ports of 127.0.0.1 that nobody listens on."""
    with ExitStack() as held:
        listeners = [
            held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)
        ]
        return [listener.getsockname()[1] for listener in listeners]


def check_api_address(host: str, port: int) -> None:
    """See that the gateway will be able to listen there. Raises: CannotStart."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        socket.create_server((host, port), family=family).close()
    except socket.gaierror:
        raise CannotStart(f"API_HOST={host} is not an address of this machine.") from None
    except OSError as error:
        raise CannotStart(
            f"Cannot listen on {host}:{port} (API_HOST, API_PORT): {os.strerror(error.errno or 0)}."
            " Choose another port, for example: API_PORT=9000 make run"
        ) from None
