"""What callers see of a database that is slow, breaks off, or is away."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from pytest_aiohttp import AiohttpClient
from support.apps import Leads, authorization, service_settings
from support.builders import make_lead
from support.database import TestDatabase
from svc_leads.app import create_app

INFO = "/api/v1/leads/1/info"
RESET = "/internal/v1/lists/101/leads/reset"
AWAY = {"success": False, "error": "Database not available"}
TOO_SLOW = {"success": False, "error": "Database took too long"}

CALLS: list[Any] = [
    pytest.param("GET", INFO, None, id="read"),
    pytest.param("GET", "/api/v1/leads/search", None, id="search"),
    pytest.param("GET", "/api/v1/phone/check?phone_number=5551234567", None, id="check"),
    pytest.param("PUT", "/api/v1/leads/1", {"city": "Springfield"}, id="change"),
    pytest.param("POST", RESET, {}, id="internal"),
]


@pytest.fixture(autouse=True)
def lead(db: TestDatabase) -> None:
    """Lead 1, called already."""
    make_lead(db, lead_id=1, called_since_last_reset="Y")


@pytest.fixture
async def impatient(aiohttp_client: AiohttpClient, db: TestDatabase) -> Leads:
    """svc-leads whose statements end after 0.3 s, with one connection, waited for 0.05 s."""
    settings = service_settings(db, "svc-leads")
    short = replace(settings.database, statement_timeout_s=0.3, pool_size=1, acquire_timeout_s=0.05)
    app = create_app(replace(settings, database=short))
    return await aiohttp_client(TestServer(app), headers=authorization("svc-leads"))


@contextmanager
def away(db: TestDatabase) -> Iterator[None]:
    """The database closes all connections of svc-leads and takes no new ones."""
    user, _ = db.account("svc-leads")
    db.execute(f"ALTER USER `{user}`@'%' ACCOUNT LOCK")
    try:
        db.kill_service_connections()
        yield
    finally:
        db.execute(f"ALTER USER `{user}`@'%' ACCOUNT UNLOCK")


@pytest.mark.parametrize(("method", "path", "body"), CALLS)
async def test_a_closed_connection_is_replaced_unseen(
    leads: Leads, db: TestDatabase, method: str, path: str, body: Any
) -> None:
    await asyncio.gather(*(leads.get(INFO) for _ in range(10)))  # fills the pool

    killed = db.kill_service_connections()
    await leads.get("/health/live")  # the end of a connection is noticed between two requests
    response = await leads.request(method, path, json=body)

    assert killed > 0
    assert response.status == 200


async def test_a_read_that_breaks_off_is_done_again_unseen(leads: Leads, db: TestDatabase) -> None:
    with db.hold("vicidial_list"):
        reading = asyncio.create_task(leads.get(INFO))
        await db.until_waiting(1)
        db.kill_service_connections()
        await db.until_waiting(1)
    response = await reading

    assert response.status == 200


async def test_a_read_that_breaks_off_twice_is_a_503(leads: Leads, db: TestDatabase) -> None:
    with db.hold("vicidial_list"):
        reading = asyncio.create_task(leads.get(INFO))
        for _ in range(2):
            await db.until_waiting(1)
            db.kill_service_connections()
        response = await reading

    assert (response.status, await response.json()) == (503, AWAY)


async def test_a_write_that_breaks_off_is_not_done_again(leads: Leads, db: TestDatabase) -> None:
    with db.hold("vicidial_list"):
        writing = asyncio.create_task(leads.post(RESET, json={}))
        await db.until_waiting(1)
        db.kill_service_connections()
        response = await writing

    assert (response.status, await response.json()) == (503, AWAY)
    assert db.value("SELECT called_since_last_reset FROM vicidial_list") == "Y"


@pytest.mark.parametrize(("method", "path", "body"), CALLS)
async def test_without_its_database_a_call_is_a_503_until_it_is_back(
    leads: Leads, db: TestDatabase, method: str, path: str, body: Any
) -> None:
    with away(db):
        refused = await leads.request(method, path, json=body)
    back = await leads.request(method, path, json=body)

    assert (refused.status, await refused.json()) == (503, AWAY)
    assert refused.content_type == "application/json"
    assert back.status == 200


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [call for call in CALLS if call.id != "search"],  # a 400 of its own
)
async def test_a_statement_over_the_limit_is_a_504(
    impatient: Leads, db: TestDatabase, method: str, path: str, body: Any
) -> None:
    with db.hold("vicidial_list"):
        response = await impatient.request(method, path, json=body)
    again = await impatient.request(method, path, json=body)

    assert (response.status, await response.json()) == (504, TOO_SLOW)
    assert again.status == 200


async def test_without_a_free_connection_a_call_is_a_503(
    impatient: Leads, db: TestDatabase
) -> None:
    with db.hold("vicidial_list"):
        first = asyncio.create_task(impatient.get(INFO))
        await db.until_waiting(1)
        second = await impatient.get(INFO)
        await first

    assert second.status == 503
    assert await second.json() == {"success": False, "error": "Database is busy"}


async def test_more_calls_than_connections_wait_for_their_turn(
    leads: Leads, db: TestDatabase
) -> None:
    with db.hold("vicidial_list"):
        calls = [asyncio.create_task(leads.get(INFO)) for _ in range(40)]
        await db.until_waiting(5)
    responses = await asyncio.gather(*calls)

    assert {response.status for response in responses} == {200}


async def test_an_error_that_nobody_foresaw_is_a_500_without_its_text(
    leads: Leads, db: TestDatabase
) -> None:
    db.fail_writes("vicidial_list", "UPDATE")

    response = await leads.post(RESET, json={}, headers={"X-Request-ID": "request-7"})

    assert response.status == 500
    assert await response.json() == {
        "success": False, "error": "Internal error; please report request request-7",
    }  # fmt: skip


async def test_a_table_that_is_gone_is_a_500_without_its_name(
    leads: Leads, db: TestDatabase
) -> None:
    db.execute("RENAME TABLE vicidial_hopper TO renamed_hopper")
    try:
        response = await leads.post("/internal/v1/hopper/remove", json={"list_id": 101})
    finally:
        db.execute("RENAME TABLE renamed_hopper TO vicidial_hopper")

    error = (await response.json())["error"]
    assert response.status == 500
    assert re.fullmatch(r"Internal error; please report request \S+", error)


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_a_transaction_that_gives_way_in_a_deadlock_is_done_again(
    leads: Leads, db: TestDatabase
) -> None:
    db.insert("vicidial_hopper", lead_id=1, list_id=101)
    db.insert("vicidial_list_alt_phones", lead_id=1, phone_number="5551234567")
    with closing(db.connect_as("svc-leads")) as dialer, dialer.cursor() as cursor:
        dialer.begin()
        cursor.execute("INSERT INTO vicidial_list (phone_number) SELECT seq FROM seq_1_to_500")
        cursor.execute("UPDATE vicidial_list_alt_phones SET active = 'N' WHERE lead_id = 1")
        deleting = asyncio.create_task(leads.post("/internal/v1/lists/101/leads/delete", json={}))
        await db.until_waiting(1)
        # The server ends the transaction that has changed less: the service's.
        cursor.execute("UPDATE vicidial_hopper SET priority = 1 WHERE lead_id = 1")
        await db.until_waiting(1)
        dialer.commit()

    response = await deleting

    assert (response.status, (await response.json())["data"]) == (200, {"deleted": 1, "done": True})
    assert db.count("vicidial_hopper") == db.count("vicidial_list_alt_phones") == 0


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_a_statement_that_gives_way_in_a_deadlock_is_done_again(
    leads: Leads, db: TestDatabase
) -> None:
    make_lead(db, lead_id=2, called_since_last_reset="Y")
    with closing(db.connect_as("svc-leads")) as dialer, dialer.cursor() as cursor:
        dialer.begin()
        cursor.execute("INSERT INTO vicidial_list (phone_number) SELECT seq FROM seq_1_to_500")
        cursor.execute("UPDATE vicidial_list SET city = 'x' WHERE lead_id = 2")
        resetting = asyncio.create_task(leads.post(RESET, json={}))
        await db.until_waiting(1)
        cursor.execute("UPDATE vicidial_list SET city = 'x' WHERE lead_id = 1")
        await db.until_waiting(1)
        dialer.commit()

    response = await resetting

    assert (response.status, (await response.json())["data"]) == (200, {"updated": 2, "done": True})


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_a_lock_that_is_held_too_long_is_an_error_and_changes_nothing(
    impatient: Leads, db: TestDatabase
) -> None:
    db.insert("vicidial_hopper", lead_id=1, list_id=101)
    with closing(db.connect_as("svc-leads")) as dialer, dialer.cursor() as cursor:
        dialer.begin()
        cursor.execute("SELECT lead_id FROM vicidial_list FOR UPDATE")
        response = await impatient.post("/internal/v1/lists/101/leads/delete", json={})
        dialer.rollback()

    assert (response.status, await response.json()) == (504, TOO_SLOW)
    assert (db.count("vicidial_hopper"), db.count("vicidial_list")) == (1, 1)
