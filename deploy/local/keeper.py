"""One program, kept running: its output shown, started again when it ends by itself."""

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections import deque
from contextlib import suppress

from deploy.local.console import Console
from deploy.local.errors import CannotStart
from deploy.local.processes import dies_with_parent
from deploy.local.programs import Program

DRAIN_S = 10
_FIRST_DELAY_S = 0.5
_LONGEST_DELAY_S = 30.0
_STEADY_S = 60
_START_FAILURES = 3
_START_WINDOW_S = 10
_LAST_LINES = 15
_CHUNK = 65536


class Keeper:
    """Runs one program until it is cancelled; `starting` until the whole suite was ready once."""

    def __init__(self, program: Program, console: Console) -> None:
        self.starting = True
        self._program = program
        self._console = console
        self._last_lines: deque[str] = deque(maxlen=_LAST_LINES)
        self._ends: deque[float] = deque(maxlen=_START_FAILURES)

    async def run(self) -> None:
        """Keep the program running. Raises: CannotStart when it does not come up."""
        delay = _FIRST_DELAY_S
        while True:
            begun = time.monotonic()
            code = await self._run_once()
            self._ends.append(time.monotonic())
            if self.starting and self._fails_at_once():
                raise CannotStart(self._last_words())
            if time.monotonic() - begun > _STEADY_S:
                delay = _FIRST_DELAY_S
            self._say(f"ended by itself ({_ending(code)}); it starts again in {delay:g} s")
            await asyncio.sleep(delay)
            delay = min(2 * delay, _LONGEST_DELAY_S)

    async def _run_once(self) -> int:
        self._last_lines.clear()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            self._program.module,
            env=self._program.environment,
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=STDOUT,
            # Away from the terminal's Ctrl-C: the launcher says when to end.
            process_group=0,
            preexec_fn=dies_with_parent(signal.SIGKILL),
        )
        relay = asyncio.create_task(self._relay(process))
        try:
            self._program.pid_file.write_text(str(process.pid))
            return await process.wait()
        finally:
            await _end(process)
            await relay
            self._program.pid_file.unlink(missing_ok=True)

    async def _relay(self, process: Process) -> None:
        rest = b""
        while process.stdout and (chunk := await process.stdout.read(_CHUNK)):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                self._say(line.decode(errors="replace"))
        if rest:
            self._say(rest.decode(errors="replace"))

    def _say(self, line: str) -> None:
        self._last_lines.append(line)
        self._console.say(line, self._program.name)

    def _fails_at_once(self) -> bool:
        return (
            len(self._ends) == _START_FAILURES and self._ends[-1] - self._ends[0] < _START_WINDOW_S
        )

    def _last_words(self) -> str:
        said = "\n".join(self._last_lines)
        return f"{self._program.name} ended {_START_FAILURES} times. Its last words:\n{said}"


async def _end(process: Process) -> None:
    """Let the program finish what it does, then end it and whatever it started."""
    if process.returncode is None:
        process.terminate()
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), DRAIN_S)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


def _ending(code: int) -> str:
    return f"code {code}" if code >= 0 else signal.Signals(-code).name
