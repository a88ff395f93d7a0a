"""Lines for the person who waits, shown while pytest keeps the output of tests."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

Say = Callable[[str], None]


class Progress:
    """Writes to the terminal at once; each line with the seconds since the first."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._begun = time.monotonic()

    def __call__(self, line: str) -> None:
        """Show one line."""
        reporter = self._config.pluginmanager.get_plugin("terminalreporter")
        capture = self._config.pluginmanager.get_plugin("capturemanager")
        if reporter is None or capture is None:
            return
        with capture.global_and_fixture_disabled():
            reporter.ensure_newline()
            reporter.write_line(f"  {time.monotonic() - self._begun:6.1f} s  {line}")


@contextmanager
def timed(say: Say, what: str) -> Iterator[None]:
    """Say what begins, and how long it took."""
    begun = time.monotonic()
    say(f"{what} ...")
    yield
    say(f"{what}: {time.monotonic() - begun:.1f} s")
