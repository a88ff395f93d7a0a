"""How a call is shown (contract: calls/{call_id}/info)."""

from __future__ import annotations

from typing import Any

from dialkit.clock import Clock

from svc_reports.call_ids import INBOUND, type_of_outbound
from svc_reports.calls.finding import Call


def call_info(clock: Clock, call: Call, custtime: int, notes: str | None) -> dict[str, Any]:
    """A call, but for the ID that it was asked for by."""
    row = call.row
    return {
        "call_type": _call_type(call),
        "caller_code": call.caller_code,
        "custtime": custtime,
        "uniqueid": row.uniqueid,
        "closecallid": row.closecallid,
        "lead_id": row.lead_id,
        "list_id": row.list_id,
        "campaign_id": row.campaign_id,
        "call_date": clock.from_sql(row.call_date, row.start_epoch),
        "start_epoch": row.start_epoch,
        "end_epoch": row.end_epoch,
        "length_in_sec": row.length_in_sec,
        "status": row.status,
        "phone_number": row.phone_number,
        "user": row.user,
        "comments": row.comments,
        "processed": row.processed,
        "user_group": row.user_group,
        "term_reason": row.term_reason,
        "queue_seconds": row.queue_seconds,
        "archived": row.archived,
        "call_notes": notes,
    }


def _call_type(call: Call) -> str:
    if call.row.closecallid is not None:
        return INBOUND
    return type_of_outbound(call.caller_code, call.row.comments)
