"""Every call of the API leaves one row of `vicidial_api_log`, written off the request's path."""

import asyncio
from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from blockbuster import BlockBuster
from dialkit import audit
from dialkit.audit import API_LOG, ApiLog
from dialkit.db import Database
from dialkit.tokens import Caller
from support.apps import Leads, Start, clock_at
from support.builders import make_campaign, make_lead, make_list, read_row
from support.database import TestDatabase

COLUMNS = "user, function, result, result_reason, source, data"


@pytest.fixture
async def leads(start_leads: Start, db: TestDatabase) -> Leads:
    """svc-leads on 8 July 2025, with lead 1 in list 101 of TESTCAMP."""
    make_campaign(db)
    make_list(db)
    make_lead(db, lead_id=1)
    return await start_leads(clock=clock_at("2025-07-08T15:30:00"))


async def test_a_call_leaves_one_row(leads: Leads, db: TestDatabase) -> None:
    await leads.get("/api/v1/leads/1/info?custom_fields=N&x=%C3%A4%26")
    await leads.close()

    row = read_row(db, "vicidial_api_log", function="lead_all_info")
    assert (row.pop("api_id"), db.count("vicidial_api_log")) == (1, 1)
    assert 0 < float(row.pop("run_time")) < 60
    assert str(row.pop("api_date")) == "2025-07-08 11:30:00"
    assert {name: value for name, value in row.items() if value} == {
        "user": "6666",
        "api_script": "rest",
        "function": "lead_all_info",
        "result": "SUCCESS",
        "result_reason": "Lead information retrieved",
        "data": "GET /api/v1/leads/1/info?custom_fields=N&x=%C3%A4%26",
    }


