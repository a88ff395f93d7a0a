"""GET /api/v1/calls/{call_id}/info: which call had a caller code, and which log row is its."""

from typing import Any

import pytest
from support.answers import refused
from support.apps import Reports
from support.call_info import INBOUND, OUTBOUND, asked, told
from support.call_logs import (
    INBOUND_CODE,
    LEAD_ID,
    MANUAL_CODE,
    UNIQUEID,
    make_dialled,
    make_extended,
    make_inbound_call,
    make_inbound_code,
    make_outbound_call,
)
from support.database import TestDatabase

LAST_YEAR = "2024-01-08 12:00:01"
OTHER_LEAD = LEAD_ID + 1
# The same second and server, a fraction of another length.
ALIKE = "1736355590.001234"


async def test_a_code_that_came_twice_is_of_the_newest_call(
    reports: Reports, db: TestDatabase
) -> None:
    make_extended(db, uniqueid="1704733190.5", call_date=LAST_YEAR)
    make_extended(db)
    make_extended(db, uniqueid="1704733190.6", call_date=LAST_YEAR)
    make_outbound_call(db)
    make_outbound_call(db, uniqueid="1704733190.5")
    make_outbound_call(db, uniqueid="1704733190.6")

    assert await told(reports, MANUAL_CODE) == OUTBOUND


async def test_a_code_is_found_in_any_case_and_told_as_stored(
    reports: Reports, db: TestDatabase
) -> None:
    make_extended(db)
    make_outbound_call(db)

    asked = MANUAL_CODE.lower()
    assert await told(reports, asked) == OUTBOUND | {"call_id": asked}


async def test_an_outbound_code_that_an_in_group_overwrote_is_that_of_the_dialled_call(
    reports: Reports, db: TestDatabase
) -> None:
    make_extended(db, INBOUND_CODE)
    make_dialled(db, uniqueid="1704733190.5", call_date=LAST_YEAR)
    make_dialled(db)
    make_outbound_call(db)
    make_inbound_call(db)

    assert await told(reports, MANUAL_CODE) == OUTBOUND


async def test_an_inbound_code_that_another_in_group_overwrote_is_that_of_its_in_group(
    reports: Reports, db: TestDatabase
) -> None:
    make_extended(db, "Y1081207010000012345")
    make_inbound_code(db, uniqueid="1704733190.5", call_date=LAST_YEAR, group_id="LASTYEAR")
    make_inbound_code(db)
    make_inbound_code(db, "Y1081207010000012345", group_id="SECOND")
    make_inbound_call(db)
    make_inbound_call(db, closecallid=778, campaign_id="SECOND")

    assert await told(reports, INBOUND_CODE) == INBOUND


async def test_of_a_transferred_call_each_code_tells_its_own_row(
    reports: Reports, db: TestDatabase
) -> None:
    make_extended(db, INBOUND_CODE)
    make_dialled(db)
    make_inbound_code(db)
    make_outbound_call(db)
    make_inbound_call(db)

    found = [await told(reports, code) for code in (MANUAL_CODE, INBOUND_CODE)]

    assert found == [OUTBOUND, INBOUND]


@pytest.mark.parametrize("prefix", ["Y", "J", "LP", "VH"])
async def test_codes_with_an_inbound_prefix_are_looked_for_in_in_groups_first(
    reports: Reports, db: TestDatabase, prefix: str
) -> None:
    code = f"{prefix}1081203010000012345"
    make_inbound_code(db, code)
    make_dialled(db, code, uniqueid="1704733190.5")
    make_outbound_call(db)
    make_inbound_call(db)

    assert await told(reports, code) == INBOUND | {"call_id": code, "caller_code": code}


@pytest.mark.parametrize("prefix", ["V", "M", "DC", "L"])
async def test_codes_with_another_prefix_are_looked_for_in_the_outbound_log_first(
    reports: Reports, db: TestDatabase, prefix: str
) -> None:
    code = f"{prefix}1081203010000012345"
    make_inbound_code(db, code, uniqueid="1704733190.5")
    make_dialled(db, code)
    make_outbound_call(db)
    make_inbound_call(db)

    assert (await told(reports, code))["closecallid"] is None


