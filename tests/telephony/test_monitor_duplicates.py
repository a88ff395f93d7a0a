"""POST /api/v1/monitor/blind: calls that are asked for again, and codes that are taken."""

from typing import Any

import pytest
from support.answers import refused
from support.apps import Start, Telephony, clock_at
from support.builders import read_row
from support.changes import rows_of
from support.database import ENGINES, TestDatabase
from support.monitoring import (
    EPOCH,
    LISTENER_SERVER,
    NO_ROWS,
    ONE_ROW_EACH,
    QUEUED,
    WRITES,
    codes,
    make_conference,
    make_monitor_row,
    make_monitored,
    monitor,
    monitored,
    rows_of_calls,
)
from support.telephony import make_phone

pytestmark = ENGINES

OF_THE_DAY = "vicidial_daily_rt_monitoring_log"
NONE_FREE = refused(500, "No caller code is free")


def take_codes(db: TestDatabase, number: int, letters: str = "BM") -> None:
    """Give the codes of that many seconds from now on to calls of another phone."""
    for second in range(EPOCH, EPOCH + number):
        make_monitor_row(db, f"{letters}{second}00006666", manager_phone="8009")


def take_codes_of_the_day(db: TestDatabase, number: int) -> None:
    """The same, but of calls that the other log no longer has."""
    take_codes(db, number)
    db.execute(f"INSERT INTO {OF_THE_DAY} SELECT * FROM vicidial_rt_monitor_log")
    db.execute("DELETE FROM vicidial_rt_monitor_log")


async def test_a_repeat_is_a_409_and_places_no_second_call(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    first = await monitored(monitor_telephony)
    again = await monitor(monitor_telephony)

    assert again == QUEUED
    assert rows_of_calls(db) == ONE_ROW_EACH
    assert codes(db) == [first["caller_code"]]


@pytest.mark.parametrize(
    ("started", "repeated"),
    [
        pytest.param("15:30:45", True, id="this second"),
        pytest.param("15:30:36", True, id="nine seconds ago"),
        pytest.param("15:30:35", True, id="ten seconds ago"),
        pytest.param("15:30:34", False, id="eleven seconds ago"),
        pytest.param("15:30:46", True, id="of a request that came later and wrote first"),
        pytest.param("15:30:56", False, id="of the hour that comes twice"),
    ],
)
async def test_a_call_of_the_last_ten_seconds_is_the_same(
    monitor_telephony: Telephony, db: TestDatabase, started: str, repeated: bool
) -> None:
    make_monitor_row(db, monitor_start_time=f"2025-01-08 {started}")

    status, _ = await monitor(monitor_telephony)

    assert status == (409 if repeated else 200)
    assert db.count("vicidial_manager") == (0 if repeated else 1)


async def test_after_ten_seconds_the_call_can_be_made_again(
    start_telephony: Start, monitor_telephony: Telephony, db: TestDatabase
) -> None:
    first = await monitored(monitor_telephony)
    later = await start_telephony(clock=clock_at("2025-01-08T20:30:56"))

    second = await monitored(later)

    assert codes(db) == [first["caller_code"], second["caller_code"]]
    assert second["caller_code"] == f"BM{EPOCH + 11}00006666"


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param({"manager_phone": "8003"}, id="another phone"),
        pytest.param({"agent_session": "8600052"}, id="another session"),
        pytest.param({"agent_server_ip": LISTENER_SERVER}, id="another server"),
        pytest.param({"monitor_type": "BARGE"}, id="another type"),
        pytest.param({"monitor_end_time": "2025-01-08 15:30:44"}, id="ended"),
    ],
)
async def test_other_calls_are_not_the_same(
    monitor_telephony: Telephony, db: TestDatabase, columns: dict[str, str]
) -> None:
    make_monitor_row(db, **columns)
    other = read_row(db, "vicidial_rt_monitor_log", caller_code="BM1736000000000other")

    await monitored(monitor_telephony)

    assert read_row(db, "vicidial_rt_monitor_log", caller_code="BM1736000000000other") == other
    assert db.count("vicidial_manager") == 1


@pytest.mark.parametrize(
    "columns", [{"manager_user": "boss"}, {"agent_user": "1002"}, {"manager_server_ip": "10.0.0.9"}]
)
async def test_a_call_is_the_same_whoever_asks(
    monitor_telephony: Telephony, db: TestDatabase, columns: dict[str, Any]
) -> None:
    make_monitor_row(db, **columns)

    assert await monitor(monitor_telephony) == QUEUED
    assert rows_of_calls(db) == NO_ROWS | {"vicidial_rt_monitor_log": 1}


