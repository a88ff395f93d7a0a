"""What the report of dispositions takes."""

from __future__ import annotations

from dialkit import fields

from svc_reports.ranges import Ranged

_MAX_LIST_ID = 10**14 - 1


class DispositionsQuery(Ranged):
    """Query of dispositions by campaign, by list, or by both."""

    group_by = fields.Choice(("campaign", "list", "both"), load_default="campaign")
    campaign_id = fields.Text(8, least=1)
    list_id = fields.Integer(0, _MAX_LIST_ID)
    format = fields.Choice(("json",), load_default="json")
    archived = fields.Flag(load_default="N")
