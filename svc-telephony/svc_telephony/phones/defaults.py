"""What a new phone has in the fields that a request leaves out (contract: POST /phones).

The offset from GMT aside, which is the site's, and `webphone_auto_answer`, which is the column's.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from secrets import choice
from typing import Any

from dialkit.secret import Secret
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
_GENERATED = ("registration_password", "phone_pass")
_PASSWORD_CHARACTERS = string.ascii_letters + string.digits
_PASSWORD_LENGTH = 20
_LONGEST_PASSWORD = 100


def filled_in(given: Mapping[str, Any], limits: Mapping[str, Field[Any]]) -> dict[str, Any]:
    """The fields with their defaults; what is None is given, and wrong by itself.

    Raises: ValidationError for those whose default does not fit their own limit.
    """
    fields, needed = {**_FIXED, **given}, dict[str, list[str]]()
    for name, source in _TAKEN_FROM.items():
        if name in fields or source in needed or fields[source] is None:
            continue
        try:
            fields[name] = limits[name].deserialize(fields[source])
        except ValidationError:
            needed[name] = [f"Required: {source} does not fit"]
    if needed:
        raise ValidationError(needed)
    return fields


def generated_passwords(fields: Mapping[str, Any], *, least: int) -> dict[str, Secret]:
    """A password for each of the two that is left out, of `least` characters or more."""
    return {name: _password(least) for name in _GENERATED if name not in fields}


def _password(least: int) -> Secret:
    length = min(max(_PASSWORD_LENGTH, least), _LONGEST_PASSWORD)
    return Secret("".join(choice(_PASSWORD_CHARACTERS) for _ in range(length)))
