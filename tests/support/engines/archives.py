"""Images on their way between engines, as tar files."""

import re
from collections.abc import Iterable
from pathlib import Path

from support.engines.commands import run
from support.engines.engine import Engine

_TIME_LIMIT_S = 200
_LOCAL = re.compile(r"^Loaded image: localhost/(\S+)$", re.MULTILINE)


def save(engine: Engine, images: Iterable[str], archive: Path) -> None:
    """Write several images into one archive, the layers that they share once."""
    several = ("--multi-image-archive",) if engine.command == "podman" else ()
    run(
        *(engine.command, "save", *several, "--output", str(archive), *images),
        environment=engine.environment,
        time_limit_s=_TIME_LIMIT_S,
    )


def load(engine: Engine, archive: Path) -> None:
    """Give the engine all images of an archive, under the names that they were saved by."""
    said = run(
        *(engine.command, "load", "--quiet", "--input", str(archive)),
        environment=engine.environment,
        time_limit_s=_TIME_LIMIT_S,
    )
    # podman takes Docker's short names for names of this machine's own images.
    for local in _LOCAL.findall(said):
        image = f"localhost/{local}"
        domain = "docker.io" if "/" in local else "docker.io/library"
        run("podman", "tag", image, f"{domain}/{local}", environment=engine.environment)
        run("podman", "untag", image, image, environment=engine.environment)
