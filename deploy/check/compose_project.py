"""The suite as Docker plays it: deploy/compose.yaml, two gateways and two of svc-leads."""

import os
import secrets
from collections.abc import Sequence
from typing import cast

from docker.models.containers import Container
from support.engines.commands import run
from support.engines.containers import published
from support.engines.engine import Engine
from support.engines.errors import CommandFailed

from deploy.check.composing import COMPOSE, FOLDER
from deploy.check.running import DOUBLED

_LABEL = "com.docker.compose"
_API_PORT = 8080
# Longer than what a container may take to end by itself (stop_grace_period).
_END_LIMIT_S = 80
_UP = ("up", "--wait", "--no-build", "--pull", "never", "--quiet-pull")


class ComposeProject:
    """Containers of a compose project; see `deploy.check.running.Running`."""

    name = "docker compose"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._project = f"suite-{secrets.token_hex(4)}"
        self._api_key = secrets.token_hex(16)

    def start(self) -> None:
        """Come back when all of it is healthy. Raises: CommandFailed."""
        self._compose(*_UP, *(f"--scale={program}=2" for program in DOUBLED))

    def stop(self) -> None:
        """Remove all of it."""
        self._compose("down", "--volumes", "--remove-orphans", "--timeout", "0")

    def address(self) -> str:
        """The port of this machine that leads to a gateway."""
        return f"http://127.0.0.1:{published(self._containers('gateway')[0], _API_PORT)}"

    def gateways(self) -> Sequence[str]:
        """By their addresses on the bridge, which this machine reaches.

        Docker's proxy of a published port takes connections for a program that does not any more.
        """
        return [
            f"http://{_address(container, f'{self._project}_front')}:{_API_PORT}"
            for container in self._containers("gateway")
        ]

    def pods(self, program: str) -> Sequence[str]:
        """Those of a program that run."""
        return sorted(str(container.name) for container in self._containers(program))

    def add(self, program: str) -> str:
        """Scale up by one."""
        before = self.pods(program)
        scale = f"--scale={program}={len(before) + 1}"
        self._compose(*_UP, "--no-deps", "--no-recreate", scale, program)
        (new,) = set(self.pods(program)) - set(before)
        return new

    def terminate(self, pod: str) -> int:
        """As `docker stop` does."""
        container = self._container(pod)
        container.stop(timeout=_END_LIMIT_S)
        code = int(container.wait()["StatusCode"])
        container.remove(v=True)
        return code

    def kill(self, pod: str) -> None:
        """End it at once, and let its name be forgotten."""
        container = self._container(pod)
        container.kill()
        container.remove(v=True, force=True)

    def inside(self, pod: str, *command: str) -> str:
        """What the command prints inside."""
        code, output = self._container(pod).exec_run(list(command), demux=True)
        printed, said = map(_text, cast("tuple[bytes | None, bytes | None]", output))
        if code:
            raise CommandFailed(f"{command[0]} in {pod} ended with {code}:\n{printed}{said}")
        return printed

    def setup(self, command: str, *arguments: str) -> None:
        """Run it in the service that has what it needs; the volumes are those of all programs."""
        service = "secrets" if command in ("secrets", "token-keys") else "setup"
        once = ("run", "--rm", "--no-TTY", "--no-deps", "--pull", "never", service)
        self._compose(*once, command, "--folder", "/secrets", *arguments)

    def secret(self, program: str, name: str) -> str:
        """What a program finds in the file of that secret."""
        return self.inside(self.pods(program)[0], "cat", f"/run/secrets/suite/{name}")

    def _compose(self, *arguments: str) -> None:
        """Nobody's own settings, and a free port for each gateway."""
        variables = {
            "PATH": os.environ["PATH"],
            "HOME": str(FOLDER),
            "API_KEY": self._api_key,
            "API_PORT": "0",
            **self._engine.environment,
        }
        settings = (f"{name}={value}" for name, value in variables.items())
        options = ("--env-file", os.devnull, "--progress", "plain", "-p", self._project)
        file = ("-f", str(FOLDER / "compose.yaml"))
        run("env", "--ignore-environment", *settings, str(COMPOSE), *options, *file, *arguments)

    def _containers(self, program: str) -> list[Container]:
        labels = [f"{_LABEL}.project={self._project}", f"{_LABEL}.service={program}"]
        found = self._engine.client.containers.list(
            filters={"label": labels, "status": "running"}, ignore_removed=True
        )
        return sorted(found, key=lambda one: str(one.name))

    def _container(self, pod: str) -> Container:
        return self._engine.client.containers.get(pod)


def _address(container: Container, network: str) -> str:
    return str(container.attrs["NetworkSettings"]["Networks"][network]["IPAddress"])


def _text(printed: bytes | None) -> str:
    return (printed or b"").decode(errors="replace")
