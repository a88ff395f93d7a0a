"""What a new phone has in the fields that a request leaves out (contract: POST /phones).

The offset from GMT and the passwords aside: the site has the one, the others are generated.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError
from marshmallow.fields import Field

from svc_telephony.references import EVERY_USER_GROUP

_FIXED: Mapping[str, Any] = {
    "protocol": "SIP",
    "outbound_cid": "",
    "active": "Y",
    "status": "ACTIVE",
    "phone_context": "default",
    "email": "",
    "admin_user_group": EVERY_USER_GROUP,
    "is_webphone": "N",
    "use_external_server_ip": "N",
    "on_hook_agent": "N",
    "template_id": "",
    "outbound_alt_cid": "",
    "phone_ring_timeout": 60,
    "delete_vm_after_email": "N",
    "phone_type": "",
    "company": "",
    "phone_ip": "",
    "computer_ip": "",
}
# Field by field after the one that it is taken from.
_TAKEN_FROM = {
    "dialplan_number": "extension",
    "voicemail_id": "dialplan_number",
    "phone_login": "extension",
    "phone_full_name": "extension",
}


def filled_in(given: Mapping[str, Any], limits: Mapping[str, Field[Any]]) -> dict[str, Any]:
    """The fields with their defaults.

    Raises: ValidationError for those whose default does not fit their own limit.
    """
    fields, needed = {**_FIXED, **given}, dict[str, list[str]]()
    for name, source in _TAKEN_FROM.items():
        if name in fields or source in needed:
            continue
        try:
            fields[name] = limits[name].deserialize(fields[source])
        except ValidationError:
            needed[name] = [f"Required: {source} does not fit"]
    if needed:
        raise ValidationError(needed)
    return fields
