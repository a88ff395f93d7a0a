"""TCP ports of this machine."""

import os
import secrets
import socket

from deploy.local.errors import CannotStart

# Below the ports that systems give to outgoing connections: one of those could take a port between
# our choice and its use.
_FIRST, _BEYOND = 10_240, 32_768


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """Different ports of 127.0.0.1 that nobody listens on."""
    found: set[int] = set()
    while len(found) < count:
        port = _FIRST + secrets.randbelow(_BEYOND - _FIRST)
        if _is_free(port):
            found.add(port)
    return list(found)


def _is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


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
