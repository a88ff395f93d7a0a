"""PUT /api/v1/log-entries/{entry_id}: steps that fail, requests that meet, and indexes."""

import asyncio
from contextlib import closing
from typing import Any

import pytest
from support.apps import Reports, Start
from support.builders import make_status
from support.call_logs import (
    CLOSECALLID,
    INBOUND_CODE,
    LEAD_ID,
    MANUAL_CODE,
    UNIQUEID,
    make_dialled,
    make_extended,
    make_inbound_call,
    make_inbound_code,
    make_note,
    make_outbound_call,
)
from support.changes import changes, difference
from support.database import ENGINES, TestDatabase
from support.log_entries import (
    NOT_FOUND,
    change,
    everything,
    inbound,
    inbound_row,
    make_definitions,
    notes,
    outbound,
    outbound_row,
)
from support.statements import Statement, explained, statements_sent

BODY = {"status": "NI", "user_group": "AGENTS", "comments": "Paid"}
NOTE = (LEAD_ID, UNIQUEID, "Paid")
PLACE = f"{UNIQUEID}|2025-01-08 12:00:01|1"
LARGE = (
    "vicidial_log (uniqueid, lead_id, campaign_id, call_date)"
    " SELECT CONCAT(seq, '.1'), seq, 'TESTCAMP', '2025-01-08 12:00:01'",
    "vicidial_closer_log (closecallid, uniqueid, lead_id, campaign_id, call_date)"
    " SELECT 1000 + seq, CONCAT(seq, '.1'), seq, 'SALES', '2025-01-08 12:00:01'",
    "vicidial_log_extended (uniqueid, lead_id, caller_code, call_date)"
    " SELECT CONCAT(seq, '.1'), seq, CONCAT('M', seq), '2025-01-08 12:00:01'",
    "vicidial_dial_log (uniqueid, lead_id, caller_code, call_date)"
    " SELECT CONCAT(seq, '.1'), seq, CONCAT('M', seq), '2025-01-08 12:00:01'",
    "vicidial_inbound_caller_codes (uniqueid, lead_id, caller_code, call_date, group_id,"
    " prev_caller_code)"
    " SELECT CONCAT(seq, '.1'), seq, CONCAT('Y', seq), '2025-01-08 12:00:01', 'SALES', ''",
    "vicidial_call_notes (lead_id, vicidial_id, call_notes)"
    " SELECT seq, CONCAT(seq, '.1'), 'a note'",
    "vicidial_campaign_statuses (status, campaign_id)"
    " SELECT LEFT(CONCAT('Z', seq), 6), CONCAT('C', seq)",
)


@pytest.fixture(autouse=True)
def call(db: TestDatabase) -> None:
    """An outbound call of a lead, and another call of the same lead."""
    make_definitions(db)
    make_outbound_call(db)


def values(db: TestDatabase) -> tuple[Any, Any]:
    """Status and user group of the outbound record."""
    row = outbound_row(db)
    return row["status"], row["user_group"]


@ENGINES
@pytest.mark.parametrize("note", [False, True], ids=["first note", "another note"])
async def test_nothing_is_written_where_the_record_cannot_be(
    reports: Reports, db: TestDatabase, engine: str, note: bool
) -> None:
    if note:
        make_note(db)
    before = everything(db)
    db.fail_writes("vicidial_log", "UPDATE")

    status, _ = await change(reports, **BODY)

    assert status == 500
    assert everything(db) == before


@ENGINES
@pytest.mark.parametrize("operation", ["INSERT", "UPDATE"])
async def test_a_repeat_finishes_where_the_note_was_lost(
    reports: Reports, db: TestDatabase, engine: str, operation: str
) -> None:
    if operation == "UPDATE":
        make_note(db)
    known = notes(db)
    db.fail_writes("vicidial_call_notes", operation)
    broken, _ = await change(reports, **BODY)
    found = values(db), notes(db), changes(db)
    db.mend_writes("vicidial_call_notes")

    again = await change(reports, **BODY)

    kept = "NI" if engine == "MyISAM" else "A"
    assert broken == 500
    assert found == ((kept, "AGENTS" if engine == "MyISAM" else "ADMIN"), known, [])
    assert again == outbound(old_status=kept, status="NI", user_group="AGENTS")
    assert (values(db), notes(db)) == (("NI", "AGENTS"), [NOTE])
    assert [logged[-1] for logged in changes(db)] == [f"12345|vicidial_log|NI|{kept}|{PLACE}"]


