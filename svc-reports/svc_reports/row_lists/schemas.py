"""What every row list takes (contract: reports.md, C4)."""

from __future__ import annotations

from dialkit import fields
from dialkit.fields import Query

FORMATS = ("json", "csv", "ndjson")


class RowQuery(Query):
    """Query of a row list; `limit` and `cursor` are each endpoint's own."""

    format = fields.Choice(FORMATS, load_default="json")
    archived = fields.Flag(load_default="N")
