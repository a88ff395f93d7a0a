"""Requests to a service that has several pods: each goes to the one that is least busy."""

import asyncio

from aiohttp import web
from support.gateway import Gateway, StartGateway
from support.pods import Cluster, PodStandIn, holds, until

GET = "/api/v1/campaigns"


async def call(gateway: Gateway, times: int) -> set[int]:
    """The statuses of calls, one after the other."""
    statuses = set()
    for _ in range(times):
        async with gateway.client.get(GET) as response:
            statuses.add(response.status)
    return statuses


def counts(pods: list[PodStandIn]) -> list[int]:
    return [len(pod.arrived) for pod in pods]


async def test_pods_get_about_the_same(balancing: Gateway, three_pods: list[PodStandIn]) -> None:
    assert await call(balancing, 300) == {200}

    assert sum(counts(three_pods)) == 300
    assert min(counts(three_pods)) > 50


async def test_pods_get_about_the_same_of_eight_clients(
    balancing: Gateway, three_pods: list[PodStandIn]
) -> None:
    await asyncio.gather(*(call(balancing, 40) for _ in range(8)))

    assert sum(counts(three_pods)) == 320
    assert min(counts(three_pods)) > 60


async def test_a_busy_pod_gets_no_more_while_others_idle(
    balancing: Gateway, three_pods: list[PodStandIn]
) -> None:
    gate = asyncio.Event()
    for pod in three_pods:
        pod.act = holds(gate)
    held = asyncio.create_task(call(balancing, 1))
    await until(lambda: sum(counts(three_pods)) == 1)
    for pod in three_pods:
        pod.act = None

    await call(balancing, 30)
    gate.set()
    await held

    assert sorted(counts(three_pods))[0] == 1
    assert sum(counts(three_pods)) == 31


async def test_requests_that_run_at_once_are_spread(
    balancing: Gateway, three_pods: list[PodStandIn]
) -> None:
    gate = asyncio.Event()
    for pod in three_pods:
        pod.act = holds(gate)

    waiting = [asyncio.create_task(call(balancing, 1)) for _ in range(12)]
    await until(lambda: sum(counts(three_pods)) == 12)
    gate.set()
    await asyncio.gather(*waiting)

    assert counts(three_pods) == [4, 4, 4]


async def test_a_slow_pod_gets_less(balancing: Gateway, three_pods: list[PodStandIn]) -> None:
    async def works(_request: web.Request) -> web.Response:
        await asyncio.sleep(0.1)
        return web.Response()

    three_pods[0].act = works

    await asyncio.gather(*(call(balancing, 40) for _ in range(8)))

    slow, *others = counts(three_pods)
    assert slow < min(others) / 2


async def test_a_pod_is_busy_until_its_answer_has_been_passed_on(
    start_gateway: StartGateway, cluster: Cluster
) -> None:
    gate = asyncio.Event()

    async def streams(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"first")
        await gate.wait()
        return response

    pods = [await cluster.add(streams) for _ in range(2)]
    gateway = await start_gateway({"svc-lists": cluster.url}, cluster.resolve)
    response = await gateway.client.get(GET)
    await response.content.readany()
    busy, other = sorted(pods, key=lambda pod: len(pod.arrived), reverse=True)
    other.act = None

    await call(gateway, 20)
    gate.set()
    await response.read()

    assert counts([busy, other]) == [1, 20]


async def test_a_new_pod_gets_its_share_at_once(
    balancing: Gateway, cluster: Cluster, three_pods: list[PodStandIn]
) -> None:
    await asyncio.gather(*(call(balancing, 10) for _ in range(8)))
    new = await cluster.add()
    await cluster.known()

    await asyncio.gather(*(call(balancing, 40) for _ in range(8)))

    assert len(new.arrived) > 40


async def test_a_pod_that_dns_names_no_more_gets_nothing_more(
    balancing: Gateway, cluster: Cluster, three_pods: list[PodStandIn]
) -> None:
    await call(balancing, 30)
    removed = three_pods.pop()
    cluster.addresses = [pod.address for pod in three_pods]
    await cluster.known()
    removed.forget()

    assert await call(balancing, 50) == {200}

    assert removed.arrived == []


async def test_what_a_removed_pod_works_on_is_answered(
    start_gateway: StartGateway, cluster: Cluster
) -> None:
    gate = asyncio.Event()
    old = await cluster.add(holds(gate))
    gateway = await start_gateway({"svc-lists": cluster.url}, cluster.resolve)
    begun = asyncio.create_task(call(gateway, 1))
    await until(lambda: len(old.arrived) == 1)

    new = await cluster.add()
    cluster.addresses = [new.address]
    await cluster.known()
    gate.set()

    assert await begun == {200}


async def test_known_pods_stay_while_dns_does_not_answer(
    balancing: Gateway, cluster: Cluster, three_pods: list[PodStandIn]
) -> None:
    cluster.addresses = None
    await cluster.known()
    assert await call(balancing, 50) == {200}

    cluster.addresses = [three_pods[0].address]
    await cluster.known()
    for pod in three_pods:
        pod.forget()
    assert await call(balancing, 20) == {200}

    assert counts(three_pods) == [20, 0, 0]


async def test_a_service_whose_name_is_not_known_is_a_503_until_it_is(
    start_gateway: StartGateway, cluster: Cluster
) -> None:
    cluster.addresses = None
    gateway = await start_gateway({"svc-lists": cluster.url}, cluster.resolve)
    async with gateway.client.get(GET) as response:
        told = await response.json()
    assert (response.status, told["error"]) == (503, "Service not available")

    cluster.addresses = []
    await cluster.add()
    await cluster.known()

    assert await call(gateway, 1) == {200}


async def test_no_request_waits_for_dns(start_gateway: StartGateway, cluster: Cluster) -> None:
    pod = await cluster.add()
    known, hangs = [[pod.address]], asyncio.Event()

    async def resolve(_name: str, _port: int) -> list[str]:
        if not known:
            hangs.set()
            await asyncio.Event().wait()
        return known.pop()

    gateway = await start_gateway({"svc-lists": cluster.url}, resolve)
    await hangs.wait()

    assert await call(gateway, 10) == {200}


async def test_an_address_is_not_looked_up(start_gateway: StartGateway, cluster: Cluster) -> None:
    pod = await cluster.add()

    async def refuse(_name: str, _port: int) -> list[str]:
        raise AssertionError

    urls = {"svc-lists": f"http://{pod.address}:{pod.port}"}
    gateway = await start_gateway(urls, refuse)

    assert await call(gateway, 10) == {200}


async def test_pods_are_told_the_name_that_they_are_called_by(
    balancing: Gateway, cluster: Cluster, three_pods: list[PodStandIn]
) -> None:
    await call(balancing, 10)

    hosts = {got.headers["Host"] for pod in three_pods for got in pod.arrived}
    assert hosts == {f"pods:{cluster.port}"}


async def test_names_of_this_machine_are_found_too(
    start_gateway: StartGateway, cluster: Cluster
) -> None:
    pod = PodStandIn("127.0.0.1", cluster.port)
    cluster.pods.append(pod)
    await pod.start()
    gateway = await start_gateway({"svc-lists": f"http://localhost:{cluster.port}"})

    assert await call(gateway, 10) == {200}
