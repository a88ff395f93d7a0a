"""What the bulk import takes: options in the query, fields in each row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit import fields
from marshmallow import RAISE, ValidationError, pre_load

from svc_leads.duplicates.modes import DuplicateCheck, Mode
from svc_leads.leads.fields import (
    Cleaning,
    DncChecks,
    HopperOptions,
    LeadFields,
    PhoneChecks,
    tz_method,
)
from svc_leads.leads.schemas import NewLead

_LEAD = LeadFields().fields
_CALLER = ("user", "api_key")

DEFAULTS = ("list_id", "status", "country_code", "phone_code", "source_id", "owner")
"""The lead fields that the query may give for rows without them."""

LEAD_ROW = NewLead(only=[*(_LEAD.keys() - {"called_count"}), "alt_phones", "custom_fields"])
"""The fields of a row: those of POST /leads that make the lead itself."""


class _IndexedModes(DuplicateCheck):
    """The duplicate checks that indexes answer."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> list[Mode]:
        modes = super()._deserialize(value, attr, data)
        if not all(mode.indexed for mode in modes):
            raise ValidationError("Not available for bulk")
        return modes


class BulkOptions(fields.Fields, Cleaning, PhoneChecks, DncChecks, HopperOptions):
    """Query of POST /leads/bulk; a misspelt option is an error, since it would load wrong leads."""

    class Meta:
        """Unknown parameters are refused by name."""

        unknown = RAISE

    list_id = _LEAD["list_id"]
    status = _LEAD["status"]
    country_code = _LEAD["country_code"]
    phone_code = _LEAD["phone_code"]
    source_id = _LEAD["source_id"]
    owner = _LEAD["owner"]
    list_exists_check = fields.Flag(load_default="Y")
    duplicate_check = _IndexedModes(load_default=())
    tz_method = tz_method()
    lookup_state = fields.Flag(load_default="N")
    add_to_hopper = fields.Flag(load_default="N")
    results = fields.Choice(("all", "errors", "none"), load_default="all")
    delimiter = fields.Choice(
        (",", ";", "tab", "|"),
        also={"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|"},
        load_default=",",
    )
    ignore_unknown = fields.Flag(load_default="N")
    dry_run = fields.Flag(load_default="N")

    @pre_load
    def leave_caller_out(self, data: Mapping[str, Any], **_: object) -> dict[str, Any]:
        """Drop who calls, which any query may tell and the gateway has dealt with."""
        return {name: value for name, value in data.items() if name not in _CALLER}
