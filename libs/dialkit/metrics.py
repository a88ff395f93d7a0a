"""What a program counts for Prometheus: its requests, its database connections, itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from time import perf_counter
from typing import NamedTuple, cast

from aiohttp import hdrs, web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.aiohttp import make_aiohttp_handler
from prometheus_client.gc_collector import GCCollector
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from dialkit import __version__
from dialkit.turns import Turns

PATH = "/metrics"
Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]

_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_METHODS = frozenset(hdrs.METH_ALL)
# Where a client chooses the text, there may be any number of them.
_OTHER_METHOD = "other"
_UNMATCHED = "unmatched"
# Who gets no answer at all has met a fault of ours.
_UNANSWERED = 500
_BY_ROUTE = ("method", "route")


class _Counted(NamedTuple):
    """Where requests of one route, method and status are counted."""

    requests: Counter
    seconds: Histogram
    broken_off: Counter


class Metrics:
    """The metrics of one application, in a registry of its own."""

    def __init__(self, program: str, pools: Mapping[str, Turns]) -> None:
        self.registry = CollectorRegistry()
        self._in_flight = 0
        self._counted: dict[tuple[web.AbstractResource | None, str, int], _Counted] = {}
        self._requests = Counter(
            "http_requests", "Requests answered.", (*_BY_ROUTE, "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "http_request_seconds",
            "Time from a request's head until its answer is made; of a streamed one, to its end.",
            _BY_ROUTE,
            registry=self.registry,
            buckets=_BUCKETS_S,
        )
        self._broken_off = Counter(
            "http_requests_broken_off",
            "Requests whose connection ended before their answer did.",
            _BY_ROUTE,
            registry=self.registry,
        )
        self._describe(program, pools)

    def app(self) -> web.Application:
        """What answers `GET /metrics`, and nothing else."""
        app = web.Application()
        app.router.add_get(PATH, make_aiohttp_handler(self.registry))
        return app

    def measured(self, handle: Handler) -> Handler:
        """The server's handler, with each request counted and timed."""

        async def measure(request: web.BaseRequest) -> web.StreamResponse:
            self._in_flight += 1
            started, status = perf_counter(), _UNANSWERED
            try:
                response = await handle(request)
                status = response.status
            except web.HTTPException as refusal:
                status = refusal.status
                raise
            else:
                return response
            finally:
                self._in_flight -= 1
                self._count(request, status, perf_counter() - started)

        return measure

    def _count(self, request: web.BaseRequest, status: int, took_s: float) -> None:
        route = cast(web.Request, request).match_info.route
        method = request.method if request.method in _METHODS else _OTHER_METHOD
        key = (route.resource, method, status)
        counted = self._counted.get(key)
        if counted is None:
            counted = self._counted[key] = self._children(*key)
        counted.requests.inc()
        counted.seconds.observe(took_s)
        transport = request.transport
        if transport is None or transport.is_closing():
            counted.broken_off.inc()

    def _children(
        self, resource: web.AbstractResource | None, method: str, status: int
    ) -> _Counted:
        route = _UNMATCHED if resource is None else resource.canonical
        return _Counted(
            self._requests.labels(method, route, status),
            self._seconds.labels(method, route),
            self._broken_off.labels(method, route),
        )

    def _describe(self, program: str, pools: Mapping[str, Turns]) -> None:
        """What is read when somebody asks, and costs nothing until then."""
        Gauge(
            "http_requests_in_flight", "Requests being answered now.", registry=self.registry
        ).set_function(lambda: self._in_flight)
        Gauge(
            "build_info", "Which program this is.", ("program", "version"), registry=self.registry
        ).labels(program, __version__).set(1)
        self.registry.register(_Pools(pools))
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)


class _Pools(Collector):
    """The turns at database connections, by pool."""

    def __init__(self, pools: Mapping[str, Turns]) -> None:
        self._pools = pools

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Read them. `waiting` counts statements; the others, connections."""
        family = GaugeMetricFamily(
            "db_connections",
            "Database connections in use, their limit, and who waits for one.",
            labels=("pool", "state"),
        )
        for pool, turns in self._pools.items():
            family.add_metric((pool, "in_use"), turns.taken)
            family.add_metric((pool, "waiting"), turns.waiting)
            family.add_metric((pool, "size"), turns.size)
        yield family
