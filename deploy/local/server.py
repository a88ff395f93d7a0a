"""The private MariaDB server that this machine can run: its own programs, else Docker."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, Self

import pymysql

from deploy.local.errors import CannotStart
from deploy.local.find_server import find_programs
from deploy.local.install_server import install_programs, may_install
from deploy.local.mariadb import PrivateServer

_WHAT_TO_INSTALL = (
    "No MariaDB server found. Install one (Debian, Ubuntu: apt-get install mariadb-server;"
    " macOS: brew install mariadb), or start Docker,"
    " or set DB_HOST to use an existing VICIdial database."
)


class Server(Protocol):
    """A private database server."""

    port: int

    def __enter__(self) -> Self:
        """Start it."""

    def __exit__(self, *_: object) -> None:
        """Stop it."""

    def start(self) -> None:
        """Start it and wait until it answers."""

    def stop(self) -> None:
        """Stop it; its data stays."""

    def connect(self, **options: Any) -> "pymysql.Connection[Any]":
        """A connection of the administrator."""


def ensure_server(say: Callable[[str], None]) -> None:
    """Make sure that `open_server` will find something. Raises: CannotStart."""
    if find_programs():
        return
    failure = ""
    if may_install():
        say("Installing MariaDB's programs with apt-get (once; no service is started) ...")
        try:
            install_programs()
        except CannotStart as error:
            failure = f"{error}\n"
    if find_programs() is None and not _docker_has_image(say):
        raise CannotStart(failure + _WHAT_TO_INSTALL)


def open_server(folder: Path, *, timezone: str) -> Server:
    """The server of that folder, not started yet."""
    if find_programs():
        return PrivateServer(folder, timezone=timezone)
    # Imported only where it is needed: it takes as long as the rest of the start.
    from deploy.local.docker_server import DockerServer

    return DockerServer(folder, timezone=timezone)


def _docker_has_image(say: Callable[[str], None]) -> bool:
    from deploy.local.docker_server import IMAGE, docker_answers, fetch_image

    if not docker_answers():
        return False
    say(f"No MariaDB on this machine: using Docker with {IMAGE} ...")
    fetch_image()
    return True
