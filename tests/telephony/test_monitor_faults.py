"""POST /api/v1/monitor/blind: steps that fail, and what they leave behind."""

import asyncio

import pytest
from support.apps import Telephony
from support.changes import paused
from support.database import ENGINES, TestDatabase
from support.monitoring import (
    BODY,
    NO_ROWS,
    ONE_ROW_EACH,
    QUEUED,
    WRITES,
    monitor,
    monitored,
    rows_of_calls,
)

# What is written before the call is: these rows are taken back where it is refused.
LOGS = WRITES[:4]
# The steps up to the one that dials.
UP_TO_THE_CALL = WRITES[:5]


@ENGINES
@pytest.mark.parametrize("table", UP_TO_THE_CALL)
async def test_a_step_that_fails_leaves_nothing_and_a_repeat_places_the_call(
    monitor_telephony: Telephony, db: TestDatabase, table: str
) -> None:
    db.fail_writes(table)
    broken, _ = await monitor(monitor_telephony)
    left = rows_of_calls(db)
    db.mend_writes(table)

    await monitored(monitor_telephony)

    assert (broken, left) == (500, NO_ROWS)
    assert rows_of_calls(db) == ONE_ROW_EACH


@ENGINES
@pytest.mark.parametrize("step", range(len(UP_TO_THE_CALL)))
async def test_steps_are_taken_in_order(
    monitor_telephony: Telephony, db: TestDatabase, engine: str, step: int
) -> None:
    db.fail_writes(UP_TO_THE_CALL[step])
    for table in LOGS:  # so that what was written stays
        db.fail_writes(table, "DELETE")

    status, envelope = await monitor(monitor_telephony)

    written = step if engine == "MyISAM" else 0
    assert (status, envelope["error"].split(";")[0]) == (500, "Internal error")
    assert rows_of_calls(db) == NO_ROWS | dict.fromkeys(UP_TO_THE_CALL[:written], 1)


@pytest.mark.parametrize("stays", LOGS)
async def test_what_cannot_be_taken_back_keeps_nothing_else(
    monitor_telephony: Telephony, db: TestDatabase, stays: str
) -> None:
    db.fail_writes("vicidial_manager")
    db.fail_writes(stays, "DELETE")

    status, _ = await monitor(monitor_telephony)

    assert status == 500
    assert rows_of_calls(db) == NO_ROWS | {stays: 1}


async def test_the_code_stays_reserved_until_all_else_is_taken_back(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    db.fail_writes("vicidial_manager")
    async with paused(db, "vicidial_daily_rt_monitoring_log", "BEFORE DELETE"):
        call = asyncio.create_task(monitor(monitor_telephony))
        await db.until_waiting(1)
        meanwhile = [db.count(log) for log in ("vicidial_rt_monitor_log", "vicidial_dial_log")]
    await call

    assert meanwhile == [1, 0]
    assert rows_of_calls(db) == NO_ROWS


async def test_only_the_refused_calls_rows_are_taken_back(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    placed = await monitored(monitor_telephony)
    db.fail_writes("vicidial_manager")

    status, _ = await monitor(monitor_telephony, stage="BARGE")

    assert status == 500
    assert rows_of_calls(db) == ONE_ROW_EACH
    assert db.value("SELECT caller_code FROM vicidial_dial_log") == placed["caller_code"]


@ENGINES
async def test_a_call_that_is_placed_is_a_success_though_its_report_is_lost(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    db.fail_writes("vicidial_report_log")

    data = await monitored(monitor_telephony)
    again = await monitor(monitor_telephony)

    assert db.value("SELECT man_id FROM vicidial_manager") == data["manager_id"]
    assert again == QUEUED
    assert rows_of_calls(db) == ONE_ROW_EACH | {"vicidial_report_log": 0}


async def test_the_report_is_written_after_the_call(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    async with paused(db, "vicidial_report_log", "BEFORE INSERT"):
        call = asyncio.create_task(monitored(monitor_telephony))
        await db.until_waiting(1)
        meanwhile = rows_of_calls(db)
    await call

    assert meanwhile == ONE_ROW_EACH | {"vicidial_report_log": 0}


async def test_a_body_that_is_refused_asks_the_database_nothing(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    with db.hold("vicidial_live_agents", "servers", "phones"):
        status, _ = await monitor(monitor_telephony, BODY, stage="SPY")

    assert status == 400
