"""A private Redis server for a test: stopped, frozen and started again as the test likes.

`python -m support.redis_server` sees to it that this machine has the program.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from deploy.local.errors import CannotStart
from deploy.local.install_server import install_packages, may_install
from deploy.local.ports import free_port
from deploy.local.processes import dies_with_parent

# Holds the whole server (which looks at the name that it is called by), and starts no service.
_PACKAGE = "redis-tools"
_PROGRAMS = ("redis-server", "redis-check-rdb")
_WHAT_TO_INSTALL = (
    "No Redis server found, which tests of the rate limit need. Install one"
    f" (Debian, Ubuntu: apt-get install {_PACKAGE}; macOS: brew install redis)."
)
_START_LIMIT_S = 20


def find_program() -> str | None:
    """The server's program, or None."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def ensure_program(say: Callable[[str], None]) -> None:
    """Make sure that a server can be started. Raises: CannotStart."""
    if find_program() is None and may_install():
        say("Installing Redis's programs with apt-get (once; no service is started) ...")
        install_packages(_PACKAGE)
    if find_program() is None:
        raise CannotStart(_WHAT_TO_INSTALL)


class RedisServer:
    """A server without data on disk, on a port of its own."""

    def __init__(self, password: str = "") -> None:
        self.port = free_port()
        self._password = password
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """As in `RATE_LIMIT_STORAGE`."""
        login = f":{self._password}@" if self._password else ""
        return f"redis://{login}127.0.0.1:{self.port}/0"

    @property
    def pid(self) -> int:
        """Of its process, which is running."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start it, empty, and wait until it answers."""
        program = find_program()
        assert program is not None, _WHAT_TO_INSTALL
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self._process = subprocess.Popen(
            ["redis-server", *options, "--requirepass", self._password],
            executable=program,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=dies_with_parent(signal.SIGKILL),
        )
        deadline = time.monotonic() + _START_LIMIT_S
        while not self._listens():
            assert time.monotonic() < deadline, "the Redis server does not answer"
            assert self._process.poll() is None, "the Redis server has ended"
            time.sleep(0.01)

    def stop(self) -> None:
        """End it; what it has counted is lost."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """Let it answer nothing, though its connections stand."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on, with what it was sent meanwhile."""
        self._signal(signal.SIGCONT)

    def ask(self, *words: str) -> str:
        """The first line of its answer to a command."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
            connection.sendall(f"AUTH {self._password}\r\n".encode() if self._password else b"")
            connection.sendall(" ".join(words).encode() + b"\r\n")
            lines = connection.makefile("rb")
            if self._password:
                lines.readline()
            return lines.readline().decode().strip()

    def _listens(self) -> bool:
        try:
            return bool(self.ask("PING"))
        except OSError:
            return False

    def _signal(self, number: int) -> None:
        os.kill(self.pid, number)


@pytest.fixture
def redis_server() -> Iterator[RedisServer]:
    """A Redis server, running and empty."""
    yield from _running(RedisServer())


@pytest.fixture
def locked_redis_server() -> Iterator[RedisServer]:
    """A Redis server that wants the password `not-to-be-logged`."""
    yield from _running(RedisServer("not-to-be-logged"))


def _running(server: RedisServer) -> Iterator[RedisServer]:
    server.start()
    yield server
    server.stop()


if __name__ == "__main__":
    try:
        ensure_program(print)
    except CannotStart as error:
        sys.exit(str(error))
