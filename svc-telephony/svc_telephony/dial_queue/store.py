"""SQL of the dial queue and of the logs that go with each call.

Writes vicidial_dial_log, vicidial_dial_cid_log, vicidial_manager.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dialkit.clock import Moment
from dialkit.db import Queries


class Call(NamedTuple):
    """A call that is to be placed, as the dial log has it; `timeout` in milliseconds."""

    caller_code: str
    lead_id: int
    server_ip: str
    extension: str
    channel: str
    context: str
    timeout: int
    outbound_cid: str


async def log_call(db: Queries, now: Moment, call: Call) -> None:
    """Write down what is to be dialled."""
    await db.insert("vicidial_dial_log", {"call_date": now.sql, **call._asdict()})


async def log_caller_id(db: Queries, now: Moment, code: str, number: str, kind: str) -> None:
    """Write down the number that a call shows, and where it comes from."""
    await db.insert(
        "vicidial_dial_cid_log",
        {
            "caller_code": code,
            "call_date": now.sql,
            "call_type": "MANUAL",
            "call_alt": "MAIN",
            "outbound_cid": number,
            "outbound_cid_type": kind,
        },
    )


async def remove_call(db: Queries, code: str) -> None:
    """Take a call that is not placed out of the dial log."""
    await db.execute("DELETE FROM vicidial_dial_log WHERE caller_code = %s", code)


async def remove_caller_id(db: Queries, code: str) -> None:
    """Take what a call that is not placed would have shown out of the log."""
    await db.execute("DELETE FROM vicidial_dial_cid_log WHERE caller_code = %s", code)


async def place(db: Queries, now: Moment, call: Call, lines: Sequence[str]) -> int:
    """Order a call, which the dialer places at once; its `man_id`.

    The header lines fill the columns from `cmd_line_b` on; the others are empty.
    """
    padded = [*lines, *[""] * (len(_LINES) - len(lines))]
    return await db.insert(
        "vicidial_manager",
        {
            "uniqueid": "",
            "entry_date": now.sql,
            "status": "NEW",
            "response": "N",
            "server_ip": call.server_ip,
            "channel": "",
            "action": "Originate",
            "callerid": call.caller_code,
            **dict(zip(_LINES, padded, strict=True)),
        },
    )


_LINES = [f"cmd_line_{letter}" for letter in "bcdefghijk"]
