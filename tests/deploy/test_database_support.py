"""The tools that the other tests trust: faults, races and a clean database for each test."""

import asyncio
from contextlib import closing

import pymysql
import pytest
from support.database import TestDatabase

both_engines = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])


@both_engines
def test_empty_brings_the_stock_rows_back(db: TestDatabase) -> None:
    db.insert("vicidial_list", phone_number="5551234567")
    db.insert("vicidial_hopper", lead_id=1, list_id=101)
    db.execute("UPDATE system_settings SET custom_fields_enabled = '1'")
    db.execute("DELETE FROM vicidial_statuses WHERE status = 'NEW'")
    db.execute("DELETE FROM vicidial_phone_codes WHERE country_code = 1")
    db.execute("CREATE TABLE custom_101 (lead_id INT)")
    db.execute("CREATE TABLE vicidial_list_archive LIKE vicidial_list")

    db.empty()

    assert [db.count(table) for table in ("vicidial_list", "vicidial_hopper")] == [0, 0]
    assert db.value("SELECT custom_fields_enabled FROM system_settings") == "0"
    assert [db.count(table) for table in ("vicidial_statuses", "vicidial_phone_codes")] == [
        50,
        1070,
    ]
    assert db.rows("SHOW TABLES LIKE 'custom%'") == []
    assert db.rows("SHOW TABLES LIKE 'vicidial_list_archive'") == []


@both_engines
def test_empty_notices_a_row_that_only_changed(db: TestDatabase) -> None:
    db.execute("UPDATE vicidial_call_times SET ct_default_stop = 1 WHERE call_time_id = '24hours'")

    db.empty()

    assert (
        db.value("SELECT ct_default_stop FROM vicidial_call_times WHERE call_time_id = '24hours'")
        == 2400
    )


@both_engines
@pytest.mark.parametrize(
    ("operation", "statement"),
    [
        ("INSERT", "INSERT INTO vicidial_hopper SET lead_id = 2, list_id = 101"),
        ("UPDATE", "UPDATE vicidial_hopper SET priority = 99"),
        ("DELETE", "DELETE FROM vicidial_hopper"),
    ],
)
def test_writes_fail_until_mended(db: TestDatabase, operation: str, statement: str) -> None:
    db.insert("vicidial_hopper", lead_id=1, list_id=101)

    db.fail_writes("vicidial_hopper", operation)
    with pytest.raises(pymysql.err.OperationalError, match="made to fail"):
        db.execute(statement)
    db.mend_writes("vicidial_hopper")

    assert db.execute(statement) == 1


def test_empty_mends_writes_too(db: TestDatabase) -> None:
    db.fail_writes("vicidial_dnc")

    db.empty()

    db.insert("vicidial_dnc", phone_number="5551234567")
    assert db.count("vicidial_dnc") == 1


@both_engines
async def test_statements_wait_for_a_held_table(db: TestDatabase) -> None:
    with db.hold("vicidial_dnc", "vicidial_hopper"):
        inserts = [
            asyncio.create_task(_as_service(db, f"INSERT INTO vicidial_dnc VALUES ('{number}')"))
            for number in (1, 2)
        ]
        await db.until_waiting(2)
    await asyncio.gather(*inserts)

    assert db.count("vicidial_dnc") == 2


async def test_a_named_lock_counts_as_waiting(db: TestDatabase) -> None:
    db.execute("SELECT GET_LOCK('asterisk.leads.dup', 0)")
    try:
        waiter = asyncio.create_task(_as_service(db, "SELECT GET_LOCK('asterisk.leads.dup', 10)"))
        await db.until_waiting(1)
    finally:
        db.execute("SELECT RELEASE_LOCK('asterisk.leads.dup')")
    await waiter


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_a_locked_row_counts_as_waiting(db: TestDatabase) -> None:
    db.insert("vicidial_dnc", phone_number="5551234567")
    db.execute("BEGIN")
    try:
        db.execute("UPDATE vicidial_dnc SET phone_number = '5551234568'")
        waiter = asyncio.create_task(_as_service(db, "DELETE FROM vicidial_dnc"))
        await db.until_waiting(1)
    finally:
        db.execute("COMMIT")
    await waiter

    assert db.count("vicidial_dnc") == 0


@pytest.mark.parametrize("engine", ["InnoDB"])
def test_a_new_account_leaves_an_open_transaction_alone(db: TestDatabase) -> None:
    db.execute("BEGIN")
    db.insert("vicidial_dnc", phone_number="5551234567")
    db.account("svc-nobody")
    db.execute("ROLLBACK")

    assert db.count("vicidial_dnc") == 0


def test_services_connections_are_killed(db: TestDatabase) -> None:
    with closing(db.connect_as("svc-leads")) as connection:
        assert db.kill_service_connections() == 1
        with pytest.raises(pymysql.err.OperationalError, match=r"Lost|gone|reset|Broken|killed"):
            connection.query("SELECT 1")


def test_the_server_lives_in_new_york(db: TestDatabase) -> None:
    assert db.value("SELECT FROM_UNIXTIME(1736350200)").isoformat() == "2025-01-08T10:30:00"


async def _as_service(db: TestDatabase, sql: str) -> None:
    with closing(db.connect_as("svc-leads")) as connection, connection.cursor() as cursor:
        await asyncio.to_thread(cursor.execute, sql)
