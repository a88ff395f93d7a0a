"""What the gateway answers by itself."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from gateway.about import version_at
from support.gateway import Gateway, StartGateway

from gateway import BUILD, __version__


async def test_health_is_plain_ok_without_a_key(gateway: Gateway) -> None:
    response = await gateway.stranger.get("/health")

    assert (response.status, response.content_type) == (200, "text/plain")
    assert await response.text() == "OK"


@pytest.mark.parametrize(("path", "message"), [("live", "Alive"), ("ready", "Ready")])
async def test_gateway_is_ready_whatever_the_services_are(
    start_gateway: StartGateway, path: str, message: str
) -> None:
    gateway = await start_gateway({})

    response = await gateway.stranger.get(f"/health/{path}")

    assert (response.status, await response.json()) == (
        200,
        {"success": True, "message": message, "data": None},
    )


async def test_version_needs_the_key(gateway: Gateway) -> None:
    refused = await gateway.stranger.get("/api/v1/version")
    response = await gateway.client.get("/api/v1/version")

    assert (refused.status, response.status) == (401, 200)
    told = await response.json()
    assert (told["success"], told["message"]) == (True, "Version retrieved")
    assert list(told["data"]) == ["version", "build", "date", "epoch", "dst", "tz", "tznow"]


@pytest.mark.parametrize(
    ("zone", "date", "summer_time", "tz", "tznow"),
    [
        ("America/New_York", "2025-01-08 10:30:00", 0, -5.0, -5.0),
        ("America/New_York", "2025-07-08 10:30:00", 1, -5.0, -4.0),
        ("Asia/Kolkata", "2025-07-08 10:30:00", 0, 5.5, 5.5),
    ],
)
def test_version_tells_the_local_clock(
    zone: str, date: str, summer_time: int, tz: float, tznow: float
) -> None:
    now = datetime.fromisoformat(date).replace(tzinfo=ZoneInfo(zone))

    expected: dict[str, Any] = {"version": __version__, "build": BUILD, "date": date}
    expected |= {"epoch": int(now.timestamp()), "dst": summer_time, "tz": tz, "tznow": tznow}
    assert version_at(now) == expected
