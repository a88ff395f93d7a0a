"""Calls from one service to another that has several pods, and pods that are lost."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from dialkit.client import SERVICES, ServiceClient, service_client_context
from dialkit.errors import BadGateway, TooSlow, Unavailable
from dialkit.http import answer
from dialkit.settings import (
    DEFAULT_TIMEZONE,
    SETTINGS,
    DatabaseSettings,
    ServiceSettings,
)
from dialkit.tokens import Caller
from support.apps import KEYS
from support.pods import Cluster, PodStandIn, breaks, holds, says

CALLER = Caller(given_tag="6666", ip="192.0.2.7", issuer="gateway")
PATH = "/internal/v1/hopper/remove"
NO_DATABASE = DatabaseSettings(host="", port=0, user="", password="", name="")


@pytest.fixture
async def caller_app(cluster: Cluster) -> AsyncIterator[web.Application]:
    """A service that knows svc-leads by name."""
    app = web.Application()
    app[SETTINGS] = ServiceSettings(
        host="127.0.0.1",
        port=0,
        database=NO_DATABASE,
        token_keys=KEYS,
        timezone=DEFAULT_TIMEZONE,
        log_level="error",
        service_urls={"svc-leads": cluster.url},
    )
    app.cleanup_ctx.append(service_client_context("svc-lists", cluster.resolve))
    runner = web.AppRunner(app)
    await runner.setup()
    yield app
    await runner.cleanup()


@pytest.fixture
def client(three_pods: list[PodStandIn], caller_app: web.Application) -> ServiceClient:
    """What that service calls the three pods with."""
    assert len(three_pods) == 3
    return caller_app[SERVICES]


async def call(client: ServiceClient, method: str = "POST", timeout_s: float = 5) -> Any:
    return await client.call(
        "svc-leads", method, PATH, caller=CALLER, json={"list_id": 101}, timeout_s=timeout_s
    )


def counts(pods: list[PodStandIn]) -> list[int]:
    return [len(pod.arrived) for pod in pods]


async def test_pods_get_about_the_same(client: ServiceClient, three_pods: list[PodStandIn]) -> None:
    for _ in range(150):
        await call(client)

    assert sum(counts(three_pods)) == 150
    assert min(counts(three_pods)) > 20


async def test_a_new_pod_gets_its_share_at_once(
    client: ServiceClient, cluster: Cluster, three_pods: list[PodStandIn]
) -> None:
    await call(client)
    new = await cluster.add()
    await cluster.known()

    for _ in range(100):
        await call(client)

    assert len(new.arrived) > 5


async def test_a_pod_that_refuses_is_passed_over(
    client: ServiceClient, three_pods: list[PodStandIn]
) -> None:
    await three_pods[0].stop()
    await three_pods[1].stop()

    for _ in range(20):
        await call(client)

    assert [got.body for got in three_pods[2].arrived] == [b'{"list_id": 101}'] * 20


async def test_without_a_pod_the_service_is_not_available(
    client: ServiceClient, three_pods: list[PodStandIn]
) -> None:
    for pod in three_pods:
        await pod.stop()

    with pytest.raises(Unavailable, match="svc-leads is not available"):
        await call(client)


async def test_without_an_address_the_service_is_not_available(
    cluster: Cluster, caller_app: web.Application
) -> None:
    with pytest.raises(Unavailable, match="svc-leads is not available"):
        await call(caller_app[SERVICES])

    await cluster.add()
    await cluster.known()

    await call(caller_app[SERVICES])


@pytest.mark.parametrize("method", ["DELETE", "POST", "PUT"])
async def test_a_change_that_broke_off_is_not_sent_again(
    client: ServiceClient, three_pods: list[PodStandIn], method: str
) -> None:
    for pod in three_pods:
        pod.act = breaks

    with pytest.raises(BadGateway):
        await call(client, method)

    assert sum(counts(three_pods)) == 1


async def test_a_read_that_broke_off_is_sent_to_another_pod(
    client: ServiceClient, three_pods: list[PodStandIn]
) -> None:
    three_pods[0].act = breaks

    for _ in range(40):
        await call(client, "GET")

    assert counts(three_pods)[0] == 1


async def test_a_change_that_a_pod_cannot_make_is_refused(
    client: ServiceClient, three_pods: list[PodStandIn]
) -> None:
    for pod in three_pods:
        pod.act = says(503)

    with pytest.raises(BadGateway):  # what it said is no envelope
        await call(client)

    assert sum(counts(three_pods)) == 1


async def test_a_call_takes_no_longer_than_it_may(
    client: ServiceClient, three_pods: list[PodStandIn]
) -> None:
    gate = asyncio.Event()
    for pod in three_pods:
        pod.act = holds(gate)

    with pytest.raises(TooSlow):
        await call(client, timeout_s=0.1)

    assert sum(counts(three_pods)) == 1


@pytest.fixture
def short_idling(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections idle for a moment only."""
    monkeypatch.setattr("dialkit.client.KEEP_IDLE_S", 0.2)


@pytest.mark.usefixtures("short_idling")
async def test_a_connection_that_idled_is_not_used_again(
    cluster: Cluster, caller_app: web.Application
) -> None:
    peers = []

    async def act(request: web.Request) -> web.Response:
        peers.append(request.transport and request.transport.get_extra_info("peername"))
        return answer("done", None)

    await cluster.add(act)
    await cluster.known()

    for pause_s in (0, 0, 0.3, 0):
        await asyncio.sleep(pause_s)
        await call(caller_app[SERVICES])

    assert peers[0] == peers[1] != peers[2] == peers[3]
