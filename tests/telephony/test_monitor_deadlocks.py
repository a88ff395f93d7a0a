"""POST /api/v1/monitor/blind: deadlocks, also where some tables have no transactions."""

import pytest
from support.answers import refused
from support.apps import Telephony
from support.database import TestDatabase
from support.dial_faults import deadlocks, lost_after_a_deadlock, tables_in
from support.monitoring import (
    EPOCH,
    NO_ROWS,
    ONE_ROW_EACH,
    WRITES,
    codes,
    monitor,
    monitored,
    rows_of_calls,
)

LOGS = WRITES[:4]
CODE = f"BM{EPOCH}00006666"

pytestmark = [
    pytest.mark.parametrize("engine", ["InnoDB"]),
    pytest.mark.parametrize(
        "kept",
        [
            pytest.param((), id="all have transactions"),
            *(pytest.param((log,), id=log) for log in LOGS),
            pytest.param(LOGS, id="the logs have none"),
        ],
    ),
]


@pytest.mark.parametrize("times", [1, 2])
async def test_a_deadlock_leaves_one_call_and_one_row_of_each(
    monitor_telephony: Telephony, db: TestDatabase, kept: tuple[str, ...], times: int
) -> None:
    with tables_in(db, "MyISAM", *kept):
        with deadlocks(db, "vicidial_manager", times):
            data = await monitored(monitor_telephony)

        assert rows_of_calls(db) == ONE_ROW_EACH
        assert data["caller_code"] == CODE
        assert [codes(db, log) for log in LOGS] == [[CODE]] * len(LOGS)
        assert db.rows("SELECT man_id, callerid FROM vicidial_manager") == [
            (data["manager_id"], CODE)
        ]


async def test_after_three_deadlocks_nothing_is_left_and_a_repeat_rings(
    monitor_telephony: Telephony, db: TestDatabase, kept: tuple[str, ...]
) -> None:
    with tables_in(db, "MyISAM", *kept):
        with deadlocks(db, "vicidial_manager"):
            answer = await monitor(monitor_telephony)
        left = rows_of_calls(db)

        await monitored(monitor_telephony)

        assert (answer, left) == (refused(503, "Database is busy"), NO_ROWS)
        assert rows_of_calls(db) == ONE_ROW_EACH


async def test_a_second_try_that_is_lost_before_the_call_is_sent_leaves_nothing(
    monitor_telephony: Telephony, db: TestDatabase, kept: tuple[str, ...]
) -> None:
    with tables_in(db, "MyISAM", *kept):
        with (
            deadlocks(db, "vicidial_manager", 1),
            lost_after_a_deadlock(db, "vicidial_dial_cid_log"),
        ):
            answer = await monitor(monitor_telephony)

        assert answer == refused(503, "Database not available")
        assert rows_of_calls(db) == NO_ROWS


async def test_a_call_that_fails_leaves_nothing(
    monitor_telephony: Telephony, db: TestDatabase, kept: tuple[str, ...]
) -> None:
    with tables_in(db, "MyISAM", *kept):
        db.fail_writes("vicidial_manager")

        status, _ = await monitor(monitor_telephony)

        assert (status, rows_of_calls(db)) == (500, NO_ROWS)


async def test_after_a_deadlock_only_this_calls_rows_are_taken_back(
    monitor_telephony: Telephony, db: TestDatabase, kept: tuple[str, ...]
) -> None:
    with tables_in(db, "MyISAM", *kept):
        theirs = await monitored(monitor_telephony, stage="BARGE")
        with deadlocks(db, "vicidial_manager", 1):
            ours = await monitored(monitor_telephony, stage="HIJACK")

        in_turn = [theirs["caller_code"], ours["caller_code"]]
        assert [codes(db, log) for log in LOGS] == [in_turn] * len(LOGS)
