"""Pods that cannot be reached, break off or say 503: no request is lost, no change made twice."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from aiohttp import hdrs
from dialkit import pods as pods_of_services
from support.gateway import Gateway, StartGateway
from support.pods import Cluster, PodStandIn, breaks, breaks_in_body, says

METHODS = ["DELETE", "GET", "HEAD", "POST", "PUT"]
CHANGES = ["DELETE", "POST", "PUT"]
READS = ["GET", "HEAD"]
PATHS = {
    "DELETE": "/api/v1/dnc/5551234567",
    "GET": "/api/v1/campaigns",
    "HEAD": "/api/v1/campaigns",
    "POST": "/api/v1/lists",
    "PUT": "/api/v1/lists/101",
}
LARGE = b"0" * 300_000


async def call(gateway: Gateway, method: str, times: int, body: bytes = b"") -> list[int]:
    """The statuses of calls, one after the other."""
    statuses = []
    for _ in range(times):
        data = body if method in ("POST", "PUT") else None
        async with gateway.client.request(method, PATHS[method], data=data) as response:
            await response.read()
            statuses.append(response.status)
    return statuses


def counts(pods: list[PodStandIn]) -> list[int]:
    return [len(pod.arrived) for pod in pods]


@pytest.mark.parametrize("method", METHODS)
async def test_a_pod_that_refuses_is_passed_over(
    balancing: Gateway, three_pods: list[PodStandIn], method: str
) -> None:
    await three_pods[0].stop()
    await three_pods[1].stop()

    assert await call(balancing, method, 20, b"{}") == [200] * 20

    assert counts(three_pods) == [0, 0, 20]


@pytest.mark.parametrize("method", ["POST", "PUT"])
async def test_an_upload_that_no_pod_began_to_read_reaches_another(
    balancing: Gateway, three_pods: list[PodStandIn], method: str
) -> None:
    await three_pods[0].stop()
    await three_pods[1].stop()

    assert await call(balancing, method, 3, LARGE) == [200] * 3

    assert [got.body for got in three_pods[2].arrived] == [LARGE] * 3


@pytest.fixture
def deaf(cluster: Cluster) -> Iterator[None]:
    """A pod that takes no connection and refuses none: the queue of its listener is full."""
    with ExitStack() as opened:
        listener = opened.enter_context(socket.socket())
        listener.bind((cluster.next_address(), cluster.port))
        listener.listen(0)
        for _ in range(2):
            waiting = opened.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield


@pytest.mark.usefixtures("deaf")
@pytest.mark.parametrize("method", METHODS)
async def test_a_pod_that_takes_no_connection_costs_one_wait(
    start_gateway: StartGateway, cluster: Cluster, method: str
) -> None:
    pod = await cluster.add()
    gateway = await start_gateway(
        {"svc-lists": cluster.url}, cluster.resolve, connect_timeout_s=0.5
    )

    async with asyncio.timeout(2):
        assert await call(gateway, method, 20) == [200] * 20

    assert len(pod.arrived) == 20


@pytest.mark.parametrize("method", METHODS)
async def test_without_a_pod_that_can_be_reached_it_is_a_503(
    balancing: Gateway, three_pods: list[PodStandIn], method: str
) -> None:
    for pod in three_pods:
        await pod.stop()
    assert await call(balancing, method, 2) == [503, 503]

    await three_pods[1].start()

    assert await call(balancing, method, 2) == [200, 200]


async def test_a_pod_that_refused_is_avoided_for_a_while(
    balancing: Gateway, three_pods: list[PodStandIn]
) -> None:
    await three_pods[0].stop()
    await call(balancing, "GET", 30)
    await three_pods[0].start()

    await call(balancing, "GET", 30)

    assert counts(three_pods)[0] == 0


async def test_a_pod_that_refused_is_asked_again_after_a_while(
    balancing: Gateway, three_pods: list[PodStandIn], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pods_of_services, "AVOID_S", 0.05)
    await three_pods[0].stop()
    await call(balancing, "GET", 30)
    await three_pods[0].start()

    async with asyncio.timeout(10):
        while not three_pods[0].arrived:
            await call(balancing, "GET", 10)
    await call(balancing, "GET", 100)

    assert counts(three_pods)[0] > 10


async def test_one_request_tries_whether_a_pod_is_well_again(
    start_gateway: StartGateway, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    well, sick = await cluster.add(), await cluster.add(says(503))
    gateway = await start_gateway({"svc-lists": cluster.url}, cluster.resolve)
    monkeypatch.setattr(pods_of_services, "AVOID_UNWELL_S", 0.2)
    await until_asked(gateway, sick)
    sick.forget()
    monkeypatch.setattr(pods_of_services, "AVOID_UNWELL_S", 1000)

    await until_asked(gateway, sick)
    await asyncio.gather(*(call(gateway, "GET", 10) for _ in range(8)))

    assert len(sick.arrived) == 1
    assert len(well.arrived) > 80


async def until_asked(gateway: Gateway, pod: PodStandIn) -> None:
    async with asyncio.timeout(10):
        while not pod.arrived:
            await asyncio.gather(*(call(gateway, "GET", 1) for _ in range(8)))


@pytest.mark.parametrize("act", [breaks, breaks_in_body])
async def test_a_read_that_broke_off_is_sent_to_another_pod(
    balancing: Gateway, three_pods: list[PodStandIn], act: object
) -> None:
    three_pods[0].act = act  # type: ignore[assignment]

    assert await call(balancing, "GET", 40) == [200] * 40

    assert counts(three_pods)[0] == 1
    assert sum(counts(three_pods)) == 41


async def test_a_head_that_broke_off_is_sent_to_another_pod(
    balancing: Gateway, three_pods: list[PodStandIn]
) -> None:
    three_pods[0].act = breaks

    assert await call(balancing, "HEAD", 40) == [200] * 40


async def test_a_read_that_breaks_off_is_sent_twice_at_most(
    balancing: Gateway, three_pods: list[PodStandIn]
) -> None:
    for pod in three_pods:
        pod.act = breaks

    assert await call(balancing, "GET", 1) == [502]

    assert sorted(counts(three_pods)) == [0, 1, 1]


@pytest.mark.parametrize("method", CHANGES)
async def test_a_change_that_broke_off_is_not_sent_again(
    balancing: Gateway, three_pods: list[PodStandIn], method: str
) -> None:
    for pod in three_pods:
        pod.act = breaks

    assert await call(balancing, method, 12, b"{}") == [502] * 12

    assert sum(counts(three_pods)) == 12


async def test_a_read_with_an_upload_is_not_sent_again(
    balancing: Gateway, three_pods: list[PodStandIn]
) -> None:
    for pod in three_pods:
        pod.act = breaks

    async with balancing.client.get(PATHS["GET"], data=LARGE) as response:
        assert response.status == 502

    assert sum(counts(three_pods)) == 1


@pytest.mark.parametrize("method", READS)
async def test_a_read_that_one_pod_cannot_serve_is_sent_to_another(
    balancing: Gateway, three_pods: list[PodStandIn], method: str
) -> None:
    three_pods[0].act = says(503)

    assert await call(balancing, method, 40) == [200] * 40

    assert counts(three_pods)[0] == 1


async def test_a_read_that_no_pod_can_serve_is_sent_twice_at_most(
    balancing: Gateway, three_pods: list[PodStandIn]
) -> None:
    for pod in three_pods:
        pod.act = says(503, **{hdrs.RETRY_AFTER: "7"})

    async with balancing.client.get(PATHS["GET"]) as response:
        told = (response.status, response.headers[hdrs.RETRY_AFTER], await response.json())
    assert told == (503, "7", {"as": "it is"})
    assert sum(counts(three_pods)) == 2

    await call(balancing, "GET", 10)
    assert sum(counts(three_pods)) <= 2 + 10 + 1


@pytest.mark.parametrize("method", CHANGES)
async def test_a_503_to_a_change_is_passed_on_and_the_pod_avoided(
    balancing: Gateway, three_pods: list[PodStandIn], method: str
) -> None:
    three_pods[0].act = says(503)

    statuses = await call(balancing, method, 60, b"{}")

    assert statuses.count(503) == counts(three_pods)[0] == 1
    assert sum(counts(three_pods)) == 60


async def test_after_a_failure_of_all_pods_all_get_requests_again(
    balancing: Gateway, three_pods: list[PodStandIn], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pods_of_services, "AVOID_UNWELL_S", 0.05)
    for pod in three_pods:
        pod.act = says(503)
    await call(balancing, "POST", 10, b"{}")
    for pod in three_pods:
        pod.act = None
        pod.forget()

    async with asyncio.timeout(10):
        while min(counts(three_pods)) < 10:
            await call(balancing, "GET", 10)
