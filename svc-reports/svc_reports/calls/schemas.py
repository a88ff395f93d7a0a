"""What the endpoint of one call takes."""

from __future__ import annotations

from dialkit.fields import Query

from svc_reports.values import only_json


class CallQuery(Query):
    """Query of GET /calls/{call_id}/info."""

    format = only_json()
