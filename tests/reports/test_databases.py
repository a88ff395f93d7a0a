"""Which of its two databases svc-reports asks, and what it answers while one of them is away."""

import asyncio
import socket
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace

import pymysql
import pytest
from aiohttp.test_utils import TestServer
from pymysql.constants import ER
from pytest_aiohttp import AiohttpClient
from support.answers import Answer, refused
from support.apps import Reports, Start, authorization, report_settings
from support.database import TestDatabase
from support.replica import Replica
from support.report_calls import LOOK_UPS, NOW, REPORTS, Call, make_marked_rows
from svc_reports.app import create_app
from svc_reports.databases import REPORT_DATABASE
from svc_reports.settings import ReportSettings

from deploy.local.ports import free_port

AWAY = refused(503, "Database not available")
REPLICA_AWAY = refused(503, "Report database not available")
_READ_ONLY = 1792


@pytest.fixture(autouse=True)
def rows(db: TestDatabase, replica: Replica) -> None:
    """Rows that say which database they are from."""
    make_marked_rows(db, "DIALER")
    make_marked_rows(replica, "COPY")


async def started(client: AiohttpClient, settings: ReportSettings) -> Reports:
    """The service with those settings, at noon."""
    app = create_app(settings, clock=NOW)
    return await client(TestServer(app), headers=authorization("svc-reports"))


async def answers(reports: Reports, calls: Iterable[Call]) -> dict[str, Answer]:
    return {call.name: await call.sent(reports) for call in calls}


async def statuses(reports: Reports, calls: Iterable[Call]) -> dict[str, int]:
    return {name: status for name, (status, _) in (await answers(reports, calls)).items()}


def all_of(calls: Iterable[Call], answer: object) -> dict[str, object]:
    return {call.name: answer for call in calls}


@pytest.mark.parametrize(
    ("call", "mark"),
    [*((call, "COPY") for call in REPORTS), *((call, "DIALER") for call in LOOK_UPS)],
    ids=str,
)
async def test_each_endpoint_asks_its_own_database(
    start_reports: Start, replica: Replica, call: Call, mark: str
) -> None:
    reports = await start_reports(clock=NOW, replica=replica)

    status, envelope = await call.sent(reports)

    assert status == 200, envelope
    assert {name for name in ("COPY", "DIALER") if name in str(envelope)} == {mark}


@pytest.mark.parametrize("call", [*REPORTS, *LOOK_UPS], ids=str)
async def test_without_a_replica_all_ask_the_dialers_database(
    start_reports: Start, call: Call
) -> None:
    reports = await start_reports(clock=NOW)

    status, envelope = await call.sent(reports)

    assert status == 200, envelope
    assert "DIALER" in str(envelope)


async def test_no_report_falls_back_to_the_dialers_database_when_the_replica_goes(
    start_reports: Start, replica: Replica
) -> None:
    reports = await start_reports(clock=NOW, replica=replica)
    await answers(reports, REPORTS)

    replica.stop()

    assert await answers(reports, REPORTS) == all_of(REPORTS, REPLICA_AWAY)
    assert await statuses(reports, LOOK_UPS) == all_of(LOOK_UPS, 200)


async def test_the_service_starts_while_the_replica_is_away(
    start_reports: Start, replica: Replica
) -> None:
    replica.stop()
    reports = await start_reports(clock=NOW, replica=replica)

    refusals = await answers(reports, REPORTS)
    replica.start()

    assert refusals == all_of(REPORTS, REPLICA_AWAY)
    assert await statuses(reports, REPORTS) == all_of(REPORTS, 200)


async def test_a_replica_that_is_restarted_is_found_again(
    start_reports: Start, replica: Replica
) -> None:
    reports = await start_reports(clock=NOW, replica=replica)
    before = await answers(reports, REPORTS)

    replica.stop()
    replica.start()

    assert await answers(reports, REPORTS) == before
    assert {status for status, _ in before.values()} == {200}


