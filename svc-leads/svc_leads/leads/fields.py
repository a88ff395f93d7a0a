"""The lead fields (contract: leads.md, "Lead fields"), and those that several endpoints share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from dialkit import fields
from marshmallow import Schema, ValidationError, pre_load
from marshmallow import fields as ma

from svc_leads.leads.dial import DialedPhone
from svc_leads.text import Code, LeadText, Note, Status, clean
from svc_leads.timezone.methods import ALIASES, METHODS

_QUARTER = Decimal("0.25")
_NUMBER = re.compile(r"[-+]?[0-9]{1,2}(\.[0-9]+)?\Z")
_CALLBACK_DAYS = re.compile(r"[1-9][0-9]{0,2}DAYS\Z")

PHONE_NUMBER = DialedPhone(6, 16)
ALT_PHONE = DialedPhone(0, 12)


class GmtOffset(ma.Field[float]):
    """Hours from UTC, -12.00 to 14.00 in quarters."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> float:
        hours = _decimal(value)
        if hours is None or not -12 <= hours <= 14 or hours % _QUARTER:
            raise ValidationError("Must be -12.00 to 14.00 in steps of 0.25")
        return float(hours) + 0.0  # no negative zero


def _decimal(value: Any) -> Decimal | None:
    is_number = isinstance(value, int | float | str) and not isinstance(value, bool)
    return Decimal(str(value)) if is_number and _NUMBER.match(str(value)) else None


class OptionalDate(fields.Date):
    """A date, or empty for none."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> date | None:  # type: ignore[override]
        return None if value == "" else super()._deserialize(value, attr, data)


class CallbackTime(fields.LocalDateTime):
    """A date-time, `NOW` or `<n>DAYS`: the words are left to the request's clock."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> Any:
        if value == "NOW" or (isinstance(value, str) and _CALLBACK_DAYS.match(value)):
            return value
        return super()._deserialize(value, attr, data)


def phone_code(**options: Any) -> fields.Pattern:
    """What is dialed before a number."""
    return fields.Pattern(r"[0-9]{1,10}", why="Must be 1 to 10 digits", **options)


def tz_method() -> fields.Choice:
    """How the time zone is found."""
    return fields.Choice(METHODS, also=ALIASES)


class LeadFields(Schema):
    """The columns of a lead that a request may set, all optional."""

    aliases: ClassVar[Mapping[str, str]] = {"security_phrase": "security"}

    list_id = fields.Integer(1, fields.MAX_LIST_ID)
    phone_number = PHONE_NUMBER
    first_name = LeadText(30)
    last_name = LeadText(30)
    middle_initial = LeadText(1)
    address1 = LeadText(100)
    address2 = LeadText(100)
    address3 = LeadText(100)
    city = LeadText(50)
    province = LeadText(50)
    state = Code(2)
    postal_code = Code(10)
    country_code = Code(3)
    gender = fields.Choice(("M", "F", "U"), also={"": "U"})
    date_of_birth = OptionalDate()
    alt_phone = ALT_PHONE
    email = LeadText(70)
    security = LeadText(100)
    comments = Note(255)
    status = Status()
    rank = fields.Integer(-32768, 32767)
    owner = Code(20)
    phone_code = phone_code()
    title = LeadText(4)
    vendor_lead_code = Code(20)
    source_id = Code(50)
    user_field = fields.Pattern(r"[-_.0-9A-Za-z]{0,20}", why="Must be 0 to 20 of A-Z a-z 0-9 - _ .")
    gmt_offset_now = GmtOffset()
    called_count = fields.Integer(0, 65535)
    entry_list_id = fields.Integer(0, fields.MAX_LIST_ID)


class Cleaning(Schema):
    """`clean_text`: what is not allowed in texts is removed before they are checked."""

    clean_text = fields.Flag(load_default="N")

    # marshmallow runs hooks in the order of their names: this one after `settle_names`.
    @pre_load
    def tidy_texts(self, data: Mapping[str, Any], **_: object) -> Mapping[str, Any]:
        """Clean the texts when asked to."""
        return clean(data, self.fields) if data.get("clean_text") == "Y" else data


class HopperOptions(Schema):
    """How a lead goes into the hopper (contract: "Into the hopper")."""

    hopper_priority = fields.Integer(-99, 99, load_default=0)
    hopper_local_call_time_check = fields.Flag(load_default="N")
    hopper_dnc_check = fields.Flag(load_default="Y")
    hopper_status_check = fields.Flag(load_default="N")


class PhoneChecks(Schema):
    """What a number must be (contract: "Phone checks")."""

    usacan_prefix_check = fields.Flag(load_default="N")
    usacan_areacode_check = fields.Flag(load_default="N")
    nanpa_ac_prefix_check = fields.Flag(load_default="N")


class DncChecks(Schema):
    """Which do-not-call lists are asked (contract: "DNC check")."""

    dnc_check = fields.Choice(("Y", "N", "AREACODE"), load_default="N")
    campaign_dnc_check = fields.Choice(("Y", "N", "AREACODE"), load_default="N")
    campaign_id = fields.Text(8, least=1)


class CallbackFields(Schema):
    """When to call again (contract: "Callbacks")."""

    callback_datetime = CallbackTime()
    callback_status = Status()
    callback_type = fields.Choice(("ANYONE", "USERONLY"))
    callback_user = fields.Text(20, least=1)
    callback_comments = LeadText(255)
