"""What the launcher prints when the suite is ready."""

import shlex

_NEW_LEAD = '{"list_id": 101, "phone_number": "5552340001", "first_name": "Ada"}'
_ON_DEMO_ROWS = (
    ("-d", _NEW_LEAD, "-H", "Content-Type: application/json", "/api/v1/leads"),
    ("/api/v1/leads/12345/info",),
    ("/api/v1/leads/search?phone_number=5551234567",),
)
_ON_ANY_DATABASE = (("/api/v1/version",),)
_STAND_IN = (
    "Reports read a stand-in for a replica: a second MariaDB with demo rows of its own;"
    " nothing is replicated."
)


def welcome(url: str, api_key: str, *, seconds: float, demo: bool, replica: bool) -> str:
    """Address, key, and commands to try: on the demo rows, else one that changes nothing."""
    commands = _ON_DEMO_ROWS if demo else _ON_ANY_DATABASE
    lines = [
        "",
        f"Ready after {seconds:.1f} s: {url}",
        f"API key: {api_key}",
        *([_STAND_IN] if replica else []),
        "Try it (Ctrl-C ends the suite):",
        *(f"  {_curl(url, api_key, *command)}" for command in commands),
        "",
    ]
    return "\n".join(lines)


def _curl(url: str, api_key: str, *arguments: str) -> str:
    *options, path = arguments
    return shlex.join(["curl", "-sS", "-H", f"X-API-Key: {api_key}", *options, url + path])
