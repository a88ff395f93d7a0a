"""Row lists as JSON pages, or handed over to the stream of an export (contract: C4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from aiohttp import web
from dialkit.db import Queries, Row
from dialkit.http import answer

from svc_reports.archives import conflict_if_missing
from svc_reports.ranges import PARAMETERS
from svc_reports.reading import read_report
from svc_reports.row_lists.cursors import encoded
from svc_reports.row_lists.listing import Key, Listing
from svc_reports.row_lists.stream import Opening, stream_rows

_NOT_IN_LINKS = PARAMETERS | {"api_key", "user", "cursor"}


class RowList(NamedTuple):
    """What a row list is called: the exported file, the message, the key of its rows if any."""

    file: str
    message: str
    inside: str = ""


class _Page(NamedTuple):
    listing: Listing
    rows: list[Row]
    shown: list[Row]
    has_next: bool


async def send_rows(
    request: web.Request, query: Mapping[str, Any], what: RowList, opening: Opening
) -> web.StreamResponse:
    """Send the rows that `opening` finds on the report database, in the format of the query.

    Raises: what reading raises, Conflict for a missing archive, TooManyRequests, TooSlow.
    """
    archived = query.get("archived", False)
    if query["format"] != "json":
        with conflict_if_missing(archived):
            return await stream_rows(request, query["format"], what.file, opening)

    async def read(db: Queries) -> _Page:
        listing = await opening(db)
        found = await listing.rows(query.get("cursor"), query["limit"] + 1)
        rows = found[: query["limit"]]
        return _Page(listing, rows, await listing.shown(rows), has_next=len(found) > len(rows))

    page = await read_report(request, archived, read)
    return _as_json(request, what, page)


def _as_json(request: web.Request, what: RowList, page: _Page) -> web.Response:
    listing = page.listing
    data: Any = [dict(zip(listing.fields, row, strict=True)) for row in page.shown]
    if what.inside:
        data = {"count": len(data), what.inside: data}
    link = _link(request, listing, listing.key(page.rows[-1])) if page.has_next else {}
    return answer(what.message, data, headers={**listing.headers, **link})


def _link(request: web.Request, listing: Listing, last: Key) -> dict[str, str]:
    """The next page's address; the range is written out, so that an open end stays the same."""
    parameters = {name: value for name, value in request.query.items() if name not in _NOT_IN_LINKS}
    if listing.span is not None:
        parameters |= listing.span.as_parameters
    url = request.rel_url.with_query(parameters | {"cursor": encoded(last)})
    return {"Link": f'<{url}>; rel="next"'}
