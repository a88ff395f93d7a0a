"""`python -m deploy.setup` as people run it, and an existing VICIdial for it to work on."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pymysql
import pytest
from dialkit.settings import SERVICES
from support.replica import Replica

from deploy.db.grants import read_ownership
from deploy.setup.__main__ import main
from deploy.setup.folder import SecretFolder
from deploy.setup.layout import LOGINS, PROGRAMS, REPLICA_LOGIN

ROOT = Path(__file__).parents[2]
# Administrators make it by hand; a stock VICIdial lacks it.
ARCHIVE = "vicidial_list_archive"
# The accounts' names.
NAMES = sorted(service.replace("-", "_") for service in SERVICES)
_PATIENCE_S = 20
_ALL_ROWS = ("SELECT", "INSERT", "UPDATE", "DELETE")
_VARIABLES = ("API_KEY", "DB_", "REPORT_DB_", "TIMEZONE")


class Ran(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


RunSetup = Callable[..., Ran]


@pytest.fixture
def run_setup(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> RunSetup:
    """Run a command in this process, without the settings of this machine."""
    for name in list(os.environ):
        if name.startswith(_VARIABLES):
            monkeypatch.delenv(name)

    def run(*arguments: object) -> Ran:
        code = main([str(argument) for argument in arguments])
        return Ran(code, *capsys.readouterr())

    return run


def start_setup(*arguments: object, **variables: str) -> "subprocess.Popen[str]":
    """Start a command as a process of its own."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(_VARIABLES)}
    return subprocess.Popen(
        [sys.executable, "-m", "deploy.setup", *map(str, arguments)],
        cwd=ROOT,
        env=kept | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def folder(tmp_path: Path, run_setup: RunSetup) -> SecretFolder:
    """A folder with all secrets."""
    assert run_setup("secrets", "--folder", tmp_path / "secrets", "--replica").code == 0
    return SecretFolder(tmp_path / "secrets")


class Vicidial:
    """An existing VICIdial database on a server without accounts of ours, and its administrator."""

    def __init__(self, database: Replica, password_file: Path) -> None:
        self.database = database
        self.name = database.name
        self._password_file = password_file
        password_file.write_text(f"{database.server.password}\n")

    @property
    def options(self) -> list[str]:
        """What the command line says of it."""
        server = self.database.server
        return [
            f"--host={server.host}",
            f"--port={server.port}",
            f"--database={self.name}",
            f"--admin-user={server.user}",
            f"--admin-password-file={self._password_file}",
        ]

    def connect(self, user: str, password: str, **options: Any) -> "pymysql.Connection[Any]":
        """A connection of a service."""
        server = self.database.server
        return pymysql.connect(
            host=server.host, port=server.port, user=user, password=password, **options
        )

    def lets_in(self, user: str, password: str) -> bool:
        """Whether the server knows these."""
        try:
            self.connect(user, password).close()
        except pymysql.err.OperationalError as error:
            if error.args[0] != pymysql.constants.ER.ACCESS_DENIED_ERROR:
                raise
            return False
        return True

    def accounts(self) -> list[str]:
        """Our accounts that the server has."""
        return [
            str(user)
            for (user,) in self.database.rows(
                r"SELECT user FROM mysql.user WHERE user LIKE 'svc\_%' ORDER BY user"
            )
        ]

    def grants(self, user: str) -> set[str]:
        """What the server says that an account may do, its password aside."""
        return {
            str(grant)
            for (grant,) in self.database.rows(f"SHOW GRANTS FOR '{user}'@'%'")
            if " ON *.* " not in grant
        }

    def forget_accounts(self) -> None:
        """Remove our accounts."""
        for user, host in self.database.rows(
            r"SELECT user, host FROM mysql.user WHERE user LIKE 'svc\_%'"
        ):
            self.database.execute(f"DROP USER '{user}'@'{host}'")


@pytest.fixture
def vicidial(replica: Replica, tmp_path: Path) -> Iterator[Vicidial]:
    """An existing VICIdial; its server is this worker's own, as accounts are a server's."""
    found = Vicidial(replica, tmp_path / "admin-password")
    found.forget_accounts()
    yield found
    found.forget_accounts()


def login_of(folder: SecretFolder, service: str) -> tuple[str, str]:
    """User and password of a service, as its program reads them."""
    return folder.read(service, "db-user"), folder.read(service, "db-password")


def passwords(folder: SecretFolder) -> set[str]:
    """All secrets of the folder that nobody may see."""
    return {
        *(folder.read(login.service, login.password_file) for login in (*LOGINS, REPLICA_LOGIN)),
        *(folder.read(program, "token-keys").partition(":")[2] for program in PROGRAMS),
        folder.read("gateway", "api-key"),
    }


def until(condition: Callable[[], bool]) -> None:
    """Come back when it is so."""
    deadline = time.monotonic() + _PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline


def said_rights(service: str) -> dict[str, set[str]]:
    """By table what `ownership.tsv` says of a service; `*` for all tables."""
    said = dict[str, set[str]]()
    for one in read_ownership():
        table = "*" if one.is_pattern else one.table
        may = set(_ALL_ROWS if one.owner == service else one.row_rights.get(service, ()))
        may |= {"SELECT"} if service in one.readers else set()
        may |= {"INSERT"} if one.owner == "all" else set()
        may |= {"CREATE", "ALTER"} if one.structure == service else set()
        may |= {f"UPDATE of {column}" for column in one.changes.get(service, ())}
        if may and table != ARCHIVE:
            said[table] = may
    return said


def rights(vicidial: Vicidial, user: str) -> dict[str, set[str]]:
    """By table what the server lets an account do; `*` for all tables."""
    found = dict[str, set[str]]()
    for grant in vicidial.grants(user):
        words, table = re.match(r"GRANT (.*) ON \S+\.(\S+) TO ", grant).groups()  # type: ignore[union-attr]
        for right, columns in re.findall(r"([A-Z]+)(?: \(([^)]+)\))?", words):
            of = columns.replace("`", "").split(", ") if columns else [""]
            found.setdefault(table.strip("`"), set()).update(
                f"{right} of {column}" if column else right for column in of
            )
    return found
