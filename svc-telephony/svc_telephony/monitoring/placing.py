"""The writes of a monitor call, in their order (contract: POST /monitor/blind, 5 to 10)."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from time import perf_counter
from typing import Any

from dialkit.clock import SQL_FORMAT, Moment
from dialkit.db import Connection, Database, Queries
from dialkit.db_errors import ConnectionLost, Deadlock, DuplicateKey
from dialkit.errors import ApiError, Conflict
from dialkit.tokens import Caller

from svc_telephony.dial_queue import store as dial_queue
from svc_telephony.dial_queue.placed import after_placing
from svc_telephony.monitoring import store
from svc_telephony.monitoring.dialing import caller_codes, header_lines
from svc_telephony.monitoring.planning import Plan
from svc_telephony.monitoring.store import Window

_KIND = "MONITOR_AGENT"
_SAME_CALL = timedelta(seconds=10)


async def place(
    db: Database, caller: Caller, now: Moment, plan: Plan, started: float
) -> tuple[str, int]:
    """Place the call of a request that came at `started`; code and `man_id`. Raises: Conflict."""

    async def work(connection: Connection) -> tuple[str, int]:
        await store.lock_server(connection, plan.session.agent.server_ip)
        row = await _reserved(connection, caller, now, plan)
        return row["caller_code"], await _log_and_dial(connection, now, plan, row)

    code, man_id = await db.in_transaction(work)
    with after_placing(code):
        await store.log_report(db, _report(caller, now, plan, perf_counter() - started))
    return code, man_id


async def _reserved(db: Queries, caller: Caller, now: Moment, plan: Plan) -> dict[str, Any]:
    """The row that is now in the log, under a code of its own. Raises: Conflict."""
    row, window = _row(caller, now, plan), _window(now)
    epoch = int(now.utc.timestamp())
    for code in caller_codes(plan.stage.letters, epoch, caller.tag):
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
        "monitor_type": plan.stage.monitor_type,
    }


def _window(now: Moment) -> Window:
    """On both sides of now: of two requests the one that came later may write first."""
    first, last = now.local - _SAME_CALL, now.local + _SAME_CALL
    return Window(first.strftime(SQL_FORMAT), last.strftime(SQL_FORMAT))


async def _log_and_dial(db: Queries, now: Moment, plan: Plan, row: dict[str, Any]) -> int:
    """The `man_id`. What is refused leaves no row: a repeat would find the call queued."""
    code, number = row["caller_code"], plan.phone.outbound_cid
    call, written = plan.call(code), [store.release]
    try:
        await store.log_today(db, row)
        # Only from here on: in the log of the day the code could have been another call's.
        written += [store.remove_from_today, dial_queue.remove_call, dial_queue.remove_caller_id]
        await dial_queue.log_call(db, now, call)
        await dial_queue.log_caller_id(db, now, code, number, _KIND)
        return await dial_queue.place(db, now, call, header_lines(call, plan.session.session_id))
    except ConnectionLost:
        raise  # perhaps it rings: no call without its logs
    except Deadlock:
        raise  # the server has undone all, and the code may be another's by now
    except Exception:
        # The reservation last: until then nobody else writes under the code.
        for take_back in reversed(written):
            with suppress(Exception):  # the error to tell is the one that led here
                await take_back(db, code)
        raise


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
