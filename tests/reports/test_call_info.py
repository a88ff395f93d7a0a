"""GET /api/v1/calls/{call_id}/info: what is told of a call, by each kind of ID."""

from typing import Any

import pytest
from support.answers import done, refused
from support.apps import Reports
from support.call_info import INBOUND, OUTBOUND, asked, told
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
    make_talk,
)
from support.database import ENGINES, TestDatabase

OTHER_LEAD = LEAD_ID + 1


@ENGINES
async def test_the_documented_answer(reports: Reports, db: TestDatabase, engine: str) -> None:
    make_outbound_call(db)
    make_extended(db)
    make_talk(db)

    answer = await asked(reports, MANUAL_CODE)

    assert answer == done("Call information retrieved", OUTBOUND | {"custtime": 725})


async def test_an_inbound_call_tells_its_in_group_and_how_long_it_waited(
    reports: Reports, db: TestDatabase
) -> None:
    make_inbound_call(db)
    make_extended(db, INBOUND_CODE)
    make_inbound_code(db)

    answer = await asked(reports, INBOUND_CODE)

    assert answer == done("Call information retrieved", INBOUND)


async def test_a_closecallid_is_looked_up_by_key(reports: Reports, db: TestDatabase) -> None:
    make_inbound_call(db)
    make_inbound_call(db, closecallid=778)
    make_extended(db, INBOUND_CODE)

    assert await told(reports, CLOSECALLID) == INBOUND | {"call_id": "777"}


async def test_a_uniqueid_is_the_outbound_call_even_if_an_in_group_has_it_too(
    reports: Reports, db: TestDatabase
) -> None:
    make_outbound_call(db)
    make_inbound_call(db)
    make_extended(db)

    assert await told(reports, UNIQUEID) == OUTBOUND | {"call_id": UNIQUEID}


async def test_a_uniqueid_of_in_groups_only_is_the_last_call_there(
    reports: Reports, db: TestDatabase
) -> None:
    make_inbound_call(db, closecallid=778, campaign_id="SECOND")
    make_inbound_call(db, closecallid=777, campaign_id="FIRST")
    make_inbound_call(db, closecallid=779, uniqueid="1736355590.1235")

    found = await told(reports, UNIQUEID)

    assert found == INBOUND | {
        "call_id": UNIQUEID,
        "closecallid": 778,
        "campaign_id": "SECOND",
        "caller_code": None,
    }


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        pytest.param(" 77 7", "%2077%207", id="closecallid"),
        pytest.param("1736355590 .1234", "1736355590%20.1234", id="uniqueid"),
    ],
)
async def test_spaces_are_dropped_and_the_id_is_told_as_asked(
    reports: Reports, db: TestDatabase, asked: str, sent: str
) -> None:
    make_inbound_call(db)

    assert (await told(reports, sent))["call_id"] == asked


@pytest.mark.parametrize(
    ("code", "comments", "call_type"),
    [
        pytest.param("V1081200010000012345", "AUTO", "OUTBOUND_AUTO", id="dialled by the dialer"),
        pytest.param(MANUAL_CODE, "MANUAL", "OUTBOUND_MANUAL", id="by hand"),
        pytest.param("DC1736355601W0000012345", "MANUAL", "OUTBOUND_OTHER", id="3-way"),
        pytest.param(INBOUND_CODE, "MANUAL", "OUTBOUND_MANUAL", id="transferred, by hand"),
        pytest.param(INBOUND_CODE, "AUTO", "OUTBOUND_AUTO", id="transferred"),
        pytest.param(None, "MANUAL", "OUTBOUND_MANUAL", id="no code, by hand"),
        pytest.param(None, None, "OUTBOUND_AUTO", id="no code, no marker"),
    ],
)
async def test_the_kind_of_an_outbound_call(
    reports: Reports, db: TestDatabase, code: str | None, comments: str | None, call_type: str
) -> None:
    make_outbound_call(db, comments=comments)
    if code:
        make_extended(db, code)

    found = await told(reports, UNIQUEID)

    assert (found["call_type"], found["caller_code"]) == (call_type, code)


async def test_a_call_in_an_in_group_is_inbound_whatever_its_code(
    reports: Reports, db: TestDatabase
) -> None:
    make_inbound_call(db)
    make_extended(db, MANUAL_CODE)

    found = await told(reports, MANUAL_CODE)

    assert found == INBOUND | {"call_id": MANUAL_CODE, "caller_code": MANUAL_CODE}