async def test_of_several_in_groups_the_one_of_the_code_counts_and_not_the_time(
    reports: Reports, db: TestDatabase
) -> None:
    make_extended(db, INBOUND_CODE, call_date="2025-01-08 12:03:01")
    make_inbound_code(db, group_id="sales")
    make_inbound_call(db, closecallid=776, campaign_id="FIRST")
    make_inbound_call(db, call_date="2025-01-08 13:03:01")
    make_inbound_call(db, closecallid=778, campaign_id="LAST")

    found = await told(reports, INBOUND_CODE)

    assert found == INBOUND | {"call_date": "2025-01-08T18:03:01Z"}


async def test_another_calls_in_group_does_not_count(reports: Reports, db: TestDatabase) -> None:
    make_extended(db, INBOUND_CODE)
    make_inbound_code(db, uniqueid="1704733190.5", group_id="LASTYEAR", call_date=LAST_YEAR)
    make_inbound_call(db)

    assert await told(reports, INBOUND_CODE) == INBOUND


@pytest.mark.parametrize(
    ("dates", "nearest"),
    [
        pytest.param(["12:02:00", "12:03:02", "12:05:00"], 702, id="a second late"),
        pytest.param(["12:03:00", "12:03:03", "12:02:58"], 701, id="a second early"),
        pytest.param(["12:03:00", "12:03:02", "12:05:00"], 702, id="the later of two as near"),
        pytest.param(["12:03:01", "12:03:01", "12:03:01"], 703, id="the highest id"),
    ],
)
async def test_of_an_in_groups_rows_the_nearest_to_the_codes_time_counts(
    reports: Reports, db: TestDatabase, dates: list[str], nearest: int
) -> None:
    make_inbound_code(db)
    for closecallid, time in enumerate(dates, 701):
        make_inbound_call(db, closecallid=closecallid, call_date=f"2025-01-08 {time}")
    make_inbound_call(db, closecallid=704, call_date=None)
    make_inbound_call(db, closecallid=705, call_date="0000-00-00 00:00:00")

    assert (await told(reports, INBOUND_CODE))["closecallid"] == nearest


async def test_without_a_time_of_the_code_the_highest_id_counts(
    reports: Reports, db: TestDatabase
) -> None:
    make_inbound_code(db, call_date=None)
    make_inbound_call(db, closecallid=778)
    make_inbound_call(db)

    assert (await told(reports, INBOUND_CODE))["closecallid"] == 778


async def test_a_row_of_the_same_uniqueid_counts_before_one_alike(
    reports: Reports, db: TestDatabase
) -> None:
    make_extended(db)
    make_outbound_call(db, uniqueid=ALIKE, call_date="2025-01-08 12:00:09")
    make_outbound_call(db)

    assert await told(reports, MANUAL_CODE) == OUTBOUND


async def test_a_fraction_may_have_another_length(reports: Reports, db: TestDatabase) -> None:
    make_extended(db)
    make_outbound_call(db, uniqueid="1736355590.9", call_date="2025-01-08 11:59:59")
    make_outbound_call(db, uniqueid=ALIKE)
    make_outbound_call(db, uniqueid="1736355590.8", call_date="2025-01-08 12:09:00", lead_id=1)
    make_outbound_call(db, uniqueid="1736355591.1234", call_date="2025-01-08 12:00:09")
    make_outbound_call(db, uniqueid="17363555901.1234", call_date="2025-01-08 12:00:09")

    assert await told(reports, MANUAL_CODE) == OUTBOUND | {"uniqueid": ALIKE}


async def test_what_stands_before_a_uniqueid_is_no_pattern(
    reports: Reports, db: TestDatabase
) -> None:
    make_extended(db, uniqueid="a_b-1736355590.1")
    make_outbound_call(db, uniqueid="axb-1736355590.2")

    assert await asked(reports, MANUAL_CODE) == refused(404, "Call log not found")


