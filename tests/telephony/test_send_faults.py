"""POST /api/v1/test-call/send: writes that fail, and who sees what when."""

import asyncio
from collections.abc import Iterator

import pytest
from support.answers import refused
from support.apps import Telephony
from support.changes import changes, paused
from support.database import ENGINES, TestDatabase
from support.dial_faults import deadlocks, given_up, lost_at, tables_in
from support.sent_calls import NO_ROWS, WRITES, make_test_campaign, rows_of_calls, send, sent
from support.telephony import make_server

LOGS = WRITES[:4]
THEIRS = "V1081530450000000001"


@pytest.fixture(autouse=True)
def campaign(db: TestDatabase) -> None:
    """A campaign, and a server."""
    make_server(db)
    make_test_campaign(db)


@pytest.fixture
def in_memory(db: TestDatabase) -> Iterator[None]:
    """The dialer's calls in memory, where VICIdial leaves them, whatever else is on InnoDB."""
    with tables_in(db, "MEMORY", "vicidial_auto_calls"):
        yield


def codes(db: TestDatabase) -> list[str]:
    """The codes of the calls that the dialer watches."""
    return [code for (code,) in db.rows("SELECT callerid FROM vicidial_auto_calls ORDER BY 1")]


@ENGINES
@pytest.mark.parametrize("table", WRITES)
@pytest.mark.usefixtures("in_memory")
async def test_a_write_that_fails_leaves_logs_and_a_lead_but_no_call(
    telephony: Telephony, db: TestDatabase, engine: str, table: str
) -> None:
    db.insert("vicidial_auto_calls", server_ip="10.0.0.5", lead_id=1, callerid=THEIRS)
    db.fail_writes(table)

    status, envelope = await send(telephony)

    logged = LOGS[: WRITES.index(table)] if engine == "MyISAM" else ()
    assert (status, set(envelope)) == (500, {"success", "error"})
    assert rows_of_calls(db) == NO_ROWS | dict.fromkeys(logged, 1) | {"vicidial_auto_calls": 1}
    assert codes(db) == [THEIRS]
    assert db.rows("SELECT status, called_since_last_reset FROM vicidial_list") == [("CTCALL", "Y")]
    assert db.count("vicidial_hopper") == 0
    assert [change[:2] for change in changes(db)] == [("LEADS", "ADD")]


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_nothing_stays_where_all_tables_have_transactions(
    telephony: Telephony, db: TestDatabase
) -> None:
    db.fail_writes("vicidial_manager")

    assert (await send(telephony))[0] == 500
    assert rows_of_calls(db) == NO_ROWS


@ENGINES
@pytest.mark.usefixtures("in_memory")
async def test_a_row_that_cannot_be_taken_back_stays_until_the_dialer_removes_it(
    telephony: Telephony, db: TestDatabase
) -> None:
    db.fail_writes("vicidial_manager")
    db.fail_writes("vicidial_auto_calls", "DELETE")

    status, envelope = await send(telephony)

    assert (status, set(envelope)) == (500, {"success", "error"})
    assert (len(codes(db)), db.count("vicidial_manager")) == (1, 0)


@ENGINES
@pytest.mark.usefixtures("in_memory")
async def test_a_repeat_after_a_failure_is_a_new_call(
    telephony: Telephony, db: TestDatabase
) -> None:
    db.fail_writes("vicidial_manager")
    broken, _ = await send(telephony)
    db.mend_writes("vicidial_manager")

    data = await sent(telephony)

    assert broken == 500
    assert codes(db) == [data["caller_code"]]
    assert db.rows("SELECT callerid FROM vicidial_manager") == [(data["caller_code"],)]
    assert db.count("vicidial_list") == 2


