"""GET /api/v1/recordings/lookup?uniqueid=: which recordings are of a call."""

import pytest
from support.apps import Reports, Start
from support.archives import without
from support.call_logs import LEAD_ID, UNIQUEID, make_inbound_call, make_outbound_call
from support.database import TestDatabase
from support.recordings import LOOK_UP, ids, make_recording
from support.statements import statements_sent

# As the same second may be written: the fraction has another length.
ALIKE = "1736355590.12340"


async def test_a_call_has_the_recordings_of_its_uniqueid(
    reports: Reports, db: TestDatabase
) -> None:
    make_outbound_call(db)
    make_recording(db, 1, vicidial_id=UNIQUEID)
    make_recording(db, 2, vicidial_id="1736355590.5678")
    make_recording(db, 3, vicidial_id=UNIQUEID)

    assert await ids(reports, uniqueid=UNIQUEID) == [3, 1]


async def test_no_call_need_be_logged(reports: Reports, db: TestDatabase) -> None:
    make_recording(db, 1, vicidial_id=UNIQUEID)

    assert await ids(reports, uniqueid=UNIQUEID) == [1]


@pytest.mark.parametrize("archived", [False, True])
async def test_a_call_has_the_recordings_of_its_in_groups(
    reports: Reports, db: TestDatabase, archived: bool
) -> None:
    for closecallid in (777, 778):
        make_inbound_call(db, closecallid=closecallid, archived=archived)
    make_inbound_call(db, closecallid=779, uniqueid="1736355590.9", archived=archived)
    make_recording(db, 1, vicidial_id=UNIQUEID)
    for recording_id, vicidial_id in enumerate(["777", "778", "779", "77", "7770"], start=2):
        make_recording(db, recording_id, vicidial_id=vicidial_id)

    assert await ids(reports, uniqueid=UNIQUEID) == [3, 2, 1]


async def test_a_call_may_have_none_but_those_of_an_in_group(
    reports: Reports, db: TestDatabase
) -> None:
    make_inbound_call(db, closecallid=777)
    make_recording(db, 1, vicidial_id="777")

    assert await ids(reports, uniqueid=UNIQUEID) == [1]


async def test_a_call_whose_first_in_group_is_archived_already_has_both(
    reports: Reports, db: TestDatabase
) -> None:
    make_inbound_call(db, closecallid=777, archived=True)
    for archived in (False, True):
        make_inbound_call(db, closecallid=778, archived=archived)
    make_recording(db, 1, vicidial_id="777")
    make_recording(db, 2, vicidial_id="778")

    assert await ids(reports, uniqueid=UNIQUEID) == [2, 1]


@pytest.mark.parametrize("archived", [False, True])
async def test_else_by_the_lead_and_the_second_of_the_call(
    reports: Reports, db: TestDatabase, archived: bool
) -> None:
    make_outbound_call(db, archived=archived)
    make_recording(db, 1, lead_id=LEAD_ID, vicidial_id=ALIKE)
    make_recording(db, 2, lead_id=LEAD_ID, vicidial_id="1736355590.9")
    make_recording(db, 3, lead_id=5, vicidial_id=ALIKE)
    make_recording(db, 4, lead_id=LEAD_ID, vicidial_id="1736355591.1234")
    make_recording(db, 5, lead_id=LEAD_ID, vicidial_id="17363555901.1234")
    make_recording(db, 6, lead_id=LEAD_ID, vicidial_id="1736355590")
    make_recording(db, 7, lead_id=LEAD_ID, vicidial_id=None)

    assert await ids(reports, uniqueid=UNIQUEID) == [2, 1]


async def test_the_live_call_says_which_lead_it_was(reports: Reports, db: TestDatabase) -> None:
    make_outbound_call(db)
    make_outbound_call(db, archived=True, lead_id=5)
    make_recording(db, 1, lead_id=LEAD_ID, vicidial_id=ALIKE)
    make_recording(db, 2, lead_id=5, vicidial_id=ALIKE)

    assert await ids(reports, uniqueid=UNIQUEID) == [1]


