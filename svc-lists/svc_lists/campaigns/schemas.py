"""What the endpoints of campaigns take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from dialkit import fields
from marshmallow import ValidationError, validates_schema

from svc_lists.campaigns.dial_statuses import DialStatuses
from svc_lists.campaigns.lead_order import LeadOrder
from svc_lists.campaigns.level import Level
from svc_lists.text import Plain, Url, transfer_number

NO_FILTER = "NONE"
_ALSO_NO_FILTER = ("", NO_FILTER, "---NONE---")
_METHODS = ("MANUAL", "RATIO", "INBOUND_MAN", "ADAPT_AVERAGE", "ADAPT_HARD_LIMIT", "ADAPT_TAPERED")
_SECONDARY_ORDERS = ("LEAD_ASCEND", "LEAD_DESCEND", "CALLTIME_ASCEND", "CALLTIME_DESCEND",
                     "VENDOR_ASCEND", "VENDOR_DESCEND")  # fmt: skip


class CampaignFilter(fields.Query):
    """Query of GET /campaigns."""

    active = fields.Flag()
    campaign_id = fields.Text(8)
    limit = fields.Integer(1, 1000, load_default=1000)
    after = fields.Text(8)


class ListsFilter(fields.Query):
    """Query of GET /campaigns/with-lists."""

    active = fields.Flag()
    campaign_id = fields.Text(8)
    lead_counts = fields.Flag(load_default="Y")


class _LeadFilterId(fields.Text):
    """A lead filter; none has three names."""

    def sized(self, text: str) -> str:
        """The text, if it has an allowed length."""
        return NO_FILTER if text.upper() in _ALSO_NO_FILTER else super().sized(text)


class CampaignChanges(fields.Body):
    """Body of PUT /campaigns/{campaign_id}; loaded under the names of the columns."""

    aliases: ClassVar[Mapping[str, str]] = {
        "campaign_cid": "outbound_cid",
        "lead_order": "list_order",
        "lead_order_randomize": "list_order_randomize",
        "lead_order_secondary": "list_order_secondary",
        "web_form_address": "webform_one",
        "web_form_address_two": "webform_two",
        "web_form_address_three": "webform_three",
    }

    campaign_name = Plain(40, least=6)
    active = fields.Flag()
    dial_method = fields.Choice(_METHODS)
    auto_dial_level = Level()
    adaptive_maximum_level = Level(5)
    hopper_level = fields.Integer(1, 5000)
    dial_timeout = fields.Integer(1, 120)
    campaign_vdad_exten = fields.Pattern(r"[0-9]{3,20}", why="Must be 3 to 20 digits")
    outbound_cid = fields.Phone(6, 20, attribute="campaign_cid")
    lead_filter_id = _LeadFilterId(20)
    list_order = LeadOrder(attribute="lead_order")
    list_order_randomize = fields.Flag(attribute="lead_order_randomize")
    list_order_secondary = fields.Choice(_SECONDARY_ORDERS, attribute="lead_order_secondary")
    dial_status_add = fields.Status()
    dial_status_remove = fields.Status()
    dial_statuses = DialStatuses()
    xferconf_one = transfer_number(attribute="xferconf_a_number")
    xferconf_two = transfer_number(attribute="xferconf_b_number")
    xferconf_three = transfer_number(attribute="xferconf_c_number")
    xferconf_four = transfer_number(attribute="xferconf_d_number")
    xferconf_five = transfer_number(attribute="xferconf_e_number")
    webform_one = Url(least=3, attribute="web_form_address")
    webform_two = Url(least=3, attribute="web_form_address_two")
    webform_three = Url(least=3, attribute="web_form_address_three")
    dispo_call_url = Url(least=3)
    start_call_url = Url(least=3)
    na_call_url = Url(least=3)
    local_call_time = fields.Text(10, least=1)
    dial_prefix = fields.Pattern(
        r"[0-9A-Za-z]{0,20}", why="Must be at most 20 characters of A-Z a-z 0-9"
    )
    reset_hopper = fields.Flag(load_default="N")

    @validates_schema
    def changes_statuses_one_way(self, data: Mapping[str, Any], **_: object) -> None:
        """Refuse to replace the statuses and to change them at once."""
        if "dial_statuses" in data and not {"dial_status_add", "dial_status_remove"}.isdisjoint(
            data
        ):
            raise ValidationError(
                {"dial_statuses": ["Not with dial_status_add or dial_status_remove"]}
            )
