"""What the endpoints of one agent take."""

from __future__ import annotations

from dialkit import fields


class CampaignFilter(fields.Query):
    """Query of GET /agents/{agent_id}/campaigns."""

    campaign_id = fields.Text(8, least=1)
    ignore_agentdirect = fields.Flag(load_default="N")
