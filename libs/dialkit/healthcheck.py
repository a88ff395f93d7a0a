"""Ask the program beside us how it is: `python -m dialkit.healthcheck [live|ready]`.

Exit code 0 means well; 1 comes with a line that says why not. Starts fast: an engine runs it often.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection, HTTPException

_PATIENCE_S = 4
_OK = 200
_SHOWN = 200
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - read only


def why_unwell(arguments: Sequence[str], environment: Mapping[str, str]) -> str | None:
    """What is wrong with the program; None when it is well."""
    asked = arguments[0] if arguments else "ready"
    if asked not in ("live", "ready") or len(arguments) > 1:
        return "usage: python -m dialkit.healthcheck [live|ready]"
    variables = ("API_HOST", "API_PORT") if _is_gateway(environment) else ("HOST", "PORT")
    host = environment.get(variables[0], "127.0.0.1")
    port = environment.get(variables[1], "8080" if _is_gateway(environment) else "8081")
    try:
        return _why_refused(_EVERYWHERE.get(host, host), int(port), f"/health/{asked}")
    except ValueError:
        return f"{variables[1]} {port} is not a port"
    except (OSError, HTTPException) as error:
        return f"/health/{asked}: no answer on port {port}: {error or type(error).__name__}"


def _is_gateway(environment: Mapping[str, str]) -> bool:
    return environment.get("PROGRAM") == "gateway"


def _why_refused(host: str, port: int, path: str) -> str | None:
    connection = HTTPConnection(host, port, timeout=_PATIENCE_S)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        text = answer.read(_SHOWN).decode(errors="replace")
    finally:
        connection.close()
    return None if answer.status == _OK else f"{path}: {answer.status} {text}"


if __name__ == "__main__":
    sys.exit(why_unwell(sys.argv[1:], os.environ))
