"""A service as a process of its own: how it ends, and what it tells of its database."""

import signal

import aiohttp
import pytest
from aiohttp.test_utils import unused_port
from support.apps import authorization
from support.database import TestDatabase
from support.processes import service_process

CHECK = "/api/v1/phone/check?phone_number=5551234567"


async def test_told_to_end_it_is_not_ready_and_answers_until_the_drain_is_over(
    db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRAIN_SECONDS", "1")
    async with service_process(db, "svc-leads") as service:
        headers = authorization("svc-leads")
        async with aiohttp.ClientSession(service.url, headers=headers) as client:
            service.process.send_signal(signal.SIGTERM)
            ready = await refusal_of(client)
            checked = await client.get(CHECK)
            refused = await client.get(CHECK, headers={"Authorization": "Bearer x"})
            alive = await client.get("/health/live")
        code = service.process.wait(20)

    assert ready == {"success": False, "error": "Shutting down"}
    assert [answer.status for answer in (checked, refused, alive)] == [200, 401, 200]
    for answer in (checked, refused, alive):
        assert answer.headers["Connection"] == "close"
    assert code == 0
    # What was answered in the drain is in the API log.
    assert db.rows("SELECT function, result FROM vicidial_api_log") == [
        ("check_phone_number", "SUCCESS")
    ]


async def refusal_of(client: aiohttp.ClientSession) -> object:
    """What the service says when it is ready no more."""
    while True:
        async with client.get("/health/ready") as response:
            if response.status == 503:
                return await response.json()


@pytest.mark.parametrize(
    ("service", "pools"),
    [("svc-leads", {"dialer"}), ("svc-reports", {"dialer", "reports"})],
)
async def test_the_pools_of_a_service_are_told_at_the_metrics_port(
    db: TestDatabase, monkeypatch: pytest.MonkeyPatch, service: str, pools: set[str]
) -> None:
    port = unused_port()
    monkeypatch.setenv("METRICS_PORT", str(port))
    monkeypatch.setenv("DB_POOL_SIZE", "7")
    async with (
        service_process(db, service),
        aiohttp.ClientSession() as prometheus,
        prometheus.get(f"http://127.0.0.1:{port}/metrics") as response,
    ):
        told = (await response.text()).splitlines()

    for pool in pools:
        assert f'db_connections{{pool="{pool}",state="in_use"}} 0.0' in told
        assert f'db_connections{{pool="{pool}",state="waiting"}} 0.0' in told
    assert 'db_connections{pool="dialer",state="size"} 7.0' in told
    assert sum("db_connections{" in line for line in told) == 3 * len(pools)
