"""Programs from Debian's or Ubuntu's own packages; MariaDB's above all."""

import os
import shutil
import subprocess

from deploy.local.errors import CannotStart

_TIME_LIMIT_S = 600
_LAST_LINES = 5

# The core packages hold the programs and start no service. As expressions, since older releases
# have the version in the names.
_PACKAGES = (r"^mariadb-server-core(-[0-9.]+)?$", r"^mariadb-client-core(-[0-9.]+)?$")


def may_install() -> bool:
    """Whether apt-get is there and may be run without asking for a password."""
    return shutil.which("apt-get") is not None and _as_root() is not None


def install_programs() -> None:
    """Install MariaDB's packages. Raises: CannotStart with apt-get's last lines."""
    # A MySQL server of this machine stands in the way: then nothing is done.
    install_packages(*_PACKAGES)


def install_packages(*packages: str) -> None:
    """Install packages, and remove none. Raises: CannotStart with apt-get's last lines."""
    _apt_get("update")
    _apt_get("install", "-y", "--no-remove", "--no-install-recommends", *packages)


def _as_root() -> list[str] | None:
    """What to put before a command so that it runs as root, or None."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if allowed.returncode == 0 else None


def _apt_get(*arguments: str) -> None:
    command = [*(_as_root() or []), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    try:
        done = subprocess.run(
            [*command, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=_TIME_LIMIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CannotStart(f"apt-get {arguments[0]} took over {_TIME_LIMIT_S} s") from None
    if done.returncode:
        last = "\n".join(done.stdout.splitlines()[-_LAST_LINES:])
        raise CannotStart(f"apt-get {arguments[0]} failed:\n{last}")
