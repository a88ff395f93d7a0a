"""The launcher as people run it: a process of its own, with what it prints."""

import argparse
import json
import os
import shlex
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from deploy.local.ports import free_port

ROOT = Path(__file__).parents[2]
SETTINGS = ("API_", "DB_", "REPORT_", "EXPORT_", "SVC_", "TIMEZONE", "LOG_", "WORKERS")
END_LIMIT_S = 20


class Launcher:
    """A running launcher: what it printed, and the processes that it started."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.printed: list[str] = []

    def wait_until_ready(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.printed.append(line.rstrip("\n"))
            # The empty line after the commands is the welcome's last.
            if not line.strip() and self.commands():
                return
        raise AssertionError("\n".join(self.printed))

    def commands(self) -> list[str]:
        return [line for line in self.printed if line.startswith("  curl ")]

    def line(self, start: str) -> str:
        return next(line for line in self.printed if line.startswith(start))

    def started(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self, number: int) -> int:
        """Send the signal as a terminal does, to the launcher's whole group; the exit code."""
        os.killpg(self.process.pid, number)
        self.process.communicate(timeout=END_LIMIT_S)
        return self.process.returncode


def command(folder: Path, **variables: str) -> dict[str, Any]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
    return {
        "args": [sys.executable, "-m", "deploy.local", "--folder", str(folder)],
        "cwd": ROOT,
        "env": {**kept, "API_PORT": str(free_port()), **variables},
        "text": True,
    }


@contextmanager
def launched(folder: Path, **variables: str) -> Iterator[Launcher]:
    with subprocess.Popen(
        **command(folder, **variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        launcher = Launcher(process)
        try:
            launcher.wait_until_ready()
            yield launcher
        finally:
            if process.poll() is None:
                process.terminate()


def answer_of(curl: str) -> dict[str, Any]:
    """The envelope that a printed command gets."""
    answer: dict[str, Any] = json.loads(fetched(curl)[1])
    return answer


def fetched(curl: str) -> tuple[str, str]:
    """The media type and the body that a printed command gets.

    It is parsed as a shell would: not every machine has curl.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("-H", action="append", dest="headers")
    parser.add_argument("-d", dest="body")
    parser.add_argument("-X", dest="method")
    parser.add_argument("url")
    asked = parser.parse_args([word for word in shlex.split(curl)[1:] if word != "-sS"])
    request = urllib.request.Request(
        asked.url,
        data=asked.body.encode() if asked.body else None,
        headers=dict(header.split(": ", 1) for header in asked.headers),
        method=asked.method,
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        return response.headers.get_content_type(), response.read().decode()


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that still run after a while."""
    deadline = time.monotonic() + END_LIMIT_S
    while (left := [process for process in processes if runs(process)]) and (
        time.monotonic() < deadline
    ):
        # In short bites: where nobody fetches orphans, a whole wait would see them to its end.
        psutil.wait_procs(left, timeout=0.05)
    return left


def runs(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
