"""The columns of a phone alias, made from the fields of a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.db import Queries
from dialkit.references import Reference

from svc_telephony.phone_aliases.store import LOGIN
from svc_telephony.references import Thing, settled

_THINGS: Mapping[str, Reference] = {
    "phone_logins": LOGIN,
    "admin_user_group": Thing.USER_GROUP,
}
_COLUMNS = {"phone_logins": "logins_list", "admin_user_group": "user_group"}


async def columns_of(db: Queries, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The columns, logins and group spelled as the database does. Raises: InvalidInput."""
    found = await settled(db, fields, _THINGS)
    if "phone_logins" in found:
        found["phone_logins"] = ",".join(found["phone_logins"])
    return {_COLUMNS.get(name, name): value for name, value in found.items()}
