"""Programs as processes of their own, to be killed in the middle of their work, or overheard."""

import asyncio
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.error import URLError

from dialkit.settings import DEFAULT_TIMEZONE
from support.apps import KEYS
from support.database import TestDatabase
from support.gateway import API_KEY

from deploy.local.ports import free_port

_START_LIMIT_S = 20
_STOP_LIMIT_S = 20


class ServiceProcess:
    """A running program: its address, and its process."""

    def __init__(self, process: "subprocess.Popen[bytes]", url: str) -> None:
        self.process = process
        self.url = url

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + _START_LIMIT_S
        while not self._is_ready():
            assert time.monotonic() < deadline, "the program does not become ready"
            assert self._runs_on(), f"the program ended with {self.process.returncode}"

    def kill(self) -> None:
        """End it as a power cut would: nothing of it runs any more."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """End it as an administrator does: it finishes its work; the exit code."""
        self.process.terminate()
        return self.process.wait(_STOP_LIMIT_S)

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health/ready", timeout=5) as response:
                return bool(response.status == 200)
        except URLError:
            return False

    def _runs_on(self) -> bool:
        """Whether it has not ended, a moment later."""
        try:
            self.process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            return True
        return False


@asynccontextmanager
async def service_process(
    db: TestDatabase, service: str, *, log: Path | None = None
) -> AsyncIterator[ServiceProcess]:
    """`async with service_process(db, "svc-leads") as process`: ready, as its own database user.

    With `log`, all that it can say is in that file.
    """
    user, password = db.account(service)
    environment = {
        "HOST": "127.0.0.1",
        "DB_HOST": db.host,
        "DB_PORT": str(db.port),
        "DB_NAME": db.name,
        "DB_USER": user,
        "DB_PASSWORD": password,
    }
    async with _process(service, "PORT", environment, log) as started:
        yield started


@asynccontextmanager
async def gateway_process(urls: Mapping[str, str], *, log: Path) -> AsyncIterator[ServiceProcess]:
    """The gateway before the services at those addresses, whose key is `API_KEY`."""
    environment = {f"{name.upper().replace('-', '_')}_URL": url for name, url in urls.items()}
    async with _process("gateway", "API_PORT", environment | {"API_KEY": API_KEY}, log) as started:
        yield started


@asynccontextmanager
async def _process(
    name: str, port_variable: str, environment: Mapping[str, str], log: Path | None
) -> AsyncIterator[ServiceProcess]:
    started = _start(name, port_variable, environment, log)
    try:
        await asyncio.to_thread(started.wait_until_ready)
        yield started
    finally:
        started.kill()


def _start(
    name: str, port_variable: str, environment: Mapping[str, str], log: Path | None
) -> ServiceProcess:
    port = free_port()
    variables = {
        port_variable: str(port),
        "INTERNAL_JWT_KEYS": ",".join(f"{kid}:{key}" for kid, key in KEYS.by_id.items()),
        "TIMEZONE": DEFAULT_TIMEZONE,
        "LOG_LEVEL": "debug" if log else "error",
    }
    with (log or Path(os.devnull)).open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", name.replace("-", "_")],
            env={**os.environ, **variables, **environment},
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    return ServiceProcess(process, f"http://127.0.0.1:{port}")
