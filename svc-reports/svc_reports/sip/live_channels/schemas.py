"""What the endpoint of live channels takes."""

from __future__ import annotations

from dialkit import fields

from svc_reports.values import ip_address, only_json

ALL = "all"


class ChannelFilter(fields.Query):
    """Query of GET /sip/live-channels."""

    server_ip = ip_address()
    channel_group = fields.Text(30, least=1)
    type = fields.Choice(("client", "trunk", ALL), load_default=ALL)
    format = only_json()
