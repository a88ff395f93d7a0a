"""What a monitor call dials, under which code (contract: POST /monitor/blind, 6, 8 and 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from svc_telephony.dial_queue.headers import caller_id, header, local_channel, unbroken
from svc_telephony.dial_queue.store import Call
from svc_telephony.monitoring.store import ListenerPhone

_CONTEXT = "default"
_NOT_IN_A_CODE = re.compile("[^-_0-9A-Za-z]")
_TAG_LENGTH = 8
_MORE_TRIES = 30


def target(server_ip: str, prefix: str, session_id: str) -> str:
    """The number of a session on any server: its own server's octets, the prefix, the session."""
    # The address is a key, and stays as it is stored everywhere else.
    octets = unbroken(server_ip).split(".")
    return "".join(f"{octet:0>3}*" for octet in octets) + prefix + session_id


def channel(number: str) -> str:
    """The channel that dials a number."""
    return local_channel(number, _CONTEXT)


def caller_code(letters: str, epoch: int, tag: str) -> str:
    """The 20 characters that find a call of that second again."""
    short_tag = _NOT_IN_A_CODE.sub("", tag)[:_TAG_LENGTH]
    return f"{letters}{epoch:010}{short_tag:0>{_TAG_LENGTH}}"


def caller_codes(letters: str, epoch: int, tag: str) -> Iterator[str]:
    """The code of that second, and those of the next ones, for where it is taken."""
    return (caller_code(letters, epoch + more, tag) for more in range(_MORE_TRIES + 1))


def monitor_call(code: str, phone: ListenerPhone, target: str, *, swapped: bool) -> Call:
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
        outbound_cid=caller_id(code, phone.outbound_cid),
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
