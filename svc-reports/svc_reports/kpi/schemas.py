"""What outbound dispositions take."""

from __future__ import annotations

from dialkit import fields

from svc_reports.ranges import Ranged
from svc_reports.values import YesNo, only_json

_MAX_LIST_ID = 10**14 - 1


class DispositionsQuery(Ranged):
    """Query of GET /kpi/dispositions."""

    group_by = fields.Choice(("campaign", "list", "both"), load_default="campaign")
    campaign_id = fields.Text(8, least=1)
    list_id = fields.Integer(0, _MAX_LIST_ID)
    format = only_json()
    archived = YesNo(load_default=False)
