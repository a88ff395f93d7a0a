"""The writes of a monitor call; the last of them dials (contract: POST /monitor/blind, 5 to 10)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

from dialkit.clock import SQL_FORMAT, Moment
from dialkit.db import Connection, Database, Queries
from dialkit.db_errors import ConnectionLost, Deadlock, DuplicateKey
from dialkit.errors import ApiError, Conflict
from dialkit.tokens import Caller

from svc_telephony.dial_queue import store as dial_queue
from svc_telephony.dial_queue.store import Call
from svc_telephony.monitoring import store
from svc_telephony.monitoring.caller_code import caller_codes
from svc_telephony.monitoring.lines import header_lines
from svc_telephony.monitoring.planning import Plan
from svc_telephony.monitoring.store import Window

_KIND = "MONITOR_AGENT"
_SAME_CALL = timedelta(seconds=10)


async def place(db: Database, caller: Caller, now: Moment, plan: Plan) -> tuple[str, int]:
    """Place the call; its code, and its `man_id`. Raises: Conflict."""

    async def work(connection: Connection) -> tuple[str, int]:
        await store.lock_server(connection, plan.session.agent.server_ip)
        row = await _reserved(connection, caller, now, plan)
        return row["caller_code"], await _log_and_dial(connection, now, plan, row)

    return await db.in_transaction(work)


async def report(db: Queries, caller: Caller, now: Moment, plan: Plan, run_time_s: float) -> None:
    """Write down that monitoring was used."""
    phone = plan.phone
    notes = (
        caller.tag,
        phone.server_ip,
        phone.dialplan_number,
        plan.session.session_id,
        phone.login,
    )
    row = {
        "event_date": now.sql,
        "user": caller.tag,
        "ip_address": caller.ip,
        "notes": ", ".join(notes),
        "run_time": f"{run_time_s:.6f}",
    }
    await store.log_report(db, row)


async def _reserved(db: Queries, caller: Caller, now: Moment, plan: Plan) -> dict[str, Any]:
    """The row that is now in the log, under a code of its own. Raises: Conflict."""
    row, window = _row(caller, now, plan), _window(now)
    epoch = int(now.utc.timestamp())
    for code in caller_codes(plan.meaning.letters, epoch, caller.tag):
        row["caller_code"] = code
        with suppress(DuplicateKey):  # the code of another call
            if not await store.reserve(db, row, window):
                raise Conflict("Monitor call already queued")
            return row
    raise ApiError("No caller code is free")


def _row(caller: Caller, now: Moment, plan: Plan) -> dict[str, Any]:
    agent, phone = plan.session.agent, plan.phone
    return {
        "manager_user": caller.tag,
        "manager_server_ip": phone.server_ip,
        "manager_phone": phone.login,
        "manager_ip": caller.ip,
        "agent_user": agent.user,
        "agent_server_ip": agent.server_ip,
        "agent_status": agent.status,
        "agent_session": plan.session.session_id,
        "lead_id": agent.lead_id,
        "campaign_id": agent.campaign_id,
        "monitor_start_time": now.sql,
        "monitor_type": plan.meaning.monitor_type,
    }


def _window(now: Moment) -> Window:
    """On both sides of now: of two requests the one that came later may write first."""
    first, last = now.local - _SAME_CALL, now.local + _SAME_CALL
    return Window(first.strftime(SQL_FORMAT), last.strftime(SQL_FORMAT))


async def _log_and_dial(db: Queries, now: Moment, plan: Plan, row: dict[str, Any]) -> int:
    call = plan.call(row["caller_code"])
    # The reservation is the last to be taken back: until then nobody else writes under the code.
    async with _taken_back_if_refused(db, call, store.release):
        await store.log_today(db, row)
        async with _taken_back_if_refused(db, call, *_LOGS):
            await dial_queue.log_call(db, now, call)
            number = plan.phone.outbound_cid
            await dial_queue.log_caller_id(db, now, call.caller_code, number, _KIND)
            lines = header_lines(call, plan.session.session_id)
            return await dial_queue.place(db, now, call, lines)


_TakeBack = Callable[[Queries, str], Awaitable[None]]
_LOGS: tuple[_TakeBack, ...] = (
    dial_queue.remove_caller_id,
    dial_queue.remove_call,
    store.remove_from_today,
)


@asynccontextmanager
async def _taken_back_if_refused(
    db: Queries, call: Call, *take_backs: _TakeBack
) -> AsyncIterator[None]:
    """Take rows of a call back that the database refuses: a repeat is not to find them."""
    try:
        yield
    except ConnectionLost:
        raise  # perhaps it rings: no call without its logs
    except Deadlock:
        raise  # the server has undone all, and the code may be another's by now
    except Exception:
        for take_back in take_backs:
            with suppress(Exception):  # the error to tell is the one that led here
                await take_back(db, call.caller_code)
        raise