CALLS: list[Any] = [
    pytest.param("POST", "/leads", {"list_id": 101, "phone_number": "5551234567"},
                 "add_lead", "Lead added successfully", id="add_lead"),
    pytest.param("PUT", "/leads/1", {"city": "Springfield"}, "update_lead",
                 "Lead updated successfully", id="update_lead"),
    pytest.param("PUT", "/leads/batch", {"lead_ids": [1], "city": "Springfield"},
                 "batch_update_lead", "Leads updated successfully", id="batch_update_lead"),
    pytest.param("GET", "/leads/search", None, "lead_search", "Leads retrieved successfully",
                 id="lead_search"),
    pytest.param("GET", "/leads/status-search?status=NEW", None, "lead_status_search",
                 "Leads retrieved", id="lead_status_search"),
    pytest.param("GET", "/leads/1/field-info?field=email", None, "lead_field_info",
                 "Field retrieved", id="lead_field_info"),
    pytest.param("GET", "/leads/1/callback-info", None, "lead_callback_info",
                 "Callbacks retrieved", id="lead_callback_info"),
    pytest.param("GET", "/phone/check?phone_number=5551234567", None, "check_phone_number",
                 "Phone check complete", id="check_phone_number"),
    pytest.param("GET", "/campaigns/TESTCAMP/hopper", None, "hopper_list",
                 "Hopper entries retrieved", id="hopper_list"),
    pytest.param("POST", "/campaigns/TESTCAMP/hopper/bulk", {"lead_ids": [1]},
                 "hopper_bulk_insert", "Leads inserted to hopper", id="hopper_bulk_insert"),
    pytest.param("GET", "/ccc/lead-info/1", None, "ccc_lead_info",
                 "CCC lead information retrieved", id="ccc_lead_info"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body", "function", "reason"), CALLS)
async def test_the_function_is_named_as_vicidial_does(
    leads: Leads, db: TestDatabase, blocking_calls: BlockBuster,
    method: str, path: str, body: Any, function: str, reason: str,
) -> None:  # fmt: skip
    blocking_calls.activate()  # no endpoint blocks the event loop

    response = await leads.request(method, f"/api/v1{path}", json=body)
    await leads.close()

    assert response.status == 200
    assert db.rows(f"SELECT {COLUMNS} FROM vicidial_api_log") == [
        ("6666", function, "SUCCESS", reason, "", f"{method} /api/v1{path}")
    ]


@pytest.mark.parametrize(
    ("method", "path", "function", "reason"),
    [
        pytest.param("GET", "/leads/2/info", "lead_all_info", "Lead not found", id="404"),
        pytest.param("POST", "/leads/1/dearchive", "lead_dearchive", "Archived lead not found",
                     id="404 of a POST"),
        pytest.param("GET", "/leads/status-search", "lead_status_search",
                     "Invalid parameters: status: Required", id="400"),
        pytest.param("GET", "/leads/search?status=%F0%9F%98%80", "lead_search",
                     "Invalid parameters: status: Must be 1 to 6 characters of A-Z a-z 0-9 - _",
                     id="emoji"),
        pytest.param("GET", "/leads/search?first_name=%F0%9F%98%80", "lead_search",
                     "Invalid parameters: first_name: Character not allowed: ?",
                     id="emoji in the reason"),
    ],
)  # fmt: skip
async def test_a_refused_call_leaves_its_reason(
    leads: Leads, db: TestDatabase, method: str, path: str, function: str, reason: str
) -> None:
    await leads.request(method, f"/api/v1{path}")
    await leads.close()

    assert db.rows(f"SELECT {COLUMNS} FROM vicidial_api_log") == [
        ("6666", function, "ERROR", reason, "", f"{method} /api/v1{path}")
    ]


async def test_a_failure_of_ours_leaves_a_row_too(leads: Leads, db: TestDatabase) -> None:
    db.fail_writes("vicidial_list", "UPDATE")
    await leads.put("/api/v1/leads/1", json={"city": "Springfield"})
    db.mend_writes("vicidial_list")
    await leads.close()

    ((result, reason),) = db.rows("SELECT result, result_reason FROM vicidial_api_log")
    assert result == "ERROR"
    assert reason.startswith("Internal error; please report request ")


@pytest.mark.parametrize("caller", [Caller("", "192.0.2.7", "gateway")])
async def test_the_tag_of_a_body_is_recorded_and_api_without_one(
    start_leads: Start, db: TestDatabase, caller: Caller
) -> None:
    leads = await start_leads(caller=caller)
    await leads.put("/api/v1/leads/1", json={"user": "from-body", "city": "x"})
    await leads.put("/api/v1/leads/1", json={"city": "x"})
    await leads.close()

    assert db.rows("SELECT user FROM vicidial_api_log ORDER BY api_id") == [
        ("from-body",),
        ("api",),
    ]


async def test_long_texts_are_cut_to_their_columns(leads: Leads, db: TestDatabase) -> None:
    await leads.get("/api/v1/leads/search?first_name=" + "a" * 3000)
    await leads.put("/api/v1/leads/1", json={"x" * 400: 1})
    await leads.close()

    lengths = "LENGTH(data), LENGTH(result_reason)"
    assert db.rows(f"SELECT {lengths} FROM vicidial_api_log ORDER BY api_id")[0][0] == 2000
    assert db.rows(f"SELECT {lengths} FROM vicidial_api_log ORDER BY api_id")[1][1] == 255


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/api/v1/nothing"])
async def test_what_is_no_call_of_the_api_leaves_none(
    leads: Leads, db: TestDatabase, path: str
) -> None:
    await leads.get(path)
    await leads.close()

    assert db.count("vicidial_api_log") == 0


async def test_rows_are_written_while_the_service_runs(leads: Leads, db: TestDatabase) -> None:
    await leads.get("/api/v1/leads/1/info")

    with db.hold("vicidial_api_log"):
        await db.until_waiting(1)  # the writer is there by itself, half a second later
    await drained(leads)

    assert db.count("vicidial_api_log") == 1


async def test_many_calls_are_written_with_few_statements(
    leads: Leads, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    inserts: list[int] = []
    insert_many = Database.insert_many

    async def note(self: Database, table: str, columns: Any, rows: Any) -> int:
        inserts.append(len(rows))
        return await insert_many(self, table, columns, rows)

    monkeypatch.setattr(Database, "insert_many", note)
    with db.hold("vicidial_api_log"):
        for _ in range(30):
            await asyncio.gather(*(leads.get("/api/v1/leads/1/info") for _ in range(20)))
    await leads.close()

    assert db.count("vicidial_api_log") == sum(inserts) == 600
    assert (max(inserts) <= 500, len(inserts) <= 10) == (True, True)


async def test_a_slow_log_does_not_hold_up_calls(leads: Leads, db: TestDatabase) -> None:
    with db.hold("vicidial_api_log"):
        await leads.get("/api/v1/leads/1/info")
        await db.until_waiting(1)
        async with asyncio.timeout(5):
            response = await leads.get("/api/v1/leads/1/info")

    assert response.status == 200
    await leads.close()
    assert db.count("vicidial_api_log") == 2


async def test_a_batch_that_is_under_way_at_the_end_is_written_once(
    leads: Leads, db: TestDatabase
) -> None:
    with db.hold("vicidial_api_log"):
        await leads.get("/api/v1/leads/1/info")
        await db.until_waiting(1)
        closing = asyncio.create_task(leads.close())
        await asyncio.wait([closing], timeout=0.2)
    await closing

    assert db.count("vicidial_api_log") == 1


async def test_rows_are_kept_while_the_database_is_away(leads: Leads, db: TestDatabase) -> None:
    user, _ = db.account("svc-leads")
    await leads.get("/api/v1/leads/1/info")

    db.execute(f"ALTER USER `{user}`@'%' ACCOUNT LOCK")
    try:
        db.kill_service_connections()
        written = await api_log(leads).flush()
    finally:
        db.execute(f"ALTER USER `{user}`@'%' ACCOUNT UNLOCK")
    rows_then = db.count("vicidial_api_log")
    await drained(leads)

    assert (written, rows_then) == (False, 0)
    assert db.rows("SELECT function FROM vicidial_api_log") == [("lead_all_info",)]


async def test_the_memory_of_rows_is_bounded(
    leads: Leads, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "_BOUND", 3)
    with db.hold("vicidial_api_log"):
        for number in range(5):
            await leads.get(f"/api/v1/leads/1/info?number={number}")
    await leads.close()

    kept = [int(data[-1]) for (data,) in db.rows("SELECT data FROM vicidial_api_log")]
    assert kept[:3] == [0, 1, 2]
    assert len(kept) < 5


async def test_a_row_that_the_database_refuses_stops_no_other(
    leads: Leads, db: TestDatabase
) -> None:
    db.fail_writes("vicidial_api_log")
    await leads.get("/api/v1/leads/1/info")
    refused = await api_log(leads).flush()
    db.mend_writes("vicidial_api_log")
    await leads.get("/api/v1/leads/search")
    await leads.close()

    assert refused is True
    assert db.rows("SELECT function FROM vicidial_api_log") == [("lead_search",)]


def api_log(leads: Leads) -> ApiLog:
    """The log of the running service."""
    assert isinstance(leads.server, TestServer)
    return leads.server.app[API_LOG]


async def drained(leads: Leads) -> None:
    """Until all that has gathered is written."""
    assert await api_log(leads).flush()
