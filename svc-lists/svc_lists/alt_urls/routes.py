"""Endpoints of alternate URLs."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE, Queries
from dialkit.errors import Conflict, InvalidInput, NotFound, NothingToUpdate
from dialkit.http import answer, path_number, takes
from dialkit.journal import Journal, journaled
from dialkit.tokens import CALLER

from svc_lists.alt_urls import store
from svc_lists.alt_urls.owners import URL_COLUMNS, find_owner
from svc_lists.alt_urls.schemas import NewUrl, UrlChanges, UrlFilter

routes = web.RouteTableDef()

_MAX_URL_ID = 2**32 - 1
_MISSING = "Alternate URL not found"
_NOT_ALT = "URL is not set to ALT"


@routes.put("/api/v1/alt-urls/{url_id}")
@takes("update_alt_url", body=UrlChanges())
async def change_alt_url(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Change a URL (contract: PUT /alt-urls/{url_id})."""
    url_id = path_number(request, "url_id", most=_MAX_URL_ID, missing=_MISSING)
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    if not body:
        raise NothingToUpdate

    async def work(journal: Journal) -> None:
        url, section = await _find_changeable(journal, url_id)
        if not await store.change(journal, url_id, body):
            raise NotFound(_MISSING)  # deleted meanwhile
        notes = _notes(url.owner_id, url_id, url.entry_type, url.url_type)
        await journal.log(section, "MODIFY", url.owner_id, "ADMIN API UPDATE ALT URL", notes)

    await journaled(db, caller, now, work)
    return answer("Alternate URL updated successfully", {"url_id": url_id})


@routes.get("/api/v1/alt-urls")
@takes("update_alt_url", query=UrlFilter())
async def list_alt_urls(request: web.Request, query: dict[str, Any]) -> web.Response:
    """Show a campaign's, in-group's or list's URLs (contract: GET /alt-urls)."""
    rows = await store.list_urls(
        request.app[DATABASE],
        query["campaign_id"],
        entry_type=query["entry_type"],
        url_type=query.get("url_type"),
    )
    urls = [dict(zip(store.SHOWN_COLUMNS, row, strict=True)) for row in rows]
    return answer("Alternate URLs retrieved", urls)


@routes.post("/api/v1/alt-urls")
@takes("update_alt_url", body=NewUrl())
async def add_alt_url(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Add a URL to a campaign, in-group or list (contract: POST /alt-urls)."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    entry_type, url_type = body["entry_type"], body["url_type"]
    column = URL_COLUMNS[entry_type, url_type]

    async def work(journal: Journal) -> int:
        owner = await find_owner(journal, column, body["campaign_id"])
        if owner is None:
            raise InvalidInput({"campaign_id": [f"{column.kind.name} not found"]})
        if not owner.says_alt:
            raise Conflict(_NOT_ALT)
        url_id = await store.add(journal, body | {"campaign_id": owner.owner_id})
        notes = _notes(owner.owner_id, url_id, entry_type, url_type)
        section = column.kind.section
        await journal.log(section, "ADD", owner.owner_id, "ADMIN API ADD ALT URL", notes)
        return url_id

    url_id = await journaled(db, caller, now, work)
    return answer("Alternate URL added successfully", {"url_id": url_id})


async def _find_changeable(db: Queries, url_id: int) -> tuple[store.AltUrl, str]:
    """The URL, and the section of its owner in the log. Raises: NotFound, Conflict."""
    url = await store.find(db, url_id)
    if url is None:
        raise NotFound(_MISSING)
    column = URL_COLUMNS.get((url.entry_type, url.url_type))
    if column is None:
        raise Conflict("URL type cannot be changed here")
    owner = await find_owner(db, column, url.owner_id)
    if owner is None or not owner.says_alt:
        raise Conflict(_NOT_ALT)
    return url, column.kind.section


def _notes(owner_id: str, url_id: int, entry_type: str, url_type: str) -> str:
    return f"campaign: {owner_id}|url_id: {url_id}|entry_type: {entry_type}|url_type: {url_type}"
