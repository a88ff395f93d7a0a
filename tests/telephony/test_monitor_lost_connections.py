"""POST /api/v1/monitor/blind: connections that are lost, before the call is sent and meanwhile."""

import pytest
from support.apps import Telephony
from support.changes import paused
from support.database import ENGINES, TestDatabase
from support.dial_faults import given_up, lost_at, tables_in
from support.monitoring import (
    LOCK,
    NO_ROWS,
    ONE_ROW_EACH,
    QUEUED,
    WRITES,
    codes,
    monitor,
    monitored,
    rows_of_calls,
)
from support.named_locks import free

LOGS = WRITES[:4]
NOT_REPORTED = ONE_ROW_EACH | {"vicidial_report_log": 0}


@ENGINES
@pytest.mark.parametrize("table", LOGS)
async def test_a_call_that_was_not_sent_leaves_nothing_and_a_repeat_rings(
    monitor_telephony: Telephony, db: TestDatabase, table: str
) -> None:
    status, _ = await lost_at(db, table, monitor(monitor_telephony))
    left = rows_of_calls(db)

    await monitored(monitor_telephony)

    assert (status, left) == (503, NO_ROWS)
    assert rows_of_calls(db) == ONE_ROW_EACH


@pytest.mark.parametrize("engine", ["InnoDB"])
@pytest.mark.parametrize("kept", LOGS[:3])
async def test_nor_does_it_where_some_tables_have_no_transactions(
    monitor_telephony: Telephony, db: TestDatabase, kept: str
) -> None:
    with tables_in(db, "MyISAM", kept):
        status, _ = await lost_at(db, LOGS[3], monitor(monitor_telephony))
        left = rows_of_calls(db)

        await monitored(monitor_telephony)

        assert (status, left) == (503, NO_ROWS)
        assert rows_of_calls(db) == ONE_ROW_EACH


@ENGINES
async def test_a_call_whose_fate_is_unknown_keeps_its_logs(
    monitor_telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    status, _ = await lost_at(db, "vicidial_manager", monitor(monitor_telephony))

    kept = dict.fromkeys(LOGS, 1) if engine == "MyISAM" else {}
    assert status == 503
    assert rows_of_calls(db) == NO_ROWS | kept


async def test_a_call_that_rings_though_we_never_heard_of_it_keeps_its_logs(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    async with paused(db, "vicidial_manager", "AFTER INSERT"):
        with given_up("vicidial_manager"):
            status, _ = await monitor(monitor_telephony)

    again = await monitor(monitor_telephony)

    assert status == 503
    assert again == QUEUED
    assert rows_of_calls(db) == NOT_REPORTED
    (code,) = codes(db)
    assert db.rows("SELECT callerid FROM vicidial_manager") == [(code,)]


@pytest.mark.parametrize("engine", ["InnoDB"])
@pytest.mark.parametrize("kept", LOGS)
async def test_it_keeps_the_logs_that_have_no_transactions(
    monitor_telephony: Telephony, db: TestDatabase, kept: str
) -> None:
    with tables_in(db, "MyISAM", kept):
        status, _ = await lost_at(db, "vicidial_manager", monitor(monitor_telephony))

        assert status == 503
        assert rows_of_calls(db) == NO_ROWS | {kept: 1}


@ENGINES
@pytest.mark.parametrize("table", WRITES[:5])
async def test_the_next_call_need_not_wait_for_a_lost_ones_lock(
    monitor_telephony: Telephony, db: TestDatabase, table: str
) -> None:
    await lost_at(db, table, monitor(monitor_telephony))

    assert free(db, LOCK)
    await monitored(monitor_telephony, stage="BARGE")
