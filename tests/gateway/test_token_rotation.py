"""The key of service tokens is rotated while clients call the gateway before a service."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import cast

import aiohttp
import jwt
import pytest
from aiohttp import web
from dialkit.secret_files import LiveSecret
from dialkit.settings import token_keys
from dialkit.tokens import Signer, TokenKeys
from environs import Env
from support.apps import CALLER, service_settings
from support.builders import make_lead
from support.database import TestDatabase
from support.gateway import Gateway, Received, Serve, StandIn, StartGateway
from support.secret_files import SecretFolder, until
from svc_leads.app import create_app as create_svc_leads

OLD, NEW = "k1:" + "o" * 32, "k2:" + "n" * 32
OLD_KEYS = TokenKeys({"k1": "o" * 32})
CHECK = "/api/v1/phone/check?phone_number=5551234567"
CLIENTS = 8

Keys = LiveSecret[TokenKeys]


class Program:
    """A program's folder with its token keys, and the keys that it uses."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        root.mkdir()
        self._folder = SecretFolder(root)
        self._folder.put(keys=OLD)
        with monkeypatch.context() as patch:
            patch.delenv("INTERNAL_JWT_KEYS", raising=False)
            patch.setenv("INTERNAL_JWT_KEYS_FILE", str(self._folder.path("keys")))
            self.keys = cast(Keys, token_keys(Env()))

    async def put(self, *keys: str) -> None:
        """Change the file; come back when the running program uses what it says."""
        before = self.keys.current
        self._folder.put(keys=",".join(keys))
        await until(lambda: self.keys.current is not before)


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """What the gateway reads."""
    return Program(tmp_path / "gateway", monkeypatch)


@pytest.fixture
def leads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """What svc-leads reads."""
    return Program(tmp_path / "svc-leads", monkeypatch)


@pytest.fixture
async def leads_url(db: TestDatabase, serve: Serve, leads: Program) -> str:
    """The address of svc-leads, running."""
    settings = replace(service_settings(db, "svc-leads"), token_keys=leads.keys)
    return await serve(web.AppRunner(create_svc_leads(settings)))


@pytest.fixture
async def gateway(start_gateway: StartGateway, door: Program, leads_url: str) -> Gateway:
    """The gateway before svc-leads."""
    return await start_gateway({"svc-leads": leads_url}, token_keys=door.keys)


@asynccontextmanager
async def calling(gateway: Gateway) -> AsyncIterator[None]:
    """Clients that call without a pause while the block runs; each got a 200 each time."""
    statuses: list[int] = []
    ended = asyncio.Event()

    async def call(tag: int) -> None:
        while not ended.is_set():
            async with gateway.client.get(CHECK, headers={"X-User": str(tag)}) as response:
                await response.read()
                statuses.append(response.status)

    async with asyncio.TaskGroup() as group:
        for tag in range(CLIENTS):
            group.create_task(call(tag))
        try:
            yield
            wanted = len(statuses) + 3 * CLIENTS
            await until(lambda: len(statuses) >= wanted)
        finally:
            ended.set()
    assert set(statuses) == {200}


async def asked_with(url: str, authorization: str) -> int:
    """What the service answers to a token."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(url + CHECK, headers={"Authorization": authorization}) as response,
    ):
        return response.status


async def test_an_old_key_works_during_rotation_and_not_after(
    gateway: Gateway, door: Program, leads: Program, leads_url: str
) -> None:
    # Sent and remembered before anything changes.
    old_token = Signer("gateway", OLD_KEYS).authorization("svc-leads", CALLER)
    assert await asked_with(leads_url, old_token) == 200

    async with calling(gateway):
        await leads.put(OLD, NEW)
        assert await asked_with(leads_url, old_token) == 200
        await door.put(NEW, OLD)
        assert await asked_with(leads_url, old_token) == 200
        await leads.put(NEW)
        assert await asked_with(leads_url, old_token) == 401
        await door.put(NEW)

    assert await asked_with(leads_url, old_token) == 401


async def test_the_running_gateway_signs_with_the_new_first_key(
    start_gateway: StartGateway, door: Program, serve_leads: str, leads_stand_in: StandIn
) -> None:
    gateway = await start_gateway({"svc-leads": serve_leads}, token_keys=door.keys)
    leads_stand_in.keys = TokenKeys({"k1": "o" * 32, "k2": "n" * 32})

    await gateway.client.get(CHECK)
    await door.put(NEW, OLD)
    await gateway.client.get(CHECK)

    assert [key_of(received) for received in leads_stand_in.received] == ["k1", "k2"]


async def test_a_file_with_bad_keys_changes_nothing(
    gateway: Gateway, leads: Program, leads_url: str
) -> None:
    path = leads._folder.path("keys")
    async with calling(gateway):
        path.write_text("k1:short")
        await until(lambda: leads.keys._taken[0].problem != "")

    assert leads.keys.current == OLD_KEYS
    token = Signer("gateway", OLD_KEYS).authorization("svc-leads", CALLER)
    assert await asked_with(leads_url, token) == 200


async def test_a_running_service_signs_its_calls_to_others_with_the_new_first_key(
    db: TestDatabase, serve: Serve, start_gateway: StartGateway, leads: Program, door: Program
) -> None:
    both = TokenKeys({"k1": "o" * 32, "k2": "n" * 32})
    reports = StandIn("svc-reports", keys=both)
    settings = service_settings(db, "svc-leads", **{"svc-reports": await serve(reports.runner())})
    settings = replace(settings, token_keys=leads.keys)
    url = await serve(web.AppRunner(create_svc_leads(settings)))
    gateway = await start_gateway({"svc-leads": url}, token_keys=door.keys)
    make_lead(db, lead_id=12345)

    for keys in ((OLD, NEW), (NEW, OLD)):
        await leads.put(*keys)
        await gateway.client.get("/api/v1/ccc/lead-info/12345")

    assert [key_of(received) for received in reports.received] == ["k1", "k2"]


def key_of(received: Received) -> str:
    """The id of the key that signed a request's token."""
    token = received.headers["Authorization"].removeprefix("Bearer ")
    return str(jwt.get_unverified_header(token)["kid"])
