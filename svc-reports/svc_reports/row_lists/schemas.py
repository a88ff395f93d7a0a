"""What every row list takes (contract: reports.md, C4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit import fields
from dialkit.fields import Query
from marshmallow import pre_load

from svc_reports.values import YesNo

_STREAMED = ("csv", "ndjson")
_OF_PAGES = ("limit", "cursor")


class RowQuery(Query):
    """Query of a row list; `limit` and `cursor` are each endpoint's own."""

    format = fields.Choice(("json", *_STREAMED), load_default="json")
    archived = YesNo(load_default=False)

    @pre_load
    def ignore_pages(self, data: Mapping[str, Any], **_: object) -> Mapping[str, Any]:
        """A stream has all rows, whatever a page would have."""
        if data.get("format") not in _STREAMED:
            return data
        return {name: value for name, value in data.items() if name not in _OF_PAGES}
