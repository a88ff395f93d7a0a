"""Reports on logs of 90 days, and exports beside the rows fetched by a bare driver."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from time import perf_counter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import aiohttp
from load import bare_export
from load.client import measure
from load.memory import watched
from load.requests import Operation
from load.suite import TIMEZONE, Suite

from deploy.db.generate_logs import generate_logs
from deploy.db.logs.calls import phone_of
from deploy.db.logs.sizes import Sizes
from deploy.db.logs.times import DAYS

_LEADS = 100_000
_PROGRAMS = ("gateway", "svc-reports")
_SECONDS = 2.0
_EXPORT_LIMIT = 1_000_000
_TIMEOUT = aiohttp.ClientTimeout(total=1800)
# The agents and the calls of the other measurements.
_NOT_EMPTY = ("vicidial_agent_log", "vicidial_dial_log")


class Export(NamedTuple):
    """An export, the way to its rows without the suite, and how many rows 90 days have."""

    name: str
    path: str
    floor: Callable[[Mapping[str, Any], date, date], Awaitable[int]]
    rows: int


async def measure_reports(suite: Suite, size: Sizes) -> dict[str, Any]:
    """The median of each report for one client, and rows a second of exports."""
    size = replace(size, leads=_LEADS)
    today = await asyncio.to_thread(_fill, suite, size)
    first = today - timedelta(days=DAYS - 1)
    return {
        "calls": size.calls,
        "requests": [await _median(suite, one) for one in _requests(first, today)],
        "exports": [await _export(suite, one, today) for one in _exports(size)],
    }


def _fill(suite: Suite, size: Sizes) -> date:
    """Fill the logs; the day that is their last."""
    now = datetime.now(ZoneInfo(TIMEZONE)).replace(tzinfo=None)
    with closing(suite.connect()) as connection, connection.cursor() as cursor:
        for table in _NOT_EMPTY:
            cursor.execute(f"TRUNCATE TABLE {table}")
        generate_logs(connection, size, now)
    return now.date()


def _requests(first: date, last: date) -> list[Operation]:
    middle = last - timedelta(days=30)
    day = f"start_date={middle}&end_date={middle}"
    all_days = f"start_date={first}&end_date={last}"

    def phone(number: int) -> str:
        return f"/api/v1/phone-logs/{phone_of(number * 7919 % _LEADS)}?type=ALL"

    def fixed(path: str) -> Callable[[int], str]:
        return lambda _number: f"/api/v1/{path}"

    return [
        Operation("phone log", "GET", phone),
        Operation("call stats of one day", "GET", fixed(f"call-stats/status?{day}")),
        Operation("call stats of 90 days", "GET", fixed(f"call-stats/status?{all_days}")),
        Operation("agent stats of one day", "GET", fixed(f"agent-stats/export?{day}")),
        Operation("dispositions of 90 days", "GET", fixed(f"kpi/dispositions?{all_days}")),
    ]


async def _median(suite: Suite, operation: Operation) -> dict[str, Any]:
    request = operation.request({"X_API_Key": suite.api_key})
    figures = await measure(suite.ports["suite"], request, connections=1, seconds=_SECONDS)
    return {
        "request": operation.name,
        "sent": figures.requests,
        "p50_ms": round(figures.p50_ms, 2),
    }


def _exports(size: Sizes) -> list[Export]:
    events, recordings = "agent-stats/export?detail=event&format=ndjson", "recordings/lookup"
    return [
        Export("agent events as ndjson", events, bare_export.agent_events, size.agent_events),
        Export(
            "recordings as csv",
            f"{recordings}?format=csv",
            bare_export.recordings,
            size.recordings,
        ),
    ]


async def _export(suite: Suite, export: Export, last: date) -> dict[str, Any]:
    """Both ways, over as many days as have a million rows at most."""
    days = min(DAYS, DAYS * _EXPORT_LIMIT // export.rows)
    first = last - timedelta(days=days - 1)
    url = f"/api/v1/{export.path}&start_date={first}&end_date={last}"
    await _download(suite, f"/api/v1/{export.path}&start_date={last}&end_date={last}")
    started = perf_counter()
    (rows, size), memory = await watched(suite, _PROGRAMS, _download(suite, url))
    took = perf_counter() - started
    started = perf_counter()
    floor_rows = await export.floor(suite.driver_options(), first, last)
    floor_took = perf_counter() - started
    if rows != floor_rows:
        raise RuntimeError(f"{export.name}: {rows} rows exported of {floor_rows}")
    return {
        "export": export.name,
        "rows": rows,
        "mb": round(size / 1e6, 1),
        "rows_per_s": round(rows / took),
        "floor_rows_per_s": round(rows / floor_took),
        "ratio": floor_took / took,
        "memory": memory,
    }


async def _download(suite: Suite, path: str) -> tuple[int, int]:
    """Rows and bytes of an export."""
    breaks = size = 0
    async with (
        aiohttp.ClientSession(timeout=_TIMEOUT) as session,
        session.get(
            f"http://127.0.0.1:{suite.ports['suite']}{path}", headers={"X-API-Key": suite.api_key}
        ) as response,
    ):
        async for piece in response.content.iter_any():
            breaks += piece.count(b"\n")
            size += len(piece)
    if response.status != 200:
        raise RuntimeError(f"not a success: {response.status} of {path}")
    return breaks - ("format=csv" in path), size
