"""Rows of a report that are all there at once, to be sent as an export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dialkit.db import Row

from svc_reports.ranges import Range
from svc_reports.row_lists.listing import Key, Listing


class FixedRows(Listing):
    """Rows of values in the order of `fields`; the key of one is its place."""

    def __init__(
        self, fields: Sequence[str], rows: Sequence[Sequence[Any]], span: Range | None
    ) -> None:
        self.fields, self.span = fields, span
        self._rows = [(place, *values) for place, values in enumerate(rows)]

    async def rows(self, after: Key | None, limit: int) -> list[Row]:
        """The next rows after that place."""
        start = 0 if after is None else after[0] + 1
        return self._rows[start : start + limit]

    def key(self, row: Row) -> Key:
        """Its place."""
        return (row[0],)

    async def shown(self, rows: Sequence[Row]) -> list[Row]:
        """The values."""
        return [row[1:] for row in rows]
