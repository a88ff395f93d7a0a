"""Rows of a report that are all there at once, to be sent as an export."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from aiohttp import web
from dialkit.db import Queries, Row

from svc_reports.archives import conflict_if_missing
from svc_reports.ranges import Range
from svc_reports.row_lists.listing import Key, Listing
from svc_reports.row_lists.stream import stream_rows

Lines = tuple[Sequence[str], Sequence[Sequence[Any]]]


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


async def send_lines(
    request: web.Request,
    query: Mapping[str, Any],
    file: str,
    span: Range,
    read: Callable[[Queries], Awaitable[Lines]],
) -> web.StreamResponse:
    """Send what `read` finds, the names of its columns and its lines, in the query's format.

    Raises: what reading raises, Conflict for a missing archive, TooManyRequests, TooSlow.
    """

    async def opening(db: Queries) -> Listing:
        return FixedRows(*await read(db), span)

    with conflict_if_missing(query["archived"]):
        return await stream_rows(request, query["format"], file, opening)
