"""What is dialled, and the AMI header lines for it (contract: POST /monitor/blind, 8 and 9)."""

from __future__ import annotations

from svc_telephony.dial_queue.headers import header
from svc_telephony.dial_queue.store import Call
from svc_telephony.monitoring.store import Phone

_CONTEXT = "default"


def channel(number: str) -> str:
    """The channel that dials a number of the dial plan."""
    return f"Local/{number}@{_CONTEXT}"


def monitor_call(code: str, phone: Phone, target: str, *, swapped: bool) -> Call:
    """The call that joins phone and session; swapped, the phone is dialled first."""
    first, then = (phone.dialplan_number, target) if swapped else (target, phone.dialplan_number)
    return Call(
        caller_code=code,
        lead_id=0,
        server_ip=phone.server_ip,
        extension=then,
        channel=channel(first),
        context=_CONTEXT,
        timeout=0,
        outbound_cid=f'"{code}" <{phone.outbound_cid}>',
    )


def header_lines(call: Call, session_id: str) -> list[str]:
    """The lines from `cmd_line_b` on."""
    return [
        header("Channel", call.channel),
        header("Context", call.context),
        header("Exten", call.extension),
        header("Priority", 1),
        header("Callerid", call.outbound_cid),
        header("Variable", f"__monitorsession={session_id}"),
    ]
