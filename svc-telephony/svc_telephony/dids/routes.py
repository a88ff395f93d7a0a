"""Endpoints of DIDs."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE
from dialkit.errors import Conflict
from dialkit.http import answer, takes
from dialkit.journal import Journal, journaled
from dialkit.locks import one_at_a_time
from dialkit.tokens import CALLER

from svc_telephony.dids import changing, copying, store
from svc_telephony.dids.checks import TAKEN, checked, existing
from svc_telephony.dids.columns import new_columns
from svc_telephony.dids.schemas import DidChanges, DidCopies, DidPath, NewDid
from svc_telephony.dids.targets import NEW_TARGET
from svc_telephony.values import asks_to_delete

routes = web.RouteTableDef()


@routes.post("/api/v1/dids")
@takes("add_did", body=NewDid())
async def add_did(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Add a DID (contract: POST /dids)."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    pattern, fields = body["did_pattern"], await checked(db, body, NEW_TARGET)

    async def work(journal: Journal) -> int:
        did_id = await store.add(journal, new_columns(fields))
        if did_id is None:
            raise Conflict(TAKEN)
        notes = f"did: {pattern} did_id: {did_id} inserted: 1"
        await journal.log("DIDS", "ADD", did_id, "ADMIN API ADD DID", notes)
        return did_id

    did_id = await journaled(db, caller, now, work)
    return answer("DID added successfully", {"did_id": did_id, "did_pattern": pattern})


@routes.put("/api/v1/dids/{did_id}")
@takes("update_did", path=DidPath(), body=DidChanges())
async def change_did(
    request: web.Request, path: dict[str, Any], body: dict[str, Any]
) -> web.Response:
    """Change or delete a DID (contract: PUT /dids/{did_id})."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    deletes = asks_to_delete(body, "delete_did")

    async def work(journal: Journal) -> None:
        did = await existing(journal, path["did_id"])
        if deletes:
            await changing.delete(journal, did)
        else:
            await changing.change(journal, did, body)

    await journaled(db, caller, now, work)
    done = "deleted" if deletes else "updated"
    return answer(f"DID {done} successfully", {"did_id": path["did_id"]})


@routes.post("/api/v1/dids/{did_id}/copy")
@takes("copy_did", path=DidPath(), body=DidCopies())
async def copy_did(
    request: web.Request, path: dict[str, Any], body: dict[str, Any]
) -> web.Response:
    """Copy a DID to other patterns (contract: POST /dids/{did_id}/copy)."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    source_id, patterns = path["did_id"], body.pop("new_did_pattern")

    async def work(journal: Journal) -> copying.Outcome:
        source = await existing(journal, source_id)
        return await copying.copy(journal, source, patterns, body)

    # On InnoDB two copies would wait for one another: each holds the counter of ids.
    async with one_at_a_time(db, "copy-dids", busy="DIDs are being copied") as held:
        outcome = await journaled(held, caller, now, work)
    copied = [
        {"did_id": did_id, "did_pattern": pattern}
        for pattern, did_id in outcome.items()
        if did_id is not None
    ]
    skipped = [pattern for pattern, did_id in outcome.items() if did_id is None]
    data = {"new_did_id": copied[0]["did_id"], "source_did_id": source_id, "copied": copied}
    return answer("DID copied successfully", {**data, "skipped": skipped})
