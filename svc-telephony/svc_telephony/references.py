"""What requests to svc-telephony refer to (for `dialkit.references`).

Reads servers, vicidial_conf_templates, vicidial_user_groups, vicidial_inbound_groups,
vicidial_call_menu, vicidial_users, phones.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit import references
from dialkit.db import Queries
from dialkit.references import Reference

EVERY_USER_GROUP = "---ALL---"


class Thing:
    """What can be referred to."""

    SERVER = Reference("Server", "servers", "server_ip")
    TEMPLATE = Reference("Template", "vicidial_conf_templates", "template_id")
    USER_GROUP = Reference("User group", "vicidial_user_groups", "user_group")
    IN_GROUP = Reference("In-group", "vicidial_inbound_groups", "group_id")
    CALL_MENU = Reference("Call menu", "vicidial_call_menu", "menu_id")
    USER = Reference("User", "vicidial_users", "user")
    PHONE_LOGIN = Reference("Phone login", "phones", "login")


async def settled(
    db: Queries, fields: Mapping[str, Any], things: Mapping[str, Reference]
) -> dict[str, Any]:
    """As `dialkit.references.settled`; no text and all user groups, `---ALL---`, refer to none."""
    named = {name: thing for name, thing in things.items() if _refers(thing, fields.get(name))}
    return await references.settled(db, fields, named)


def _refers(thing: Reference, value: Any) -> bool:
    if thing is Thing.USER_GROUP and value == EVERY_USER_GROUP:
        return False
    return value not in (None, "")
