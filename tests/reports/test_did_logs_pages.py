"""GET /api/v1/did-logs/export: order, pages, exports, and what is asked of the database."""

import json
from typing import Any

import pytest
from support.answers import asked
from support.apps import Reports, Start
from support.archives import NO_ARCHIVE, without
from support.database import TestDatabase
from support.did_logs import EXPORT, THAT_DAY, make_did_call, make_in_group_call, told
from support.dids import make_did
from support.pages import all_pages, page, parameters
from support.statements import Statement, explained, statements_sent

KEYS = [
    ("2025-01-08 09:59:59", "3.1", "10.0.0.5"),
    ("2025-01-08 10:00:00", "1.1", "10.0.0.10"),
    ("2025-01-08 10:00:00", "1.1", "10.0.0.5"),
    ("2025-01-08 10:00:00", "1.1", "10.0.0.6"),
    ("2025-01-08 10:00:00", "1.10", "10.0.0.5"),
    ("2025-01-08 10:00:00", "1.2", "10.0.0.5"),
    ("2025-01-08 15:00:00", "1.1", "10.0.0.5"),
]
EXPORTED = [(uniqueid, server_ip) for _, uniqueid, server_ip in KEYS]


def make_keys(db: TestDatabase) -> None:
    """Calls, some of the same second, in another order."""
    for call_date, uniqueid, server_ip in sorted(KEYS, key=lambda key: key[::-1]):
        make_did_call(db, call_date=call_date, uniqueid=uniqueid, server_ip=server_ip)


def key_of(row: dict[str, Any]) -> tuple[str, str]:
    """What tells the rows of `KEYS` apart."""
    return row["uniqueid"], row["server_ip"]


async def test_rows_come_by_date_uniqueid_and_server(reports: Reports, db: TestDatabase) -> None:
    make_keys(db)

    assert [key_of(row) for row in await told(reports)] == EXPORTED


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 7])
async def test_pages_lead_to_the_end(reports: Reports, db: TestDatabase, limit: int) -> None:
    make_keys(db)

    pages = await all_pages(reports, EXPORT.with_query(THAT_DAY | {"limit": str(limit)}))

    assert [len(page) for page in pages[:-1]] == [limit] * (len(pages) - 1)
    assert [key_of(row) for page in pages for row in page] == EXPORTED


async def test_the_next_page_keeps_filters_and_range(reports: Reports, db: TestDatabase) -> None:
    make_keys(db)

    _, url = await page(
        reports, EXPORT.with_query(query_date="2025-01-08", did_id="42", limit="2", user="7777")
    )

    assert parameters(url, EXPORT.path) == {
        "did_id": "42",
        "limit": "2",
        "start_date": "2025-01-08 00:00:00",
        "end_date": "2025-01-08 23:59:59",
    }


async def test_a_page_holds_1000_rows_by_default(reports: Reports, db: TestDatabase) -> None:
    db.execute(
        "INSERT INTO vicidial_did_log (uniqueid, channel, server_ip, call_date)"
        " SELECT CONCAT('1.', LPAD(seq, 5, '0')), '', '10.0.0.5', '2025-01-08 10:00:00'"
        " FROM seq_1_to_10001"
    )

    assert len(await told(reports)) == 1000
    assert len(await told(reports, limit="10000")) == 10_000


async def test_calls_leave_as_csv(reports: Reports, db: TestDatabase) -> None:
    make_did(db, 42, "3125551212", did_description="Main line")
    make_did_call(db, caller_id_name="=1+1", caller_id_number=None)
    make_in_group_call(db)

    response = await reports.get(EXPORT.with_query(THAT_DAY | {"format": "csv"}))

    assert response.headers["Content-Disposition"] == (
        'attachment; filename="did-logs_20250108_20250108.csv"'
    )
    assert await response.text() == (
        "uniqueid,server_ip,channel,caller_id_number,caller_id_name,extension,call_date,did_id,"
        "did_route,did_number,did_description,length_in_sec\r\n"
        "1736355590.1234,10.0.0.5,SIP/trunk1-00000a1f,,'=1+1,3125551212,2025-01-08T17:00:01Z,42,"
        "IN_GROUP,3125551212,Main line,123\r\n"
    )


async def test_all_calls_leave_as_ndjson(start_reports: Start, db: TestDatabase) -> None:
    reports = await start_reports(chunk_rows=2)
    make_keys(db)
    as_json = await told(reports)

    query = {"start_date": "2025-01-07", "end_date": "2025-01-08", "format": "ndjson", "limit": "1"}
    response = await reports.get(EXPORT.with_query(query))

    assert response.headers["Content-Disposition"] == (
        'attachment; filename="did-logs_20250107_20250108.ndjson"'
    )
    lines = (await response.text()).splitlines()
    assert [json.loads(line) for line in lines] == as_json


