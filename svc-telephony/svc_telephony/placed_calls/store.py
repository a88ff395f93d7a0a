"""SQL of placed calls: the dial queue, what was dialled, and the leads of test calls.

Reads vicidial_manager, vicidial_dial_log, vicidial_dial_cid_log, vicidial_auto_calls,
vicidial_list.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from dialkit.collation import folded
from dialkit.db import Queries

# What svc-leads and VICIdial's admin page call the owner of a test call's lead.
_OWNER = "Test Outbound Call"


class Queued(NamedTuple):
    """A call as the dial queue has it, or only its code where it has none."""

    callerid: str
    man_id: int | None = None
    entry_date: str | None = None
    status: str | None = None
    response: str | None = None
    action: str | None = None
    server_ip: str | None = None
    channel: str | None = None
    uniqueid: str | None = None
    cmd_line_b: str | None = None
    cmd_line_c: str | None = None
    cmd_line_d: str | None = None


class Dialled(NamedTuple):
    """A call as the log of dialled calls has it."""

    caller_code: str
    channel: str | None
    context: str | None
    extension: str | None
    server_ip: str | None
    call_date: str | None = None
    lead_id: int | None = None
    outbound_cid: str | None = None
    timeout: int | None = None
    sip_hangup_cause: int | None = None
    sip_hangup_reason: str | None = None
    uniqueid: str | None = None


class RecentCall(NamedTuple):
    """A call to the lead of a test call, as a list shows it."""

    caller_code: str
    call_date: str | None
    extension: str | None
    channel: str | None
    server_ip: str | None
    lead_id: int


class Progress(NamedTuple):
    """How far the dial queue has come with a call; of one that it no longer has nothing."""

    man_id: int | None = None
    status: str | None = None
    response: str | None = None


async def find_queued(db: Queries, code: str) -> Queued | None:
    """The newest order to place the call."""
    row = await db.fetch_one(
        """
        SELECT callerid, man_id, entry_date, status, response, action, server_ip, channel,
            uniqueid, cmd_line_b, cmd_line_c, cmd_line_d
        FROM vicidial_manager
        WHERE callerid = %s AND action = 'Originate'
        ORDER BY man_id DESC
        LIMIT 1
        """,
        code,
    )
    return Queued(*row) if row else None


async def find_dialled(db: Queries, code: str) -> Dialled | None:
    """The latest call of that code; of two in one second the one with a uniqueid."""
    row = await db.fetch_one(
        """
        SELECT caller_code, channel, context, extension, server_ip, call_date, lead_id,
            outbound_cid, timeout, sip_hangup_cause, sip_hangup_reason, uniqueid
        FROM vicidial_dial_log
        WHERE caller_code = %s
        ORDER BY call_date DESC, uniqueid DESC
        LIMIT 1
        """,
        code,
    )
    return Dialled(*row) if row else None


async def find_live_status(db: Queries, code: str) -> str | None:
    """What the call is doing now; None before it is dialled, and once it is over."""
    status: str | None = await db.fetch_value(
        """
        SELECT status
        FROM vicidial_auto_calls
        WHERE callerid = %s
        ORDER BY auto_call_id DESC
        LIMIT 1
        """,
        code,
    )
    return status


async def list_test_leads(db: Queries, before: int, limit: int) -> list[int]:
    """The newest leads of test calls with ids below that, newest first."""
    # Left alone the server might go through all leads by id, in search of the few.
    rows = await db.fetch_all(
        """
        SELECT lead_id
        FROM vicidial_list FORCE INDEX (owner)
        WHERE owner = %s AND lead_id < %s
        ORDER BY lead_id DESC
        LIMIT %s
        """,
        _OWNER,
        before,
        limit,
    )
    return [lead_id for (lead_id,) in rows]


async def list_test_calls(db: Queries, lead_ids: Collection[int]) -> list[RecentCall]:
    """All test calls to the leads, by lead, the latest of each first."""
    rows = await db.fetch_all(
        """
        SELECT d.caller_code, d.call_date, d.extension, d.channel, d.server_ip, d.lead_id
        FROM vicidial_dial_log AS d
        JOIN vicidial_dial_cid_log AS c ON c.caller_code = d.caller_code
        WHERE d.lead_id IN %s AND c.outbound_cid_type = 'CAMPAIGN_TEST'
        ORDER BY d.lead_id DESC, d.call_date DESC, d.caller_code DESC
        """,
        list(lead_ids),
    )
    return [RecentCall(*row) for row in rows]


async def list_progress(db: Queries, codes: Collection[str]) -> dict[str, Progress]:
    """That of each call which the dial queue still has, by its folded code."""
    if not codes:
        return {}
    rows = await db.fetch_all(
        """
        SELECT callerid, man_id, status, response
        FROM vicidial_manager
        WHERE callerid IN %s AND action = 'Originate'
        ORDER BY man_id
        """,
        list(codes),
    )
    return {folded(callerid): Progress(*rest) for callerid, *rest in rows}
