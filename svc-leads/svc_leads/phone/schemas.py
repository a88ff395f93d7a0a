"""What the endpoint of phone numbers takes."""

from __future__ import annotations

from typing import Any

from dialkit import fields
from marshmallow import ValidationError
from marshmallow import fields as ma

from svc_leads.leads.fields import PHONE_NUMBER, DncChecks, PhoneChecks, phone_code, tz_method
from svc_leads.text import Code
from svc_leads.timezone.methods import Method


class _Methods(ma.Field[list[Method]]):
    """Time zone methods, joined by commas."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> list[Method]:
        if not isinstance(value, str):
            raise ValidationError("Must be methods joined by commas")
        one = tz_method()
        return list(dict.fromkeys(Method(one.deserialize(name)) for name in value.split(",")))


class PhoneCheck(fields.Query, PhoneChecks, DncChecks):
    """Query of GET /phone/check."""

    phone_number = fields.Phone(PHONE_NUMBER.least, PHONE_NUMBER.most, required=True)
    phone_code = phone_code()
    local_call_time = fields.Text(10, least=1)
    tz_method = _Methods()
    state = Code(2, load_default="")
    postal_code = Code(10, load_default="")
    owner = Code(20, load_default="")
