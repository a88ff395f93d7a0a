"""The private MariaDB server as a container, where this machine has Docker but no MariaDB."""

import hashlib
import os
import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import docker
import pymysql
from docker.errors import DockerException, ImageNotFound, NotFound
from docker.models.containers import Container

from deploy.local.errors import CannotStart
from deploy.local.ports import free_port

IMAGE = "mariadb:10.11"
_START_LIMIT_S = 120
_STOP_LIMIT_S = 30
_POLL_S = 0.2
_LAST_LINES = 15


def docker_answers() -> bool:
    """Whether a Docker daemon answers."""
    try:
        client = docker.from_env(timeout=5)
    except DockerException:
        return False
    try:
        return bool(client.ping())
    except (DockerException, OSError):
        return False
    finally:
        client.close()


def fetch_image() -> bool:
    """Fetch the image; False when it was there already. Raises: CannotStart."""
    client = docker.from_env()
    try:
        client.images.get(IMAGE)
    except ImageNotFound:
        try:
            client.images.pull(IMAGE)
        except DockerException as error:
            raise CannotStart(f"Docker cannot fetch {IMAGE}: {error}") from error
        return True
    finally:
        client.close()
    return False


class DockerServer:
    """A MariaDB container with its data in `folder`, reachable from this machine only."""

    def __init__(self, folder: Path, *, timezone: str) -> None:
        self.folder = folder.absolute()
        self.timezone = timezone
        self.port = free_port()
        self._client: docker.DockerClient | None = None
        self._container: Container | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the container and wait until it answers."""
        try:
            self._client = docker.from_env()
            _remove(self._client, self._name)
            self._container = self._run(self._client)
            self._wait_until_it_answers(self._container)
        except BaseException as error:
            self.stop()
            if isinstance(error, DockerException):
                raise CannotStart(f"Docker cannot start {IMAGE}: {error}") from error
            raise

    def stop(self) -> None:
        """End and remove the container; its data stays in the folder."""
        if self._container is not None:
            with suppress(NotFound):
                self._container.stop(timeout=_STOP_LIMIT_S)
            self._container = None
        if self._client is not None:
            self._client.close()
            self._client = None

    def connect(self, **options: Any) -> "pymysql.Connection[Any]":
        """A connection of the administrator, committing by itself."""
        return pymysql.connect(
            host="127.0.0.1",
            port=self.port,
            user="root",
            password=self._password(),
            autocommit=True,
            **options,
        )

    @property
    def _name(self) -> str:
        """One name a folder, so that a run finds what an earlier one left behind."""
        return f"dialer-api-db-{hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]}"

    def _password(self) -> str:
        """Root's password: made with the data, kept beside it."""
        kept = self.folder / "root_password"
        if not kept.exists():
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_hex(16))
        return kept.read_text()

    def _run(self, client: docker.DockerClient) -> Container:
        data = self.folder / "docker-data"
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        return client.containers.run(
            IMAGE,
            ["--skip-log-bin", "--skip-name-resolve", "--max-connections=400"],
            name=self._name,
            detach=True,
            remove=True,
            user=f"{os.geteuid()}:{os.getegid()}",
            environment={
                "TZ": self.timezone,
                "MARIADB_ROOT_PASSWORD": self._password(),
                "MARIADB_ROOT_HOST": "%",
            },
            ports={"3306/tcp": ("127.0.0.1", self.port)},
            volumes={str(data): {"bind": "/var/lib/mysql", "mode": "rw"}},
        )

    def _wait_until_it_answers(self, container: Container) -> None:
        deadline = time.monotonic() + _START_LIMIT_S
        while time.monotonic() < deadline:
            try:
                container.reload()
                self.connect(connect_timeout=2).close()
            except NotFound:
                raise CannotStart("The MariaDB container ended while it started") from None
            except pymysql.err.OperationalError:
                time.sleep(_POLL_S)
            else:
                return
        log = container.logs(tail=_LAST_LINES).decode(errors="replace")
        raise CannotStart(f"The MariaDB container gave no answer in {_START_LIMIT_S} s:\n{log}")


def _remove(client: docker.DockerClient, name: str) -> None:
    """Remove the container that a killed run left."""
    try:
        client.containers.get(name).remove(force=True)
    except NotFound:
        return
