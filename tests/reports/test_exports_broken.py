"""Exports that do not come to their end: errors on the way, and clients that stall or leave."""

import asyncio
import json

import aiohttp
import pytest
from support.apps import Reports, Start
from support.archives import without
from support.database import TestDatabase
from support.exports import PATH, Watched, connections_held, make_rows, watched
from support.statements import statements_sent

# That of all rows, in one window.
DAY = {"start_date": "2025-01-02", "end_date": "2025-01-02"}
NDJSON = {**DAY, "format": "ndjson"}
CSV = {**DAY, "format": "csv"}
WINDOW = {"window_s": 86_400}


async def read_until_it_breaks_off(response: aiohttp.ClientResponse) -> bytes:
    """What came before the body broke off."""
    body = bytearray()

    async def read() -> None:
        async for piece in response.content.iter_any():
            body.extend(piece)

    with pytest.raises(aiohttp.ClientPayloadError):
        await read()
    return bytes(body)


async def broken_by_a_busy_table(
    reports: Reports, db: TestDatabase, watch: Watched, parameters: dict[str, str]
) -> bytes:
    """An export whose third page finds the table locked for too long."""
    response = await reports.get(PATH, params=parameters)
    await watch.stopped.wait()
    await until_no_connection_is_held(reports)
    with db.hold("vicidial_carrier_log"):
        watch.go_on()
        return await read_until_it_breaks_off(response)


async def test_an_error_on_the_way_ends_ndjson_with_a_word_and_without_its_end(
    start_reports: Start, db: TestDatabase
) -> None:
    make_rows(db, 30)
    reports = await start_reports(chunk_rows=10, statement_s=1, **WINDOW)

    with watched() as watch:
        body = await broken_by_a_busy_table(reports, db, watch, NDJSON)

    *rows, last = [json.loads(line) for line in body.splitlines()]
    assert [row["uniqueid"] for row in rows] == [str(1000030 - n) for n in range(20)]
    assert last == {"success": False, "error": "Export interrupted"}


async def test_an_error_on_the_way_leaves_csv_without_its_end(
    start_reports: Start, db: TestDatabase
) -> None:
    make_rows(db, 30)
    reports = await start_reports(chunk_rows=10, statement_s=1, **WINDOW)

    with watched() as watch:
        body = await broken_by_a_busy_table(reports, db, watch, CSV)

    head, *lines = body.decode().split("\r\n")[:-1]
    assert head.startswith("uniqueid,")
    assert len(lines) == 20


async def test_whatever_goes_wrong_on_the_way_is_said(
    start_reports: Start, db: TestDatabase
) -> None:
    make_rows(db, 30)
    reports = await start_reports(chunk_rows=10, **WINDOW)

    with watched() as watch:
        response = await reports.get(PATH, params=NDJSON)
        await watch.stopped.wait()
        await until_no_connection_is_held(reports)
        with without(db, "vicidial_carrier_log"):
            watch.go_on()
            body = await read_until_it_breaks_off(response)

    *rows, last = [json.loads(line) for line in body.splitlines()]
    assert len(rows) == 20
    assert last == {"success": False, "error": "Export interrupted"}


async def test_the_log_of_calls_has_a_broken_export_as_an_error(
    start_reports: Start, db: TestDatabase
) -> None:
    make_rows(db, 30)
    reports = await start_reports(chunk_rows=10, statement_s=1, **WINDOW)

    with watched() as watch:
        await broken_by_a_busy_table(reports, db, watch, CSV)
    await reports.close()

    assert db.row("SELECT result, result_reason FROM vicidial_api_log") == (
        "ERROR", "Export interrupted: Report took too long",
    )  # fmt: skip


async def test_no_connection_is_held_while_a_client_is_slow(
    start_reports: Start, db: TestDatabase
) -> None:
    make_rows(db, 20)
    reports = await start_reports(chunk_rows=10, **WINDOW)

    with watched() as watch:
        response = await reports.get(PATH, params=NDJSON)
        await watch.stopped.wait()
        await until_no_connection_is_held(reports)
        pieces = watch.pieces
        watch.go_on()
        body = await response.text()

    assert pieces == 1
    assert len(body.splitlines()) == 20


async def test_a_client_that_leaves_ends_the_work(start_reports: Start, db: TestDatabase) -> None:
    make_rows(db, 1000)
    reports = await start_reports(chunk_rows=10, streams=1, **WINDOW)

    with watched() as watch, statements_sent() as statements:
        response = await reports.get(PATH, params=NDJSON)
        await watch.stopped.wait()
        response.close()
        watch.go_on()
        await until_an_export_has_place(reports)

    # 100 pages were to come.
    assert watch.pieces < 20
    assert len(statements) < 40


async def test_a_client_that_takes_nothing_is_cut_off(
    start_reports: Start, db: TestDatabase
) -> None:
    make_rows(db, 60_000)
    reports = await start_reports(streams=1, idle_s=1, **WINDOW)
    response = await reports.get(PATH, params=NDJSON)

    await until_an_export_has_place(reports)

    body = await read_until_it_breaks_off(response)
    assert len(body.splitlines()) < 60_000


async def test_an_export_gives_its_place_back(start_reports: Start, db: TestDatabase) -> None:
    make_rows(db, 20)
    reports = await start_reports(streams=1, **WINDOW)

    for parameters in (NDJSON, CSV, NDJSON | {"lead_id": "x"}, CSV):
        await (await reports.get(PATH, params=parameters)).read()

    response = await reports.get(PATH, params=CSV)
    assert response.status == 200


async def until_no_connection_is_held(reports: Reports) -> None:
    """The page after the one that is written is read meanwhile."""
    async with asyncio.timeout(20):
        while connections_held(reports):
            await (await reports.get("/health/live")).read()


async def until_an_export_has_place(reports: Reports) -> None:
    """Ask for a small export again and again."""
    async with asyncio.timeout(20):
        while True:
            response = await reports.get(PATH, params={"lead_id": "999999", "format": "csv"})
            await response.read()
            if response.status == 200:
                return
            assert response.status == 429
