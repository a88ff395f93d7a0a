"""The two logs that every service writes: changes of configuration, and every call."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any, NamedTuple
from urllib.parse import unquote

import structlog
from aiohttp import web

from dialkit.clock import CLOCK, Clock, Moment
from dialkit.db import DATABASE, Database, Queries
from dialkit.errors import TooSlow, Unavailable
from dialkit.http import AGENT_USER, REASON
from dialkit.secret import MASK
from dialkit.tokens import CALLER, Caller

log = structlog.get_logger("audit")

_API_LOG_COLUMNS = (
    "user", "api_date", "api_script", "function", "agent_user", "result", "result_reason",
    "source", "data", "run_time",
)  # fmt: skip
_BATCH = 500
_BOUND = 20_000
_PAUSE_S = 0.5
_URL_LIMIT = 2000
_REASON_LIMIT = 255
_LOGIN_LIMIT = 20
_RECORD_LIMIT = 50
_PARAMETER = re.compile(r"([?&][^=&?]*)=[^&]*")
# Somebody may send a password in the query, though no endpoint takes one there.
_SECRET_NAME = re.compile("pass|secret", re.IGNORECASE)
_BEYOND_BMP = re.compile("[^\\x20-\ud7ff\ue000-\ufffd]")

_OK = 200

SOURCE = web.ResponseKey("SOURCE", str)
# Of an answer whose body has ended before its time.
BROKEN_OFF = web.ResponseKey("BROKEN_OFF", bool)


class Change(NamedTuple):
    """A change of configuration, in the words of `vicidial_admin_log`."""

    section: str
    kind: str
    record: object
    code: str
    notes: str = ""
    sql: str = ""


async def write_admin_log(db: Queries, caller: Caller, now: Moment, change: Change) -> None:
    """Add a row to VICIdial's log of changes (contract: README, "Who did it")."""
    await db.insert(
        "vicidial_admin_log",
        {
            "event_date": now.sql,
            "user": caller.tag,
            "ip_address": caller.ip,
            "event_section": change.section,
            "event_type": change.kind,
            "record_id": str(change.record)[:_RECORD_LIMIT],
            "event_code": change.code,
            "event_sql": change.sql,
            "event_notes": change.notes,
        },
    )


class ApiLog:
    """Rows for `vicidial_api_log`, gathered off the request's path and written in batches.

    Holds a bounded number of rows while the database is away; those beyond are counted and lost.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._rows: deque[tuple[Any, ...]] = deque()
        self._some = asyncio.Event()
        self._turn = asyncio.Lock()
        self._lost = 0

    def add(
        self, request: web.Request, response: web.StreamResponse, function: str, took_s: float
    ) -> None:
        """Note one call."""
        if len(self._rows) >= _BOUND:
            self._lost += 1
            return
        reason = _BEYOND_BMP.sub("?", response.get(REASON, ""))[:_REASON_LIMIT]
        self._rows.append(
            (
                request[CALLER].tag,
                self._clock.now().sql,
                "rest",
                function[:20],
                _BEYOND_BMP.sub("?", request.get(AGENT_USER, ""))[:_LOGIN_LIMIT],
                "SUCCESS" if _succeeded(response) else "ERROR",
                reason,
                response.get(SOURCE, ""),
                f"{request.method} {_shown(request.path_qs)}"[:_URL_LIMIT],
                f"{took_s:.6f}",
            )
        )
        self._some.set()

    async def write_forever(self) -> None:
        """Write what has gathered, again and again, until cancelled."""
        while True:
            await self._some.wait()
            self._some.clear()
            await asyncio.sleep(_PAUSE_S)
            if not await self.flush():
                self._some.set()

    async def flush(self) -> bool:
        """Write all that waits; False when the database does not take it now."""
        async with self._turn:
            while self._rows:
                if not await self._write_batch():
                    return False
        return True

    async def _write_batch(self) -> bool:
        batch = [self._rows.popleft() for _ in range(min(_BATCH, len(self._rows)))]
        try:
            await self._database.insert_many("vicidial_api_log", _API_LOG_COLUMNS, batch)
        except (Unavailable, TooSlow):
            self._rows.extendleft(reversed(batch))
            return False
        except Exception:
            self._lost += len(batch)
            log.exception("the database refuses rows of the API log")
        return True

    async def close(self, writer: asyncio.Task[None]) -> None:
        """Stop the writer, and write the rest; what the database refuses is lost, and said."""
        async with self._turn:  # between two batches: of one cut off nobody knows its rows
            writer.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await writer
        await self.flush()
        lost = self._lost + len(self._rows)
        if lost:
            log.warning("rows of the API log were lost", count=lost)


def _succeeded(response: web.StreamResponse) -> bool:
    return response.status == _OK and not response.get(BROKEN_OFF, False)


def _shown(url: str) -> str:
    return _PARAMETER.sub(_masked_if_secret, url)


def _masked_if_secret(parameter: re.Match[str]) -> str:
    name = parameter[1]
    return f"{name}={MASK}" if _SECRET_NAME.search(unquote(name)) else parameter[0]


API_LOG = web.AppKey("API_LOG", ApiLog)


@asynccontextmanager
async def api_log_context(app: web.Application) -> AsyncIterator[None]:
    """For `cleanup_ctx`, after the database's: `app[API_LOG]`, flushed at the end."""
    app[API_LOG] = api_log = ApiLog(app[DATABASE], app[CLOCK])
    writer = asyncio.create_task(api_log.write_forever())
    try:
        yield
    finally:
        await api_log.close(writer)


@web.middleware
async def log_calls(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Note each call of a public endpoint (those that `takes` has given a function name)."""
    started = perf_counter()
    response = await handler(request)
    function = getattr(request.match_info.handler, "function", "")
    if function and CALLER in request:
        request.app[API_LOG].add(request, response, function, perf_counter() - started)
    return response
