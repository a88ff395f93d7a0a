"""A second server with a database of the same tables, as a replica that nothing is copied to."""

from collections.abc import Callable, Iterator

import pytest
from support.database import TestDatabase
from support.database_server import RunServer

from deploy.db.grants import read_grants


class Replica(TestDatabase):
    """A database that services can only read, on a server that tests can stop and start."""

    _grants = staticmethod(read_grants)

    def __init__(self, server: RunServer) -> None:
        super().__init__(server.access(), "asterisk_replica", "MyISAM")
        self._run_server = server
        self._runs = True
        self._was_stopped = False

    def close(self) -> None:
        """Leave the server."""
        if self._runs:
            super().close()

    def stop(self) -> None:
        """End the server: its connections break off, and it takes no new ones."""
        super().close()
        self._run_server.pause()
        self._runs, self._was_stopped = False, True

    def start(self) -> None:
        """Start the server again, with the rows that it had.

        Not in a thread of its own: the server ends with the thread that started it.
        """
        self._run_server.resume()
        self._connection.connect()
        self._connection.select_db(self.name)
        self._set_patience()
        self._runs = True

    def empty(self) -> None:
        """Bring the database back to the stock rows, on a server that runs."""
        if not self._runs:
            self.start()
        super().empty()
        if self._was_stopped:
            self._fresh_state.restore(counted=False)
            self._was_stopped = False


@pytest.fixture(scope="session")
def _replicas() -> Iterator[Callable[[], Replica]]:
    """This worker's replica, started when a test first asks for it."""
    server, made = RunServer(), list[Replica]()

    def replica() -> Replica:
        if not made:
            made.append(Replica(server))
        return made[0]

    yield replica
    for one in made:
        one.close()
    server.stop()


@pytest.fixture
def replica(_replicas: Callable[[], Replica]) -> Replica:
    """The replica, with nothing but a fresh installation's rows."""
    found = _replicas()
    found.empty()
    return found
