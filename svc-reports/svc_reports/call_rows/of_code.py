"""The log rows of a call with a code (contract: calls/{call_id}/info, step 2)."""

from __future__ import annotations

from collections.abc import Iterable

from dialkit.collation import folded
from dialkit.db import Queries

from svc_reports.call_ids import is_inbound
from svc_reports.call_rows import store
from svc_reports.call_rows.store import LogRow
from svc_reports.caller_codes.store import CodedCall


async def find_outbound(db: Queries, call: CodedCall, archived: bool) -> LogRow | None:
    """The call's row of the outbound log."""
    uniqueid, lead_id = call.uniqueid, call.lead_id
    if is_inbound(call.caller_code):
        return await store.find_outbound_of_lead(db, uniqueid, lead_id, archived)
    if uniqueid:
        return await store.find_outbound_alike(db, uniqueid, lead_id, archived)
    return await store.find_outbound_near(db, call.call_date, lead_id, archived)


async def list_inbound(db: Queries, call: CodedCall, archived: bool) -> list[LogRow]:
    """The call's rows of the in-groups' log, the nearest to the code's time first."""
    if not call.uniqueid:  # rows without one are of other calls
        return []
    return await store.list_inbound_of_lead(
        db, call.uniqueid, call.lead_id, call.call_date, archived
    )


async def find_inbound(db: Queries, call: CodedCall, archived: bool) -> LogRow | None:
    """The call's row of the in-groups' log."""
    return nearest(call, await list_inbound(db, call, archived))


def nearest(call: CodedCall, rows: Iterable[LogRow]) -> LogRow | None:
    """The first of the rows that is of the in-group, where the code tells one."""
    return next((row for row in rows if is_of(row, call.group_id)), None)


def is_of(row: LogRow, group: str | None) -> bool:
    """Whether the row is of that in-group or campaign; any row, where none is named."""
    return not group or folded(row.campaign_id or "") == folded(group)
