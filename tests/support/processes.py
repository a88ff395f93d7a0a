"""A service as a process of its own, to be killed in the middle of its work."""

import asyncio
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.error import URLError

from dialkit.settings import DEFAULT_TIMEZONE
from support.apps import KEYS
from support.database import TestDatabase

from deploy.local.ports import free_port

_START_LIMIT_S = 20


class ServiceProcess:
    """A running service: its address, and its process."""

    def __init__(self, process: "subprocess.Popen[bytes]", url: str) -> None:
        self.process = process
        self.url = url

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + _START_LIMIT_S
        while not self._is_ready():
            assert time.monotonic() < deadline, "the service does not become ready"
            assert self._runs_on(), f"the service ended with {self.process.returncode}"

    def kill(self) -> None:
        """End it as a power cut would: nothing of it runs any more."""
        self.process.kill()
        self.process.wait()

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
async def service_process(db: TestDatabase, service: str) -> AsyncIterator[ServiceProcess]:
    """`async with service_process(db, "svc-leads") as process`: ready, as its own database user."""
    started = _start(db, service)
    try:
        await asyncio.to_thread(started.wait_until_ready)
        yield started
    finally:
        started.kill()


def _start(db: TestDatabase, service: str) -> ServiceProcess:
    (user, password), port = db.account(service), free_port()
    environment = {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DB_HOST": db.host,
        "DB_PORT": str(db.port),
        "DB_NAME": db.name,
        "DB_USER": user,
        "DB_PASSWORD": password,
        "INTERNAL_JWT_KEYS": ",".join(f"{kid}:{key}" for kid, key in KEYS.by_id.items()),
        "TIMEZONE": DEFAULT_TIMEZONE,
        "LOG_LEVEL": "error",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", service.replace("-", "_")],
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return ServiceProcess(process, f"http://127.0.0.1:{port}")
