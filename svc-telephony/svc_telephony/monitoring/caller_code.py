"""The code that finds a monitor call again (contract: POST /monitor/blind, 6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NOT_IN_A_CODE = re.compile("[^-_0-9A-Za-z]")
_TAG_LENGTH = 8
_MORE_TRIES = 30


def caller_code(letters: str, epoch: int, tag: str) -> str:
    """The 20 characters of a call in that second."""
    short_tag = _NOT_IN_A_CODE.sub("", tag)[:_TAG_LENGTH]
    return f"{letters}{epoch:010}{short_tag:0>{_TAG_LENGTH}}"


def caller_codes(letters: str, epoch: int, tag: str) -> Iterator[str]:
    """The code of that second, and those of the next ones, for where it is taken."""
    return (caller_code(letters, epoch + more, tag) for more in range(_MORE_TRIES + 1))
