"""What the endpoints of agents take."""

from __future__ import annotations

from dialkit import fields

from svc_users.live.filters import AgentFilter
from svc_users.logins import MAX_LOGIN
from svc_users.values import YesNo


class CampaignFilter(fields.Query):
    """Query of GET /agents/{agent_id}/campaigns."""

    campaign_id = fields.Text(8, least=1)
    ignore_agentdirect = fields.Flag(load_default="N")


class StatusFilter(AgentFilter):
    """Query of GET /agents/status."""

    agent_user = fields.Text(MAX_LOGIN, least=1)
    include_ip = YesNo(load_default="N")