async def test_a_report_whose_server_ends_meanwhile_is_a_503(
    start_reports: Start, replica: Replica
) -> None:
    reports = await start_reports(clock=NOW, replica=replica)
    carrier_log = REPORTS[6]
    with closing(replica.server.connect(database=replica.name)) as connection:
        connection.query(f"LOCK TABLES {carrier_log.table} WRITE")
        reading = asyncio.create_task(carrier_log.sent(reports))
        await replica.until_waiting(1)
        replica.stop()
    answer = await reading

    replica.start()

    assert answer == REPLICA_AWAY
    assert (await carrier_log.sent(reports))[0] == 200


async def test_reports_go_on_when_the_dialers_database_goes(
    aiohttp_client: AiohttpClient, db: TestDatabase, replica: Replica
) -> None:
    # The server that can be stopped is the dialer's here.
    reports = await started(aiohttp_client, report_settings(replica, replica=db))
    before = await statuses(reports, REPORTS)

    replica.stop()

    assert await answers(reports, LOOK_UPS) == all_of(LOOK_UPS, AWAY)
    assert await statuses(reports, REPORTS) == before == all_of(REPORTS, 200)


async def test_reports_are_read_though_nothing_listens_where_the_dialers_database_should_be(
    aiohttp_client: AiohttpClient, db: TestDatabase, replica: Replica
) -> None:
    settings = report_settings(db, replica)
    nowhere = replace(settings.database, port=free_port())
    reports = await started(aiohttp_client, replace(settings, database=nowhere))

    assert await answers(reports, LOOK_UPS) == all_of(LOOK_UPS, AWAY)
    assert await statuses(reports, REPORTS) == all_of(REPORTS, 200)


async def test_a_replica_that_takes_connections_and_says_nothing_is_a_503(
    aiohttp_client: AiohttpClient,
    db: TestDatabase,
    replica: Replica,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("svc_reports.settings._TURN_S", 0.1)
    settings = report_settings(db, replica)
    assert settings.replica is not None
    with socket.create_server(("127.0.0.1", 0)) as mute:
        there = replace(settings.replica, port=mute.getsockname()[1])
        reports = await started(aiohttp_client, replace(settings, replica=there))

        assert await answers(reports, REPORTS) == all_of(REPORTS, REPLICA_AWAY)
        assert await statuses(reports, LOOK_UPS) == all_of(LOOK_UPS, 200)


@pytest.mark.parametrize("call", LOOK_UPS, ids=str)
async def test_a_look_up_that_gets_no_connection_in_time_is_a_503(
    start_reports: Start, db: TestDatabase, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    monkeypatch.setattr("svc_reports.settings._TURN_S", 0.1)
    reports = await start_reports(clock=NOW)

    with db.hold("vicidial_closer_log"):
        others = [asyncio.create_task(LOOK_UPS[0].sent(reports)) for _ in range(5)]
        await db.until_waiting(5)
        answer = await call.sent(reports)
    first = await asyncio.gather(*others)

    assert answer == AWAY
    assert [status for status, _ in first] == [200] * 5


@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
async def test_the_server_refuses_writes_over_a_connection_of_reports(
    start_reports: Start, db: TestDatabase
) -> None:
    reports = await start_reports(clock=NOW)
    assert reports.app is not None

    # The account may: it is the service's own, on the dialer's database.
    with pytest.raises(pymysql.err.OperationalError) as refusal:
        await reports.app[REPORT_DATABASE].execute("UPDATE vicidial_log SET status = 'SALE'")

    assert refusal.value.args[0] == _READ_ONLY
    assert db.value("SELECT status FROM vicidial_log") == "DIALER"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE vicidial_log SET status = 'SALE'",
        "INSERT INTO vicidial_admin_log SET record_id = '1'",
        "DELETE FROM vicidial_call_notes",
    ],
)
def test_an_account_on_a_replica_can_only_read(replica: Replica, sql: str) -> None:
    with (
        closing(replica.connect_as("svc-reports")) as connection,
        pytest.raises(pymysql.err.OperationalError) as refusal,
    ):
        connection.query(sql)

    assert refusal.value.args[0] == ER.TABLEACCESS_DENIED_ERROR
