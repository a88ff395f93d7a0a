"""Which call an ID is of (contract: calls/{call_id}/info, steps 1 to 3)."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from dialkit.db import Queries
from dialkit.errors import NotFound

from svc_reports.archives import LookUp, first_found
from svc_reports.call_ids import CallId, IdKind, is_inbound
from svc_reports.call_rows import of_code, store
from svc_reports.call_rows.store import LogRow
from svc_reports.caller_codes.resolving import resolve
from svc_reports.caller_codes.store import find_last_code

_UNKNOWN = "Call ID not found"


class Call(NamedTuple):
    """A call's log row, and its caller code, where one is known."""

    row: LogRow
    caller_code: str | None


async def find_call(db: Queries, call_id: CallId) -> Call:
    """The call, live or archived. Raises: NotFound."""
    if call_id.kind is IdKind.CALLER_CODE:
        return await _with_code(db, call_id.text)
    row = await first_found(*_look_ups(db, call_id))
    if row is None:
        raise NotFound(_UNKNOWN)
    if not row.uniqueid:  # rows without one are of any call
        return Call(row, None)
    return Call(row, await first_found(partial(find_last_code, db, row.uniqueid)))


async def _with_code(db: Queries, code: str) -> Call:
    call = await resolve(db, code)
    if call is None:
        raise NotFound(_UNKNOWN)
    look_ups = [partial(of_code.find_outbound, db, call), partial(of_code.find_inbound, db, call)]
    if is_inbound(code):
        look_ups.reverse()
    row = await first_found(*look_ups)
    if row is None:
        raise NotFound("Call log not found")
    return Call(row, call.caller_code)


def _look_ups(db: Queries, call_id: CallId) -> list[LookUp[LogRow]]:
    if call_id.kind is IdKind.CLOSECALLID:
        return [partial(store.find_inbound, db, int(call_id.text))]
    return [
        partial(store.find_outbound, db, call_id.text),
        partial(store.find_newest_inbound, db, call_id.text),
    ]
