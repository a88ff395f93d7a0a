"""What comes after a call is placed; it cannot undo the call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

log = structlog.get_logger("dial_queue")


@contextmanager
def after_placing(caller_code: str) -> Iterator[None]:
    """What fails from now on is told to our log alone: who hears of a failure calls again."""
    try:
        yield
    except Exception:
        log.exception("a row about a placed call could not be written", caller_code=caller_code)
