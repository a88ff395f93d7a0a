"""The suite's own images, built as `make images` does by one engine and handed to the other."""

import hashlib
import os
import shlex
import sys
from pathlib import Path

from docker.utils.build import exclude_paths
from support.engines.archives import load, save
from support.engines.bases import PYTHON
from support.engines.cache import cached
from support.engines.commands import run
from support.engines.engine import Engine
from support.engines.progress import Say, timed

from deploy.images.__main__ import PROGRAMS, suite_version

_ROOT = Path(__file__).parents[3]
_DOCKERFILE = "deploy/images/Dockerfile"
_TIME_LIMIT_S = 600


def image_of(program: str) -> str:
    """The name of a program's image."""
    return f"dialer-api/{program}:{suite_version()}"


class SuiteImages:
    """All programs' images: built when an engine first needs them, copied to the next.

    Those of an earlier run serve again while nothing has changed that they are built from.
    """

    def __init__(self, builder: Engine, say: Say) -> None:
        self._builder = builder
        self._say = say
        self._archive: Path | None = None
        self._there: list[Engine] = []

    def provide(self, engine: Engine) -> None:
        """See that the engine has them. Raises: CommandFailed with a build's last lines."""
        if self._archive is None:
            self._archive = cached("suite", f"{self._key()}.tar", self._make)
        if engine not in self._there:
            with timed(self._say, f"Loading the suite's images into {engine.name}"):
                load(engine, self._archive)
            self._there.append(engine)

    def _make(self, archive: Path) -> None:
        with timed(self._say, f"Building the images of {len(PROGRAMS)} programs"):
            self._build()
            save(self._builder, map(image_of, PROGRAMS), archive)
        self._there.append(self._builder)

    def _build(self) -> None:
        index = os.environ.get("PIP_INDEX_URL")
        own_index = ("--build-arg", f"PIP_INDEX_URL={index}") if index else ()
        options = shlex.join(("--network", "host", *own_index))
        variables = {"ENGINE": self._builder.command, "BUILD_OPTIONS": options}
        run(
            *(sys.executable, "-m", "deploy.images"),
            environment={**self._builder.environment, **variables},
            folder=_ROOT,
            time_limit_s=_TIME_LIMIT_S,
        )

    def _key(self) -> str:
        """Changes with what an image is built from: what reaches a build, and its base."""
        known = hashlib.sha256(str(self._builder.client.images.get(PYTHON).id).encode())
        allowed = (_ROOT / ".dockerignore").read_text().splitlines()
        patterns = [line for line in allowed if line and not line.startswith("#")]
        for name in sorted(exclude_paths(_ROOT, patterns, _DOCKERFILE)):
            path = _ROOT / name
            if path.is_file():
                known.update(f"\0{name}\0".encode() + path.read_bytes())
        return known.hexdigest()[:16]
