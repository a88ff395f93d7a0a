"""What the gateway answers by itself: health and version."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web
from dialkit.http import answer
from dialkit.serving import check_not_ending

from gateway import BUILD, __version__
from gateway.admission import Admission
from gateway.routes import API, Handler

_HOUR_S = 3600


async def tell_health(_request: web.Request) -> web.Response:
    """`OK`, for load balancers; the one answer that is no envelope."""
    return web.Response(text="OK")


async def tell_life(_request: web.Request) -> web.Response:
    """The process answers."""
    return answer("Alive", None)


async def tell_readiness(request: web.Request) -> web.Response:
    """The gateway is ready when it runs: a service that is down affects only its own paths.

    Raises: Unavailable, once it has been told to end.
    """
    check_not_ending(request)
    return answer("Ready", None)


def version_teller(admission: Admission, zone: ZoneInfo) -> Handler:
    """The handler of the suite's version and clock, as VICIdial's `version` function tells them."""

    async def tell_version(request: web.Request) -> web.StreamResponse:
        await admission.admit(request)
        return answer("Version retrieved", version_at(datetime.now(zone)))

    return tell_version


def version_at(now: datetime) -> dict[str, Any]:
    """VERSION, BUILD, DATE, EPOCH, DST, TZ (without summer time) and TZNOW of VICIdial."""
    offset, summer_time = now.utcoffset() or timedelta(), now.dst() or timedelta()
    return {
        "version": __version__,
        "build": BUILD,
        "date": now.strftime("%Y-%m-%d %H:%M:%S"),
        "epoch": int(now.timestamp()),
        "dst": int(bool(summer_time)),
        "tz": (offset - summer_time).total_seconds() / _HOUR_S,
        "tznow": offset.total_seconds() / _HOUR_S,
    }


def own_routes(admission: Admission, zone: ZoneInfo) -> list[web.RouteDef]:
    """The gateway's own paths."""
    return [
        web.get("/health", tell_health),
        web.get("/health/live", tell_life),
        web.get("/health/ready", tell_readiness),
        web.get(f"{API}/version", version_teller(admission, zone)),
    ]
