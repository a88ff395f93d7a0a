"""Whether svc-leads lives, is ready, and starts at all."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp.test_utils import TestServer, unused_port
from dialkit.clock import Clock
from dialkit.db import ClockMismatch
from pytest_aiohttp import AiohttpClient
from support.apps import KEYS, Leads, service_settings
from support.database import TestDatabase
from svc_leads.app import create_app

ALIVE = {"success": True, "message": "Alive", "data": None}
READY = {"success": True, "message": "Ready", "data": None}
AWAY = {"success": False, "error": "Database not available"}


async def test_a_running_service_is_alive_and_ready(leads: Leads) -> None:
    live, ready = await leads.get("/health/live"), await leads.get("/health/ready")

    assert (live.status, await live.json()) == (200, ALIVE)
    assert (ready.status, await ready.json()) == (200, READY)


async def test_without_its_database_it_is_alive_and_not_ready(
    leads: Leads, db: TestDatabase
) -> None:
    user, _ = db.account("svc-leads")

    db.execute(f"ALTER USER `{user}`@'%' ACCOUNT LOCK")
    try:
        db.kill_service_connections()
        live, away = await leads.get("/health/live"), await leads.get("/health/ready")
    finally:
        db.execute(f"ALTER USER `{user}`@'%' ACCOUNT UNLOCK")
    back = await leads.get("/health/ready")

    assert (live.status, await live.json()) == (200, ALIVE)
    assert (away.status, await away.json()) == (503, AWAY)
    assert (back.status, await back.json()) == (200, READY)


async def test_it_starts_without_its_database(
    aiohttp_client: AiohttpClient, db: TestDatabase
) -> None:
    settings = service_settings(db, "svc-leads")
    nowhere = replace(settings, database=replace(settings.database, port=unused_port()))

    client: Leads = await aiohttp_client(TestServer(create_app(nowhere)))
    live, ready = await client.get("/health/live"), await client.get("/health/ready")

    assert (live.status, ready.status) == (200, 503)
    assert await ready.json() == AWAY


async def test_it_does_not_start_where_the_clocks_differ(db: TestDatabase) -> None:
    app = create_app(replace(service_settings(db, "svc-leads"), timezone="Asia/Tokyo"))

    with pytest.raises(ClockMismatch) as refused:
        await TestServer(app).start_server()

    message = str(refused.value)
    assert_names_both_clocks(message)


@pytest.mark.parametrize(("seconds", "starts"), [(-110, True), (110, True), (-130, False)])
async def test_the_clocks_may_differ_by_two_minutes(
    db: TestDatabase, monkeypatch: pytest.MonkeyPatch, seconds: int, starts: bool
) -> None:
    def wrong_clock(timezone: str) -> Clock:
        return Clock(timezone, lambda: datetime.now(UTC) + timedelta(seconds=seconds))

    monkeypatch.setattr("dialkit.db.Clock", wrong_clock)
    server = TestServer(create_app(service_settings(db, "svc-leads")))

    if starts:
        await server.start_server()
        await server.close()
    else:
        with pytest.raises(ClockMismatch):
            await server.start_server()


async def test_a_database_that_comes_later_with_another_clock_is_not_used(
    aiohttp_client: AiohttpClient, db: TestDatabase
) -> None:
    user, _ = db.account("svc-leads")
    settings = replace(service_settings(db, "svc-leads"), timezone="Asia/Tokyo")
    db.execute(f"ALTER USER `{user}`@'%' ACCOUNT LOCK")
    try:
        client: Leads = await aiohttp_client(TestServer(create_app(settings)))
    finally:
        db.execute(f"ALTER USER `{user}`@'%' ACCOUNT UNLOCK")

    ready = await client.get("/health/ready")

    assert ready.status == 503
    assert_names_both_clocks((await ready.json())["error"])


def test_the_program_ends_with_one_line_where_the_clocks_differ(db: TestDatabase) -> None:
    ended = run_program(db, TIMEZONE="Asia/Tokyo")

    (line,) = [line for line in ended.stderr.splitlines() if line.startswith("svc-leads: ")]
    assert ended.returncode == 1
    assert_names_both_clocks(line)
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("variable", "value"), [("DB_HOST", None), ("TIMEZONE", "Mars"), ("INTERNAL_JWT_KEYS", "k1:x")]
)
def test_the_program_ends_with_one_line_where_a_setting_is_bad(
    db: TestDatabase, variable: str, value: str | None
) -> None:
    ended = run_program(db, **{variable: value})

    (line,) = ended.stderr.splitlines()
    assert ended.returncode == 1
    assert line.startswith("svc-leads: ")
    assert variable in line


def run_program(db: TestDatabase, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """`python -m svc_leads` with an environment that differs in these, until it ends by itself."""
    user, password = db.account("svc-leads")
    given = {
        "PATH": os.environ["PATH"],
        "DB_HOST": db.host,
        "DB_PORT": str(db.port),
        "DB_USER": user,
        "DB_PASSWORD": password,
        "DB_NAME": db.name,
        "PORT": str(unused_port()),
        "INTERNAL_JWT_KEYS": f"k1:{KEYS.by_id['k1']}",
    }
    environment = {name: value for name, value in (given | changes).items() if value is not None}
    return subprocess.run(
        [sys.executable, "-m", "svc_leads"],
        env=environment, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip


def assert_names_both_clocks(message: str) -> None:
    """The message tells both times and the setting that is wrong."""
    times = [
        datetime.fromisoformat(time) for time in re.findall(r"\d{4}-\d\d-\d\d [\d:]{8}", message)
    ]
    assert len(times) == 2
    assert abs((times[1] - times[0]).total_seconds() / 3600) > 12
    assert "TIMEZONE=Asia/Tokyo" in message
