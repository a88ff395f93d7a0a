"""How calls are shown (contract: GET /test-call/status and /test-call/list)."""

from __future__ import annotations

from typing import Any

from dialkit.clock import Clock

from svc_telephony.placed_calls.store import Dialled, Progress, Queued, RecentCall


def state(
    clock: Clock, queued: Queued, dialled: Dialled | None, live_status: str | None
) -> dict[str, Any]:
    """One call, by what the dial queue and the log of dialled calls have of it."""
    dialled = dialled or _as_ordered(queued)
    return {
        "caller_code": dialled.caller_code,
        "manager_id": queued.man_id,
        "entry_date": clock.from_sql(queued.entry_date),
        "status": queued.status,
        "response": queued.response,
        "action": queued.action,
        "channel": dialled.channel,
        "context": dialled.context,
        "extension": dialled.extension,
        "call_date": _local(clock, dialled.call_date),
        "lead_id": dialled.lead_id,
        "server_ip": dialled.server_ip,
        "call_status": live_status,
        "live_channel": queued.channel or None,
        "uniqueid": dialled.uniqueid or queued.uniqueid or None,
        "outbound_cid": dialled.outbound_cid,
        "timeout": dialled.timeout,
        "sip_hangup_cause": dialled.sip_hangup_cause,
        "sip_hangup_reason": dialled.sip_hangup_reason,
    }


def entry(clock: Clock, call: RecentCall, progress: Progress) -> dict[str, Any]:
    """One call of a list."""
    return {
        "caller_code": call.caller_code,
        "call_date": _local(clock, call.call_date),
        "extension": call.extension,
        "channel": call.channel,
        "server_ip": call.server_ip,
        "status": progress.status,
        "response": progress.response,
        "lead_id": call.lead_id,
        "manager_id": progress.man_id,
    }


def _as_ordered(queued: Queued) -> Dialled:
    """What the dial queue tells of a call that is not in the log.

    Each header is taken by its name: a monitor call has them in other columns than a test call.
    """
    lines = (queued.cmd_line_b, queued.cmd_line_c, queued.cmd_line_d)
    headers = dict((line or "").partition(": ")[::2] for line in lines)
    return Dialled(
        queued.callerid,
        channel=headers.get("Channel"),
        context=headers.get("Context"),
        extension=headers.get("Exten"),
        server_ip=queued.server_ip,
    )


def _local(clock: Clock, text: str | None) -> str | None:
    """A date-time as the database has it; None for a zero date."""
    return None if clock.from_sql(text) is None else text
