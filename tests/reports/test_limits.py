"""How many reports and exports run at a time, and how long each may take (C3, C5, C8)."""

import asyncio

import pytest
from support.answers import refused
from support.apps import Start
from support.database import TestDatabase
from support.report_calls import EXPORTS, LOOK_UPS, NOW, REPORTS, Call, make_marked_rows, status_of

TOO_SLOW = refused(504, "Report took too long")
RECORDINGS, DID_LOG, *_ = REPORTS
DID_EXPORT = EXPORTS[1]
EVERY_REPORT = pytest.mark.parametrize("report", REPORTS, ids=str)
EVERY_EXPORT = pytest.mark.parametrize("export", EXPORTS, ids=str)
EVERY_CALL = pytest.mark.parametrize("call", [*REPORTS, *LOOK_UPS], ids=str)


@pytest.fixture(autouse=True)
def rows(db: TestDatabase) -> None:
    """Something to find."""
    make_marked_rows(db, "SALE")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report waits for its place for 0.1 s."""
    monkeypatch.setattr("svc_reports.slots._PATIENCE_S", 0.1)


@EVERY_REPORT
async def test_a_report_that_finds_no_free_place_is_a_429(
    start_reports: Start, db: TestDatabase, impatient: None, report: Call
) -> None:
    reports = await start_reports(clock=NOW, reports=1)

    with db.hold(report.table):
        first = asyncio.create_task(status_of(reports, report))
        await db.until_waiting(1)
        second = await reports.get(report.path)

    assert (second.status, await second.json()) == refused(429, "Too many reports in progress")
    assert second.headers["Retry-After"] == "10"
    assert await first == 200


async def test_a_report_waits_for_its_place(start_reports: Start, db: TestDatabase) -> None:
    reports = await start_reports(clock=NOW, reports=1)

    with db.hold(DID_LOG.table):
        first = asyncio.create_task(status_of(reports, DID_LOG))
        await db.until_waiting(1)
        second = asyncio.create_task(status_of(reports, RECORDINGS))
        await reports.get("/health/live")  # the second has come to where places are given
        assert not second.done()

    assert (await first, await second) == (200, 200)


async def test_as_many_reports_run_as_there_are_places(
    start_reports: Start, db: TestDatabase
) -> None:
    reports = await start_reports(clock=NOW, reports=3)

    with db.hold(DID_LOG.table):
        running = [asyncio.create_task(status_of(reports, DID_LOG)) for _ in range(3)]
        await db.until_waiting(3)

    assert await asyncio.gather(*running) == [200, 200, 200]


@EVERY_EXPORT
async def test_an_export_too_many_is_a_429_at_once(
    start_reports: Start, db: TestDatabase, export: Call
) -> None:
    reports = await start_reports(clock=NOW, streams=1)

    with db.hold(export.table):
        first = asyncio.create_task(status_of(reports, export))
        await db.until_waiting(1)
        second = await reports.get(export.path)

    assert (second.status, await second.json()) == refused(429, "Too many exports in progress")
    assert second.headers["Retry-After"] == "30"
    assert second.content_type == "application/json"
    assert await first == 200


async def test_reports_exports_and_look_ups_take_no_places_of_one_another(
    start_reports: Start, db: TestDatabase
) -> None:
    reports = await start_reports(clock=NOW, reports=1, streams=1)

    with db.hold(DID_LOG.table):
        running = [asyncio.create_task(status_of(reports, call)) for call in (DID_LOG, DID_EXPORT)]
        await db.until_waiting(2)
        looked_up = [await status_of(reports, call) for call in LOOK_UPS]

    assert looked_up == [200, 200, 200]
    assert await asyncio.gather(*running) == [200, 200]


@EVERY_CALL
async def test_a_statement_over_its_limit_is_a_504(
    start_reports: Start, db: TestDatabase, call: Call
) -> None:
    reports = await start_reports(clock=NOW, statement_s=1)

    with db.hold(call.table):
        answer = await call.sent(reports)

    assert answer == TOO_SLOW


@EVERY_CALL
async def test_what_takes_longer_than_a_report_may_is_a_504(
    start_reports: Start, db: TestDatabase, call: Call
) -> None:
    reports = await start_reports(clock=NOW, report_s=1)

    with db.hold(call.table):
        answer = await call.sent(reports)

    assert answer == TOO_SLOW


@EVERY_EXPORT
async def test_an_export_whose_first_statement_is_over_its_limit_is_a_504(
    start_reports: Start, db: TestDatabase, export: Call
) -> None:
    reports = await start_reports(clock=NOW, statement_s=1)

    with db.hold(export.table):
        answer = await export.sent(reports)

    assert answer == TOO_SLOW
