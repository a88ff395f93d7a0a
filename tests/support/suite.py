"""Gateway and services together, on the demo database, as an integrator meets them."""

import json
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from aiohttp import web
from dialkit.settings import DEFAULT_TIMEZONE
from support.apps import report_settings, service_settings
from support.database import TestDatabase
from support.gateway import Serve, StartGateway
from svc_leads.app import create_app as create_svc_leads
from svc_lists.app import create_app as create_svc_lists
from svc_reports.app import create_app as create_svc_reports
from svc_telephony.app import create_app as create_svc_telephony
from svc_users.app import create_app as create_svc_users

from deploy.db.demo import fill_demo_rows

_BESIDE_LEADS = {
    "svc-lists": create_svc_lists,
    "svc-users": create_svc_users,
    "svc-telephony": create_svc_telephony,
}

Ask = Callable[..., Awaitable[Any]]


@pytest.fixture
async def api(db: TestDatabase, serve: Serve, start_gateway: StartGateway) -> aiohttp.ClientSession:
    """A client with the API key, before the gateway, before the services, on the demo rows."""
    with closing(db.server.connect(database=db.name)) as connection:
        fill_demo_rows(connection, datetime.now(ZoneInfo(DEFAULT_TIMEZONE)))
    reports = await serve(web.AppRunner(create_svc_reports(report_settings(db))))
    beside = service_settings(db, "svc-leads", **{"svc-reports": reports})
    leads = await serve(web.AppRunner(create_svc_leads(beside)))
    urls = {"svc-leads": leads, "svc-reports": reports}
    for name, create_app in _BESIDE_LEADS.items():
        app = create_app(service_settings(db, name, **{"svc-leads": leads}))
        urls[name] = await serve(web.AppRunner(app))
    return (await start_gateway(urls)).client


@pytest.fixture
async def ask(api: aiohttp.ClientSession) -> Ask:
    """`await ask("PUT", "/leads/1", json={...})`: the envelope of a success."""

    async def answer_of(method: str, path: str, **options: Any) -> Any:
        async with api.request(method, f"/api/v1{path}", **options) as response:
            envelope = await response.json()
        assert (response.status, envelope["success"]) == (200, True), envelope
        return envelope

    return answer_of


def success(message: str, data: Any) -> dict[str, Any]:
    """The envelope of a success."""
    return {"success": True, "message": message, "data": data}


def as_sent(answer: Any) -> str:
    """An answer, or a part of one, as text: the order of its keys counts."""
    return json.dumps(answer, indent=1)
