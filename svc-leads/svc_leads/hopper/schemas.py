"""What the endpoints of the hopper take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from dialkit import fields

from svc_leads.leads.fields import HopperOptions
from svc_leads.leads.ids import IdList
from svc_leads.text import Code

_STATUSES = ("READY", "QUEUE", "INCALL", "DONE", "HOLD", "DNC", "RHOLD", "RQUEUE", "ALL")


class HopperFilter(fields.Query):
    """Query of GET /campaigns/{campaign_id}/hopper."""

    status = fields.Choice(_STATUSES, load_default="READY")
    limit = fields.Integer(1, 10_000, load_default=1000)
    after = fields.Pattern(r"-?[0-9]{1,3}:[0-9]{1,10}", why="Must be what a Link header has given")


class NewEntries(fields.NewBody, HopperOptions):
    """Body of POST /campaigns/{campaign_id}/hopper/bulk."""

    aliases: ClassVar[Mapping[str, str]] = {"priority": "hopper_priority"}

    lead_ids = IdList(1000, required=True)
    source = Code(20, least=1)
