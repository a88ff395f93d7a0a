"""What the launcher shows: each line with the name of the program that said it."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress

LAUNCHER = "launcher"
_COLOURS = (36, 33, 32, 35, 34, 31, 96)


class Console:
    """Standard output, shared by all programs."""

    def __init__(self, programs: Iterable[str]) -> None:
        names = (LAUNCHER, *programs)
        self._width = max(map(len, names))
        coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        self._colours = dict(zip(names, _COLOURS, strict=False)) if coloured else {}

    def say(self, line: str, program: str = LAUNCHER) -> None:
        """Show one line of a program."""
        prefix = f"{program:{self._width}} |"
        if colour := self._colours.get(program):
            prefix = f"\x1b[{colour}m{prefix}\x1b[0m"
        self.show(f"{prefix} {line}")

    def show(self, text: str) -> None:
        """Show text as it is; a reader who has gone (a closed terminal) stops nothing."""
        with suppress(OSError):
            print(text, flush=True)
