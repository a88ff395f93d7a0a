"""What engines need, made while tests run that need none: on a new machine it takes a minute."""

from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from support.engines.bases import ensure_root
from support.engines.debian import ensure_packages
from support.engines.progress import Say, timed

FIXTURE = "engines"


def needs_engines(item: pytest.Item) -> bool:
    """Whether the test names, itself or by its fixtures, the one that waits for this."""
    return FIXTURE in getattr(item, "fixturenames", ())


class Ahead:
    """Debian's packages and the file system of the base image."""

    def __init__(self) -> None:
        self._done: Future[None] | None = None

    def begin(self) -> None:
        """In the background, without a word: a test that runs has the output."""
        pool = ThreadPoolExecutor(1)
        self._done = pool.submit(_prepare, lambda _: None)
        pool.shutdown(wait=False)

    def wait(self, say: Say) -> None:
        """Come back when they are there. Raises: EngineMissing."""
        if self._done is None:
            _prepare(say)
        elif self._done.done():
            self._done.result()
        else:
            with timed(say, "Waiting for the engines' packages and the system of the base image"):
                self._done.result()


def _prepare(say: Say) -> None:
    ensure_packages(say)
    ensure_root(say)
