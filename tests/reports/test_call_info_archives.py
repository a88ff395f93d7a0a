"""GET /api/v1/calls/{call_id}/info: what the archiver has moved, each table on its own."""

from collections.abc import Callable
from typing import Any

import pytest
from support.answers import refused
from support.apps import Reports
from support.archives import without
from support.call_info import INBOUND, OUTBOUND, asked, told
from support.call_logs import (
    CLOSECALLID,
    INBOUND_CODE,
    MANUAL_CODE,
    UNIQUEID,
    make_dialled,
    make_extended,
    make_inbound_call,
    make_inbound_code,
    make_note,
    make_outbound_call,
    make_talk,
)
from support.database import TestDatabase

ARCHIVES = (
    "vicidial_log_archive",
    "vicidial_closer_log_archive",
    "vicidial_log_extended_archive",
    "vicidial_inbound_caller_codes_archive",
    "vicidial_dial_log_archive",
    "vicidial_agent_log_archive",
    "vicidial_call_notes_archive",
)
MADE = (make_extended, make_dialled, make_outbound_call, make_talk, make_note)


def make_old_and_new(
    db: TestDatabase, make: Callable[..., Any], old: dict[str, Any], **new: Any
) -> None:
    """A live row, and an archived one that differs."""
    make(db, **new)
    make(db, archived=True, **new | old)


async def test_a_call_that_is_archived_altogether(reports: Reports, db: TestDatabase) -> None:
    for make in MADE:
        make(db, archived=True)

    found = await told(reports, MANUAL_CODE)

    archived = {"archived": True, "custtime": 725, "call_notes": "wants a call in spring"}
    assert found == OUTBOUND | archived


@pytest.mark.parametrize("moved", MADE, ids=lambda make: make.__name__)
async def test_each_table_is_archived_on_its_own(
    reports: Reports, db: TestDatabase, moved: Callable[..., Any]
) -> None:
    for make in MADE:
        make(db, archived=make is moved)

    found = await told(reports, MANUAL_CODE)

    assert found == OUTBOUND | {
        "archived": moved is make_outbound_call,
        "custtime": 725,
        "call_notes": "wants a call in spring",
    }


async def test_what_is_live_is_never_taken_from_the_archive(
    reports: Reports, db: TestDatabase
) -> None:
    make_old_and_new(db, make_extended, {"lead_id": 1, "call_date": "2025-01-09 12:00:00"})
    make_old_and_new(db, make_outbound_call, {"status": "OLD"})
    make_old_and_new(db, make_talk, {"talk_sec": 5})
    make_old_and_new(db, make_note, {"notesid": 9, "call_notes": "old"})

    found = await told(reports, MANUAL_CODE)

    assert found == OUTBOUND | {"custtime": 725, "call_notes": "wants a call in spring"}


async def test_an_archived_code_of_a_dialled_call(reports: Reports, db: TestDatabase) -> None:
    make_dialled(db, archived=True)
    make_outbound_call(db)

    assert await told(reports, MANUAL_CODE) == OUTBOUND


async def test_an_archived_code_of_an_in_group(reports: Reports, db: TestDatabase) -> None:
    make_inbound_code(db, archived=True)
    make_inbound_call(db, archived=True)
    make_inbound_call(db, archived=True, closecallid=778, campaign_id="SECOND")

    assert await told(reports, INBOUND_CODE) == INBOUND | {"archived": True}


async def test_the_in_group_of_a_live_code_may_be_archived(
    reports: Reports, db: TestDatabase
) -> None:
    make_extended(db, INBOUND_CODE)
    make_inbound_code(db, archived=True)
    make_inbound_call(db)
    make_inbound_call(db, closecallid=778, campaign_id="SECOND")

    assert await told(reports, INBOUND_CODE) == INBOUND


async def test_the_other_log_comes_before_the_archive(reports: Reports, db: TestDatabase) -> None:
    make_extended(db)
    make_outbound_call(db, archived=True)
    make_inbound_call(db)

    assert (await told(reports, MANUAL_CODE))["closecallid"] == CLOSECALLID


async def test_archives_are_read_by_the_same_rules(reports: Reports, db: TestDatabase) -> None:
    make_dialled(db, archived=True, uniqueid="")
    make_outbound_call(db, archived=True)
    make_outbound_call(db, archived=True, uniqueid="1.1", call_date="2025-01-08 12:09:00")

    assert await told(reports, MANUAL_CODE) == OUTBOUND | {"archived": True}


async def test_an_archived_uniqueid(reports: Reports, db: TestDatabase) -> None:
    make_extended(db, archived=True)
    make_outbound_call(db, archived=True)
    make_inbound_call(db, archived=True)

    assert await told(reports, UNIQUEID) == OUTBOUND | {"call_id": UNIQUEID, "archived": True}


async def test_a_uniqueid_of_a_live_in_group_call_comes_before_the_archive(
    reports: Reports, db: TestDatabase
) -> None:
    make_outbound_call(db, archived=True)
    make_inbound_call(db)

    assert (await told(reports, UNIQUEID))["closecallid"] == CLOSECALLID


async def test_an_archived_closecallid(reports: Reports, db: TestDatabase) -> None:
    make_inbound_call(db, archived=True)
    make_note(db, archived=True, vicidial_id="777", call_notes="of the in-group")

    assert await told(reports, CLOSECALLID) == INBOUND | {
        "call_id": "777",
        "caller_code": None,
        "archived": True,
        "call_notes": "of the in-group",
    }


async def test_archives_that_do_not_exist_hold_nothing(reports: Reports, db: TestDatabase) -> None:
    make_extended(db)
    make_outbound_call(db)

    with without(db, *ARCHIVES):
        found = await told(reports, MANUAL_CODE)
        missing = [await asked(reports, call_id) for call_id in (INBOUND_CODE, "778", "1.1")]

    assert found == OUTBOUND
    assert missing == [refused(404, "Call ID not found")] * 3


async def test_one_missing_archive_hides_no_other(reports: Reports, db: TestDatabase) -> None:
    make_dialled(db, archived=True)
    make_inbound_call(db, archived=True)

    with without(db, "vicidial_log_extended_archive", "vicidial_log_archive"):
        found = await told(reports, MANUAL_CODE)

    assert found["closecallid"] == CLOSECALLID
