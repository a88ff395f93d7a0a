"""The writes of a monitor call, in their order (contract: POST /monitor/blind, 5 to 10)."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from time import perf_counter
from typing import Any

from dialkit.clock import SQL_FORMAT, Moment
from dialkit.db import Connection, Database, Queries
from dialkit.db_errors import DuplicateKey
from dialkit.errors import ApiError, Conflict
from dialkit.locks import one_at_a_time
from dialkit.tokens import Caller

from svc_telephony.dial_queue import store as dial_queue
from svc_telephony.dial_queue.order import Order, carry_out
from svc_telephony.dial_queue.placed import after_placing
from svc_telephony.monitoring import store
from svc_telephony.monitoring.dialing import caller_codes, header_lines
from svc_telephony.monitoring.planning import Plan
from svc_telephony.monitoring.store import Window

_KIND = "MONITOR_AGENT"
_SAME_CALL = timedelta(seconds=10)
_MAX_PHONE = 20


async def place(
    db: Database, caller: Caller, now: Moment, plan: Plan, started: float
) -> tuple[str, int]:
    """Place the call of a request that came at `started`; code and `man_id`. Raises: Conflict."""

    async def work(connection: Connection, order: Order) -> tuple[str, int]:
        call = plan.call(await _reserved(connection, caller, now, plan, order))
        await dial_queue.log_call(connection, now, call)
        number = plan.phone.outbound_cid
        await dial_queue.log_caller_id(connection, now, call.caller_code, number, _KIND)
        lines = header_lines(call, plan.session.session_id)
        return call.caller_code, await order.send(connection, now, call, lines)

    # Of two transactions each could miss the other's row in the log: the phone would ring twice.
    async with one_at_a_time(db, "monitor", busy="Another monitor call is being placed") as held:
        code, man_id = await carry_out(db, held, work, _TAKE_BACKS)
    with after_placing(code):
        await store.log_report(db, _report(caller, now, plan, perf_counter() - started))
    return code, man_id


# The reservation last: until then a repeat is told that the call is queued.
_TAKE_BACKS = (
    dial_queue.remove_caller_id,
    dial_queue.remove_call,
    store.remove_from_today,
    store.release,
)


async def _reserved(db: Queries, caller: Caller, now: Moment, plan: Plan, order: Order) -> str:
    """The code that the call now has in both logs of monitoring. Raises: Conflict."""
    row, window = _row(caller, now, plan), _window(now)
    epoch = int(now.utc.timestamp())
    for code in caller_codes(plan.stage.letters, epoch, caller.tag):
        row["caller_code"] = code
        with suppress(DuplicateKey):  # the code of another call
            if not await store.reserve(db, row, window):
                raise Conflict("Monitor call already queued")
            order.code = code
            if await _is_logged_today(db, row):
                return code
            order.code = ""  # first: the row of that code in the log of the day is another call's
            await store.release(db, code)
    raise ApiError("No caller code is free")


def _row(caller: Caller, now: Moment, plan: Plan) -> dict[str, Any]:
    agent, phone = plan.session.agent, plan.phone
    return {
        "manager_user": caller.tag,
        "manager_server_ip": phone.server_ip,
        "manager_phone": phone.login or phone.extension[:_MAX_PHONE],
        "manager_ip": caller.ip,
        "agent_user": agent.user,
        "agent_server_ip": agent.server_ip,
        "agent_status": agent.status,
        "agent_session": plan.session.session_id,
        "lead_id": agent.lead_id,
        "campaign_id": agent.campaign_id,
        "monitor_start_time": now.sql,
        "monitor_type": plan.stage.monitor_type,
    }


def _window(now: Moment) -> Window:
    """On both sides of now: of two requests the one that came later may write first."""
    first, last = now.local - _SAME_CALL, now.local + _SAME_CALL
    return Window(first.strftime(SQL_FORMAT), last.strftime(SQL_FORMAT))


async def _is_logged_today(db: Queries, row: dict[str, Any]) -> bool:
    """Whether the row could be written; the log of the day may have the code from another call."""
    try:
        await store.log_today(db, row)
    except DuplicateKey:
        return False
    return True


def _report(caller: Caller, now: Moment, plan: Plan, run_time_s: float) -> dict[str, Any]:
    phone = plan.phone
    notes = (
        caller.tag,
        phone.server_ip,
        phone.dialplan_number,
        plan.session.session_id,
        phone.login,
    )
    return {
        "event_date": now.sql,
        "user": caller.tag,
        "ip_address": caller.ip,
        "notes": ", ".join(notes),
        "run_time": f"{run_time_s:.6f}",
    }
