"""The fields of a list that POST and PUT share (contract: "List fields")."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from dialkit import fields, references
from dialkit.db import Queries
from marshmallow import Schema, ValidationError, validates_schema

from svc_lists.lists.columns import CAMPAIGNS_CALL_TIME, NEVER
from svc_lists.references import Thing
from svc_lists.text import Plain, Url, transfer_number

_TIME_ZONE_METHODS = (
    "COUNTRY_AND_AREA_CODE", "POSTAL_CODE", "NANPA_PREFIX", "OWNER_TIME_ZONE_CODE",
)  # fmt: skip
_TIME = "(?:[01][0-9]|2[0-3])[0-5][0-9]"
_THINGS = {
    "campaign_id": Thing.CAMPAIGN,
    "script": Thing.SCRIPT,
    "drop_inbound_group": Thing.IN_GROUP,
    "local_call_time": Thing.CALL_TIME,
}


class OutboundCid(fields.Phone):
    """The number that is shown to those who are called, or none."""

    def digits(self, text: str) -> str:
        """The digits of the text; none of an empty one."""
        return super().digits(text) if text.strip(" ") else ""


class ExpirationDate(fields.Date):
    """The last day of a list; an empty one is far away."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: object) -> date:
        text = fields.as_text(value).strip(" ")
        return super()._deserialize(text or NEVER, attr, data, **options)


class LocalCallTime(fields.Text):
    """A call time, or `campaign`: the campaign's own."""

    def sized(self, text: str) -> str:
        """The text, if it has an allowed length."""
        if text.lower() in {"", CAMPAIGNS_CALL_TIME}:
            return CAMPAIGNS_CALL_TIME
        return super().sized(text)


class ListFields(Schema):
    """What can be set of a list."""

    aliases: ClassVar[Mapping[str, str]] = {"web_form_address": "web_form"}

    list_name = Plain(30, least=2)
    campaign_id = fields.Text(8)
    active = fields.Flag()
    list_description = Plain(255)
    script = fields.Text(20)
    web_form = Url()
    web_form_address_two = Url()
    web_form_address_three = Url()
    outbound_cid = OutboundCid(6, 18)
    am_message = fields.Pattern(
        "|[-|/._0-9A-Za-z]{2,100}",
        why="Must be empty, or 2 to 100 letters, digits and - | / . _",
    )
    drop_inbound_group = fields.Text(20)
    reset_time = fields.Pattern(
        f"|{_TIME}(?:-{_TIME}){{0,19}}",
        why="Must be times as 0900-1700, at most 100 characters",
    )
    expiration_date = ExpirationDate()
    tz_method = fields.Choice(_TIME_ZONE_METHODS)
    local_call_time = LocalCallTime(10)
    xferconf_one = transfer_number()
    xferconf_two = transfer_number()
    xferconf_three = transfer_number()
    xferconf_four = transfer_number()
    xferconf_five = transfer_number()
    na_call_url = Url(least=3)
    custom_fields_copy = fields.Integer(0, fields.MAX_LIST_ID)
    custom_copy_method = fields.Choice(("APPEND", "UPDATE"), load_default="APPEND")

    @validates_schema
    def copies_something(self, data: Mapping[str, Any], **_: object) -> None:
        """Refuse a way of copying where nothing is copied."""
        if "custom_copy_method" in data and "custom_fields_copy" not in data:
            raise ValidationError({"custom_copy_method": ["Needs custom_fields_copy"]})


async def settled(db: Queries, given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields, what they refer to spelled as the database does. Raises: InvalidInput."""
    named = {
        name: thing
        for name, thing in _THINGS.items()
        if given.get(name) and (name, given[name]) != ("local_call_time", CAMPAIGNS_CALL_TIME)
    }
    return await references.settled(db, given, named)
