"""Endpoints of the DNC lists."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE, Queries
from dialkit.errors import Conflict, InvalidInput, NotFound
from dialkit.http import answer, takes
from dialkit.journal import Journal, journaled
from dialkit.tokens import CALLER

from svc_lists.dnc import store
from svc_lists.dnc.schemas import INTERNAL, EntryPath, NewEntry, WhichList

routes = web.RouteTableDef()


@routes.post("/api/v1/dnc")
@takes("add_dnc_phone", body=NewEntry())
async def add_dnc_number(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Put a number on a DNC list (contract: POST /dnc)."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    phone = body["phone_number"]
    campaign_id, obeyed = await _which_list(db, body["campaign_id"])
    shown_id = campaign_id or INTERNAL

    # The entry first: the number must be blocked, whatever happens to the logs.
    async def work(journal: Journal) -> None:
        if not await store.add_entry(journal, phone, campaign_id):
            raise Conflict("Phone number already in DNC list")
        await store.log_change(journal, phone, campaign_id, action="add", now=now, tag=caller.tag)
        await journal.log("LISTS", "ADD", phone, "ADMIN API ADD DNC NUMBER", f"{phone}|{shown_id}")

    await journaled(db, caller, now, work)
    data = {"phone_number": phone, "campaign_id": shown_id}
    if obeyed:
        data["effective_campaign_id"] = obeyed
    return answer("Phone number added to DNC list", data)


@routes.delete("/api/v1/dnc/{phone}")
@takes("delete_dnc_phone", path=EntryPath(), query=WhichList())
async def delete_dnc_number(
    request: web.Request, path: dict[str, Any], query: dict[str, Any]
) -> web.Response:
    """Take a number off a DNC list (contract: DELETE /dnc/{phone})."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    asked = None if query["campaign_id"] == INTERNAL else query["campaign_id"]

    # The log first: a number never leaves the list without a trace, and a repeat finishes.
    async def work(journal: Journal) -> dict[str, Any]:
        entry = await store.find_entry(journal, path["phone"], asked)
        if entry is None:
            raise NotFound("DNC entry not found")
        phone, campaign_id = entry
        shown_id = campaign_id or INTERNAL
        await store.log_change(
            journal, phone, campaign_id, action="delete", now=now, tag=caller.tag
        )
        deleted = await store.delete_entry(journal, phone, campaign_id)
        if not deleted:
            raise NotFound("DNC entry not found")  # another request was faster
        await journal.log(
            "LISTS", "DELETE", phone, "ADMIN API DELETE DNC NUMBER", f"{phone}|{shown_id}"
        )
        return {"phone_number": phone, "campaign_id": shown_id, "rows_deleted": deleted}

    return answer("DNC entry deleted", await journaled(db, caller, now, work))


async def _which_list(db: Queries, asked: str) -> tuple[str | None, str | None]:
    """The campaign whose list it is (None: the internal one), and the one that it obeys, if any.

    Raises: InvalidInput.
    """
    if asked == INTERNAL:
        return None, None
    campaign = await store.find_dnc_campaign(db, asked)
    if campaign is None:
        raise InvalidInput({"campaign_id": ["Campaign not found"]})
    return campaign[0], campaign[1]
