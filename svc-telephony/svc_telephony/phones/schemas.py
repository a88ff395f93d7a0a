"""What the endpoints of phones take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit import fields
from marshmallow import Schema, post_load, validates_schema

from svc_telephony.phones.defaults import filled_in
from svc_telephony.phones.fields import Address, CallerId, LocalGmt
from svc_telephony.text import Email, Name, Word, user_group

_ALIASES = {
    "dialplan": "dialplan_number",
    "voicemail_ext": "voicemail_id",
    "login": "phone_login",
    "pass": "phone_pass",
    "conf_secret": "registration_password",
    "fullname": "phone_full_name",
    "user_group": "admin_user_group",
}


class PhoneFields(Schema):
    """What POST and PUT take alike."""

    dialplan_number = Word(1, 20, characters="0-9A-Za-z*#")
    phone_login = Word(1, 15)
    phone_pass = fields.Password(2, 100)
    registration_password = fields.Password(2, 100)
    protocol = fields.Choice(("SIP", "PJSIP", "IAX2", "Zap", "EXTERNAL"))
    local_gmt = LocalGmt()
    outbound_cid = CallerId(1, 20)
    active = fields.Flag()
    status = fields.Choice(("ACTIVE", "SUSPENDED", "CLOSED", "PENDING", "ADMIN"))
    phone_context = Word(1, 20)
    email = Email()
    admin_user_group = user_group()
    is_webphone = fields.Choice(("Y", "N", "Y_API_LAUNCH"))
    webphone_auto_answer = fields.Flag()
    use_external_server_ip = fields.Flag()
    on_hook_agent = fields.Flag()
    template_id = Name(15)
    outbound_alt_cid = CallerId(6, 18)
    phone_ring_timeout = fields.Integer(2, 180)
    delete_vm_after_email = fields.Flag()
    phone_type = Name(50)
    company = Name(10)
    phone_ip = Address()
    computer_ip = Address()


class NewPhone(fields.NewBody, PhoneFields):
    """Body of POST /phones."""

    aliases = _ALIASES

    extension = Word(2, 100, required=True)
    server_ip = Name(15, least=1, required=True)
    voicemail_id = Word(1, 10, characters="0-9A-Za-z")
    phone_full_name = Name(50, least=1)

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def check_defaults(
        self, data: Mapping[str, Any], original: Mapping[str, Any], **_: object
    ) -> None:
        """Name what has no default that fits, beside what else is wrong."""
        sent = [name for name, value in original.items() if value is not None]
        given = dict.fromkeys(_ALIASES.get(name, name) for name in sent)
        if "extension" in data:
            filled_in({**given, **data}, self.declared_fields)

    @post_load
    def fill_in(self, data: Mapping[str, Any], **_: object) -> dict[str, Any]:
        """Give what is left out its default."""
        return filled_in(data, self.declared_fields)


class PhoneChanges(fields.Body, PhoneFields):
    """Body of PUT /phones/{phone_id}; extension and server say which phone is meant."""

    aliases = _ALIASES

    # Older phones have extensions that POST does not take: `Zap/25-1`.
    extension = fields.Text(100, least=1)
    server_ip = Name(15, least=1)
    voicemail_id = Word(1, 10, characters="0-9A-Za-z", or_empty=True)
    phone_full_name = Name(50)
    delete_phone = fields.Flag()


class WhichServer(fields.Query):
    """Query of PUT /phones/{phone_id}."""

    server_ip = Name(15, least=1)
