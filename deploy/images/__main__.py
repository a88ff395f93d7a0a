"""`python -m deploy.images [PROGRAM ...]`: build the images, and say what each adds to its base.

`make images` runs it; ENGINE, TAG, REGISTRY, PYTHON_IMAGE and BUILD_OPTIONS may be set. It needs
nothing but Python and an engine.
"""

import os
import shlex
import subprocess
import sys
import time
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.images.engine import CannotBuild, Engine, find_engine

PROGRAMS = (
    "gateway",
    "svc-leads",
    "svc-lists",
    "svc-users",
    "svc-telephony",
    "svc-reports",
    "setup",
)

_ROOT = Path(__file__).parents[2]
_DOCKERFILE = Path("deploy/images/Dockerfile")
PYTHON_IMAGE = "docker.io/library/python:3.12-slim"
_MB = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Order:
    """How images are built and named."""

    registry: str
    tag: str
    python_image: str
    options: Sequence[str]

    def image(self, program: str) -> str:
        """The image's name, with the registry where there is one."""
        return "/".join(filter(None, (self.registry, f"dialer-api/{program}:{self.tag}")))


def main(programs: Sequence[str], environment: Mapping[str, str]) -> int:
    """Build what is named, else all; the exit code."""
    os.chdir(_ROOT)
    order = _order(environment)
    if unknown := set(programs) - set(PROGRAMS):
        print(f"deploy.images: No such program: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    try:
        engine = find_engine(environment.get("ENGINE", ""))
        print(f"Building with {engine.command} on {order.python_image} ...", flush=True)
        base_size = _size_of_base(engine, order.python_image)
        for program in programs or PROGRAMS:
            begun = time.monotonic()
            _build(engine, order, program)
            added = _added(engine.size(order.image(program)), base_size)
            took_s = time.monotonic() - begun
            print(f"  {order.image(program):<40} {added} {took_s:6.1f} s", flush=True)
    except CannotBuild as error:
        print(f"deploy.images: {error}", file=sys.stderr)
        return 1
    return 0


def suite_version() -> str:
    """The suite's version, which all of its packages carry."""
    text = (_ROOT / "gateway/pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def _order(environment: Mapping[str, str]) -> Order:
    return Order(
        registry=environment.get("REGISTRY", "").rstrip("/"),
        tag=environment.get("TAG") or suite_version(),
        python_image=environment.get("PYTHON_IMAGE") or PYTHON_IMAGE,
        options=shlex.split(environment.get("BUILD_OPTIONS", "")),
    )


def _size_of_base(engine: Engine, image: str) -> int | None:
    """Pull it where it is absent: BuildKit keeps what it builds on where nobody can inspect it."""
    if (size := engine.size(image)) is None and engine.pull(image):
        return engine.size(image)
    return size


def _added(size: int | None, base_size: int | None) -> str:
    if size is None or base_size is None:
        return "size over its base unknown"
    return f"{(size - base_size) / _MB:5.1f} MB over its base"


def _build(engine: Engine, order: Order, program: str) -> None:
    arguments = {
        "PROGRAM": program,
        "PYTHON_IMAGE": order.python_image,
        "VERSION": suite_version(),
        "REVISION": _revision(),
    }
    engine.build(_DOCKERFILE, order.image(program), arguments, order.options)


def _revision() -> str:
    """The commit, marked where files differ from it; unknown without git."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return "unknown"
    return done.stdout.strip() or "unknown"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
