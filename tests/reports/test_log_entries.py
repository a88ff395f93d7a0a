"""PUT /api/v1/log-entries/{entry_id}: what changes of a call's record, and what is written down."""

import pytest
from support.apps import Reports, Start, clock_at
from support.builders import make_status, read_row
from support.call_logs import (
    CLOSECALLID,
    LEAD_ID,
    UNIQUEID,
    make_extended,
    make_inbound_call,
    make_note,
    make_outbound_call,
    make_talk,
)
from support.changes import admin_log, changes, difference, written_since
from support.database import ENGINES, TestDatabase
from support.log_entries import (
    OTHER_UNIQUEID,
    change,
    everything,
    inbound,
    inbound_row,
    make_definitions,
    notes,
    outbound,
    outbound_row,
)

NOW = clock_at("2025-07-08T15:30:00")  # 11:30 in New York
CODE = "MODIFY LEAD LOG STATUS"


@pytest.fixture(autouse=True)
def call(db: TestDatabase) -> None:
    """An outbound call of a lead, and another call of the same lead."""
    make_definitions(db)
    make_outbound_call(db)


@ENGINES
async def test_the_documented_answer(reports: Reports, db: TestDatabase, engine: str) -> None:
    code, uniqueid, lead_id = "M9131554060000426264", "1347566056.399", 426264
    make_status(db, "SALEX")
    make_outbound_call(
        db, uniqueid=uniqueid, lead_id=lead_id, status="WN", call_date="2012-09-13 15:54:16"
    )
    make_extended(db, code, uniqueid=uniqueid, lead_id=lead_id, call_date="2012-09-13 15:54:06")
    before, other = outbound_row(db, uniqueid), outbound_row(db)

    answer = await change(reports, code, status="SALEX", user_group="AGENTS", comments="Paid")

    assert answer == outbound(
        entry_id=code,
        uniqueid=uniqueid,
        lead_id=lead_id,
        old_status="WN",
        status="SALEX",
        user_group="AGENTS",
    )
    changed = {"status": "SALEX", "user_group": "AGENTS"}
    assert difference(before, outbound_row(db, uniqueid)) == changed
    assert outbound_row(db) == other
    assert notes(db) == [(lead_id, uniqueid, "Paid")]
    assert changes(db) == [
        ("LEADS", "MODIFY", "426264", CODE,
         "426264|vicidial_log|SALEX|WN|1347566056.399|2012-09-13 15:54:16|1"),
    ]  # fmt: skip


