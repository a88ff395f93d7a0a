"""The places of reports and exports, and their connections, are free again however one ends."""

import asyncio
from contextlib import closing

import pytest
from support.apps import Start
from support.archives import without
from support.database import TestDatabase
from support.replica import Replica
from support.report_calls import EXPORTS, NOW, REPORTS, Call, make_marked_rows, status_of

DID_LOG, DID_EXPORT = REPORTS[1], EXPORTS[1]
ONE_PLACE = {"reports": 1, "streams": 1}
# There are two connections then: more requests than that show that none is lost.
TIMES = 3
BOTH = pytest.mark.parametrize("call", [DID_LOG, DID_EXPORT], ids=str)


@pytest.fixture(autouse=True)
def rows(db: TestDatabase) -> None:
    """Something to find."""
    make_marked_rows(db, "SALE")


@BOTH
@pytest.mark.parametrize("limit", ["statement_s", "report_s"])
async def test_after_a_time_out(
    start_reports: Start, db: TestDatabase, call: Call, limit: str
) -> None:
    reports = await start_reports(clock=NOW, **ONE_PLACE, **{limit: 1})

    with db.hold(call.table):
        refused = [await status_of(reports, call) for _ in range(TIMES)]
    again = await status_of(reports, call)

    assert refused == [504] * TIMES
    assert again == 200


@BOTH
async def test_after_an_error(start_reports: Start, db: TestDatabase, call: Call) -> None:
    reports = await start_reports(clock=NOW, **ONE_PLACE)

    with without(db, call.table):
        failed = [await status_of(reports, call) for _ in range(TIMES)]
    again = await status_of(reports, call)

    assert failed == [500] * TIMES
    assert again == 200


@BOTH
async def test_after_a_bad_request(start_reports: Start, call: Call) -> None:
    reports = await start_reports(clock=NOW, **ONE_PLACE)

    refused = [(await reports.get(f"{call.path}&server_ip=nowhere")).status for _ in range(TIMES)]
    again = await status_of(reports, call)

    assert refused == [400] * TIMES
    assert again == 200


@BOTH
async def test_after_lost_connections(start_reports: Start, db: TestDatabase, call: Call) -> None:
    reports = await start_reports(clock=NOW, **ONE_PLACE)

    with db.hold(call.table):
        reading = asyncio.create_task(status_of(reports, call))
        for _ in range(2):  # what breaks off is read once more
            await db.until_waiting(1)
            db.kill_service_connections()
        broken = await reading
    again = await status_of(reports, call)

    assert broken == 503
    assert again == 200


@BOTH
async def test_after_a_restart_of_the_replica(
    start_reports: Start, replica: Replica, call: Call
) -> None:
    make_marked_rows(replica, "SALE")
    reports = await start_reports(clock=NOW, replica=replica, **ONE_PLACE)

    with closing(replica.server.connect(database=replica.name)) as connection:
        connection.query(f"LOCK TABLES {call.table} WRITE")
        reading = asyncio.create_task(status_of(reports, call))
        await replica.until_waiting(1)
        replica.stop()
    broken = await reading
    refused = [await status_of(reports, call) for _ in range(TIMES)]
    replica.start()
    again = await status_of(reports, call)

    assert [broken, *refused] == [503] * (TIMES + 1)
    assert again == 200