@ENGINES
@pytest.mark.parametrize("note", [False, True], ids=["first note", "another note"])
async def test_a_repeat_finishes_what_was_not_logged(
    reports: Reports, db: TestDatabase, engine: str, note: bool
) -> None:
    if note:
        make_note(db)
    known = notes(db)
    db.fail_writes("vicidial_admin_log")
    broken, _ = await change(reports, **BODY)
    found = values(db), notes(db)
    db.mend_writes("vicidial_admin_log")

    again = await change(reports, **BODY)

    kept = engine == "MyISAM"
    assert broken == 500
    assert found == ((("NI", "AGENTS"), [NOTE]) if kept else (("A", "ADMIN"), known))
    assert again == outbound(old_status="NI" if kept else "A", status="NI", user_group="AGENTS")
    assert (values(db), notes(db)) == (("NI", "AGENTS"), [NOTE])
    assert len(changes(db)) == 1


@ENGINES
async def test_a_repeat_finishes_the_change_of_an_in_group_record(
    reports: Reports, db: TestDatabase, engine: str
) -> None:
    make_inbound_call(db, uniqueid="1.1")
    before = inbound_row(db)
    db.fail_writes("vicidial_admin_log")
    broken, _ = await change(reports, CLOSECALLID, **BODY)
    db.mend_writes("vicidial_admin_log")

    again = await change(reports, CLOSECALLID, **BODY)

    old_status = "NI" if engine == "MyISAM" else "SALE"
    assert broken == 500
    assert again == inbound(uniqueid="1.1", old_status=old_status, status="NI", user_group="AGENTS")
    assert difference(before, inbound_row(db)) == {"status": "NI", "user_group": "AGENTS"}
    assert notes(db) == [(LEAD_ID, "777", "Paid")]
    assert len(changes(db)) == 1


@pytest.mark.parametrize(
    ("entry_id", "table"),
    [
        (UNIQUEID, "vicidial_log"),
        (MANUAL_CODE, "vicidial_log"),
        (CLOSECALLID, "vicidial_closer_log"),
    ],
)
async def test_a_record_that_the_archiver_takes_first_is_a_404(
    reports: Reports, db: TestDatabase, entry_id: object, table: str
) -> None:
    make_extended(db)
    make_inbound_call(db, uniqueid="1.1")
    with db.hold("vicidial_statuses"):  # they stand between the record and its change
        request = asyncio.create_task(change(reports, entry_id, **BODY))
        await db.until_waiting(1)
        db.execute(f"DELETE FROM {table} WHERE status <> 'X'")

    assert await request == NOT_FOUND
    assert (notes(db), changes(db)) == ([], [])


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_a_record_that_the_archiver_is_just_taking_is_a_404(
    reports: Reports, db: TestDatabase
) -> None:
    with closing(db.server.connect(database=db.name)) as archiver, archiver.cursor() as cursor:
        archiver.begin()
        cursor.execute("DELETE FROM vicidial_log WHERE uniqueid = %s", (UNIQUEID,))
        request = asyncio.create_task(change(reports, **BODY))
        await db.until_waiting(1)
        archiver.commit()

    assert await request == NOT_FOUND
    assert (notes(db), changes(db)) == ([], [])


@ENGINES
async def test_changes_of_the_same_record_at_once_are_all_made(
    start_reports: Start, db: TestDatabase, engine: str
) -> None:
    instances = [await start_reports() for _ in range(2)]
    make_note(db)
    bodies = [{"status": "NI"}, {"user_group": "AGENTS"}, {"comments": "Paid"}] * 4

    requests = [change(instances[place % 2], **body) for place, body in enumerate(bodies)]
    answers = await asyncio.gather(*requests)

    assert {status for status, _ in answers} == {200}
    assert (values(db), notes(db)) == (("NI", "AGENTS"), [NOTE])
    assert len(changes(db)) == 12


