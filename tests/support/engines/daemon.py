"""A daemon of an engine: a child of the tests that ends with them."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import docker
from docker.errors import DockerException
from requests.exceptions import RequestException
from support.engines.errors import CommandFailed, EngineMissing

from deploy.local.processes import dies_with_parent

# No test waits for a registry, or gets another image than the one made here: nobody listens there.
WITHOUT_REGISTRY = {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}

_POLL_S = 0.05
_LAST_LINES = 20
_START_LIMIT_S = 60
_STOP_LIMIT_S = 60
# Builds and loads say nothing for a while.
_CLIENT_TIMEOUT_S = 300


class Daemon:
    """Started, waited for until its socket answers, ended."""

    def __init__(self, arguments: Sequence[str], *, socket: Path, pid_file: Path) -> None:
        self.arguments = arguments
        self.socket = socket
        self.pid_file = pid_file
        self.log = pid_file.with_suffix(".log")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def host(self) -> str:
        """What DOCKER_HOST says for it."""
        return f"unix://{self.socket}"

    def start(self, environment: Mapping[str, str]) -> None:
        """Start it and wait until it answers. Raises: EngineMissing with its last lines."""
        try:
            self._process = self._launch(environment)
        except OSError as error:
            raise EngineMissing(f"{self.arguments[0]} cannot be run: {error}") from error
        self.pid_file.write_text(str(self._process.pid))
        try:
            wait_until(
                lambda: self._ended() or _answers(self.socket),
                time_limit_s=_START_LIMIT_S,
                otherwise=self._last_words,
            )
            self._see_that_it_runs()
        except BaseException as error:
            self.stop()
            if isinstance(error, CommandFailed):
                raise EngineMissing(str(error)) from error
            raise

    def _launch(self, environment: Mapping[str, str]) -> "subprocess.Popen[bytes]":
        with self.log.open("wb") as log:
            return subprocess.Popen(
                self.arguments,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Away from the terminal's Ctrl-C: the fixture says when to end.
                process_group=0,
                preexec_fn=dies_with_parent(signal.SIGTERM),
            )

    def stop(self) -> None:
        """End it: politely, then not."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self.pid_file.unlink(missing_ok=True)

    def _ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def _see_that_it_runs(self) -> None:
        if self._ended():
            raise CommandFailed(self._last_words())

    def _last_words(self) -> str:
        said = self.log.read_text(errors="replace").splitlines()[-_LAST_LINES:]
        return f"{self.pid_file.stem} does not start here:\n" + "\n".join(said)


def wait_until(
    condition: Callable[[], object], *, time_limit_s: float, otherwise: Callable[[], str]
) -> None:
    """Come back when the condition holds. Raises: CommandFailed with what `otherwise` tells."""
    deadline = time.monotonic() + time_limit_s
    while not condition():
        if time.monotonic() > deadline:
            raise CommandFailed(otherwise())
        time.sleep(_POLL_S)


def connect(host: str) -> docker.DockerClient:
    """A client of the engine at that address."""
    return docker.DockerClient(base_url=host, timeout=_CLIENT_TIMEOUT_S)


def listens(path: Path) -> bool:
    """Whether anybody takes connections there: the SDK would leave its refused socket open."""
    with socket.socket(socket.AF_UNIX) as knock:
        return knock.connect_ex(str(path)) == 0


def _answers(path: Path) -> bool:
    if not listens(path):
        return False
    with closing(docker.DockerClient(base_url=f"unix://{path}", timeout=5)) as client:
        try:
            return bool(client.ping())
        except (DockerException, RequestException):
            return False
