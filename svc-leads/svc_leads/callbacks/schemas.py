"""What the endpoint of callbacks takes."""

from __future__ import annotations

from dialkit import fields


class CallbackFilter(fields.Query):
    """Query of GET /leads/{lead_id}/callback-info."""

    search_location = fields.Choice(("CURRENT", "ARCHIVE", "ALL"), load_default="CURRENT")