@pytest.mark.parametrize(
    ("talks", "custtime"),
    [
        pytest.param([], 0, id="no row"),
        pytest.param([(100, 30), (50, 0)], 120, id="several rows"),
        pytest.param([(10, 30)], 0, id="more dead than talked"),
        pytest.param([(None, None)], 0, id="nothing known"),
        pytest.param([(None, 5), (65535, 0), (65535, None)], 131065, id="long calls"),
    ],
)
async def test_custtime_is_talked_without_dead_seconds(
    reports: Reports, db: TestDatabase, talks: list[tuple[Any, Any]], custtime: int
) -> None:
    make_outbound_call(db)
    for talk_sec, dead_sec in talks:
        make_talk(db, talk_sec=talk_sec, dead_sec=dead_sec)
    make_talk(db, user="7777")
    make_talk(db, uniqueid="1736355590.1235")
    make_talk(db, lead_id=OTHER_LEAD)

    assert (await told(reports, UNIQUEID))["custtime"] == custtime


async def test_custtime_of_an_inbound_call_is_that_of_its_own_agent(
    reports: Reports, db: TestDatabase
) -> None:
    make_inbound_call(db)
    make_talk(db)
    make_talk(db, user="7777", talk_sec=290, dead_sec=0)

    assert (await told(reports, CLOSECALLID))["custtime"] == 290


async def test_rows_without_a_uniqueid_are_not_added_up(reports: Reports, db: TestDatabase) -> None:
    make_inbound_call(db, uniqueid="")
    make_talk(db, user="7777", uniqueid="")

    assert (await told(reports, CLOSECALLID))["custtime"] == 0


async def test_notes_of_an_outbound_call_stand_under_its_uniqueid(
    reports: Reports, db: TestDatabase
) -> None:
    make_outbound_call(db)
    make_note(db, call_notes="the first")
    make_note(db, call_notes="the second\nof two lines")
    make_note(db, lead_id=OTHER_LEAD, call_notes="of another lead")
    make_note(db, vicidial_id="777", call_notes="of another call")

    assert (await told(reports, UNIQUEID))["call_notes"] == "the second\nof two lines"


async def test_notes_of_an_inbound_call_stand_under_its_closecallid(
    reports: Reports, db: TestDatabase
) -> None:
    make_inbound_call(db)
    make_note(db, vicidial_id="777", call_notes="of the in-group")
    make_note(db, call_notes="of the outbound call")

    assert (await told(reports, CLOSECALLID))["call_notes"] == "of the in-group"


@pytest.mark.parametrize("text", ["", None])
async def test_an_empty_note_is_a_note(
    reports: Reports, db: TestDatabase, text: str | None
) -> None:
    make_outbound_call(db)
    make_note(db, call_notes=text)
    make_note(db, archived=True, call_notes="an older one")

    assert (await told(reports, UNIQUEID))["call_notes"] == text


async def test_what_is_null_is_told_as_null(reports: Reports, db: TestDatabase) -> None:
    columns = (
        "list_id", "campaign_id", "call_date", "start_epoch", "end_epoch", "length_in_sec",
        "status", "phone_number", "user", "comments", "processed", "user_group", "term_reason",
    )  # fmt: skip
    nothing: dict[str, Any] = dict.fromkeys((*columns, "queue_seconds"))
    make_inbound_call(db, **nothing)

    found = await told(reports, CLOSECALLID)

    assert found == INBOUND | {"call_id": "777", "caller_code": None} | nothing


async def test_of_the_hour_that_comes_twice_the_epoch_tells_which(
    reports: Reports, db: TestDatabase
) -> None:
    make_outbound_call(db, call_date="2024-11-03 01:30:00", start_epoch=1730615400)

    assert (await told(reports, UNIQUEID))["call_date"] == "2024-11-03T06:30:00Z"


@pytest.mark.parametrize(
    "call_id",
    ["4294967296", "1736355590.", "M12345678901234", "M1234567890-12345", "%D9%A1", "a%2Fb", "%00"],
)
async def test_a_text_of_no_form_is_an_invalid_id(reports: Reports, call_id: str) -> None:
    assert await asked(reports, call_id) == refused(400, "Invalid call ID")


@pytest.mark.parametrize("call_id", ["778", "0", "1736355590.1235", "M1081200010000012346"])
async def test_an_id_of_no_call_is_a_404(reports: Reports, db: TestDatabase, call_id: str) -> None:
    make_outbound_call(db)
    make_inbound_call(db)
    make_extended(db)
    make_dialled(db)

    assert await asked(reports, call_id) == refused(404, "Call ID not found")


async def test_a_code_of_a_call_that_is_in_no_log_is_another_404(
    reports: Reports, db: TestDatabase
) -> None:
    make_outbound_call(db, lead_id=OTHER_LEAD)
    make_inbound_call(db, lead_id=OTHER_LEAD)
    make_extended(db)

    assert await asked(reports, MANUAL_CODE) == refused(404, "Call log not found")


async def test_the_call_is_noted_under_vicidials_name(reports: Reports, db: TestDatabase) -> None:
    await asked(reports, "778")

    await reports.close()
    assert db.rows("SELECT function, result, result_reason, user FROM vicidial_api_log") == [
        ("callid_info", "ERROR", "Call ID not found", "6666")
    ]