async def test_stages_of_one_type_are_the_same(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    await monitored(monitor_telephony, stage="BARGE")

    swapped = await monitor(monitor_telephony, stage="BARGESWAP")
    hijack = await monitored(monitor_telephony, stage="HIJACK")
    listening = await monitored(monitor_telephony, stage="MONITOR")

    assert swapped == QUEUED
    # Both begin with BB: the second of one second gets the next one's code.
    assert (hijack["caller_code"], listening["caller_code"]) == (
        f"BB{EPOCH + 1}00006666", f"BM{EPOCH}00006666"
    )  # fmt: skip


async def test_calls_of_one_second_have_codes_of_their_own(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    make_conference(db, "8600052")
    make_monitored(db, "1002", conf_exten="8600052")
    make_phone(db, "8003", LISTENER_SERVER)

    for agent_user in ("1001", "1002"):
        for phone_login in ("8002", "8003"):
            await monitored(
                monitor_telephony, {"agent_user": agent_user, "phone_login": phone_login}
            )

    in_turn = [f"BM{EPOCH + more}00006666" for more in range(4)]
    for table in (
        "vicidial_rt_monitor_log",
        "vicidial_daily_rt_monitoring_log",
        "vicidial_dial_log",
        "vicidial_dial_cid_log",
    ):
        assert codes(db, table) == in_turn
    assert [row for (row,) in db.rows("SELECT callerid FROM vicidial_manager")] == in_turn


@pytest.mark.parametrize("taken", [1, 2, 30])
async def test_a_taken_code_is_followed_by_the_next_seconds(
    monitor_telephony: Telephony, db: TestDatabase, taken: int
) -> None:
    take_codes(db, taken)

    data = await monitored(monitor_telephony)

    assert data["caller_code"] == f"BM{EPOCH + taken}00006666"
    assert db.value("SELECT callerid FROM vicidial_manager") == data["caller_code"]
    started = "SELECT COUNT(*) FROM vicidial_rt_monitor_log WHERE monitor_start_time = %s"
    assert db.value(started, "2025-01-08 15:30:45") == taken + 1


@pytest.mark.parametrize("taken", [1, 2, 30])
async def test_a_code_that_only_the_log_of_the_day_has_is_taken_too(
    monitor_telephony: Telephony, db: TestDatabase, taken: int
) -> None:
    take_codes_of_the_day(db, taken)
    theirs = codes(db, OF_THE_DAY)

    data = await monitored(monitor_telephony)

    assert data["caller_code"] == f"BM{EPOCH + taken}00006666"
    assert codes(db) == [data["caller_code"]]
    assert codes(db, OF_THE_DAY) == [*theirs, data["caller_code"]]
    assert rows_of_calls(db) == ONE_ROW_EACH | {OF_THE_DAY: taken + 1}


async def test_a_code_that_either_log_has_is_passed_over(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    take_codes_of_the_day(db, 2)
    db.execute(f"DELETE FROM {OF_THE_DAY} WHERE caller_code LIKE %s", f"BM{EPOCH}%")
    take_codes(db, 1)

    assert (await monitored(monitor_telephony))["caller_code"] == f"BM{EPOCH + 2}00006666"


async def test_what_fails_after_such_a_code_leaves_the_other_calls_row(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    take_codes_of_the_day(db, 1)
    before = rows_of(db, WRITES)
    db.fail_writes("vicidial_manager")

    status, _ = await monitor(monitor_telephony)

    assert status == 500
    assert rows_of(db, WRITES) == before


async def test_after_30_more_tries_in_the_log_of_the_day_it_is_a_500(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    take_codes_of_the_day(db, 31)
    before = rows_of(db, WRITES)

    assert await monitor(monitor_telephony) == NONE_FREE
    assert rows_of(db, WRITES) == before


async def test_after_30_more_tries_it_is_a_500(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    take_codes(db, 31)

    assert await monitor(monitor_telephony) == NONE_FREE
    assert rows_of_calls(db) == NO_ROWS | {"vicidial_rt_monitor_log": 31}


async def test_a_repeat_is_seen_before_taken_codes(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    take_codes(db, 31)
    make_monitor_row(db)

    assert await monitor(monitor_telephony) == QUEUED
