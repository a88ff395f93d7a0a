"""The services under test, each run as its own database user and called with a service token."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from blockbuster import BlockBuster
from dialkit import locks
from dialkit.clock import Clock
from dialkit.settings import DEFAULT_TIMEZONE, DatabaseSettings, ServiceSettings
from dialkit.tokens import Caller, Signer, TokenKeys
from pytest_aiohttp import AiohttpClient
from support.database import TestDatabase
from svc_leads.app import create_app as create_svc_leads
from svc_lists.app import create_app as create_svc_lists
from svc_reports.app import create_app as create_svc_reports
from svc_reports.settings import Limits, ReportSettings
from svc_telephony.app import create_app as create_svc_telephony
from svc_users.app import create_app as create_svc_users

_OURS = [
    "dialkit",
    "gateway",
    "svc_leads",
    "svc_lists",
    "svc_reports",
    "svc_telephony",
    "svc_users",
]

Service = TestClient[Any, Any]
Leads = TestClient[Any, Any]
Lists = TestClient[Any, Any]
Users = TestClient[Any, Any]
Telephony = TestClient[Any, Any]
Reports = TestClient[Any, Any]
Start = Callable[..., Awaitable[Service]]

KEYS = TokenKeys({"k1": "a-secret-for-tests-of-32-characters"})
CALLER = Caller(given_tag="6666", ip="192.0.2.7", issuer="gateway")


@pytest.fixture
def blocking_calls() -> Iterator[BlockBuster]:
    """Fails where our own code blocks the event loop, once it is activated.

    It slows every call of a socket down: the tests through the gateway, which call all endpoints,
    have it on.
    """
    found = BlockBuster(scanned_modules=_OURS)
    for function in found.functions.values():  # a log entry may show source lines
        function.can_block_in("structlog/_base.py", "_proxy_to_logger")
    yield found
    found.deactivate()


def service_settings(db: TestDatabase, service: str, **urls: str) -> ServiceSettings:
    """Settings of a service on the test database, with the rights that it has in production."""
    user, password = db.account(service)
    return ServiceSettings(
        host="127.0.0.1",
        port=0,
        database=DatabaseSettings(
            host=db.host, port=db.port, user=user, password=password, name=db.name, pool_size=5
        ),
        token_keys=KEYS,
        timezone=DEFAULT_TIMEZONE,
        log_level="error",
        service_urls=urls,
    )


def report_settings(
    db: TestDatabase, replica: TestDatabase | None = None, **limits: int
) -> ReportSettings:
    """Settings of svc-reports, which reads its reports from the replica, if there is one."""
    settings = service_settings(db, "svc-reports")
    there = service_settings(replica, "svc-reports").database if replica else None
    return ReportSettings(**vars(settings), replica=there, limits=Limits(**limits))


def authorization(audience: str, caller: Caller = CALLER) -> dict[str, str]:
    """The header that the gateway sends."""
    return {"Authorization": Signer(caller.issuer, KEYS).authorization(audience, caller)}


@pytest.fixture
def start_leads(db: TestDatabase, aiohttp_client: AiohttpClient) -> Start:
    """Start svc-leads: `await start_leads(clock=..., urls={"svc-reports": "http://..."})`."""
    return _starter("svc-leads", create_svc_leads, db, aiohttp_client)


@pytest.fixture
async def leads(start_leads: Start) -> Leads:
    """svc-leads, called with a token that the gateway would send (tag 6666)."""
    return await start_leads()


@pytest.fixture
def start_lists(db: TestDatabase, aiohttp_client: AiohttpClient, leads: Leads) -> Start:
    """Start svc-lists beside svc-leads: `await start_lists(clock=..., urls={...})`."""
    return _beside(leads, _starter("svc-lists", create_svc_lists, db, aiohttp_client))


@pytest.fixture
async def lists(start_lists: Start) -> Lists:
    """svc-lists, called with a token that the gateway would send (tag 6666)."""
    return await start_lists()


@pytest.fixture
def start_users(
    db: TestDatabase, aiohttp_client: AiohttpClient, monkeypatch: pytest.MonkeyPatch
) -> Start:
    """Start svc-users: `await start_users(clock=..., caller=...)`."""
    with_own_locks(db, monkeypatch)
    return _starter("svc-users", create_svc_users, db, aiohttp_client)


@pytest.fixture
async def users(start_users: Start) -> Users:
    """svc-users, called with a token that the gateway would send (tag 6666)."""
    return await start_users()


@pytest.fixture
def start_telephony(
    db: TestDatabase, aiohttp_client: AiohttpClient, leads: Leads, monkeypatch: pytest.MonkeyPatch
) -> Start:
    """Start svc-telephony beside svc-leads: `await start_telephony(clock=..., urls={...})`."""
    with_own_locks(db, monkeypatch)
    return _beside(leads, _starter("svc-telephony", create_svc_telephony, db, aiohttp_client))


@pytest.fixture
async def telephony(start_telephony: Start) -> Telephony:
    """svc-telephony, called with a token that the gateway would send (tag 6666)."""
    return await start_telephony()


@pytest.fixture
def start_reports(db: TestDatabase, aiohttp_client: AiohttpClient) -> Start:
    """Start svc-reports: `await start_reports(clock=..., replica=..., chunk_rows=2, ...)`.

    `replica` is a test database; the other names are those of `Limits`.
    """

    async def start(
        clock: Clock | None = None,
        replica: TestDatabase | None = None,
        caller: Caller = CALLER,
        **limits: int,
    ) -> Reports:
        app = create_svc_reports(report_settings(db, replica, **limits), clock=clock)
        return await aiohttp_client(TestServer(app), headers=authorization("svc-reports", caller))

    return start


@pytest.fixture
async def reports(start_reports: Start) -> Reports:
    """svc-reports, called with a token that the gateway would send (tag 6666)."""
    return await start_reports()


def with_own_locks(db: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Name named locks for the database: the server has those of all test workers."""
    monkeypatch.setattr(locks, "_PREFIX", db.name)


def _beside(leads: Leads, start: Start) -> Start:
    async def start_beside(**options: Any) -> Service:
        return await start(**{"urls": {"svc-leads": str(leads.make_url("")).rstrip("/")}} | options)

    return start_beside


def _starter(
    name: str, create_app: Callable[..., web.Application], db: TestDatabase, client: AiohttpClient
) -> Start:
    async def start(
        clock: Clock | None = None, urls: dict[str, str] | None = None, caller: Caller = CALLER
    ) -> Service:
        app = create_app(service_settings(db, name, **(urls or {})), clock=clock)
        return await client(TestServer(app), headers=authorization(name, caller))

    return start


def clock_at(utc: str) -> Clock:
    """A clock that stands still: `clock_at("2025-07-08T15:30:00")`, in UTC."""
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    return Clock(DEFAULT_TIMEZONE, lambda: moment)
