"""New connections use the account that the files name, whatever is changed first."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from dialkit.db import Database
from dialkit.driver import RenewedPool
from dialkit.errors import Unavailable
from dialkit.secret_files import GivenSecret, LiveSecret
from dialkit.settings import Account
from structlog.testing import capture_logs
from support.apps import service_settings
from support.database import TestDatabase
from support.secret_files import MakeAccount, SecretFolder, TestAccount, until


@pytest.fixture
def account(make_account: MakeAccount, secret_folder: SecretFolder) -> TestAccount:
    """The account that the files name."""
    made = make_account("rotated", "svc-leads")
    secret_folder.put(user=made.user, password=made.password)
    return made


@pytest.fixture
def live(account: TestAccount, secret_folder: SecretFolder) -> LiveSecret[Account]:
    """What a program has read of the files, which nobody watches."""
    return live_account(secret_folder, account)


def live_account(folder: SecretFolder, account: TestAccount) -> LiveSecret[Account]:
    user, password = (
        GivenSecret(variable=name, text=text, check=str, path=folder.path(name))
        for name, text in (("user", account.user), ("password", account.password))
    )
    return LiveSecret(Account(user.text, password.text), Account, user, password)


@asynccontextmanager
async def opened(db: TestDatabase, live: LiveSecret[Account]) -> AsyncIterator[Database]:
    """A database whose account is a live one."""
    settings = service_settings(db, "svc-leads")
    start = live.current
    database = Database(
        replace(settings.database, user=start.user, password=start.password, account=live),
        settings.timezone,
    )
    try:
        yield database
    finally:
        await database.close()


async def user_of(database: Database) -> str:
    """Who the server says we are, with a new connection."""
    await database._pool.clear()
    return str(await database.fetch_value("SELECT SUBSTRING_INDEX(USER(), '@', 1)"))


async def test_a_denied_connection_is_tried_at_once_with_what_the_files_hold(
    db: TestDatabase,
    live: LiveSecret[Account],
    account: TestAccount,
    secret_folder: SecretFolder,
) -> None:
    async with opened(db, live) as database:
        await user_of(database)
        account.set_passwords("new")
        secret_folder.put(password="new")

        assert await user_of(database) == account.user

    assert live.current == Account(account.user, "new")


async def test_files_that_are_changed_before_the_server_leave_no_gap(
    db: TestDatabase,
    live: LiveSecret[Account],
    account: TestAccount,
    secret_folder: SecretFolder,
) -> None:
    secret_folder.put(password="new")
    await live.reread()

    with capture_logs() as logs:
        async with opened(db, live) as database:
            assert await user_of(database) == account.user
            account.set_passwords("new")
            assert await user_of(database) == account.user

    assert [entry["log_level"] for entry in logs] == ["warning"]
    assert account.user not in str(logs)


async def test_a_server_that_is_changed_between_two_attempts_leaves_no_gap(
    db: TestDatabase,
    live: LiveSecret[Account],
    account: TestAccount,
    secret_folder: SecretFolder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    secret_folder.put(password="new")
    await live.reread()
    old, fill_as = live.previous, RenewedPool._fill_as

    async def change_first(pool: RenewedPool, tried: Account, override_min: bool) -> None:
        if tried == old:
            account.set_passwords("new")
        await fill_as(pool, tried, override_min)

    monkeypatch.setattr(RenewedPool, "_fill_as", change_first)
    async with opened(db, live) as database:
        assert await user_of(database) == account.user

    assert not account.lets_in(old.password)


async def test_a_user_whose_password_is_not_yet_written_leaves_no_gap(
    db: TestDatabase,
    live: LiveSecret[Account],
    account: TestAccount,
    make_account: MakeAccount,
    secret_folder: SecretFolder,
) -> None:
    another = make_account("rotated_b", "svc-leads")
    async with opened(db, live) as database:
        secret_folder.put(user=another.user)
        await live.reread()
        assert await user_of(database) == account.user

        secret_folder.put(password=another.password)
        assert await user_of(database) == another.user


@pytest.mark.parametrize("how", ["locked", "without rights"])
async def test_an_account_that_may_not_come_in_is_left_for_the_one_in_the_files(
    db: TestDatabase,
    live: LiveSecret[Account],
    account: TestAccount,
    make_account: MakeAccount,
    secret_folder: SecretFolder,
    how: str,
) -> None:
    another = make_account("rotated_b", "svc-leads")
    if how == "locked":
        account.lock()
    else:
        db.execute("REVOKE ALL PRIVILEGES, GRANT OPTION FROM %s@'%%'", account.user)
    secret_folder.put(user=another.user, password=another.password)

    async with opened(db, live) as database:
        assert await user_of(database) == another.user


async def test_an_account_that_is_denied_for_good_is_a_database_that_is_not_available(
    db: TestDatabase, live: LiveSecret[Account], account: TestAccount
) -> None:
    account.set_passwords("another")

    async with opened(db, live) as database:
        with pytest.raises(Unavailable, match="Database not available"):
            await user_of(database)


async def test_connections_of_the_account_before_are_closed_once_nobody_uses_them(
    db: TestDatabase,
    live: LiveSecret[Account],
    account: TestAccount,
    make_account: MakeAccount,
    secret_folder: SecretFolder,
) -> None:
    another = make_account("rotated_b", "svc-leads")
    async with opened(db, live) as database:
        async with database.connection(), database.connection():
            assert len(account.connections()) == 2
        async with database.connection() as in_use:
            secret_folder.put(user=another.user, password=another.password)
            await live.reread()
            await in_use.fetch_value("SELECT COUNT(*) FROM vicidial_list")
            await until(lambda: len(account.connections()) == 1)
        await until(lambda: not account.connections())

        assert await user_of(database) == another.user
