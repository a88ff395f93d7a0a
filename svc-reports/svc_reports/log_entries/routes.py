"""Changes of a call's log record."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE
from dialkit.errors import BadRequest, NothingToUpdate
from dialkit.http import answer, takes
from dialkit.journal import Journal, journaled
from dialkit.tokens import CALLER

from svc_reports.call_ids import read_call_id
from svc_reports.call_rows.store import LogRow
from svc_reports.log_entries.changing import change
from svc_reports.log_entries.checks import checked_references, known_status
from svc_reports.log_entries.choosing import find_entry
from svc_reports.log_entries.schemas import CHANGES, EntryChanges
from svc_reports.log_entries.shown import changed_entry
from svc_reports.slots import SLOTS

routes = web.RouteTableDef()


@routes.put("/api/v1/log-entries/{entry_id}")
@takes("update_log_entry", body=EntryChanges())
async def change_log_entry(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Change a call's status, user group or note (contract: PUT /log-entries/{entry_id})."""
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    asked = request.match_info["entry_id"]
    call_id = read_call_id(asked)
    if call_id is None:
        raise BadRequest("Invalid entry ID")
    if not body.keys() & CHANGES:
        raise NothingToUpdate

    async with request.app[SLOTS].in_time():
        fields = await checked_references(db, body)
        entry = await find_entry(db, call_id, fields.get("group"))
        if "status" in fields:
            fields["status"] = await known_status(db, entry, fields["status"])

        async def work(journal: Journal) -> LogRow:
            return await change(journal, entry, fields, now)

        changed = await journaled(db, caller, now, work)
    data = {"entry_id": asked, **changed_entry(entry, changed)}
    return answer("Log entry updated successfully", data)