@ENGINES
async def test_of_two_statuses_at_once_each_is_answered_as_it_was_set(
    start_reports: Start, db: TestDatabase, engine: str
) -> None:
    instances = [await start_reports() for _ in range(2)]
    with db.hold("vicidial_log"):
        both = [
            asyncio.create_task(change(one, status=status))
            for one, status in zip(instances, ("NI", "DNC"), strict=True)
        ]
        await db.until_waiting(2)

    answers = await asyncio.gather(*both)

    assert [(code, envelope["data"]["status"]) for code, envelope in answers] == [
        (200, "NI"), (200, "DNC"),
    ]  # fmt: skip
    assert outbound_row(db)["status"] in ("NI", "DNC")
    assert len(changes(db)) == 2


@ENGINES
async def test_two_first_comments_at_once_leave_one_note(
    start_reports: Start, db: TestDatabase, engine: str
) -> None:
    instances = [await start_reports() for _ in range(2)]
    with db.hold("vicidial_call_notes"):
        both = [
            asyncio.create_task(change(one, comments=text))
            for one, text in zip(instances, ("Paid", "Angry"), strict=True)
        ]
        await db.until_waiting(2)

    answers = await asyncio.gather(*both)

    assert answers == [outbound()] * 2
    assert notes(db) in ([NOTE], [(LEAD_ID, UNIQUEID, "Angry")])
    assert len(changes(db)) == 2


async def test_a_change_without_comments_asks_nothing_of_notes(
    reports: Reports, db: TestDatabase
) -> None:
    with statements_sent() as statements:
        await change(reports, status="NI")

    assert [one for one in statements if "vicidial_call_notes" in one.sql] == []
    assert sum(one.sql.lstrip().startswith("UPDATE") for one in statements) == 1


@ENGINES
@pytest.mark.parametrize(
    "entry_id",
    [UNIQUEID, CLOSECALLID, MANUAL_CODE, INBOUND_CODE, "M1081200010000099999",
     "Y1081200010000099999", "1.5"],
)  # fmt: skip
async def test_every_table_that_grows_is_read_by_an_index(
    reports: Reports, db: TestDatabase, engine: str, entry_id: object
) -> None:
    for rows in LARGE:
        db.execute(f"INSERT INTO {rows} FROM seq_10001_to_12000")
    make_inbound_call(db)
    make_extended(db)
    make_inbound_code(db)
    make_dialled(db, "M1081200010000099999", uniqueid="")
    make_note(db)
    make_status(db, "SALEX")

    with statements_sent() as statements:
        await change(reports, entry_id, status="SALEX", comments="Paid", user_group="AGENTS")

    reads = [one for one in statements if one.sql.lstrip().startswith("SELECT")]
    plans = [plan for one in reads for plan in explained(db, one, "svc-reports")]
    assert plans
    # With a filter by a second index the number comes as `1 (0%)`.
    assert [plan for plan in plans if int(str(plan["rows"] or 0).split()[0]) > 100] == []


@ENGINES
@pytest.mark.parametrize("entry_id", [UNIQUEID, CLOSECALLID])
async def test_a_record_is_changed_by_its_key(
    reports: Reports, db: TestDatabase, engine: str, entry_id: object
) -> None:
    for rows in LARGE:
        db.execute(f"INSERT INTO {rows} FROM seq_10001_to_12000")
    for log in ("vicidial_log", "vicidial_closer_log"):  # to a test number, or from it
        db.execute(f"UPDATE {log} SET lead_id = %s", LEAD_ID)
    make_inbound_call(db, uniqueid="1.1")

    with statements_sent() as statements:
        await change(reports, entry_id, status="NI")

    (update,) = (one for one in statements if one.sql.lstrip().startswith("UPDATE"))
    assert rows_looked_at(db, update) == 1


def rows_looked_at(db: TestDatabase, statement: Statement) -> int:
    """How many rows the server expects to look at for an UPDATE."""
    with closing(db.connect_as("svc-reports")) as connection, connection.cursor() as cursor:
        cursor.execute("SET NAMES utf8mb3")  # as services speak: else indexes may not serve
        cursor.execute(f"EXPLAIN {statement.sql}", statement.params)
        names = [column[0] for column in cursor.description]
        (plan,) = cursor.fetchall()
    return int(plan[names.index("rows")])
