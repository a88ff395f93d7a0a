"""Which log row an ID means (contract: PUT /log-entries/{entry_id}, steps 2 and 3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dialkit.db import Queries
from dialkit.errors import Conflict, NotFound

from svc_reports.call_ids import CallId, IdKind, is_inbound
from svc_reports.call_rows import of_code, store
from svc_reports.call_rows.store import LogRow
from svc_reports.caller_codes.resolving import resolve

MISSING = "Log entry not found"


async def find_entry(db: Queries, call_id: CallId, group: str | None) -> LogRow:
    """The live row, of that in-group or campaign where one is named. Raises: NotFound, Conflict."""
    if call_id.kind is IdKind.CALLER_CODE:
        entry = await _of_code(db, call_id.text, group)
    else:
        rows = await _of_id(db, call_id)
        entry = _only(rows) if group is None else _newest_in(group, rows)
    if entry is None:
        raise NotFound(MISSING)
    return entry


async def _of_id(db: Queries, call_id: CallId) -> list[LogRow]:
    if call_id.kind is IdKind.CLOSECALLID:
        row = await store.find_inbound(db, int(call_id.text), archived=False)
        return [row] if row else []
    outbound = await store.find_outbound(db, call_id.text, archived=False)
    inbound = await store.list_inbound(db, call_id.text, archived=False)
    return [outbound, *inbound] if outbound else inbound


async def _of_code(db: Queries, code: str, group: str | None) -> LogRow | None:
    call = await resolve(db, code)
    if call is None:
        return None
    outbound = await of_code.find_outbound(db, call, archived=False)
    inbound = await of_code.list_inbound(db, call, archived=False)
    if group is not None:
        return _newest_in(group, [outbound, *inbound] if outbound else inbound)
    nearest = of_code.nearest(call, inbound)
    return (nearest or outbound) if is_inbound(code) else (outbound or nearest)


def _only(rows: Sequence[LogRow]) -> LogRow | None:
    if len(rows) > 1:
        raise Conflict("More than one log entry matches, send group")
    return rows[0] if rows else None


def _newest_in(group: str, rows: Iterable[LogRow]) -> LogRow | None:
    there = [row for row in rows if of_code.is_of(row, group)]
    return max(there, key=lambda row: row.closecallid or 0, default=None)
