"""What the gateway counts: the whole public API, with what it refuses and what breaks off."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import unused_port
from dialkit.serving import Address, Program
from dialkit.settings import ServingSettings
from gateway.app import create_app
from gateway.server import GatewayRunner
from prometheus_client.parser import text_string_to_metric_families
from support.gateway import API_KEY, StandIn, settings

Counts = dict[tuple[str, str, str], float]


class Measured:
    """The gateway with metrics, and a client of it."""

    def __init__(self, leads: str) -> None:
        port, self._metrics_port = unused_port(), unused_port()
        app = create_app(settings({"svc-leads": leads}))
        address = Address(host="127.0.0.1", port=port)
        serving = ServingSettings(metrics_port=self._metrics_port, shutdown_s=1)
        self.program = Program("gateway", app, address, serving, GatewayRunner)
        self.client = aiohttp.ClientSession(
            f"http://127.0.0.1:{port}", headers={"X-API-Key": API_KEY}
        )

    async def counts(self, name: str) -> Counts:
        """The samples of that name that are not 0, by method, route and status."""
        async with self.client.get(f"http://127.0.0.1:{self._metrics_port}/metrics") as response:
            families = list(text_string_to_metric_families(await response.text()))
        return {
            (sample.labels["method"], sample.labels["route"], sample.labels.get("status", "")): (
                sample.value
            )
            for family in families
            for sample in family.samples
            if sample.name == name and sample.value
        }


@pytest.fixture
async def measured(serve_leads: str) -> AsyncIterator[Measured]:
    """The gateway before the stand-in of svc-leads."""
    measured = Measured(serve_leads)
    await measured.program.start()
    yield measured
    await measured.client.close()
    await measured.program.stop()


async def test_requests_are_counted_by_the_routes_of_the_public_api(measured: Measured) -> None:
    client = measured.client
    for path in ("leads/1/info", "leads/2/info", "dnc", "campaigns"):
        await (await client.get(f"/api/v1/{path}")).read()
    await (await client.put("/api/v1/leads/3", json={})).read()
    await (await client.get("/api/v1/version", headers={"X-API-Key": "wrong"})).read()

    assert await measured.counts("http_requests_total") == {
        ("GET", "/api/v1/leads/{lead_id}/info", "200"): 2,
        ("GET", "unmatched", "405"): 1,
        ("GET", "/api/v1/campaigns", "503"): 1,
        ("PUT", "/api/v1/leads/{lead_id}", "200"): 1,
        ("GET", "/api/v1/version", "401"): 1,
    }
    assert await measured.counts("http_requests_broken_off_total") == {}


async def test_an_answer_that_the_service_breaks_off_is_counted_as_such(
    measured: Measured, leads_stand_in: StandIn
) -> None:
    async def act(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"x" * 100_000)
        assert request.transport is not None
        request.transport.abort()
        return response

    leads_stand_in.act = act
    async with measured.client.get("/api/v1/leads/search") as response:
        with pytest.raises(aiohttp.ClientPayloadError):
            await response.read()

    assert await measured.counts("http_requests_broken_off_total") == {
        ("GET", "/api/v1/leads/search", ""): 1
    }
    assert await measured.counts("http_requests_total") == {
        ("GET", "/api/v1/leads/search", "200"): 1
    }
