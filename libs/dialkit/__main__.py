"""Run the program that `PROGRAM` names: `python -m dialkit`, with which the images begin."""

from __future__ import annotations

import os
import runpy
import signal
import sys
from importlib.util import find_spec
from types import FrameType


def main() -> None:
    """Run the program in this process, as `python -m <program>` would."""
    # Process 1 of a container is deaf to signals that it has not asked for.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    runpy.run_module(_module(os.environ.get("PROGRAM", "")), run_name="__main__", alter_sys=True)


def _end(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


def _module(program: str) -> str:
    """The module of a program such as `svc-leads`; ends the start where there is none."""
    if not program:
        sys.exit("dialkit: PROGRAM must name the program to run, such as svc-leads")
    module = program.replace("-", "_")
    try:
        spec = find_spec(module)
    except (ImportError, ValueError):
        spec = None
    if spec is None:
        sys.exit(f"dialkit: PROGRAM {program} is not installed here")
    return module


if __name__ == "__main__":
    main()
