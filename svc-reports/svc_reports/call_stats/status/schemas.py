"""What the endpoint of calls by hour and status takes."""

from __future__ import annotations

from dialkit import fields

from svc_reports.call_stats.schemas import CallStatsQuery


class StatusQuery(CallStatsQuery):
    """Query of GET /call-stats/status."""

    format = fields.Choice(("json",), load_default="json")
