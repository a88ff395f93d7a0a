"""Endpoint of monitoring."""

from __future__ import annotations

from time import perf_counter
from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE
from dialkit.http import AGENT_USER, answer, takes
from dialkit.tokens import CALLER

from svc_telephony.monitoring.dialing import channel
from svc_telephony.monitoring.placing import place
from svc_telephony.monitoring.planning import plan_call
from svc_telephony.monitoring.schemas import MonitorCall

routes = web.RouteTableDef()


@routes.post("/api/v1/monitor/blind")
@takes("blind_monitor", about=("agent_user", "user"), body=MonitorCall())
async def monitor_blind(request: web.Request, body: dict[str, Any]) -> web.Response:
    """Call a phone into an agent's session (contract: POST /monitor/blind)."""
    started = perf_counter()
    db, caller, now = request.app[DATABASE], request[CALLER], request.app[CLOCK].now()
    plan = await plan_call(db, body)
    agent, phone = plan.session.agent, plan.phone
    request[AGENT_USER] = agent.user or ""
    code, man_id = await place(db, caller, now, plan, started)
    return answer(
        "Monitor request processed",
        {
            "user": agent.user,
            "channel": channel(plan.target),
            "extension": phone.dialplan_number,
            "session_id": plan.session.session_id,
            "server_ip": agent.server_ip,
            "phone_login": phone.login,
            "stage": plan.stage.name,
            "caller_code": code,
            "manager_id": man_id,
        },
    )
