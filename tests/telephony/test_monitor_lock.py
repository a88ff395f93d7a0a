"""POST /api/v1/monitor/blind: calls are placed one at a time, under a named lock."""

import asyncio

import pytest
from support.answers import refused
from support.apps import Telephony
from support.database import ENGINES, TestDatabase
from support.monitoring import (
    BUSY,
    LOCK,
    NO_ROWS,
    QUEUED,
    monitor,
    monitored,
    rows_of_calls,
)
from support.named_locks import asked_for, free, held_by_another, without_patience
from support.statements import statements_sent


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a lock."""
    without_patience(monkeypatch)


@ENGINES
@pytest.mark.usefixtures("impatient")
async def test_while_another_call_is_being_placed_it_is_a_409_and_nothing_is_written(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    with held_by_another(db, LOCK):
        answer = await monitor(monitor_telephony)
    left = rows_of_calls(db)

    await monitored(monitor_telephony)

    assert (answer, left) == (BUSY, NO_ROWS)


@pytest.mark.usefixtures("impatient")
async def test_what_is_refused_anyway_does_not_wait_for_the_lock(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    with held_by_another(db, LOCK):
        answer = await monitor(monitor_telephony, agent_user="1009")

    assert answer == refused(404, "Agent is not logged in")


async def test_a_call_waits_until_the_one_before_is_placed(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    with held_by_another(db, LOCK):
        call = asyncio.create_task(monitor(monitor_telephony))
        await db.until_waiting(1)
        meanwhile = rows_of_calls(db)

    assert (await call)[0] == 200
    assert meanwhile == NO_ROWS


async def test_the_lock_is_waited_for_five_seconds(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    with statements_sent() as statements:
        await monitored(monitor_telephony)

    assert asked_for(db, statements) == [(LOCK, 5)]


@ENGINES
async def test_the_lock_is_free_after_a_call_a_repeat_and_a_failure(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    await monitored(monitor_telephony)
    assert free(db, LOCK)

    assert await monitor(monitor_telephony) == QUEUED
    assert free(db, LOCK)

    db.fail_writes("vicidial_manager")
    assert (await monitor(monitor_telephony, stage="BARGE"))[0] == 500
    assert free(db, LOCK)


async def test_the_report_is_written_when_the_lock_is_free_again(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    with db.hold("vicidial_report_log"):
        call = asyncio.create_task(monitored(monitor_telephony))
        await db.until_waiting(1)
        is_free = free(db, LOCK)
    await call

    assert is_free
