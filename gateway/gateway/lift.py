"""Fields taken out of a query string or form, the rest left as it was sent, byte for byte."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import unquote, unquote_plus

API_KEY = "api_key"
USER = "user"

Lifted = dict[str, list[str]]


def lift(raw: str, names: Collection[str]) -> tuple[str, Lifted]:
    """What is left, and the values of the fields of those names, however they are encoded."""
    found: Lifted = {}
    if not raw or not ("%" in raw or any(name in raw for name in names)):
        return raw, found
    kept = []
    for part in raw.split("&"):
        name, _, value = part.partition("=")
        if "%" in name:
            name = unquote(name)
        if name in names:
            found.setdefault(name, []).append(unquote_plus(value))
        else:
            kept.append(part)
    return ("&".join(kept) if found else raw), found
