"""A pod that is killed and replaced while eight clients call."""

import asyncio
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from support import pod_program
from support.gateway import Gateway, StartGateway
from support.pods import Cluster, until

CLIENTS = 8


class PodProcess:
    """A pod as a process of its own; `noted` are the ids of the requests that reached it."""

    def __init__(self, address: str, port: int, notes: Path) -> None:
        self.address = address
        self._notes = notes
        self._notes.touch()
        self._command = [sys.executable, pod_program.__file__, address, str(port), str(notes)]
        self._port = port
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(self._command)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    async def listens(self) -> None:
        async with asyncio.timeout(10):
            while not await self._takes_connections():
                assert self._process.poll() is None

    async def _takes_connections(self) -> bool:
        try:
            _, writer = await asyncio.open_connection(self.address, self._port)
        except OSError:
            await asyncio.sleep(0.02)
            return False
        writer.close()
        return True

    @property
    def noted(self) -> list[str]:
        return self._notes.read_text().split()


@pytest.fixture
async def processes(cluster: Cluster, tmp_path: Path) -> AsyncIterator[list[PodProcess]]:
    """Three pods as processes."""
    with ExitStack() as running:
        pods = []
        for name in "abc":
            pods.append(PodProcess(cluster.next_address(), cluster.port, tmp_path / name))
            running.callback(pods[-1].kill)
        for pod in pods:
            await pod.listens()
        yield pods


@dataclass
class Callers:
    """Clients that call on and on; `answers` are the statuses by request id."""

    gateway: Gateway
    method: str
    path: str
    answers: dict[str, int] = field(default_factory=dict)
    stopped: bool = False
    ids: Iterator[int] = field(default_factory=count)

    async def call(self) -> None:
        while not self.stopped:
            name = f"{self.method}-{next(self.ids)}"
            async with self.gateway.client.request(
                self.method, self.path, headers={"X-Request-ID": name}
            ) as response:
                await response.read()
                self.answers[name] = response.status

    async def have(self, more: int) -> None:
        """Wait for so many more answers."""
        before = len(self.answers)
        await until(lambda: len(self.answers) >= before + more)


async def killed_and_replaced(
    gateway: Gateway, cluster: Cluster, pods: list[PodProcess], method: str, path: str
) -> Callers:
    """What clients see of it: the killed pod, another in its place, then DNS follows."""
    callers = Callers(gateway, method, path)
    async with asyncio.TaskGroup() as running:
        for _ in range(CLIENTS):
            running.create_task(callers.call())
        await callers.have(100)
        pods[0].kill()
        await callers.have(100)
        cluster.addresses = [pod.address for pod in pods[1:]]
        await callers.have(100)
        pods[0].start()
        await pods[0].listens()
        before = len(pods[0].noted)
        cluster.addresses.append(pods[0].address)
        await until(lambda: len(pods[0].noted) > before + 10)
        callers.stopped = True
    return callers


async def test_no_read_fails(
    start_gateway: StartGateway, cluster: Cluster, processes: list[PodProcess]
) -> None:
    gateway = await start_gateway({"svc-lists": cluster.url}, cluster.resolve)

    callers = await killed_and_replaced(gateway, cluster, processes, "GET", "/api/v1/campaigns")

    assert set(callers.answers.values()) == {200}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "/api/v1/dnc/5551234567"),
        ("POST", "/api/v1/lists"),
        ("PUT", "/api/v1/lists/101"),
    ],
)
async def test_no_change_is_made_twice_and_only_those_that_ran_fail(
    start_gateway: StartGateway,
    cluster: Cluster,
    processes: list[PodProcess],
    method: str,
    path: str,
) -> None:
    gateway = await start_gateway({"svc-lists": cluster.url}, cluster.resolve)

    callers = await killed_and_replaced(gateway, cluster, processes, method, path)

    noted = Counter(name for pod in processes for name in pod.noted)
    failed = {name for name, status in callers.answers.items() if status != 200}
    assert set(noted.values()) == {1}
    assert noted.keys() >= callers.answers.keys() - failed
    assert len(failed) <= CLIENTS
    assert {callers.answers[name] for name in failed} <= {502}
