"""A CPython of this machine that can be copied into an image."""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from support.engines.commands import run
from support.engines.errors import CommandFailed

_WANTED = ("3.12", "3.13")
_ASK = "import sys; print(sys.base_prefix, '.'.join(map(str, sys.version_info[:3])))"


@dataclass(frozen=True)
class Interpreter:
    """An installation: `bin`, `lib` and `include` below the prefix."""

    prefix: Path
    version: str

    @property
    def name(self) -> str:
        """As its program is called: python3.12."""
        return "python" + ".".join(self.version.split(".")[:2])

    @property
    def is_the_systems(self) -> bool:
        """Whether it is mixed with all else below /usr, so that a package installs it better."""
        return self.prefix == Path("/usr")


def find_interpreter() -> Interpreter:
    """One of the version that the images are made for, else the one that runs this."""
    for program in _candidates():
        try:
            prefix, version = run(program, "-c", _ASK, time_limit_s=20).split()
        except CommandFailed:
            # One of pyenv's stand-ins, for a version that is not chosen here.
            continue
        found = Interpreter(Path(prefix), version)
        if not found.is_the_systems:
            return found
    version = ".".join(map(str, sys.version_info[:3]))
    return Interpreter(Path(sys.base_prefix), version)


def _candidates() -> Iterator[str]:
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for version in _WANTED:
        if found := shutil.which(f"python{version}"):
            yield found
        for program in sorted(pyenv.glob(f"versions/{version}*/bin/python{version}")):
            yield str(program)
