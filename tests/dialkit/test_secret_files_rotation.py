"""A password is rotated while clients call: nobody notices, and the old one is worth nothing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp.test_utils import TestServer
from blockbuster import BlockBuster
from dialkit.settings import Account, DatabaseSettings, read_settings, service_settings
from pytest_aiohttp import AiohttpClient
from support.apps import KEYS, Service, authorization
from support.database import TestDatabase
from support.report_calls import make_marked_rows
from support.secret_files import MakeAccount, SecretFolder, TestAccount, until
from svc_leads.app import create_app as create_svc_leads
from svc_reports.app import create_app as create_svc_reports
from svc_reports.settings import report_settings

CLIENTS = 8
CHECK = "/api/v1/phone/check?phone_number=5551234567"
CHANNELS = "/api/v1/sip/live-channels"
RECORDINGS = "/api/v1/recordings/lookup?start_date=2025-01-08&end_date=2025-01-08"
NEW = "the-new-password-of-the-account"


@dataclass
class Callers:
    """Clients that call without a pause, and what they were answered."""

    statuses: list[int] = field(default_factory=list)

    async def answered(self, more: int = 3 * CLIENTS) -> None:
        """Come back when that many more requests were answered."""
        wanted = len(self.statuses) + more
        await until(lambda: len(self.statuses) >= wanted)


@asynccontextmanager
async def calling(service: Service, path: str) -> AsyncIterator[Callers]:
    """Clients that call the service while the block runs; each of them got a 200 each time."""
    callers, ended = Callers(), asyncio.Event()

    async def call() -> None:
        while not ended.is_set():
            async with service.get(path) as response:
                await response.read()
                callers.statuses.append(response.status)

    async with asyncio.TaskGroup() as group:
        for _ in range(CLIENTS):
            group.create_task(call())
        try:
            await callers.answered()
            yield callers
            await callers.answered()
        finally:
            ended.set()
    assert set(callers.statuses) == {200}


async def renew_connections(db: TestDatabase, account: TestAccount, callers: Callers) -> None:
    """Kill what the account has open, one by one: a read is repeated once."""

    def is_gone() -> bool:
        return connection not in account.connections()

    for connection in sorted(account.connections()):
        db._kill(connection)
        await until(is_gone)
        await callers.answered()


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, db: TestDatabase) -> pytest.MonkeyPatch:
    """What a service needs beside its account."""
    ((kid, key),) = KEYS.by_id.items()
    monkeypatch.setenv("INTERNAL_JWT_KEYS", f"{kid}:{key}")
    monkeypatch.setenv("DB_HOST", db.host)
    monkeypatch.setenv("DB_PORT", str(db.port))
    monkeypatch.setenv("DB_NAME", db.name)
    monkeypatch.delenv("DB_USER", raising=False)
    monkeypatch.delenv("DB_PASSWORD", raising=False)
    return monkeypatch


def put_account(
    environment: pytest.MonkeyPatch,
    folder: SecretFolder,
    account: TestAccount,
    prefix: str = "",
) -> None:
    """Files for an account, named in the environment."""
    names = {"user": f"{prefix}db-user", "password": f"{prefix}db-password"}
    for kind, name in names.items():
        folder.put(**{name: getattr(account, kind)})
        variable = f"{name}_FILE".upper().replace("-", "_")
        environment.setenv(variable, str(folder.path(name)))


Started = tuple[Service, DatabaseSettings]


@pytest.fixture
def start_leads_with(
    environment: pytest.MonkeyPatch,
    secret_folder: SecretFolder,
    aiohttp_client: AiohttpClient,
    blocking_calls: BlockBuster,
) -> Callable[[TestAccount], Awaitable[Started]]:
    """Start svc-leads with an account whose user and password are in files."""

    async def start(account: TestAccount) -> Started:
        put_account(environment, secret_folder, account)
        settings = read_settings("svc-leads", service_settings)
        service: Service = await aiohttp_client(
            TestServer(create_svc_leads(settings)), headers=authorization("svc-leads")
        )
        blocking_calls.activate()
        return service, settings.database

    return start


async def test_two_accounts_that_alternate(
    start_leads_with: Callable[[TestAccount], Awaitable[Started]],
    make_account: MakeAccount,
    secret_folder: SecretFolder,
) -> None:
    one, other = make_account("leads_a", "svc-leads"), make_account("leads_b", "svc-leads")
    service, settings = await start_leads_with(one)

    async with calling(service, CHECK) as callers:
        secret_folder.put(**{"db-user": other.user, "db-password": other.password})
        await until_in_use(settings, other.user, other.password)
        # One that is open would lose its rights with its account.
        await until(lambda: not one.connections())
        one.drop()
        await callers.answered()

    assert other.connections()
    assert not one.lets_in(one.password)


async def test_one_account_with_two_passwords(
    db: TestDatabase,
    start_leads_with: Callable[[TestAccount], Awaitable[Started]],
    make_account: MakeAccount,
    secret_folder: SecretFolder,
) -> None:
    account = make_account("leads", "svc-leads")
    service, settings = await start_leads_with(account)
    old = account.password

    async with calling(service, CHECK) as callers:
        account.set_passwords(NEW, old)
        await renew_connections(db, account, callers)
        secret_folder.put(**{"db-password": NEW})
        await until_in_use(settings, account.user, NEW)
        await renew_connections(db, account, callers)
        account.set_passwords(NEW)
        await renew_connections(db, account, callers)

    assert [account.lets_in(password) for password in (old, NEW)] == [False, True]


async def test_one_account_with_one_password_where_the_files_are_changed_first(
    db: TestDatabase,
    start_leads_with: Callable[[TestAccount], Awaitable[Started]],
    make_account: MakeAccount,
    secret_folder: SecretFolder,
) -> None:
    account = make_account("leads", "svc-leads")
    service, settings = await start_leads_with(account)
    old = account.password

    async with calling(service, CHECK) as callers:
        secret_folder.put(**{"db-password": NEW})
        await until_in_use(settings, account.user, NEW)
        await renew_connections(db, account, callers)
        account.set_passwords(NEW)
        await renew_connections(db, account, callers)

    assert [account.lets_in(password) for password in (old, NEW)] == [False, True]


async def test_a_pool_that_grows_uses_the_new_password(
    start_leads_with: Callable[[TestAccount], Awaitable[Started]],
    make_account: MakeAccount,
    secret_folder: SecretFolder,
) -> None:
    account = make_account("leads", "svc-leads")
    service, settings = await start_leads_with(account)

    account.set_passwords(NEW)
    secret_folder.put(**{"db-password": NEW})
    async with calling(service, CHECK):
        await until_in_use(settings, account.user, NEW)

    assert len(account.connections()) > 1


async def test_both_databases_of_svc_reports(
    environment: pytest.MonkeyPatch,
    db: TestDatabase,
    make_account: MakeAccount,
    secret_folder: SecretFolder,
    aiohttp_client: AiohttpClient,
) -> None:
    dialer, replica = make_account("dialer", "svc-reports"), make_account("copy", "svc-reports")
    environment.setenv("REPORT_DB_HOST", db.host)
    put_account(environment, secret_folder, dialer)
    put_account(environment, secret_folder, replica, "report-")
    make_marked_rows(db, "ONE")
    settings = read_settings("svc-reports", report_settings)
    assert settings.replica is not None
    app = create_svc_reports(settings)
    service: Service = await aiohttp_client(TestServer(app), headers=authorization("svc-reports"))

    async with calling(service, CHANNELS), calling(service, RECORDINGS) as callers:
        for account, name, database in (
            (dialer, "db-password", settings.database),
            (replica, "report-db-password", settings.replica),
        ):
            account.set_passwords(NEW, account.password)
            secret_folder.put(**{name: NEW})
            await until_in_use(database, account.user, NEW)
            account.set_passwords(NEW)
            await renew_connections(db, account, callers)


async def test_without_a_replica_both_pools_of_svc_reports_follow_the_same_files(
    environment: pytest.MonkeyPatch, make_account: MakeAccount, secret_folder: SecretFolder
) -> None:
    account = make_account("dialer", "svc-reports")
    put_account(environment, secret_folder, account)

    settings = read_settings("svc-reports", report_settings)

    assert settings.report_database.account is settings.dialer_database.account is not None


async def until_in_use(settings: DatabaseSettings, user: str, password: str) -> None:
    """Come back when new connections use these."""
    account = settings.account
    assert account is not None
    await until(lambda: account.current == Account(user, password))
