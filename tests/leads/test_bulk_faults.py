"""POST /leads/bulk: what is there when something breaks in the middle."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from blockbuster import BlockBuster
from support.apps import Leads, Start, authorization, service_settings
from support.builders import make_campaign, make_custom_field, make_custom_table, make_list
from support.bulk import BULK, JSON_LINES, import_body, import_rows, numbers
from support.database import TestDatabase
from support.statements import statements_sent
from svc_leads.app import create_app

both_engines = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
NOTES = "SELECT event_notes FROM vicidial_admin_log"


@pytest.fixture
def db(db: TestDatabase) -> TestDatabase:
    """List 101 of TESTCAMP, with the custom field `color`."""
    make_campaign(db)
    make_list(db)
    make_custom_table(db, 101, color="VARCHAR(20)")
    make_custom_field(db, 101, "color")
    return db


def full_rows(count: int) -> list[dict[str, Any]]:
    more = {"custom_fields": {"color": "red"}, "alt_phones": "2125559999"}
    return [row | more for row in numbers(count)]


TABLES = ("vicidial_list", "custom_101", "vicidial_list_alt_phones", "vicidial_hopper")


@both_engines
@pytest.mark.parametrize("failing", TABLES)
async def test_a_crash_between_the_writes_of_a_chunk(
    leads: Leads, db: TestDatabase, engine: str, failing: str
) -> None:
    await import_rows(leads, full_rows(500), add_to_hopper="Y")
    options = {"list_id": "101", "add_to_hopper": "Y", "duplicate_check": "DUPLIST"}

    db.fail_writes(failing)
    broken = await leads.post(BULK, params=options, json=full_rows(1200))
    db.mend_writes(failing)

    # In the contract's order: what comes before the table that fails is there, nothing after it.
    written = TABLES.index(failing) if engine == "MyISAM" else 0
    expected = [1000] * written + [500] * (len(TABLES) - written)
    assert [db.count(table) for table in TABLES] == expected
    answer = await broken.json()
    assert (broken.status, answer["error"]) == (500, "Import stopped after row 500")
    assert answer["data"]["duplicates"] == answer["data"]["rows"] == 500


async def test_an_import_is_finished_by_a_repeat(leads: Leads, db: TestDatabase) -> None:
    db.fail_writes("vicidial_hopper")
    await leads.post(BULK, params={"list_id": 101, "add_to_hopper": "Y"}, json=numbers(700))
    db.mend_writes("vicidial_hopper")

    data = await import_rows(leads, numbers(700), duplicate_check="DUPLIST", add_to_hopper="Y")

    assert (data["duplicates"], data["added"], data["in_hopper"]) == (500, 200, 200)
    assert db.count("vicidial_list") == 700


async def test_leads_are_there_though_their_log_row_is_lost(leads: Leads, db: TestDatabase) -> None:
    db.fail_writes("vicidial_admin_log")

    response = await leads.post(BULK, params={"list_id": 101}, json=numbers(3))

    answer = await response.json()
    assert (response.status, answer["error"]) == (500, "Import stopped after row 3")
    assert answer["data"]["added"] == db.count("vicidial_list") == 3


class SlowBody:
    """A body of 600 rows, then, when told to, 600 more."""

    def __init__(self) -> None:
        self.more = asyncio.Event()

    async def blocks(self) -> AsyncIterator[bytes]:
        lines = [f'{{"phone_number": "{row["phone_number"]}"}}\n' for row in numbers(1200)]
        yield "".join(lines[:600]).encode()
        await self.more.wait()
        yield "".join(lines[600:]).encode()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not await asyncio.to_thread(condition):
            pass


async def stopped_in_the_second_chunk(
    leads: Leads, db: TestDatabase, stop: Callable[[], object], **options: str
) -> tuple[int, dict[str, Any]]:
    """The answer to an import that is stopped before a statement of its second chunk."""
    body = SlowBody()
    importing = asyncio.create_task(import_body(leads, body.blocks(), JSON_LINES, **options))
    await until(lambda: db.count("vicidial_list") == 500)
    with ExitStack() as held:
        # Not in this thread: the first chunk's transaction has to end before.
        await asyncio.to_thread(held.enter_context, db.hold("vicidial_list"))
        body.more.set()
        await db.until_waiting(1)
        stop()
        return await importing


@pytest.mark.parametrize("options", [{}, {"duplicate_check": "DUPLIST"}])
async def test_a_lost_connection_stops_the_import_after_its_last_chunk(
    leads: Leads, db: TestDatabase, options: dict[str, str]
) -> None:
    status, answer = await stopped_in_the_second_chunk(
        leads, db, db.kill_service_connections, **options
    )

    data = answer.pop("data")
    assert (status, answer["error"]) == (503, "Import stopped after row 500")
    assert data["rows"] == data["added"] == len(data["results"]) == 500
    assert db.count("vicidial_list") == 500
    assert db.rows(NOTES) == [("GOOD: 500, BAD: 0, TOTAL: 500",)]


async def test_the_statement_limit_stops_the_import(
    start_leads: Start, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = "SET SESSION max_statement_time = 1"
    monkeypatch.setattr("dialkit.driver.session_setup", lambda _timeout, **_: limit)

    status, answer = await stopped_in_the_second_chunk(await start_leads(), db, lambda: None)

    assert (status, answer["error"]) == (504, "Import stopped after row 500")
    assert answer["data"]["added"] == 500


async def test_the_lock_of_the_duplicate_check_stops_the_import(
    leads: Leads, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svc_leads.duplicates.check._LOCK_TIMEOUT_S", 0)
    db.value("SELECT GET_LOCK(%s, 0)", f"{db.name}.leads.dup")
    try:
        response = await leads.post(
            BULK, params={"list_id": 101, "duplicate_check": "DUPLIST"}, json=numbers(3)
        )
    finally:
        db.value("SELECT RELEASE_LOCK(%s)", f"{db.name}.leads.dup")

    assert response.status == 503
    assert await response.json() == {
        "success": False,
        "error": "Import stopped after row 0",
        "data": {
            "rows": 0,
            "added": 0,
            "duplicates": 0,
            "dnc": 0,
            "invalid": 0,
            "in_hopper": 0,
            "results": [],
        },
    }


@asynccontextmanager
async def served(db: TestDatabase) -> AsyncIterator[int]:
    """The port of svc-leads as it is run: the test client's server cancels what a client leaves."""
    runner = web.AppRunner(
        create_app(service_settings(db, "svc-leads")), access_log=None, shutdown_timeout=1
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("rest", ["", "1f\r\n", "no length\r\n"])
async def test_a_client_that_leaves_ends_the_import(db: TestDatabase, rest: str) -> None:
    lines = "".join(f'{{"phone_number": "{row["phone_number"]}"}}\n' for row in numbers(700))
    token = authorization("svc-leads")["Authorization"]
    head = f"POST {BULK}?list_id=101 HTTP/1.1\r\nHost: x\r\nAuthorization: {token}\r\n"
    head += "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"

    async with served(db) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"{head}{len(lines):x}\r\n{lines}\r\n".encode())
        await until(lambda: db.count("vicidial_list") == 500)
        writer.write(rest.encode())
        writer.close()
        await until(lambda: db.count("vicidial_admin_log") == 1)

    assert db.rows(NOTES) == [("GOOD: 500, BAD: 0, TOTAL: 500",)]
    assert db.count("vicidial_list") == 500


async def test_a_chunk_takes_as_many_statements_for_one_row_as_for_all(leads: Leads) -> None:
    options = {"duplicate_check": "DUPCAMP-DUPNAMEPHONESYS", "dnc_check": "Y"}
    options |= {"campaign_dnc_check": "Y", "add_to_hopper": "Y", "tz_method": "POSTAL_CODE"}
    rows = [row | {"postal_code": f"{place:05}"} for place, row in enumerate(full_rows(500))]
    await import_rows(leads, rows[:1])

    with statements_sent() as for_one:
        await import_rows(leads, rows[1:2], **options)
    with statements_sent() as for_all:
        await import_rows(leads, rows[2:], **options)

    assert [one.sql.split()[:3] for one in for_one] == [one.sql.split()[:3] for one in for_all]
    assert len(for_all) < 40


async def test_nothing_blocks_the_loop(
    leads: Leads, db: TestDatabase, blocking_calls: BlockBuster
) -> None:
    lines = "\n".join(['{"phone_number": "1", "first_name": "a;b"}'] * 12_000)

    blocking_calls.activate()
    status, answer = await import_body(leads, lines, JSON_LINES)

    assert (status, answer["data"]["invalid"]) == (200, 12_000)
