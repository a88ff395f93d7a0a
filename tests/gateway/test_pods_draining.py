"""A pod that is told to end: it serves on for a while, and loses nothing."""

import asyncio
from collections.abc import Callable

import pytest
from aiohttp import web
from dialkit.pods import AVOID_S, KEEP_IDLE_S
from dialkit.serving import Address, Program
from dialkit.settings import ServingSettings
from support.gateway import Gateway, StartGateway
from support.pods import Cluster, PodStandIn, until

# DRAIN_SECONDS in deploy/k8s.
DRAIN_S = 5
METHODS = [
    ("DELETE", "/api/v1/dnc/5551234567"),
    ("GET", "/api/v1/campaigns"),
    ("POST", "/api/v1/lists"),
    ("PUT", "/api/v1/lists/101"),
]


def test_no_connection_idles_for_as_long_as_a_pod_drains() -> None:
    assert KEEP_IDLE_S < DRAIN_S < AVOID_S


async def test_a_connection_that_idled_is_not_used_again(
    start_gateway: StartGateway, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    peers = []

    async def act(request: web.Request) -> web.Response:
        peers.append(request.transport and request.transport.get_extra_info("peername"))
        return web.Response()

    monkeypatch.setattr("gateway.services.KEEP_IDLE_S", 0.2)
    await cluster.add(act)
    gateway = await start_gateway({"svc-lists": cluster.url}, cluster.resolve)

    for pause_s in (0, 0, 0.3, 0):
        await asyncio.sleep(pause_s)
        assert (await gateway.client.get("/api/v1/campaigns")).status == 200

    assert peers[0] == peers[1] != peers[2] == peers[3]


async def test_a_pod_that_closes_its_connections_gets_no_more_requests(
    balancing: Gateway, three_pods: list[PodStandIn]
) -> None:
    async def act(_request: web.Request) -> web.Response:
        response = web.Response()
        response.force_close()
        return response

    three_pods[0].act = act

    for _ in range(50):
        assert (await balancing.client.post("/api/v1/lists", json={})).status == 200

    assert len(three_pods[0].arrived) == 1


@pytest.mark.parametrize(("method", "path"), METHODS)
async def test_a_pod_that_ends_loses_no_request_of_eight_clients(
    start_gateway: StartGateway, cluster: Cluster, method: str, path: str
) -> None:
    others = [await cluster.add() for _ in range(2)]
    ending = PodStandIn(cluster.next_address(), cluster.port)
    program = Program(
        "pod",
        ending.app(),
        Address(host=ending.address, port=ending.port),
        ServingSettings(drain_s=1),
    )
    await program.start()
    gateway = await start_gateway({"svc-lists": cluster.url}, cluster.resolve)
    statuses: list[int] = []

    async def call_until(done: Callable[[], bool]) -> None:
        while not done():
            async with gateway.client.request(method, path) as response:
                await response.read()
                statuses.append(response.status)

    async def end() -> None:
        await until(lambda: len(ending.arrived) >= 30)
        await program.drain(asyncio.Event())
        await program.stop()

    async with asyncio.timeout(20):
        stopping = asyncio.create_task(end())
        await asyncio.gather(*(call_until(stopping.done) for _ in range(8)))
        after = len(statuses) + 100
        await asyncio.gather(*(call_until(lambda: len(statuses) > after) for _ in range(8)))
        await stopping

    assert set(statuses) == {200}
    assert sum(len(pod.arrived) for pod in [ending, *others]) == len(statuses)