async def test_what_the_call_has_is_preferred(reports: Reports, db: TestDatabase) -> None:
    make_outbound_call(db)
    make_recording(db, 1, lead_id=LEAD_ID, vicidial_id=UNIQUEID)
    make_recording(db, 2, lead_id=LEAD_ID, vicidial_id=ALIKE)

    assert await ids(reports, uniqueid=UNIQUEID) == [1]


async def test_a_prefix_is_no_pattern(reports: Reports, db: TestDatabase) -> None:
    make_outbound_call(db, uniqueid="a_b-1736355590.12")
    make_recording(db, 1, lead_id=LEAD_ID, vicidial_id="a_b-1736355590.9")
    make_recording(db, 2, lead_id=LEAD_ID, vicidial_id="axb-1736355590.9")
    make_recording(db, 3, lead_id=LEAD_ID, vicidial_id="1736355590.9")

    assert await ids(reports, uniqueid="a_b-1736355590.12") == [1]


async def test_a_call_that_nobody_knows_has_none(reports: Reports, db: TestDatabase) -> None:
    make_outbound_call(db, uniqueid="1736355590.9")
    make_recording(db, 1, lead_id=LEAD_ID, vicidial_id=ALIKE)

    assert await ids(reports, uniqueid=UNIQUEID) == []


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"agent_user": "2000"}, id="another agent"),
        pytest.param({"date": "2025-01-07"}, id="another day"),
        pytest.param({"lead_id": "5"}, id="another lead"),
        pytest.param({"vicidial_id": ALIKE}, id="another id"),
    ],
)
async def test_other_filters_do_not_change_what_the_call_has(
    reports: Reports, db: TestDatabase, query: dict[str, str]
) -> None:
    make_outbound_call(db)
    make_recording(db, 1, lead_id=LEAD_ID, vicidial_id=UNIQUEID)
    make_recording(
        db, 2, lead_id=LEAD_ID, vicidial_id=ALIKE, user="2000", start_time="2025-01-07 12:00:01"
    )

    assert await ids(reports, uniqueid=UNIQUEID, **query) == []


async def test_the_archive_of_recordings_may_have_what_the_live_log_has_not(
    reports: Reports, db: TestDatabase
) -> None:
    make_outbound_call(db)
    make_recording(db, 1, lead_id=LEAD_ID, vicidial_id=ALIKE)
    make_recording(db, 1, archived=True, lead_id=LEAD_ID, vicidial_id=ALIKE)
    make_recording(db, 2, archived=True, lead_id=LEAD_ID, vicidial_id=UNIQUEID)

    assert await ids(reports, uniqueid=UNIQUEID) == [1]
    assert await ids(reports, uniqueid=UNIQUEID, archived="Y") == [2]


async def test_archives_of_calls_may_be_missing(reports: Reports, db: TestDatabase) -> None:
    make_outbound_call(db)
    make_recording(db, 1, lead_id=LEAD_ID, vicidial_id=ALIKE)
    make_recording(db, 2, archived=True, lead_id=LEAD_ID, vicidial_id=ALIKE)
    tables = ("vicidial_log_archive", "vicidial_closer_log_archive")
    with without(db, *tables):
        found = await ids(reports, uniqueid=UNIQUEID)
        archived = await ids(reports, uniqueid=UNIQUEID, archived="Y")
        unknown = await ids(reports, uniqueid="1.1")

    assert (found, archived, unknown) == ([1], [2], [])


async def test_an_export_finds_out_once_which_recordings_they_are(
    start_reports: Start, db: TestDatabase
) -> None:
    reports = await start_reports(chunk_rows=2)
    make_inbound_call(db, closecallid=777)
    for recording_id in range(1, 6):
        make_recording(db, recording_id, vicidial_id="777")

    with statements_sent() as statements:
        response = await reports.get(LOOK_UP.with_query(uniqueid=UNIQUEID, format="csv"))
        lines = (await response.text()).splitlines()

    assert [line.split(",")[0] for line in lines[1:]] == ["5", "4", "3", "2", "1"]
    of_calls = [one for one in statements if "vicidial_closer_log" in one.sql]
    assert len(of_calls) == 2
    # Whether there are any, and three pages.
    assert len(statements) - len(of_calls) == 4
