"""docker or podman, by their command lines: what both understand, and where they differ."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_ENGINES = ("docker", "podman")


class CannotBuild(Exception):
    """No engine answers, or it refuses; the text says what it said."""


class Engine(NamedTuple):
    """A container engine that answers."""

    command: str

    def build(
        self,
        dockerfile: Path,
        image: str,
        arguments: Mapping[str, str],
        options: Sequence[str] = (),
    ) -> None:
        """Build an image from the working folder. Raises: CannotBuild."""
        # podman's own format knows no health command.
        of_podman = ["--format", "docker"] if Path(self.command).name == "podman" else []
        pairs = [f"--build-arg={name}={value}" for name, value in arguments.items()]
        self._run("build", *of_podman, *pairs, *options, "-f", str(dockerfile), "-t", image, ".")

    def size(self, image: str) -> int | None:
        """Bytes of all of an image's layers; None where the engine does not have it."""
        try:
            return int(self._run("image", "inspect", "--format", "{{.Size}}", image))
        except CannotBuild:
            return None

    def pull(self, image: str) -> bool:
        """Fetch an image; whether that went well."""
        return self._succeeds("pull", image)

    def answers(self) -> bool:
        """Whether there is an engine behind the command."""
        return self._succeeds("info")

    def _succeeds(self, *arguments: str) -> bool:
        try:
            self._run(*arguments)
        except CannotBuild:
            return False
        return True

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [self.command, *arguments],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode:
            raise CannotBuild(f"{done.stdout}{done.stderr}".strip())
        return done.stdout


def find_engine(wanted: str = "") -> Engine:
    """The one that is wanted, else the first that answers. Raises: CannotBuild."""
    names = (wanted,) if wanted else _ENGINES
    for name in names:
        engine = Engine(name)
        if shutil.which(name) and engine.answers():
            return engine
    raise CannotBuild(f"No container engine answers: {' or '.join(names)}")
