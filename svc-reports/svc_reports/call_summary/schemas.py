"""What the endpoint of call summaries takes."""

from __future__ import annotations

from dialkit import fields


class WhichLog(fields.Query):
    """Query of GET /internal/v1/leads/{lead_id}/call-summary."""

    archived = fields.Flag(load_default="N")
