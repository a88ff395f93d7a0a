"""A stand-in for the official image of Python, made from Debian and a CPython of this machine."""

import hashlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from support.engines.commands import run
from support.engines.debian import codename
from support.engines.errors import CommandFailed, EngineMissing
from support.engines.interpreter import Interpreter

IMAGE = "docker.io/library/python:3.12-slim"
CHANGES = ("ENV PATH=/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin", "CMD python3")

_PACKAGES = ("ca-certificates", "netbase", "tzdata")
_SYSTEMS_PYTHON = ("python3", "python3-pip", "python3-venv")
_WITHOUT = ("test", "tests", "idlelib", "tkinter", "turtledemo", "site-packages", "__pycache__")
_WITHOUT_WINDOWS = "_tkinter"
_NOT_IN_IMAGE = ("./proc/*", "./sys/*", "./dev/*", "./var/cache/apt/*", "./var/lib/apt/lists/*_*")
_CERTIFICATES = Path("etc/ssl/certs/ca-certificates.crt")
# As ldd prints what a program needs.
_LIBRARY = re.compile(r"=> (/\S+)")


def recipe_key(interpreter: Interpreter) -> str:
    """Changes when the image would."""
    return hashlib.sha256(
        b"\0".join(
            (
                Path(__file__).read_bytes(),
                codename().encode(),
                str(interpreter.prefix).encode(),
                interpreter.version.encode(),
                _machines_certificates(),
            )
        )
    ).hexdigest()[:16]


def make_root(root: Path, interpreter: Interpreter) -> None:
    """Fill the folder with the image's file system. Raises: EngineMissing."""
    packages = (*_PACKAGES, *(_SYSTEMS_PYTHON if interpreter.is_the_systems else ()))
    try:
        _bootstrap(root, packages)
        _trust_what_this_machine_trusts(root)
        if interpreter.is_the_systems:
            _use_systems_python(root)
        else:
            _copy_interpreter(root, interpreter)
    except CommandFailed as failed:
        raise EngineMissing(f"no base image can be made: {failed}") from failed


def pack(root: Path, archive: Path) -> None:
    """The file system as a tar."""
    excluded = [f"--exclude={pattern}" for pattern in _NOT_IN_IMAGE]
    run("tar", "--directory", str(root), *excluded, "--create", "--file", str(archive), ".")


def _bootstrap(root: Path, packages: tuple[str, ...]) -> None:
    # Twice as fast as debootstrap.
    run(
        "mmdebstrap",
        "--mode=root",
        "--variant=minbase",
        f"--include={','.join(packages)}",
        codename(),
        str(root),
    )


def _copy_interpreter(root: Path, interpreter: Interpreter) -> None:
    local = root / "usr" / "local"
    for folder in ("bin", "lib", "include"):
        shutil.copytree(
            interpreter.prefix / folder,
            local / folder,
            symlinks=True,
            ignore=shutil.ignore_patterns(*_WITHOUT),
            dirs_exist_ok=True,
        )
    for library in _missing_libraries(root, local, interpreter):
        shutil.copy2(library, local / "lib" / library.name)
    for name in ("python3", "python"):
        link = local / "bin" / name
        link.unlink(missing_ok=True)
        link.symlink_to(interpreter.name)
    run("chroot", str(root), "ldconfig")
    run("chroot", str(root), "/usr/local/bin/python3", "-m", "ensurepip")


def _missing_libraries(root: Path, local: Path, interpreter: Interpreter) -> Iterator[Path]:
    """What the interpreter and its modules load on this machine and the new system lacks."""
    modules = interpreter.prefix.glob(f"lib/{interpreter.name}/lib-dynload/*.so")
    loaded = {
        Path(found)
        for module in (interpreter.prefix / "bin" / interpreter.name, *modules)
        if not module.name.startswith(_WITHOUT_WINDOWS)
        for found in _LIBRARY.findall(run("ldd", str(module)))
    }
    there = {path.name for folder in ("usr/lib", "lib") for path in (root / folder).rglob("*.so*")}
    for library in sorted(loaded):
        if library.name not in there and not library.is_relative_to(interpreter.prefix):
            yield library


def _use_systems_python(root: Path) -> None:
    """Debian's own, as the official image has it: under `python`, and open to pip."""
    for name in ("python3", "python"):
        (root / "usr/local/bin" / name).symlink_to("/usr/bin/python3")
    for mark in (root / "usr/lib").glob("python3*/EXTERNALLY-MANAGED"):
        mark.unlink()


def _trust_what_this_machine_trusts(root: Path) -> None:
    """Its certificates, for pip: a proxy between here and the package index may have its own."""
    (root / _CERTIFICATES).write_bytes(_machines_certificates())
    (root / "etc/pip.conf").write_text(f"[global]\ncert = /{_CERTIFICATES}\n")


def _machines_certificates() -> bytes:
    bundle = Path("/") / _CERTIFICATES
    return bundle.read_bytes() if bundle.exists() else b""
