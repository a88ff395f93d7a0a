"""Endpoints of the CID groups."""

from __future__ import annotations

from functools import partial
from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE, Queries, Row
from dialkit.errors import Conflict, InvalidInput, NotFound, NothingToUpdate
from dialkit.http import answer, next_page, takes
from dialkit.journal import Journal, journaled
from dialkit.tokens import CALLER

from svc_lists.cid_groups import store
from svc_lists.cid_groups.entry_id import EntryId
from svc_lists.cid_groups.schemas import (
    EntryChanges,
    EntryFilter,
    EntryPath,
    NewEntry,
    WhichEntries,
)
from svc_lists.cid_groups.span import Key
from svc_lists.cid_groups.stages import SECTION, Stage, carry_out, key_of, span_of
from svc_lists.cid_groups.store import Owner
from svc_lists.text import check_letters

routes = web.RouteTableDef()

_FUNCTION = "update_cid_group_entry"
_CHANGEABLE = ("active", "cid_description")
_MISSING = "CID group not found"


@routes.post("/api/v1/cid-groups")
@takes(_FUNCTION, body=NewEntry())
async def add_cid_entry(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Add an entry (contract: POST /cid-groups)."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    await check_letters(db, cid_description=body["cid_description"])
    owner = await store.find_owner(db, body["cid_group_id"])
    if owner is None:
        raise InvalidInput({"cid_group_id": [_MISSING]})

    async def work(journal: Journal) -> None:
        if not await store.add_entry(journal, owner, _stored(body)):
            raise Conflict("CID group entry already exists")
        await store.stamp(journal, owner, now)
        notes = "areacode: {areacode} outbound_cid: {outbound_cid} active: {active}"
        await journal.log(SECTION, "ADD", owner.id, "ADMIN API ADD CID", notes.format_map(body))

    await journaled(db, caller, now, work)
    entry_id = EntryId(owner.id, body["areacode"], body["outbound_cid"])
    return answer("CID group entry added successfully", {"entry_id": str(entry_id)})


@routes.get("/api/v1/cid-groups/{entry_id}")
@takes(_FUNCTION, path=EntryPath(), query=EntryFilter())
async def list_cid_entries(
    request: web.Request, path: dict[str, Any], query: dict[str, Any]
) -> web.Response:
    """A group's entries (contract: GET /cid-groups/{entry_id})."""
    db, limit = request.app[DATABASE], query["limit"]
    entry_id: EntryId = path["entry_id"].completed(query)
    owner = await _owner(db, entry_id)
    span = span_of(owner, entry_id)
    if "after" in query:
        areacode, _, outbound_cid = query["after"].rpartition(":")
        span = span._replace(after=Key(areacode, outbound_cid))
    rows = await store.list_entries(db, span, limit + 1)
    page = rows[:limit]
    last = ":".join(key_of(page[-1])) if len(rows) > limit else None
    entries = [_entry(owner, row) for row in page]
    return answer("CID group entries retrieved", entries, headers=next_page(request, last))


@routes.put("/api/v1/cid-groups/{entry_id}")
@takes(_FUNCTION, path=EntryPath(), body=EntryChanges())
async def change_cid_entries(
    request: web.Request, path: dict[str, Any], body: dict[str, Any]
) -> web.Response:
    """Change entries (contract: PUT /cid-groups/{entry_id})."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    changes: dict[str, str] = {name: body[name] for name in _CHANGEABLE if name in body}
    if not changes:
        raise NothingToUpdate
    entry_id = path["entry_id"].completed(body).with_areacode()
    await check_letters(db, cid_description=changes.get("cid_description", ""))
    owner = await _owner(db, entry_id)
    write = partial(store.change_entries, changes=_stored(changes))
    stage = Stage("MODIFY", "ADMIN API MODIFY CID", "modified", write)
    count = await journaled(
        db, caller, now, lambda journal: carry_out(journal, owner, entry_id, now, stage)
    )
    shown = str(entry_id._replace(group=owner.id))
    data = {"entry_id": shown, "updated_count": count}
    return answer("CID group entry updated successfully", data)


@routes.delete("/api/v1/cid-groups/{entry_id}")
@takes(_FUNCTION, path=EntryPath(), query=WhichEntries())
async def delete_cid_entries(
    request: web.Request, path: dict[str, Any], query: dict[str, Any]
) -> web.Response:
    """Delete entries (contract: DELETE /cid-groups/{entry_id})."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    entry_id = path["entry_id"].completed(query).with_areacode()
    owner = await _owner(db, entry_id)
    stage = Stage("DELETE", "ADMIN API DELETE CID", "deleted", store.delete_entries)
    count = await journaled(
        db, caller, now, lambda journal: carry_out(journal, owner, entry_id, now, stage)
    )
    shown = str(entry_id._replace(group=owner.id))
    return answer("CID group entries deleted", {"entry_id": shown, "deleted_count": count})


async def _owner(db: Queries, entry_id: EntryId) -> Owner:
    """The group or campaign that the path names. Raises: NotFound."""
    owner = await store.find_owner(db, entry_id.group)
    if owner is None:
        raise NotFound(_MISSING)
    return owner


def _stored(entry: dict[str, str]) -> dict[str, str]:
    """The columns as VICIdial writes them: it has an empty text for `N`."""
    return entry | {"active": ""} if entry.get("active") == "N" else entry


def _entry(owner: Owner, row: Row) -> dict[str, Any]:
    areacode, outbound_cid, active, cid_description, call_count_today = row
    return {
        "entry_id": ":".join((owner.id, *key_of(row))),
        "cid_group_id": owner.id,
        "areacode": areacode,
        "outbound_cid": outbound_cid,
        "active": "Y" if active == "Y" else "N",
        "cid_description": cid_description,
        "call_count_today": call_count_today,
    }
