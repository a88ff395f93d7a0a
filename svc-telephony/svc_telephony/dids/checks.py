"""What a request must find in the database: its DID, what its fields name, a target for calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.db import Queries
from dialkit.errors import InvalidInput, NotFound
from dialkit.references import Reference

from svc_telephony.dids import store
from svc_telephony.dids.store import Did
from svc_telephony.dids.targets import concerns_target, missing_target
from svc_telephony.references import Thing, settled

MISSING = "DID not found"
TAKEN = "DID already exists"
_THINGS: Mapping[str, Reference] = {
    "group": Thing.IN_GROUP,
    "menu_id": Thing.CALL_MENU,
    "server_ip": Thing.SERVER,
    "agent_user": Thing.USER,
    "user_route_settings_ingroup": Thing.IN_GROUP,
    "admin_user_group": Thing.USER_GROUP,
}


async def existing(db: Queries, did_id: int) -> Did:
    """The DID that the path names; on InnoDB nobody else changes it meanwhile. Raises: NotFound."""
    did = await store.find_locked(db, did_id)
    if did is None:
        raise NotFound(MISSING)
    return did


async def checked(
    db: Queries, fields: Mapping[str, Any], target: Mapping[str, Any]
) -> dict[str, Any]:
    """The fields, for a DID whose calls otherwise go to `target`; names as the database has them.

    Raises: InvalidInput for what does not exist, and for a route that would lead nowhere.
    """
    spelled = await settled(db, fields, _THINGS)
    if concerns_target(spelled):
        await _check_target(db, {**target, **spelled})
    return spelled


async def _check_target(db: Queries, did: Mapping[str, Any]) -> None:
    missing = missing_target(did)
    if missing:
        raise InvalidInput(missing)
    if did["did_route"] == "PHONE" and not await store.has_phone(
        db, did["phone_extension"], did["server_ip"]
    ):
        raise InvalidInput({"phone_extension": ["Phone not found on this server"]})
