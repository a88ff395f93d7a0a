"""One private MariaDB server for a whole test run, shared by its workers, gone afterwards."""

import gc
import secrets
import shutil
import warnings
from contextlib import closing
from dataclasses import asdict, dataclass, field
from os import getpid
from pathlib import Path
from typing import Any

import psutil
import pymysql
import pytest

from deploy.local.server import Server, open_server

TIMEZONE = "America/New_York"

_FOLDERS = Path(__file__).parents[2] / ".local" / "tests"


@dataclass(frozen=True, kw_only=True)
class ServerAccess:
    """The administrator's way to the server, from any process."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)

    def connect(self, **options: Any) -> "pymysql.Connection[Any]":
        """A connection that commits by itself."""
        return pymysql.connect(**asdict(self), autocommit=True, **options)


class RunServer:
    """The server of this run; it starts when it is needed first."""

    def __init__(self) -> None:
        self._folder = _FOLDERS / f"{getpid()}-{secrets.token_hex(4)}"
        self._server: Server | None = None
        self._access: ServerAccess | None = None

    def access(self) -> ServerAccess:
        """The way to the server, which is running then."""
        if self._access is None:
            _remove_leftovers()
            self._server = open_server(self._folder, timezone=TIMEZONE)
            _start(self._server)
            self._access = _make_administrator(self._server)
        return self._access

    def pause(self) -> None:
        """End the server; its data stays."""
        assert self._server is not None
        self._server.stop()

    def resume(self) -> None:
        """Start the server again, on the same port."""
        assert self._server is not None
        _start(self._server)

    def stop(self) -> None:
        """End the server and remove its folder."""
        if self._server is not None:
            self._server.stop()
            shutil.rmtree(self._folder, ignore_errors=True)


_RUN_SERVER = pytest.StashKey[RunServer]()


def server_access(config: pytest.Config) -> ServerAccess:
    """The way to the run's server; pytest-xdist's workers were told by their controller."""
    if told := worker_input(config):
        return ServerAccess(**told["database_server"])
    return config.stash[_RUN_SERVER].access()


def worker_input(config: pytest.Config) -> dict[str, Any]:
    """What the controller told this process if it is one of pytest-xdist's workers, else empty."""
    return getattr(config, "workerinput", {})


def pytest_configure(config: pytest.Config) -> None:
    if not worker_input(config):
        config.stash[_RUN_SERVER] = RunServer()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    access = node.config.stash[_RUN_SERVER].access()
    node.workerinput["database_server"] = asdict(access)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not worker_input(config):
        config.stash[_RUN_SERVER].stop()


def _start(server: Server) -> None:
    with warnings.catch_warnings():
        # The driver leaves the sockets of its failed attempts to the collector.
        warnings.simplefilter("ignore", ResourceWarning)
        server.start()
        gc.collect()
    with closing(server.connect()) as connection, connection.cursor() as cursor:
        # `FreshState` asks which tables were changed.
        cursor.execute("SET GLOBAL userstat = 1")


def _make_administrator(server: Server) -> ServerAccess:
    access = ServerAccess(
        host="127.0.0.1", port=server.port, user="test-admin", password=secrets.token_hex(16)
    )
    with closing(server.connect()) as connection, connection.cursor() as cursor:
        cursor.execute(
            "GRANT ALL PRIVILEGES ON *.* TO %s@'%%' IDENTIFIED BY %s WITH GRANT OPTION",
            (access.user, access.password),
        )
    return access


def _remove_leftovers() -> None:
    """Remove the folders of runs that were killed."""
    for folder in _FOLDERS.glob("*-*"):
        if not psutil.pid_exists(int(folder.name.split("-")[0])):
            shutil.rmtree(folder, ignore_errors=True)
