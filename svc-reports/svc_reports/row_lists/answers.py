"""Row lists as JSON pages, or handed over to the stream of an export (contract: C4)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple

from aiohttp import web
from dialkit.db import Queries
from dialkit.http import answer

from svc_reports.archives import archive_needed
from svc_reports.databases import REPORT_DATABASE
from svc_reports.ranges import PARAMETERS
from svc_reports.row_lists.cursors import encoded
from svc_reports.row_lists.listing import Key, Listing
from svc_reports.row_lists.stream import stream_rows
from svc_reports.slots import SLOTS

_NOT_IN_LINKS = PARAMETERS | {"api_key", "user", "cursor"}
Opening = Callable[[Queries], Awaitable[Listing]]


class RowList(NamedTuple):
    """What a row list is called: the exported file, the message, the key of its rows if any."""

    file: str
    message: str
    inside: str = ""


async def send_rows(
    request: web.Request, query: Mapping[str, Any], what: RowList, opening: Opening
) -> web.StreamResponse:
    """Send the rows that `opening` finds on the report database, in the format of the query.

    Raises: what reading raises, Conflict for a missing archive, TooManyRequests, TooSlow.
    """
    db = request.app[REPORT_DATABASE]
    with archive_needed(query.get("archived", "N")):
        if query["format"] != "json":
            return await stream_rows(request, query["format"], what.file, lambda: opening(db))
        async with request.app[SLOTS].report():
            listing = await opening(db)
            found = await listing.rows(query.get("cursor"), query["limit"] + 1)
            rows = found[: query["limit"]]
            values = await listing.shown(rows)
    data: Any = [dict(zip(listing.fields, row, strict=True)) for row in values]
    if what.inside:
        data = {"count": len(data), what.inside: data}
    last = listing.key(rows[-1]) if len(found) > len(rows) else None
    return answer(what.message, data, headers={**listing.headers, **_link(request, listing, last)})


def _link(request: web.Request, listing: Listing, last: Key | None) -> dict[str, str]:
    """The next page's address; the range is written out, so that an open end stays the same."""
    if last is None:
        return {}
    parameters = {name: value for name, value in request.query.items() if name not in _NOT_IN_LINKS}
    if listing.span is not None:
        parameters |= listing.span.as_parameters
    url = request.rel_url.with_query(parameters | {"cursor": encoded(last)})
    return {"Link": f'<{url}>; rel="next"'}
