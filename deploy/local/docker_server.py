"""The private MariaDB server as a container, where this machine has Docker but no MariaDB."""

import hashlib
import os
import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import docker
import pymysql
from docker.errors import APIError, DockerException, ImageNotFound, NotFound
from docker.models.containers import Container
from requests.exceptions import RequestException

from deploy.local.errors import CannotStart
from deploy.local.ports import free_port

IMAGE = "mariadb:10.11"
_START_LIMIT_S = 120
_STOP_LIMIT_S = 30
_POLL_S = 0.2
_LAST_LINES = 15
_ENDED = ("exited", "dead")
# The SDK lets through what its HTTP client raises: an engine that went away, or takes too long.
_FAILURES = (DockerException, RequestException)


def docker_answers() -> bool:
    """Whether a Docker daemon answers."""
    try:
        client = docker.from_env(timeout=5)
    except DockerException:
        return False
    try:
        return bool(client.ping())
    except _FAILURES:
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
        except _FAILURES as error:
            raise CannotStart(
                f"Docker has no image {IMAGE} and cannot fetch it: {_reason(error)}"
            ) from error
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
            self._container = self._create(self._client)
            self._container.start()
            self._wait_until_it_answers(self._container)
        except BaseException as error:
            self.stop()
            if isinstance(error, _FAILURES):
                raise CannotStart(f"Docker cannot start {IMAGE}: {_reason(error)}") from error
            raise
        self._unfinished.unlink(missing_ok=True)

    def stop(self) -> None:
        """End and remove the container; its data stays in the folder."""
        container, self._container = self._container, None
        if container is not None:
            # What cannot be removed now, the next start removes.
            with suppress(*_FAILURES):
                container.stop(timeout=_STOP_LIMIT_S)
            with suppress(*_FAILURES):
                container.remove(force=True, v=True)
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

    @property
    def _data(self) -> Path:
        return self.folder / "docker-data"

    @property
    def _unfinished(self) -> Path:
        """Says that the data may be half made: a first start that was interrupted is no start."""
        return self.folder / "docker-data.unfinished"

    def _password(self) -> str:
        """Root's password: made with the data, kept beside it."""
        return (self.folder / "root_password").read_text()

    def _make_data_folder(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self._unfinished.exists():
            shutil.rmtree(self._data, ignore_errors=True)
        if self._data.exists():
            return
        self._unfinished.touch()
        kept = self.folder / "root_password"
        kept.unlink(missing_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_hex(16))
        self._data.mkdir(mode=0o700)

    def _create(self, client: docker.DockerClient) -> Container:
        self._make_data_folder()
        return client.containers.create(
            IMAGE,
            ["--skip-log-bin", "--skip-name-resolve", "--max-connections=400"],
            name=self._name,
            # The data is the caller's, who may then remove it.
            user=f"{os.geteuid()}:{os.getegid()}",
            environment={
                "TZ": self.timezone,
                "MARIADB_ROOT_PASSWORD": self._password(),
                "MARIADB_ROOT_HOST": "%",
            },
            ports={"3306/tcp": ("127.0.0.1", self.port)},
            volumes={str(self._data): {"bind": "/var/lib/mysql", "mode": "rw"}},
        )

    def _wait_until_it_answers(self, container: Container) -> None:
        deadline = time.monotonic() + _START_LIMIT_S
        while time.monotonic() < deadline:
            container.reload()
            if container.status in _ENDED:
                raise CannotStart(f"MariaDB's container ended while it started:\n{_log(container)}")
            try:
                self.connect(connect_timeout=2).close()
            except pymysql.err.OperationalError:
                time.sleep(_POLL_S)
            else:
                return
        raise CannotStart(
            f"MariaDB's container gave no answer in {_START_LIMIT_S} s:\n{_log(container)}"
        )


def _remove(client: docker.DockerClient, name: str) -> None:
    """Remove the container that a killed run left."""
    with suppress(NotFound):
        left = client.containers.get(name)
        # Not by force at once: a server that is killed repairs its tables at the next start.
        left.stop(timeout=_STOP_LIMIT_S)
        left.remove(force=True, v=True)


def _log(container: Container) -> str:
    return container.logs(tail=_LAST_LINES).decode(errors="replace")


def _reason(error: DockerException | RequestException) -> str:
    """What the engine says, in one line, without the SDK's words around it."""
    said = error.explanation if isinstance(error, APIError) else None
    return " ".join(str(said or error).split())
