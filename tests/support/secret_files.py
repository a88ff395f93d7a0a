"""Secrets in files, as Kubernetes mounts them, and database accounts whose secrets change."""

import asyncio
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pymysql
import pytest
from support.database import TestDatabase

_PATIENCE_S = 10
_TABLES_NOT_THERE = ("vicidial_list_archive",)


class SecretFolder:
    """A mounted Secret: `name` leads to `..data/name`, and `..data` to the folder that counts."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._generation = 0
        self._contents: dict[str, str] = {}

    def put(self, **contents: str) -> None:
        """Change these secrets, all in one moment."""
        self._contents |= contents
        self._generation += 1
        folder = self._root / f"..{self._generation}"
        folder.mkdir()
        for name, text in self._contents.items():
            (folder / name).write_text(text)
        link, data = self._root / "..new", self._root / "..data"
        link.symlink_to(folder.name)
        link.replace(data)
        for name in contents:
            with suppress(FileExistsError):
                (self._root / name).symlink_to(Path("..data") / name)
        shutil.rmtree(self._root / f"..{self._generation - 1}", ignore_errors=True)

    def path(self, name: str) -> Path:
        """Where programs find a secret."""
        return self._root / name


@pytest.fixture
def secret_folder(tmp_path: Path) -> SecretFolder:
    """An empty folder of secrets."""
    folder = tmp_path / "secrets"
    folder.mkdir()
    return SecretFolder(folder)


async def until(condition: Callable[[], bool], within_s: float = _PATIENCE_S) -> None:
    """Come back when it holds."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, "it does not come about"
        await asyncio.sleep(0.005)


@dataclass
class TestAccount:
    """An account with a service's rights, whose password a test may change."""

    __test__ = False

    db: TestDatabase
    user: str
    password: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)

    def create(self, service: str) -> "TestAccount":
        """Make it, with what the service may do."""
        self.set_passwords(self.password, create=True)
        account = f"'{self.user}'@'%'"
        for grant in self.db._grants(self.db.name, service, account, absent=_TABLES_NOT_THERE):
            self.db.execute(grant)
        return self

    def set_passwords(self, *passwords: str, create: bool = False) -> None:
        """Let the server accept these, and no others."""
        how = " OR ".join(["mysql_native_password USING PASSWORD(%s)"] * len(passwords))
        verb = "CREATE OR REPLACE" if create else "ALTER"
        self.db.execute(f"{verb} USER %s@'%%' IDENTIFIED VIA {how}", self.user, *passwords)
        self.password = passwords[0]

    def lock(self) -> None:
        """Let it open no more connections."""
        self.db.execute("ALTER USER %s@'%%' ACCOUNT LOCK", self.user)

    def drop(self) -> None:
        """Remove it."""
        self.db.execute("DROP USER IF EXISTS %s@'%%'", self.user)

    def lets_in(self, password: str) -> bool:
        """Whether a new connection may be opened with it."""
        try:
            with closing(
                pymysql.connect(
                    host=self.db.host, port=self.db.port, user=self.user, password=password
                )
            ):
                return True
        except pymysql.err.OperationalError:
            return False

    def connections(self) -> set[int]:
        """The server's ids of what it has open."""
        rows = self.db.rows(
            "SELECT id FROM information_schema.processlist WHERE user = %s", self.user
        )
        return {int(row[0]) for row in rows}


MakeAccount = Callable[..., TestAccount]


@pytest.fixture
def make_account(db: TestDatabase) -> Iterator[MakeAccount]:
    """`make_account("svc_leads_b", "svc-leads")`: an account of its own, until the test's end."""
    made: list[TestAccount] = []

    def make(user: str, service: str) -> TestAccount:
        made.append(TestAccount(db, f"{db.name}.{user}"))
        return made[-1].create(service)

    yield make
    for account in made:
        account.drop()
