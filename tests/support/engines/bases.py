"""The images that the suite's are built on and run beside, in an engine without a registry."""

import hashlib
import tempfile
from pathlib import Path

from docker.errors import BuildError, DockerException, ImageNotFound
from support.engines import base_image
from support.engines.archives import load, save
from support.engines.cache import cached, is_cached
from support.engines.engine import Engine
from support.engines.errors import EngineMissing
from support.engines.folder import on_disk
from support.engines.interpreter import Interpreter, find_interpreter
from support.engines.progress import Say, timed

PYTHON = base_image.IMAGE
MARIADB = "docker.io/library/mariadb:10.11"

_MARIADB_RECIPE = Path(__file__).parent / "mariadb"
# Characters of a failed build.
_SHOWN = 2000


def ensure_root(say: Say) -> None:
    """See that an image of Python can be made: its file system. Raises: EngineMissing."""
    interpreter = find_interpreter()
    if not is_cached("bases", _key(interpreter)):
        _root(interpreter, say)


def ensure_bases(engine: Engine, say: Say) -> None:
    """See that the engine has both: those of an earlier run, or new ones. Raises: EngineMissing."""
    if all(_has(engine, image) for image in (PYTHON, MARIADB)):
        return
    interpreter = find_interpreter()
    made_here = False

    def make(archive: Path) -> None:
        nonlocal made_here
        made_here = True
        _make(engine, interpreter, say)
        save(engine, (PYTHON, MARIADB), archive)

    archive = cached("bases", _key(interpreter), make)
    if not made_here:
        with timed(say, "Loading the base images"):
            load(engine, archive)


def _has(engine: Engine, image: str) -> bool:
    try:
        engine.client.images.get(image)
    except ImageNotFound:
        return False
    return True


def _key(interpreter: Interpreter) -> str:
    recipes = b"\0".join(path.read_bytes() for path in sorted(_MARIADB_RECIPE.iterdir()))
    mariadb = hashlib.sha256(recipes).hexdigest()[:8]
    return f"{base_image.recipe_key(interpreter)}-{mariadb}.tar"


def _make(engine: Engine, interpreter: Interpreter, say: Say) -> None:
    """Make both in the engine."""
    root = _root(interpreter, say)
    with timed(say, f"Making {PYTHON} from it"):
        _import(engine, root)
    with timed(say, f"Making {MARIADB} from that"):
        _build_mariadb(engine)


def _root(interpreter: Interpreter, say: Say) -> Path:
    """The file system of Python's image; kept by itself, it serves for other recipes, too."""

    def make(archive: Path) -> None:
        with (
            timed(say, f"Making a system of Debian and Python {interpreter.version}"),
            tempfile.TemporaryDirectory(dir=on_disk()) as folder,
        ):
            root = Path(folder, "root")
            base_image.make_root(root, interpreter)
            base_image.pack(root, archive)

    return cached("root", f"{base_image.recipe_key(interpreter)}.tar", make)


def _import(engine: Engine, archive: Path) -> None:
    repository, tag = PYTHON.rsplit(":", 1)
    try:
        engine.client.api.import_image_from_file(
            str(archive), repository=repository, tag=tag, changes=list(base_image.CHANGES)
        )
    except DockerException as error:
        raise EngineMissing(f"{PYTHON} cannot be made: {error}") from error


def _build_mariadb(engine: Engine) -> None:
    try:
        engine.client.images.build(
            path=str(_MARIADB_RECIPE), tag=MARIADB, network_mode="host", rm=True, forcerm=True
        )
    except BuildError as error:
        said = "".join(str(line.get("stream", "")) for line in error.build_log)
        raise EngineMissing(f"{MARIADB} cannot be made: {error}\n{said[-_SHOWN:]}") from error
    except DockerException as error:
        raise EngineMissing(f"{MARIADB} cannot be made: {error}") from error
