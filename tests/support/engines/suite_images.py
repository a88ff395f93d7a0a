"""The suite's own images, built as `make images` does by one engine and handed to the other."""

import hashlib
import os
import shlex
import sys
from pathlib import Path

from support.engines.archives import load, save
from support.engines.bases import PYTHON
from support.engines.cache import cached
from support.engines.commands import run
from support.engines.engine import Engine
from support.engines.progress import Say, timed

from deploy.images.__main__ import PROGRAMS, suite_version

_ROOT = Path(__file__).parents[3]
_DOCKERFILE = _ROOT / "deploy/images/Dockerfile"
_LOCK = _ROOT / "requirements/image.lock"
# The stage that changes seldom and takes longest.
_SLOW_STAGE = "dependencies"
_SLOW_IMAGE = f"dialer-api/{_SLOW_STAGE}:tests"
_TIME_LIMIT_S = 600


def image_of(program: str) -> str:
    """The name of a program's image."""
    return f"dialer-api/{program}:{suite_version()}"


class SuiteImages:
    """All programs' images: built when an engine first needs them, copied to the next."""

    def __init__(self, builder: Engine, work: Path, say: Say) -> None:
        self._builder = builder
        self._archive = work / "suite.tar"
        self._say = say
        self._built = False

    def provide(self, engine: Engine) -> None:
        """See that the engine has them. Raises: CommandFailed with a build's last lines."""
        if not self._built:
            self._build()
            self._built = True
        if engine is not self._builder:
            with timed(self._say, f"Copying the suite's images to {engine.name}"):
                if not self._archive.exists():
                    save(self._builder, map(image_of, PROGRAMS), self._archive)
                load(engine, self._archive)

    def _build(self) -> None:
        if self._builder.command == "docker":
            with timed(self._say, "Preparing what the suite's images depend on"):
                self._fill_cache()
        variables = {"ENGINE": self._builder.command, "BUILD_OPTIONS": shlex.join(_options())}
        with timed(self._say, f"Building the images of {len(PROGRAMS)} programs"):
            run(
                *(sys.executable, "-m", "deploy.images"),
                environment={**self._builder.environment, **variables},
                folder=_ROOT,
                time_limit_s=_TIME_LIMIT_S,
            )

    def _fill_cache(self) -> None:
        """Give Docker's cache the slow stage: as an earlier run kept it, else made now."""
        made_here = False

        def make(archive: Path) -> None:
            nonlocal made_here
            made_here = True
            self._make_slow_stage()
            save(self._builder, (_SLOW_IMAGE,), archive)

        archive = cached(_SLOW_STAGE, f"{self._key()}.tar", make)
        if not made_here:
            load(self._builder, archive)
            # Docker's cache knows an image's steps when a build has used them once.
            self._make_slow_stage("--cache-from", _SLOW_IMAGE)

    def _make_slow_stage(self, *options: str) -> None:
        what = ("--target", _SLOW_STAGE, "--tag", _SLOW_IMAGE, "--file", str(_DOCKERFILE))
        program = ("--build-arg", f"PROGRAM={PROGRAMS[0]}")
        run(
            *("docker", "build", *_options(), *program, *options, *what, "."),
            environment=self._builder.environment,
            folder=_ROOT,
            time_limit_s=_TIME_LIMIT_S,
        )

    def _key(self) -> str:
        """Changes with what the slow stage is made from."""
        base = str(self._builder.client.images.get(PYTHON).id)
        made_from = (_DOCKERFILE.read_bytes(), _LOCK.read_bytes(), base.encode())
        return hashlib.sha256(b"\0".join(made_from)).hexdigest()[:16]


def _options() -> tuple[str, ...]:
    """For any build here: the machine's network, and its package index where it has its own."""
    index = os.environ.get("PIP_INDEX_URL")
    return ("--network", "host", *(("--build-arg", f"PIP_INDEX_URL={index}") if index else ()))
