"""What a program tells Prometheus (a small application, and its own listener beside it)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import unused_port
from dialkit.errors import TooManyRequests, Unavailable
from dialkit.http import answer, errors_to_envelopes
from dialkit.serving import Address, Program
from dialkit.settings import ServingSettings
from dialkit.turns import POOLS, Turns
from prometheus_client.parser import text_string_to_metric_families

Samples = dict[tuple[str, ...], float]


class Measured:
    """A program with metrics, its client, and what it has told."""

    def __init__(self) -> None:
        self.arrived, self.go_on = asyncio.Event(), asyncio.Event()
        self.pool = Turns(2)
        self.streaming: web.Request | None = None
        port, self.metrics_port = unused_port(), unused_port()
        app = web.Application(middlewares=[errors_to_envelopes])
        app[POOLS] = {"dialer": self.pool}
        app.router.add_get("/leads/{lead_id}", self.show)
        app.router.add_get("/streamed", self.stream)
        app.router.add_get("/refused", self.refuse)
        app.router.add_get("/unavailable", self.fail)
        settings = ServingSettings(metrics_port=self.metrics_port, shutdown_s=1)
        address = Address(host="127.0.0.1", port=port)
        self.program = Program("svc-test", app, address, settings)
        self.client = aiohttp.ClientSession(f"http://127.0.0.1:{port}")
        self.prometheus = aiohttp.ClientSession(f"http://127.0.0.1:{self.metrics_port}")

    async def show(self, _request: web.Request) -> web.Response:
        return answer("shown", None)

    async def refuse(self, _request: web.Request) -> web.Response:
        raise TooManyRequests("Slowly", retry_after_s=1)

    async def fail(self, _request: web.Request) -> web.Response:
        raise Unavailable("Database not available")

    async def stream(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"begun,")
        self.streaming = request
        self.arrived.set()
        await self.go_on.wait()
        await response.write(b"ended")
        return response

    async def told(self, name: str, *labels: str) -> Samples:
        """The samples of that name, by the values of these labels."""
        async with self.prometheus.get("/metrics") as response:
            families = list(text_string_to_metric_families(await response.text()))
        return {
            tuple(sample.labels[label] for label in labels): sample.value
            for family in families
            for sample in family.samples
            if sample.name == name
        }

    async def until_alone(self) -> None:
        """Wait until the program has seen that the client of its stream has gone."""
        while self.streaming is None or self.streaming.transport is not None:
            await self.told("http_requests_in_flight")

    async def until_told(self, name: str, wanted: float) -> None:
        """Ask until the sample without labels has that value."""
        while (await self.told(name))[()] != wanted:
            pass


@pytest.fixture
async def measured() -> AsyncIterator[Measured]:
    """The program, started."""
    measured = Measured()
    await measured.program.start()
    yield measured
    measured.go_on.set()
    await measured.client.close()
    await measured.program.stop()
    await measured.prometheus.close()


Ask = Callable[..., Awaitable[int]]


@pytest.fixture
def ask(measured: Measured) -> Ask:
    """`await ask("GET", "/leads/1")`: the status of the answer."""

    async def status(method: str, path: str) -> int:
        async with measured.client.request(method, path) as response:
            return response.status

    return status


async def test_requests_are_counted_by_route_template_method_and_status(
    measured: Measured, ask: Ask
) -> None:
    for method, path in [
        ("GET", "/leads/1"),
        ("GET", "/leads/2"),
        ("HEAD", "/leads/3"),
        ("POST", "/leads/4"),
        ("GET", "/refused"),
        ("GET", "/unavailable"),
        ("GET", "/nothing/5"),
        ("PROPFIND", "/nothing/6"),
    ]:
        await ask(method, path)

    assert await measured.told("http_requests_total", "method", "route", "status") == {
        ("GET", "/leads/{lead_id}", "200"): 2,
        ("HEAD", "/leads/{lead_id}", "200"): 1,
        ("POST", "unmatched", "405"): 1,
        ("GET", "/refused", "429"): 1,
        ("GET", "/unavailable", "503"): 1,
        ("GET", "unmatched", "404"): 1,
        ("other", "unmatched", "404"): 1,
    }
    assert await measured.told("http_request_seconds_count", "method", "route") == {
        ("GET", "/leads/{lead_id}"): 2,
        ("HEAD", "/leads/{lead_id}"): 1,
        ("POST", "unmatched"): 1,
        ("GET", "/refused"): 1,
        ("GET", "/unavailable"): 1,
        ("GET", "unmatched"): 1,
        ("other", "unmatched"): 1,
    }
    assert set((await measured.told("http_requests_broken_off_total", "route")).values()) == {0}


async def test_buckets_go_from_a_millisecond_to_a_minute(measured: Measured, ask: Ask) -> None:
    await ask("GET", "/leads/1")

    bounds = [float(le) for (le,) in await measured.told("http_request_seconds_bucket", "le")]

    assert (bounds[0], bounds[-2:]) == (0.001, [60, float("inf")])


async def test_the_time_counts_until_the_last_byte_and_flight_until_then(
    measured: Measured,
) -> None:
    async with measured.client.get("/streamed") as response:
        await measured.arrived.wait()
        flying = await measured.told("http_requests_in_flight")
        counted = await measured.told("http_requests_total", "route")
        await asyncio.sleep(0.11)  # the time under test
        measured.go_on.set()
        await response.read()
    await measured.until_told("http_requests_in_flight", 0)

    assert (flying, counted) == ({(): 1}, {})
    seconds = (await measured.told("http_request_seconds_sum", "route"))[("/streamed",)]
    assert 0.1 < seconds < 5


async def test_a_client_that_leaves_before_the_end_is_counted(measured: Measured) -> None:
    async with measured.client.get("/streamed") as response:
        await measured.arrived.wait()
        response.close()
    await measured.until_alone()
    measured.go_on.set()
    await measured.until_told("http_requests_in_flight", 0)

    assert await measured.told("http_requests_broken_off_total", "method", "route") == {
        ("GET", "/streamed"): 1
    }


async def test_the_state_of_the_pools_is_read_when_it_is_asked_for(measured: Measured) -> None:
    for _ in range(2):
        await measured.pool.acquire()
    waiting = [asyncio.create_task(measured.pool.acquire()) for _ in range(3)]
    await asyncio.sleep(0)

    busy = await measured.told("db_connections", "pool", "state")
    for _ in range(5):
        measured.pool.release()
    await asyncio.gather(*waiting)
    idle = await measured.told("db_connections", "pool", "state")

    assert busy == {("dialer", "in_use"): 2, ("dialer", "waiting"): 3, ("dialer", "size"): 2}
    assert idle == {("dialer", "in_use"): 0, ("dialer", "waiting"): 0, ("dialer", "size"): 2}


async def test_it_tells_which_program_it_is_and_how_the_process_does(measured: Measured) -> None:
    assert list(await measured.told("build_info", "program", "version")) == [("svc-test", "0.1.0")]
    for name in ("process_cpu_seconds_total", "process_resident_memory_bytes"):
        assert (await measured.told(name))[()] > 0
    assert await measured.told("python_gc_collections_total", "generation")


async def test_the_listener_has_metrics_only_and_the_program_has_none(
    measured: Measured, ask: Ask
) -> None:
    async with measured.prometheus.get("/leads/1") as response:
        elsewhere = response.status

    assert elsewhere == 404
    assert await ask("GET", "/metrics") == 404


async def test_metrics_are_told_while_the_program_drains(measured: Measured) -> None:
    await measured.program.drain(asyncio.Event())

    assert await measured.told("http_requests_in_flight") == {(): 0}


async def test_two_programs_of_one_process_share_nothing(measured: Measured, ask: Ask) -> None:
    other = Measured()
    await other.program.start()
    await ask("GET", "/leads/1")

    assert await other.told("http_requests_total", "route") == {}
    await other.client.close()
    await other.program.stop()
    await other.prometheus.close()
