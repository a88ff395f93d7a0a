"""Whose phone is called into the session (contract: POST /monitor/blind, 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dialkit.db import Queries
from dialkit.errors import InvalidInput

from svc_telephony.monitoring import store
from svc_telephony.monitoring.store import ListenerPhone


async def listener_phone(
    db: Queries, asked: Mapping[str, str], agent_server_ip: str
) -> ListenerPhone:
    """The phone of a checked body. Raises: InvalidInput."""
    login, extension = asked.get("phone_login"), asked.get("extension")
    if login is not None:
        field, phone = "phone_login", await store.find_phone(db, login, extension)
    else:
        phones = await store.list_phones(db, asked["extension"])
        field, phone = "extension", _the_one(phones, agent_server_ip)
    if phone is None:
        raise InvalidInput({field: ["Phone not found"]})
    if not phone.dialplan_number.strip():
        raise InvalidInput({field: ["Phone has no dialplan number"]})
    if not phone.server_ip:
        raise InvalidInput({field: ["Phone has no server"]})
    return phone


def _the_one(phones: Sequence[ListenerPhone], agent_server_ip: str) -> ListenerPhone | None:
    """The only phone, or of several the agent's neighbour. Raises: InvalidInput for no such."""
    if len(phones) < 2:
        return phones[0] if phones else None
    for phone in phones:
        if phone.server_ip == agent_server_ip:
            return phone
    servers = ", ".join(sorted(phone.server_ip for phone in phones))
    raise InvalidInput({"extension": [f"Not on the agent's server, but on {servers}"]})