@ENGINES
@pytest.mark.usefixtures("in_memory")
async def test_a_call_that_is_placed_but_not_logged_is_a_call(
    telephony: Telephony, db: TestDatabase
) -> None:
    db.fail_writes("vicidial_admin_log", where="NEW.event_section = 'CAMPAIGNS'")

    data = await sent(telephony)

    assert rows_of_calls(db) == dict.fromkeys(WRITES, 1)
    assert db.rows("SELECT man_id, callerid FROM vicidial_manager") == [
        (data["manager_id"], data["caller_code"])
    ]
    assert [change[:2] for change in changes(db)] == [("LEADS", "ADD")]


@ENGINES
@pytest.mark.usefixtures("in_memory")
async def test_the_answered_call_is_found_before_it_is_dialled(
    telephony: Telephony, db: TestDatabase
) -> None:
    async with paused(db, "vicidial_manager", "BEFORE INSERT"):
        task = asyncio.create_task(send(telephony))
        await db.until_waiting(1)
        found = codes(db)

    _, envelope = await task
    assert found == [envelope["data"]["caller_code"]]


@ENGINES
@pytest.mark.usefixtures("in_memory")
async def test_many_calls_at_once_are_all_placed(telephony: Telephony, db: TestDatabase) -> None:
    answers = await asyncio.gather(*(send(telephony) for _ in range(12)))

    assert [status for status, _ in answers] == [200] * 12
    assert rows_of_calls(db) == dict.fromkeys(WRITES, 12)
    assert codes(db) == sorted(envelope["data"]["caller_code"] for _, envelope in answers)


@pytest.mark.parametrize("engine", ["InnoDB"])
@pytest.mark.usefixtures("in_memory")
async def test_a_deadlock_leaves_one_call_and_one_row_of_each(
    telephony: Telephony, db: TestDatabase
) -> None:
    with deadlocks(db, "vicidial_manager", 1):
        data = await sent(telephony)

    statements = db.value(
        "SELECT event_sql FROM vicidial_admin_log WHERE event_section = 'CAMPAIGNS'"
    )
    assert rows_of_calls(db) == dict.fromkeys(WRITES, 1)
    assert codes(db) == [data["caller_code"]]
    assert [statements.count(f"INSERT INTO `{table}`") for table in WRITES] == [1] * len(WRITES)


@pytest.mark.parametrize("engine", ["InnoDB"])
@pytest.mark.usefixtures("in_memory")
async def test_after_three_deadlocks_no_call_is_left(
    telephony: Telephony, db: TestDatabase
) -> None:
    with deadlocks(db, "vicidial_manager"):
        answer = await send(telephony)

    assert answer == refused(503, "Database is busy")
    assert rows_of_calls(db) == NO_ROWS


@ENGINES
@pytest.mark.parametrize("table", WRITES[:5])
@pytest.mark.usefixtures("in_memory")
async def test_a_connection_that_is_lost_before_the_call_is_sent_leaves_no_call(
    telephony: Telephony, db: TestDatabase, engine: str, table: str
) -> None:
    status, _ = await lost_at(db, table, send(telephony))

    logged = LOGS[: WRITES.index(table)] if engine == "MyISAM" else ()
    assert status == 503
    assert rows_of_calls(db) == NO_ROWS | dict.fromkeys(logged, 1)


@ENGINES
@pytest.mark.usefixtures("in_memory")
async def test_a_call_whose_fate_is_unknown_stays_among_those_under_way(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    status, _ = await lost_at(db, "vicidial_manager", send(telephony))

    logged = LOGS if engine == "MyISAM" else ()
    assert status == 503
    assert rows_of_calls(db) == NO_ROWS | dict.fromkeys((*logged, "vicidial_auto_calls"), 1)


async def test_a_call_that_rings_though_we_never_heard_of_it_is_found_by_the_dialer(
    telephony: Telephony, db: TestDatabase
) -> None:
    async with paused(db, "vicidial_manager", "AFTER INSERT"):
        with given_up("vicidial_manager"):
            status, _ = await send(telephony)

    assert status == 503
    assert rows_of_calls(db) == dict.fromkeys(WRITES, 1)
    assert db.rows("SELECT callerid FROM vicidial_manager") == [(code,) for code in codes(db)]