async def test_a_page_asks_a_fixed_number_of_statements(
    start_reports: Start, db: TestDatabase
) -> None:
    reports = await start_reports(window_s=86_400)
    for number in range(1, 101):
        make_did(db, number, f"1800555{number:04}")
        make_did_call(db, uniqueid=f"1.{number}", did_id=str(number))
        make_in_group_call(db, uniqueid=f"1.{number}", closecallid=number, archived=number > 50)

    with statements_sent() as statements:
        rows = await told(reports, did_pattern="18005550001", phone_number="3125551212")
    assert len(rows) == 1
    assert len(statements) == 5  # the pattern, log and its ends, in-groups' log, descriptions

    with statements_sent() as statements:
        rows = await told(reports)
    assert [row["length_in_sec"] for row in rows] == [123] * 100
    assert len(statements) == 5  # log and its ends, in-groups' log and archive, descriptions


async def test_uniqueids_are_looked_up_500_at_a_time(
    start_reports: Start, db: TestDatabase
) -> None:
    reports = await start_reports(window_s=86_400)
    db.execute(
        "INSERT INTO vicidial_did_log (uniqueid, channel, server_ip, call_date)"
        " SELECT CONCAT('1.', seq), '', '10.0.0.5', '2025-01-08 10:00:00' FROM seq_1_to_501"
    )
    make_in_group_call(db, uniqueid="1.1", call_date="2025-01-08 10:00:00")

    with statements_sent() as statements:
        await told(reports)

    looked_up = [len(one.params) for one in statements if "closer_log" in one.sql]
    assert looked_up == [500, 1, 500]


def many_calls(db: TestDatabase) -> None:
    """Ten days of calls, a call each 72 seconds; half of them reached an in-group."""
    db.execute(
        "INSERT INTO vicidial_did_log (uniqueid, channel, server_ip, extension, caller_id_number,"
        " call_date, did_id) SELECT CONCAT(1736300000 + seq, '.', seq), '', '10.0.0.5',"
        " 3125551000 + seq % 100, 7275550000 + seq % 1000,"
        " '2025-01-01' + INTERVAL 72 * seq SECOND, seq % 100 FROM seq_1_to_12000"
    )
    for table in ("vicidial_closer_log", "vicidial_closer_log_archive"):
        db.execute(
            f"INSERT INTO {table} (closecallid, lead_id, uniqueid, call_date, campaign_id)"
            " SELECT seq, seq, CONCAT(1736300000 + 2 * seq, '.', 2 * seq),"
            " '2025-01-01' + INTERVAL 144 * seq SECOND, 'SALES' FROM seq_1_to_6000"
        )


def plans(db: TestDatabase, statements: list[Statement]) -> list[tuple[str | None, str | None]]:
    """Of each statement the table and the index; of what needs no table, None."""
    found = [explained(db, one, "svc-reports")[0] for one in statements]
    return [(plan["table"], plan["key"]) for plan in found]


LOOK_UPS = [
    ("vicidial_closer_log", "uniqueid"),
    ("vicidial_closer_log_archive", "uniqueid"),
    ("vicidial_inbound_dids", "PRIMARY"),
]


async def test_indexes_serve_each_statement(start_reports: Start, db: TestDatabase) -> None:
    reports = await start_reports(window_s=86_400)
    for did_id in range(100):
        make_did(db, 1 + did_id, f"18005551{did_id:03}")
    many_calls(db)

    with statements_sent() as statements:
        await told(reports, did_id="43", did_pattern="18005551042", server_ip="10.0.0.5")

    assert plans(db, statements) == [
        ("vicidial_inbound_dids", "did_pattern"),
        (None, None),  # the ends of the log's index call_date
        ("vicidial_did_log", "call_date"),
        *LOOK_UPS,
    ]


async def test_many_uniqueids_are_found_by_their_index(
    start_reports: Start, db: TestDatabase
) -> None:
    reports = await start_reports(window_s=86_400)
    many_calls(db)

    with statements_sent() as statements:
        rows = await told(reports)

    of_in_groups = [one for one in statements if "closer_log" in one.sql]
    assert len(rows) == 1000
    assert [len(one.params) for one in of_in_groups] == [500, 500, 500]
    assert set(plans(db, of_in_groups)) == set(LOOK_UPS[:2])


async def test_a_missing_archive_is_a_409(reports: Reports, db: TestDatabase) -> None:
    with without(db, "vicidial_did_log_archive"):
        answer = await asked(reports, EXPORT, THAT_DAY | {"archived": "Y"})

    assert answer == NO_ARCHIVE


async def test_without_an_archive_of_in_groups_the_log_serves(
    reports: Reports, db: TestDatabase
) -> None:
    make_did_call(db, uniqueid="1.1")
    make_did_call(db, uniqueid="1.2")
    make_in_group_call(db, uniqueid="1.2")
    with without(db, "vicidial_closer_log_archive"):
        rows = await told(reports)

    assert [row["length_in_sec"] for row in rows] == [0, 123]
