"""What the endpoints of a lead take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit import fields
from marshmallow import ValidationError, validates_schema

from svc_leads.custom_values.fields import CustomValues
from svc_leads.duplicates.modes import DuplicateCheck
from svc_leads.leads.alt_phones import AltPhones
from svc_leads.leads.dial import DialedPhone
from svc_leads.leads.fields import (
    MAX_LEAD_ID,
    MAX_LIST_ID,
    CallbackFields,
    Cleaning,
    DncChecks,
    HopperOptions,
    LeadFields,
    PhoneChecks,
    tz_method,
)

_CALLBACK_FIELDS = tuple(CallbackFields().fields)
_NEVER_EMPTY = ("phone_number", "phone_code", "status")


class _Callback(CallbackFields):
    """Callback fields mean nothing without `callback`."""

    @validates_schema
    def needs_callback(self, data: Mapping[str, Any], **_: object) -> None:
        """Refuse callback fields without `callback` = `Y`."""
        if data.get("callback") == "Y":
            return
        alone = [name for name in _CALLBACK_FIELDS if name in data]
        if alone:
            raise ValidationError({name: ["Needs callback=Y"] for name in alone})


class NewLead(
    fields.NewBody, LeadFields, Cleaning, PhoneChecks, DncChecks, HopperOptions, _Callback
):
    """Body of POST /leads."""

    class Meta(fields.NewBody.Meta):
        """A new lead has been called 0 times."""

        exclude = ("called_count",)

    aliases = LeadFields.aliases | {"multi_alt_phones": "alt_phones"}  # noqa: RUF012

    list_id = fields.Integer(1, MAX_LIST_ID, required=True)
    phone_number = DialedPhone(6, 16, required=True)
    list_exists_check = fields.Flag(load_default="Y")
    duplicate_check = DuplicateCheck(load_default=())
    tz_method = tz_method()
    lookup_state = fields.Flag(load_default="N")
    callback = fields.Flag(load_default="N")
    add_to_hopper = fields.Flag(load_default="N")
    alt_phones = AltPhones(load_default=())
    custom_fields = CustomValues()


class _IdList(ma.Field[list[int]]):
    """Ids as an array or a comma list, repeats and all, in order."""

    def __init__(self, most: int, **options: Any) -> None:
        super().__init__(**options)
        self._most = most
        self._id = fields.Integer(1, MAX_LEAD_ID)

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> list[int]:
        given = value.split(",") if isinstance(value, str) else value
        if not isinstance(given, list) or not given:
            raise ValidationError("Must be a list of lead ids")
        if len(given) > self._most:
            raise ValidationError(f"More than {self._most} ids")
        return [self._id.deserialize(one.strip() if isinstance(one, str) else one) for one in given]
