"""How a program is served, and how it ends: it says so for a while, then finishes what runs."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import structlog
import uvloop
from aiohttp import hdrs, web

from dialkit.errors import Unavailable
from dialkit.settings import ServingSettings
from dialkit.turns import POOLS

# Lists in query strings may have 10,000 characters, of which `|` and `,` are sent as three.
MAX_REQUEST_LINE = 65_536
KEEP_IDLE_S = 75
_BACKLOG = 1024
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_LOOK_EVERY_S = 0.02
# aiohttp waits twice as long for what it cancels.
_CANCEL_S = 0.1


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where to listen, and the variables that say so."""

    host: str
    port: int
    host_variable: str = "HOST"
    port_variable: str = "PORT"


class CannotListen(Exception):
    """The address is taken, or is none of this machine's."""


class Ending:
    """Whether the program has been told to end: its answers close their connections then."""

    def __init__(self) -> None:
        self.begun = False

    async def close_after(self, _request: web.Request, response: web.StreamResponse) -> None:
        """For `on_response_prepare`."""
        if self.begun:
            response.force_close()
            # aiohttp has decided about the header already.
            response.headers[hdrs.CONNECTION] = "close"


ENDING = web.AppKey("ENDING", Ending)


def check_not_ending(request: web.Request) -> None:
    """Nobody should send new requests to a program that ends. Raises: Unavailable."""
    ending = request.app.get(ENDING)
    if ending is not None and ending.begun:
        raise Unavailable("Shutting down")


def serve(
    name: str,
    app: web.Application,
    address: Address,
    settings: ServingSettings,
    make_runner: type[web.AppRunner] = web.AppRunner,
) -> None:
    """Serve until told to stop; an address that cannot be had ends it with one line."""
    try:
        uvloop.run(_serve(Program(name, app, address, settings, make_runner)))
    except CannotListen as error:
        sys.exit(f"{name}: {error}")


async def _serve(program: Program) -> None:
    told = _StopSignals()
    try:
        if await _done_before(told.once, program.start()):
            await told.once.wait()
            await program.drain(told.again)
    finally:
        await program.stop()


class _StopSignals:
    """Notes SIGINT and SIGTERM from now on: process 1 of a container would miss them else."""

    def __init__(self) -> None:
        self.once, self.again = asyncio.Event(), asyncio.Event()
        for number in _STOP_SIGNALS:
            asyncio.get_running_loop().add_signal_handler(number, self._note)

    def _note(self) -> None:
        (self.again if self.once.is_set() else self.once).set()


class Program:
    """An application that is served, with its metrics beside it where there are any."""

    def __init__(
        self,
        name: str,
        app: web.Application,
        address: Address,
        settings: ServingSettings,
        make_runner: type[web.AppRunner] = web.AppRunner,
    ) -> None:
        self._name = name
        self._log = structlog.get_logger(name)
        self._address = address
        self._settings = settings
        self._ending = app[ENDING] = Ending()
        app.on_response_prepare.append(self._ending.close_after)
        self._runner = make_runner(
            app, access_log=None, keepalive_timeout=KEEP_IDLE_S, shutdown_timeout=_CANCEL_S
        )
        self._metrics: web.AppRunner | None = None

    async def start(self) -> None:
        """Open what the application needs, then listen. Raises: CannotListen."""
        await self._runner.setup()
        if self._settings.metrics_port is not None and self._runner.server is not None:
            await self._measure(self._runner.server, self._settings.metrics_port)
        await _listen(self._runner, self._address)
        self._log.info("ready", host=self._address.host, port=self._address.port)

    async def drain(self, cut_short: asyncio.Event) -> None:
        """Serve on for a while, so that no caller meets a connection that just closes."""
        self._ending.begun = True
        if self._settings.drain_s:
            self._log.info("draining", seconds=self._settings.drain_s)
        with suppress(TimeoutError):
            await asyncio.wait_for(cut_short.wait(), self._settings.drain_s)

    async def stop(self) -> None:
        """Take no more requests, let those that run end, and clean up."""
        self._ending.begun = True
        for site in self._runner.sites:
            await site.stop()
        if self._runner.server is not None:
            await _ended(self._runner.server, self._settings.shutdown_s)
        await self._runner.cleanup()
        if self._metrics is not None:
            await self._metrics.cleanup()

    async def _measure(self, server: web.Server, port: int) -> None:
        # Who wants no metrics loads no library for them.
        from dialkit.metrics import Metrics

        pools = self._runner.app.get(POOLS)
        metrics = Metrics(self._name, pools or {})
        server.request_handler = metrics.measured(server.request_handler)
        self._metrics = web.AppRunner(metrics.app(), access_log=None, shutdown_timeout=_CANCEL_S)
        await self._metrics.setup()
        address = replace(self._address, port=port, port_variable="METRICS_PORT")
        await _listen(self._metrics, address)


async def _listen(runner: web.AppRunner, address: Address) -> None:
    try:
        await web.TCPSite(runner, address.host, address.port, backlog=_BACKLOG).start()
    except OSError as error:
        # The loop lengthens the text of the system; a name that is unknown has a negative number.
        number = error.errno or 0
        why = os.strerror(number) if number > 0 else error.strerror
        raise CannotListen(
            f"cannot listen on {address.host_variable} {address.host},"
            f" {address.port_variable} {address.port}: {why}"
        ) from error


async def _done_before(event: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Whether the work was done before the event, which cancels it."""
    working, waiting = asyncio.create_task(work), asyncio.create_task(event.wait())
    await asyncio.wait((working, waiting), return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if working.done():
        await working
        return True
    # A connection that is just made swallows one: wait_for of Python 3.11 then gives its result.
    while not working.done():
        working.cancel()
        await asyncio.wait((working,), timeout=_LOOK_EVERY_S)
    with suppress(asyncio.CancelledError):
        await working
    return False


async def _ended(server: web.Server, limit_s: float) -> None:
    """Wait until what runs has been answered, and close what idles.

    aiohttp's own way stops reading at once: an upload would never end.
    """
    until = monotonic() + limit_s
    while server.connections and monotonic() < until:
        await asyncio.sleep(_LOOK_EVERY_S)
        for connection in server.connections:
            if not _has_work(connection):
                connection.force_close()


def _has_work(connection: web.RequestHandler) -> bool:
    """Whether a request is answered, or waits to be: aiohttp tells it nowhere else."""
    return bool(connection._request_in_progress or connection._messages)  # noqa: SLF001
