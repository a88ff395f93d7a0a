"""What the endpoint of calls by hour and status takes."""

from __future__ import annotations

from svc_reports.call_stats.schemas import CallStatsQuery
from svc_reports.values import only_json


class StatusQuery(CallStatsQuery):
    """Query of GET /call-stats/status."""

    format = only_json()
