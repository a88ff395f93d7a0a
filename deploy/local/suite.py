"""All programs together: started, waited for, shown, and ended in order."""

import asyncio
import signal
from collections.abc import Callable, Sequence
from http import HTTPStatus

import aiohttp

from deploy.local.console import Console
from deploy.local.errors import CannotStart
from deploy.local.keeper import Keeper
from deploy.local.programs import Program

_READY_LIMIT_S = 60
_POLL_S = 0.05
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


async def run_suite(
    programs: Sequence[Program], console: Console, announce: Callable[[], None]
) -> None:
    """Run the programs until a signal says stop; `announce` when all are ready."""
    stop = asyncio.Event()
    for number in _STOP_SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    stopping = asyncio.create_task(stop.wait())
    ready = asyncio.create_task(_wait_until_ready(programs))
    keepers = [Keeper(program, console) for program in programs]
    running = [asyncio.create_task(keeper.run()) for keeper in keepers]
    try:
        await _first_to_end(stopping, ready, *running)
        if not stop.is_set():
            for keeper in keepers:
                keeper.starting = False
            announce()
            await _first_to_end(stopping, *running)
        console.say("Stopping ...")
    finally:
        gateway, *services = running
        # The door first, so that no request arrives for a service that is going.
        await _cancel(stopping, ready, gateway)
        await _cancel(*services)


async def _wait_until_ready(programs: Sequence[Program]) -> None:
    waiting = {program.name: program for program in programs}
    timeout = aiohttp.ClientTimeout(total=2)
    try:
        async with asyncio.timeout(_READY_LIMIT_S), aiohttp.ClientSession(timeout=timeout) as http:
            while waiting:
                for name, program in list(waiting.items()):
                    if await _is_ready(http, program.url):
                        del waiting[name]
                await asyncio.sleep(_POLL_S)
    except TimeoutError:
        names = ", ".join(waiting)
        raise CannotStart(f"Not ready after {_READY_LIMIT_S} s: {names}") from None


async def _is_ready(http: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with http.get(f"{url}/health/ready") as response:
            return response.status == HTTPStatus.OK
    except (aiohttp.ClientError, TimeoutError):
        return False


async def _first_to_end(*tasks: asyncio.Task[object]) -> None:
    """Wait for the first; what it raises is raised here."""
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()


async def _cancel(*tasks: asyncio.Task[object]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
