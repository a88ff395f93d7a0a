"""Debian's packages of the engines, installed where this process may do that."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support.engines.commands import run
from support.engines.errors import CommandFailed, EngineMissing
from support.engines.progress import Say, timed

# A program (or file) that says that the package is there, or something that can stand for it.
_PROVIDERS = {
    "podman": "podman",
    "runc": "runc",
    "buildah": "buildah",
    "netavark": "/usr/lib/podman/netavark",
    "aardvark-dns": "/usr/lib/podman/aardvark-dns",
    "iptables": "iptables",
    "iproute2": "ip",
    "catatonit": "catatonit",
    "mmdebstrap": "mmdebstrap",
    "docker.io": "dockerd",
}
# crun would be preferred to runc, and does not start containers under hybrid cgroups.
_UNWANTED = ("crun-",)
_POLICY = Path("/usr/sbin/policy-rc.d")
_TIME_LIMIT_S = 600


def ensure_packages(say: Say) -> None:
    """Install what is missing. Raises: EngineMissing with the reason."""
    if os.geteuid() != 0:
        raise EngineMissing("this user is not root")
    missing = [name for name, provider in _PROVIDERS.items() if not shutil.which(provider)]
    if not missing:
        return
    if not shutil.which("apt-get"):
        raise EngineMissing(f"{', '.join(missing)} are not installed, and this is not Debian")
    with timed(say, f"Installing {', '.join(missing)}"), _no_service_starts():
        try:
            _apt_get("update")
            _apt_get("install", "-y", "--no-install-recommends", *missing, *_UNWANTED)
        except CommandFailed as failed:
            raise EngineMissing(f"the packages cannot be installed: {failed}") from failed


def codename() -> str:
    """The name of this machine's Debian release. Raises: EngineMissing."""
    lines = Path("/etc/os-release").read_text().splitlines()
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    name = values.get("VERSION_CODENAME", "").strip('"')
    if values.get("ID", "").strip('"') != "debian" or not name:
        raise EngineMissing("base images can be made on Debian only")
    return name


def _apt_get(*arguments: str) -> None:
    run(
        "apt-get",
        "-q",
        *arguments,
        environment={"DEBIAN_FRONTEND": "noninteractive"},
        time_limit_s=_TIME_LIMIT_S,
    )


@contextmanager
def _no_service_starts() -> Iterator[None]:
    """Keep the packages from starting daemons of the system: the tests start their own."""
    if _POLICY.exists():
        yield
        return
    _POLICY.write_text("#!/bin/sh\nexit 101\n")
    _POLICY.chmod(0o755)
    try:
        yield
    finally:
        _POLICY.unlink()
