"""What calls by hour and status, and the report of dispositions, both take."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from dialkit import fields
from marshmallow import ValidationError, post_load, validates_schema

from svc_reports import id_lists
from svc_reports.id_lists import IdList
from svc_reports.ranges import Timed
from svc_reports.values import YesNo


class CallStatsQuery(Timed):
    """Which calls are counted; one campaign by `campaign_id`, which loads as `campaigns`."""

    repeatable: ClassVar[Collection[str]] = ("campaigns", "ingroups", "statuses")

    campaign_id = fields.Text(8, least=1)
    campaigns = IdList(id_lists.CAMPAIGNS)
    ingroups = IdList(id_lists.IN_GROUPS)
    statuses = IdList(id_lists.STATUSES)
    archived = YesNo(load_default=False)

    @validates_schema
    def refuse_two_names(self, data: dict[str, Any], **_: object) -> None:
        """One campaign, or a list of them."""
        if "campaign_id" in data and "campaigns" in data:
            raise ValidationError({"campaigns": ["Not together with campaign_id"]})

    @post_load
    def list_campaign(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """One campaign is a list of one."""
        if "campaign_id" in data:
            data["campaigns"] = [data.pop("campaign_id")]
        return data