@ENGINES
async def test_a_record_of_an_in_group_is_changed_alike(
    reports: Reports, db: TestDatabase, engine: str
) -> None:
    make_inbound_call(db)
    make_inbound_call(db, closecallid=778)
    before, other = inbound_row(db), inbound_row(db, 778)

    answer = await change(reports, CLOSECALLID, status="NI", user_group="AGENTS", comments="Angry")

    assert answer == inbound(status="NI", user_group="AGENTS")
    assert difference(before, inbound_row(db)) == {"status": "NI", "user_group": "AGENTS"}
    assert inbound_row(db, 778) == other
    assert notes(db) == [(LEAD_ID, "777", "Angry")]
    assert changes(db) == [
        ("LEADS", "MODIFY", "12345", CODE,
         "12345|vicidial_closer_log|NI|SALE|777|2025-01-08 12:03:01|1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "changed"),
    [
        pytest.param({"status": "NI"}, {"status": "NI"}, id="status"),
        pytest.param({"user_group": "AGENTS"}, {"user_group": "AGENTS"}, id="user group"),
        pytest.param({"user_group": ""}, {"user_group": ""}, id="user group, emptied"),
        pytest.param({"comments": "Paid"}, {}, id="comments"),
    ],
)
async def test_what_is_not_sent_keeps_its_value(
    reports: Reports, db: TestDatabase, fields: dict[str, str], changed: dict[str, str]
) -> None:
    make_note(db, call_notes="Paid" if "comments" in fields else "wants a call in spring")
    before, known = outbound_row(db), notes(db)

    answer = await change(reports, **fields)

    assert answer == outbound(**changed)
    assert difference(before, outbound_row(db)) == changed
    assert notes(db) == known


@ENGINES
async def test_nothing_is_touched_but_the_record_its_note_and_the_log(
    reports: Reports, db: TestDatabase, engine: str
) -> None:
    make_talk(db, status="A")
    make_inbound_call(db, uniqueid="1.1")
    make_outbound_call(db, archived=True)
    make_note(db, archived=True)
    before = everything(db)

    await change(reports, status="NI", user_group="AGENTS")
    without_note = written_since(db, before)
    await change(reports, comments="Paid")

    assert without_note == {"vicidial_log", "vicidial_admin_log"}
    assert written_since(db, before) == without_note | {"vicidial_call_notes"}
    assert outbound_row(db)["comments"] == "MANUAL"


@pytest.mark.parametrize(
    ("given", "stored"), [("sale", "SALE"), ("saleX", "SALEX"), ("Newst", "NewSt")]
)
async def test_a_status_is_written_as_it_is_defined(
    reports: Reports, db: TestDatabase, given: str, stored: str
) -> None:
    make_status(db, "SALEX")
    make_status(db, "NewSt")

    assert await change(reports, status=given) == outbound(status=stored)
    assert outbound_row(db)["status"] == stored


async def test_user_groups_are_known_in_any_spelling(reports: Reports, db: TestDatabase) -> None:
    status, envelope = await change(reports, user_group="agents")

    stored = outbound_row(db)["user_group"]
    assert (status, envelope["data"]["user_group"]) == (200, stored)
    assert stored.upper() == "AGENTS"


@ENGINES
async def test_the_log_of_changes_has_who_when_and_how(
    start_reports: Start, db: TestDatabase, engine: str
) -> None:
    reports = await start_reports(clock=NOW)

    await change(reports, status="NI", comments="Paid")

    ((*who, event_sql, event_notes, user_group),) = admin_log(db)
    assert who == ["6666", "192.0.2.7", "LEADS", "MODIFY", "12345", CODE]
    of_record, of_note = event_sql.split("\n")
    assert of_record.startswith("UPDATE")
    assert {word for word in ("vicidial_log", "'NI'", f"'{UNIQUEID}'") if word in of_record} == {
        "vicidial_log", "'NI'", f"'{UNIQUEID}'",
    }  # fmt: skip
    assert of_note.startswith("INSERT INTO")
    assert "vicidial_call_notes" in of_note
    assert "'Paid'" in of_note
    assert event_notes == f"12345|vicidial_log|NI|A|{UNIQUEID}|2025-01-08 12:00:01|1"
    assert user_group == "---ALL---"
    assert db.value("SELECT CAST(event_date AS CHAR) FROM vicidial_admin_log") == (
        "2025-07-08 11:30:00"
    )


@ENGINES
async def test_a_repeat_is_answered_and_logged_like_the_first(
    reports: Reports, db: TestDatabase, engine: str
) -> None:
    body = {"status": "NI", "user_group": "AGENTS", "comments": "Paid"}
    first = await change(reports, **body)
    row, known = outbound_row(db), notes(db)

    again = await change(reports, **body)

    assert first == outbound(status="NI", user_group="AGENTS")
    assert again == outbound(old_status="NI", status="NI", user_group="AGENTS")
    assert (outbound_row(db), notes(db)) == (row, known)
    place = f"{UNIQUEID}|2025-01-08 12:00:01|1"
    assert [logged[-1] for logged in changes(db)] == [
        f"12345|vicidial_log|NI|A|{place}",
        f"12345|vicidial_log|NI|NI|{place}",
    ]
    assert len({logged[:-1] for logged in changes(db)}) == 1


async def test_a_change_of_comments_alone_is_logged(reports: Reports, db: TestDatabase) -> None:
    await change(reports, comments="Paid")

    ((section, kind, record, code, event_notes),) = changes(db)
    assert (section, kind, record, code) == ("LEADS", "MODIFY", "12345", CODE)
    assert event_notes.startswith(f"12345|vicidial_log|A|A|{UNIQUEID}|2025-01-08 12:00:01|")


@ENGINES
async def test_the_first_note_of_a_call_is_a_row(
    start_reports: Start, db: TestDatabase, engine: str
) -> None:
    reports = await start_reports(clock=NOW)

    await change(reports, comments="Paid")

    row = read_row(db, "vicidial_call_notes", lead_id=LEAD_ID)
    assert {name: str(value) for name, value in row.items() if value is not None} == {
        "notesid": str(row["notesid"]),
        "lead_id": "12345",
        "vicidial_id": UNIQUEID,
        "call_date": "2025-07-08 11:30:00",
        "call_notes": "Paid",
    }


@pytest.mark.parametrize("comments", ["Paid", ""])
async def test_the_newest_note_of_the_call_is_replaced(
    reports: Reports, db: TestDatabase, comments: str
) -> None:
    make_note(db, notesid=11, call_notes="older")
    make_note(db, notesid=12, call_notes="newest", order_id="A7", call_date="2025-01-08 11:00:00")
    make_note(db, notesid=13, vicidial_id=OTHER_UNIQUEID, call_notes="of another call")
    make_note(db, notesid=14, lead_id=5, call_notes="of another lead")
    make_note(db, notesid=15, vicidial_id=str(CLOSECALLID), call_notes="of a transfer")
    before = read_row(db, "vicidial_call_notes", notesid=12)

    assert await change(reports, comments=comments) == outbound()

    after = read_row(db, "vicidial_call_notes", notesid=12)
    assert difference(before, after) == {"call_notes": comments}
    assert [text for *_, text in notes(db)] == [
        "older", comments, "of another call", "of another lead", "of a transfer",
    ]  # fmt: skip


async def test_the_note_of_a_transferred_call_is_found_by_its_closecallid(
    reports: Reports, db: TestDatabase
) -> None:
    make_inbound_call(db)
    make_note(db, call_notes="of the outbound record")
    make_note(db, vicidial_id="777", call_notes="of the in-group record")

    await change(reports, CLOSECALLID, comments="Paid")

    assert [text for *_, text in notes(db)] == ["of the outbound record", "Paid"]


async def test_an_empty_comment_on_a_call_without_note_adds_none(
    reports: Reports, db: TestDatabase
) -> None:
    assert await change(reports, comments="") == outbound()
    assert notes(db) == []
    assert len(changes(db)) == 1


@pytest.mark.parametrize(
    "comments",
    [
        pytest.param("x" * 10_000, id="the longest"),
        pytest.param("中" * 10_000, id="the longest of three bytes each"),
        pytest.param('It\'s 100%s; "so" \\ they <say>', id="quotes and signs"),
        pytest.param("first line\nsecond line", id="lines"),
    ],
)
async def test_comments_are_kept_as_they_are(
    reports: Reports, db: TestDatabase, comments: str
) -> None:
    assert await change(reports, comments=comments) == outbound()
    assert notes(db) == [(LEAD_ID, UNIQUEID, comments)]


async def test_a_note_in_the_archive_stays_there(reports: Reports, db: TestDatabase) -> None:
    make_note(db, archived=True)

    await change(reports, comments="Paid")

    assert notes(db) == [(LEAD_ID, UNIQUEID, "Paid")]
    assert db.value("SELECT call_notes FROM vicidial_call_notes_archive") == (
        "wants a call in spring"
    )
