"""Which phone a request is about (contract: PUT /phones/{phone_id}, "Request" and step 1)."""

from __future__ import annotations

from typing import Any, NamedTuple

from aiohttp import web
from dialkit.collation import folded
from dialkit.db import Queries
from dialkit.errors import InvalidInput
from dialkit.http import path_text

from svc_telephony.phones import store
from svc_telephony.phones.store import KnownPhone
from svc_telephony.references import Thing, settled

MISSING = "Phone not found"


class Asked(NamedTuple):
    """The key that a request gives; a server only where it has one."""

    extension: str
    server_ip: str | None


def asked_for(request: web.Request, query: dict[str, Any], body: dict[str, Any]) -> Asked:
    """What path, query and body say, taken out of the body. Raises: NotFound, InvalidInput."""
    extension = path_text(request, "phone_id", most=100, missing=MISSING)
    wrong = dict[str, list[str]]()
    if folded(body.pop("extension", extension)) != folded(extension):
        wrong["extension"] = ["Differs from the path"]
    server_ip = query.get("server_ip", body.get("server_ip"))
    if body.pop("server_ip", server_ip) != server_ip:
        wrong["server_ip"] = ["Differs from the query"]
    if wrong:
        raise InvalidInput(wrong)
    return Asked(extension, server_ip)


async def find(db: Queries, asked: Asked) -> KnownPhone | None:
    """The phone as the database spells it, or None.

    Raises: InvalidInput for a server that is not there, or that would have to be given.
    """
    await settled(db, asked._asdict(), {"server_ip": Thing.SERVER})
    phones = await store.list_phones(db, *asked)
    if len(phones) > 1:
        servers = ", ".join(phone.key.server_ip for phone in phones)
        raise InvalidInput({"server_ip": [f"Required: the extension is on {servers}"]})
    return phones[0] if phones else None
