"""What the endpoint of call summaries takes."""

from __future__ import annotations

from dialkit.fields import Query

from svc_reports.values import YesNo


class WhichLog(Query):
    """Query of GET /internal/v1/leads/{lead_id}/call-summary."""

    archived = YesNo(load_default=False)
