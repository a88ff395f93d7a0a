"""What the endpoints of a lead take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from dialkit import fields
from marshmallow import ValidationError, validates_schema

from svc_leads.custom_values.fields import CustomValues
from svc_leads.duplicates.modes import DuplicateCheck
from svc_leads.leads.alt_phones import AltPhones
from svc_leads.leads.dial import DialedPhone
from svc_leads.leads.fields import (
    CallbackFields,
    Cleaning,
    DncChecks,
    HopperOptions,
    LeadFields,
    PhoneChecks,
    tz_method,
)
from svc_leads.leads.ids import IdList, lead_id_field

_CALLBACK_FIELDS = tuple(CallbackFields().fields)


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

    aliases: ClassVar[Mapping[str, str]] = {
        "security_phrase": "security",
        "multi_alt_phones": "alt_phones",
    }

    list_id = fields.Integer(1, fields.MAX_LIST_ID, required=True)
    phone_number = DialedPhone(6, 16, required=True)
    list_exists_check = fields.Flag(load_default="Y")
    duplicate_check = DuplicateCheck(load_default=())
    tz_method = tz_method()
    lookup_state = fields.Flag(load_default="N")
    callback = fields.Flag(load_default="N")
    add_to_hopper = fields.Flag(load_default="N")
    alt_phones = AltPhones(load_default=())
    custom_fields = CustomValues(new=True)


class LeadChanges(fields.Body, LeadFields, Cleaning, HopperOptions, _Callback):
    """Body of PUT /leads/{lead_id}."""

    aliases = LeadFields.aliases

    lead_id = lead_id_field()
    list_exists_check = fields.Flag(load_default="Y")
    tz_method = tz_method()
    campaign_id = fields.Text(8, least=1)
    custom_fields = CustomValues()
    reset_lead = fields.Flag(load_default="N")
    delete_lead = fields.Flag(load_default="N")
    delete_cf_data = fields.Flag(load_default="N")
    callback = fields.Choice(("Y", "N", "REMOVE"), load_default="N")
    add_to_hopper = fields.Flag(load_default="N")
    remove_from_hopper = fields.Flag(load_default="N")

    @validates_schema(pass_original=True)
    def fit_together(
        self, data: Mapping[str, Any], original_data: Mapping[str, Any], **_: object
    ) -> None:
        """Refuse actions that contradict other fields."""
        problems: dict[str, list[str]] = {}
        if data.get("delete_lead") == "Y":
            others = {name for name in original_data if not self._counts_as_absent(name, data)}
            others -= {"delete_lead", "lead_id"}
            problems |= {name: ["Not with delete_lead"] for name in sorted(others)}
        if data.get("delete_cf_data") == "Y":
            others = {"custom_fields", "entry_list_id"} & set(data)
            problems |= {name: ["Not with delete_cf_data"] for name in sorted(others)}
        if data.get("add_to_hopper") == data.get("remove_from_hopper") == "Y":
            problems["remove_from_hopper"] = ["Not with add_to_hopper"]
        if problems:
            raise ValidationError(problems)

    def _counts_as_absent(self, name: str, data: Mapping[str, Any]) -> bool:
        return isinstance(self.fields.get(name), fields.Choice) and data.get(name) == "N"


class BatchChanges(fields.Body, LeadFields, Cleaning):
    """Body of PUT /leads/batch."""

    class Meta(fields.Body.Meta):
        """Many leads do not share a number."""

        exclude = ("phone_number",)

    aliases = LeadFields.aliases

    lead_ids = IdList(10_000, required=True)
    list_exists_check = fields.Flag(load_default="Y")
    reset_lead = fields.Flag(load_default="N")
    remove_from_hopper = fields.Flag(load_default="N")


class LeadView(fields.Query):
    """Query of GET /leads/{lead_id}/info."""

    archived_lead = fields.Flag(load_default="N")
    custom_fields = fields.Flag(load_default="N")
    force_entry_list_id = fields.Integer(1, fields.MAX_LIST_ID)


class FieldView(fields.Query):
    """Query of GET /leads/{lead_id}/field-info."""

    aliases: ClassVar[Mapping[str, str]] = {"field_name": "field"}

    field = fields.Text(50, required=True)
    custom_fields = fields.Flag(load_default="N")
    list_id = fields.Integer(1, fields.MAX_LIST_ID)
    archived_lead = fields.Flag(load_default="N")
