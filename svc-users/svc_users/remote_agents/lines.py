"""The logins that a remote agent's lines work as."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBER = re.compile("[0-9]+")


def overlap(login: str, lines: int, logins: Iterable[str]) -> bool:
    """Whether a line beyond the first works as one of the logins, which are other remote agents'.

    Line n works as the user of that number + n, so only logins that are numbers have such lines.
    """
    first = _number(login)
    if first is None:
        return False
    numbers = [number for number in map(_number, logins) if number is not None]
    return any(first < number < first + lines for number in numbers)


def _number(login: str) -> int | None:
    return int(login) if _NUMBER.fullmatch(login) else None
