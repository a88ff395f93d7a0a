"""The writes of a test call; the last of them dials (contract: POST /test-call/send, 10 and 11)."""

from __future__ import annotations

from dataclasses import replace

from dialkit.clock import Moment
from dialkit.db import Connection, Database, Queries
from dialkit.journal import Journal
from dialkit.tokens import Caller

from svc_telephony.dial_queue.headers import header
from svc_telephony.dial_queue.order import Order, carry_out
from svc_telephony.dial_queue.placed import after_placing
from svc_telephony.dial_queue.store import Call, log_call, log_caller_id
from svc_telephony.test_calls import store
from svc_telephony.test_calls.planning import Plan

_KIND = "CAMPAIGN_TEST"
_MAX_NUMBER_DIALED = 30


async def send(db: Database, caller: Caller, now: Moment, plan: Plan, call: Call, user: str) -> int:
    """Place the call; its `man_id`."""

    async def work(connection: Connection, order: Order) -> tuple[int, Journal]:
        journal = Journal(connection, caller, now)
        await _log(journal, now, plan, call, user)
        await _note_live(journal, now, plan, call)
        order.code = call.caller_code
        return await order.send(journal, now, call, _lines(plan, call)), journal

    # The logs stay, and nobody is called; what is noted as under way goes: it is kept in memory,
    # where the server undoes nothing.
    man_id, journal = await carry_out(db, db, work, [store.remove_live_call])
    with after_placing(call.caller_code):
        as_user = replace(caller, given_tag=user)
        await _log_change(Journal(db, as_user, now, begun=journal), plan)
    return man_id


async def _log(db: Queries, now: Moment, plan: Plan, call: Call, user: str) -> None:
    await log_call(db, now, call)
    await log_caller_id(db, now, call.caller_code, plan.shown_number, _KIND)
    await store.log_user_dial(db, now, call, user)
    await store.log_user_call(
        db,
        {
            "user": user,
            "call_date": now.sql,
            "call_type": "API",
            "server_ip": call.server_ip,
            "phone_number": plan.phone_number,
            "number_dialed": plan.dial_string[:_MAX_NUMBER_DIALED],
            "lead_id": call.lead_id,
            "callerid": plan.shown_number,
        },
    )


async def _note_live(db: Queries, now: Moment, plan: Plan, call: Call) -> None:
    await store.add_live_call(
        db,
        {
            "server_ip": call.server_ip,
            "campaign_id": plan.campaign.campaign_id,
            "lead_id": call.lead_id,
            "callerid": call.caller_code,
            "phone_code": plan.phone_code,
            "phone_number": plan.phone_number,
            "call_time": now.sql,
        },
    )


def _lines(plan: Plan, call: Call) -> list[str]:
    note = "|".join(
        (
            plan.campaign.campaign_id,
            str(call.lead_id),
            plan.phone_code,
            plan.phone_number,
            "OUT|MAIN|99",
        )
    )
    return [
        header("Exten", call.extension),
        header("Context", call.context),
        header("Channel", call.channel),
        header("Priority", 1),
        header("Callerid", call.outbound_cid),
        header("Timeout", call.timeout),
        *[""] * 3,
        header("VDACnote", note),
    ]


async def _log_change(journal: Journal, plan: Plan) -> None:
    server = plan.server
    number = f"{plan.phone_code} {plan.phone_number}"
    await journal.log(
        "CAMPAIGNS",
        "OTHER",
        plan.campaign.campaign_id,
        "ADMIN API CAMPAIGN TEST CALL",
        f"Placed call to {number} from {server.server_ip} - {server.server_id}",
    )