@pytest.mark.parametrize(
    ("time", "is_found"),
    [
        pytest.param("11:59:54", False, id="6 s before"),
        pytest.param("11:59:55", True, id="5 s before"),
        pytest.param("12:10:00", True, id="10 min after"),
        pytest.param("12:10:01", False, id="10 min and 1 s after"),
    ],
)
async def test_a_call_without_a_uniqueid_is_found_by_lead_and_time(
    reports: Reports, db: TestDatabase, time: str, is_found: bool
) -> None:
    make_dialled(db, uniqueid="")
    make_outbound_call(db, call_date=f"2025-01-08 {time}")
    make_outbound_call(db, uniqueid="1736355590.9", lead_id=OTHER_LEAD)

    status, _ = await asked(reports, MANUAL_CODE)

    assert (status == 200) is is_found


async def test_of_a_leads_calls_the_nearest_in_time_counts(
    reports: Reports, db: TestDatabase
) -> None:
    make_dialled(db, uniqueid=None)
    make_outbound_call(db, uniqueid="1736355590.1", call_date="2025-01-08 11:59:58")
    make_outbound_call(db)
    make_outbound_call(db, uniqueid="1736355590.3", call_date="2025-01-08 12:00:03")

    assert await told(reports, MANUAL_CODE) == OUTBOUND


async def test_a_call_without_a_uniqueid_is_no_row_without_one(
    reports: Reports, db: TestDatabase
) -> None:
    make_dialled(db, uniqueid="")
    make_inbound_call(db, uniqueid="")

    assert await asked(reports, MANUAL_CODE) == refused(404, "Call log not found")


@pytest.mark.parametrize(
    ("columns", "nearest"),
    [
        pytest.param({"closecallid": 778, "call_date": "2025-01-08 12:00:02"}, 778, id="nearer"),
        pytest.param({"closecallid": 778, "lead_id": OTHER_LEAD}, 777, id="of another lead"),
        pytest.param({"closecallid": 778, "uniqueid": ALIKE}, 777, id="of another uniqueid"),
    ],
)
async def test_an_outbound_code_without_a_row_in_its_log_is_looked_for_in_the_other(
    reports: Reports, db: TestDatabase, columns: dict[str, Any], nearest: int
) -> None:
    make_extended(db)
    make_inbound_call(db)
    make_inbound_call(db, **columns)

    found = await told(reports, MANUAL_CODE)

    assert (found["closecallid"], found["call_type"]) == (nearest, "INBOUND")


async def test_an_inbound_code_without_a_row_in_its_log_is_looked_for_in_the_other(
    reports: Reports, db: TestDatabase
) -> None:
    make_inbound_code(db)
    make_inbound_call(db, campaign_id="SECOND")
    make_outbound_call(db)

    found = await told(reports, INBOUND_CODE)

    assert found == OUTBOUND | {"call_id": INBOUND_CODE, "caller_code": INBOUND_CODE}


async def test_in_the_other_log_no_uniqueid_alike_counts(
    reports: Reports, db: TestDatabase
) -> None:
    make_inbound_code(db)
    make_outbound_call(db, uniqueid=ALIKE)
    make_outbound_call(db, lead_id=OTHER_LEAD)

    assert await asked(reports, INBOUND_CODE) == refused(404, "Call log not found")


async def test_the_lead_is_never_cut_out_of_the_code(reports: Reports, db: TestDatabase) -> None:
    make_extended(db, lead_id=OTHER_LEAD)
    make_outbound_call(db, lead_id=OTHER_LEAD)
    make_outbound_call(db, uniqueid=UNIQUEID + "9")

    assert await told(reports, MANUAL_CODE) == OUTBOUND | {"lead_id": OTHER_LEAD}


async def test_a_code_whose_lead_is_unknown_finds_no_log_row(
    reports: Reports, db: TestDatabase
) -> None:
    make_extended(db, lead_id=None)
    make_outbound_call(db)

    assert await asked(reports, MANUAL_CODE) == refused(404, "Call log not found")
