"""Where this machine has MariaDB's programs."""

import os
import shutil
from dataclasses import dataclass

_MORE_FOLDERS = (
    "/usr/sbin",
    "/usr/libexec",
    "/usr/local/sbin",
    "/usr/local/bin",
    "/opt/homebrew/bin",
    "/usr/local/mysql/bin",
)


@dataclass(frozen=True, kw_only=True)
class ServerPrograms:
    """The two programs that a private server needs, as paths."""

    server: str
    install_db: str


def find_programs() -> ServerPrograms | None:
    """The programs of MariaDB, or None; MySQL has no `install_db` any more and does not count."""
    server = _which("mariadbd", "mysqld")
    install_db = _which("mariadb-install-db", "mysql_install_db")
    if server is None or install_db is None:
        return None
    return ServerPrograms(server=server, install_db=install_db)


def _which(*names: str) -> str | None:
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), *_MORE_FOLDERS])
    return next((found for name in names if (found := shutil.which(name, path=path))), None)
