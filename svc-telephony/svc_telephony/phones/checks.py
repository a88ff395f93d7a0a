"""What phones may not be (contract: POST /phones, steps 1 and 2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.db import Queries
from dialkit.errors import Conflict, InvalidInput

from svc_telephony.phones import store
from svc_telephony.phones.store import Site
from svc_telephony.references import Thing, settled

LOGIN_TAKEN = "Phone login already exists"
_THINGS = {
    "server_ip": Thing.SERVER,
    "template_id": Thing.TEMPLATE,
    "admin_user_group": Thing.USER_GROUP,
}
_SIP_STACKS = ("SIP", "PJSIP")


async def checked(db: Queries, fields: Mapping[str, Any], site: Site) -> dict[str, Any]:
    """The fields, what they refer to spelled as the database does.

    Raises: InvalidInput with all that is missing there, or against the site's rules.
    """
    wrong = _against_rules(fields, site)
    try:
        spelled = await settled(db, fields, _THINGS)
    except InvalidInput as missing:
        raise InvalidInput({**(missing.details or {}), **wrong}) from None
    if wrong:
        raise InvalidInput(wrong)
    return spelled


async def refuse_alias(db: Queries, login: str) -> None:
    """Refuse a login that stands for several phones. Raises: Conflict."""
    if await store.has_alias(db, login):
        raise Conflict("Phone login already exists as a phone alias")


async def refuse_mailbox(db: Queries, voicemail_id: str) -> None:
    """Refuse the id of a voicemail box of its own; phones may share theirs. Raises: Conflict."""
    if voicemail_id and await store.has_mailbox(db, voicemail_id):
        raise Conflict("Voicemail ID already exists")


def _against_rules(fields: Mapping[str, Any], site: Site) -> dict[str, list[str]]:
    wrong = dict[str, list[str]]()
    protocol = fields.get("protocol")
    if protocol in _SIP_STACKS and site.sip_stacks not in {protocol, "SIP_and_PJSIP"}:
        wrong["protocol"] = [f"This system allows only {site.sip_stacks}"]
    password, least = fields.get("registration_password"), site.least_password_length
    if password is not None and len(password) < least:
        wrong["registration_password"] = [f"Shorter than {least} characters"]
    return wrong
