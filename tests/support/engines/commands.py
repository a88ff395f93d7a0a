"""Programs of the system, run to their end."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from support.engines.errors import CommandFailed

_LAST_LINES = 25


def run(
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    stdin: BinaryIO | int = subprocess.DEVNULL,
    time_limit_s: float = 300,
) -> str:
    """What a program prints. Raises: CommandFailed."""
    try:
        done = subprocess.run(
            arguments,
            env={**os.environ, **(environment or {})},
            cwd=folder,
            stdin=stdin,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=time_limit_s,
            check=False,
        )
    except OSError as error:
        raise CommandFailed(f"{arguments[0]} cannot be run: {error}") from error
    except subprocess.TimeoutExpired:
        raise CommandFailed(f"{' '.join(arguments)} took over {time_limit_s:g} s") from None
    if done.returncode:
        last = "\n".join((done.stdout + done.stderr).splitlines()[-_LAST_LINES:])
        raise CommandFailed(f"{' '.join(arguments)} ended with code {done.returncode}:\n{last}")
    return done.stdout
