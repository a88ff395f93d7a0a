"""The suite in containers that Docker's SDK starts, on a network of their own, with demo rows."""

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from docker.models.containers import Container
from docker.models.networks import Network
from support.engines.bases import MARIADB
from support.engines.containers import (
    created,
    log_of,
    network,
    published,
    remove,
    wait_until_healthy,
)
from support.engines.engine import Engine
from support.engines.errors import CommandFailed
from support.engines.suite_images import image_of

from deploy.local.programs import SERVICES

_USER = 65532
_SECRETS = "/run/secrets/suite"
# Longer than what a program may take to end by itself.
_END_LIMIT_S = 20
_SECOND = 1_000_000_000
_HEALTH = {
    "test": ["CMD", "healthcheck.sh", "--connect", "--innodb_initialized"],
    "interval": _SECOND,
    "timeout": 5 * _SECOND,
    "retries": 60,
}
_CONFINED: Mapping[str, Any] = {
    "read_only": True,
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges"],
    "tmpfs": {"/tmp": ""},
}


class SuiteContainers:
    """MariaDB and programs; a container goes by its name."""

    def __init__(self, engine: Engine, secret_files: Path) -> None:
        self.name = f"Docker's SDK on {engine.name}"
        self._engine = engine
        self._folder = secret_files
        self._stack = ExitStack()
        self._network: Network
        self._programs: Mapping[str, int] = {}
        self._containers: dict[str, list[Container]] = defaultdict(list)

    def start(self, programs: Mapping[str, int]) -> None:
        """Start MariaDB, fill it, then as many of each program. Raises: CommandFailed."""
        self._programs = programs
        self._network = self._stack.enter_context(network(self._engine))
        self._folder.mkdir()
        os.chown(self._folder, _USER, _USER)
        self.setup("secrets", "--root-password")
        wait_until_healthy(self._engine, self._start_database())
        self.setup("database")
        started = [self._start(name) for name, count in programs.items() for _ in range(count)]
        for container in started:
            wait_until_healthy(self._engine, container)

    def stop(self) -> None:
        """Remove all of it."""
        self._stack.close()

    def gateways(self) -> Sequence[str]:
        """Where the gateways that run are reached, as URLs."""
        return [
            f"http://127.0.0.1:{published(container, 8080)}"
            for container in self._running("gateway")
        ]

    def pods(self, program: str) -> Sequence[str]:
        """Those of a program that run."""
        return sorted(str(container.name) for container in self._running(program))

    def add(self, program: str) -> str:
        """Start one more of a program and wait until it is healthy; its name."""
        container = self._start(program)
        wait_until_healthy(self._engine, container)
        return str(container.name)

    def terminate(self, pod: str) -> int:
        """Send SIGTERM and wait for the end; the exit code."""
        container = self._engine.client.containers.get(pod)
        container.stop(timeout=_END_LIMIT_S)
        return int(container.wait()["StatusCode"])

    def kill(self, pod: str) -> None:
        """End it at once."""
        remove(self._engine.client.containers.get(pod))

    def inside(self, pod: str, *command: str) -> str:
        """What the command prints inside. Raises: CommandFailed."""
        done = self._engine.client.containers.get(pod).exec_run(list(command))
        printed = done.output.decode(errors="replace") if isinstance(done.output, bytes) else ""
        if done.exit_code:
            raise CommandFailed(f"{command[0]} ended with code {done.exit_code}:\n{printed}")
        return printed

    def setup(self, command: str, *arguments: str) -> str:
        """Run the setup image with the secrets at hand. Raises: CommandFailed."""
        container = created(
            self._engine,
            image_of("setup"),
            self._network,
            "setup",
            command=[command, "--folder", "/secrets", *arguments],
            environment={"DB_HOST": "database"},
            volumes={str(self._folder): {"bind": "/secrets", "mode": "rw"}},
            **_CONFINED,
        )
        try:
            container.start()
            code = container.wait()["StatusCode"]
            if code:
                raise CommandFailed(f"setup {command} ended with {code}:\n{log_of(container)}")
            return log_of(container)
        finally:
            remove(container)

    def secret(self, program: str, name: str) -> str:
        """What the file of that secret holds."""
        return (self._folder / program / name).read_text()

    def _running(self, program: str) -> list[Container]:
        alive = {container.id for container in self._engine.client.containers.list()}
        return [one for one in self._containers[program] if one.id in alive]

    def _start_database(self) -> Container:
        return self._launch(
            MARIADB,
            "database",
            command=["--skip-log-bin", "--max-connections=400"],
            environment={
                "MARIADB_ROOT_PASSWORD_FILE": f"{_SECRETS}/root-password",
                "TZ": "America/New_York",
            },
            healthcheck=_HEALTH,
            volumes=self._volume("database"),
        )

    def _start(self, program: str) -> Container:
        return self._launch(
            image_of(program),
            program,
            environment=self._environment(program),
            volumes=self._volume(program),
            ports={"8080/tcp": ("127.0.0.1", None)} if program == "gateway" else {},
            **_CONFINED,
        )

    def _launch(self, image: str, alias: str, **options: Any) -> Container:
        container = created(self._engine, image, self._network, alias, **options)
        self._stack.callback(remove, container)
        container.start()
        self._containers[alias].append(container)
        return container

    def _volume(self, program: str) -> dict[str, dict[str, str]]:
        return {str(self._folder / program): {"bind": _SECRETS, "mode": "ro"}}

    def _environment(self, program: str) -> dict[str, str]:
        common = {
            "INTERNAL_JWT_KEYS_FILE": f"{_SECRETS}/token-keys",
            "METRICS_PORT": "9090",
            "DRAIN_SECONDS": "1",
            **{f"{name.upper().replace('-', '_')}_URL": self._url(name) for name in SERVICES},
        }
        if program == "gateway":
            return common | {"API_KEY_FILE": f"{_SECRETS}/api-key"}
        return common | {
            "DB_HOST": "database",
            "DB_USER_FILE": f"{_SECRETS}/db-user",
            "DB_PASSWORD_FILE": f"{_SECRETS}/db-password",
        }

    def _url(self, service: str) -> str:
        # A name that no container has would go on to the machine's DNS, which may be silent.
        return f"http://{service}:8081" if service in self._programs else "http://127.0.0.1:1"
