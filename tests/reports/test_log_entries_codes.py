"""PUT /api/v1/log-entries/{entry_id}: which record a caller code means, alone and with a group."""

from typing import Any

import pytest
from support.apps import Reports
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
    make_outbound_call,
)
from support.database import TestDatabase
from support.log_entries import (
    NOT_FOUND,
    OTHER_UNIQUEID,
    STATUS,
    changed,
    changed_records,
    make_definitions,
    refusal,
)

# Prefixes of caller codes, the rest of each is of no importance.
OUTBOUND_CODES = ["V1081200010000012345", "M1081200010000012345", "DC708120001000012345",
                  "S17363556001agent0007", "XL081200010000012345"]  # fmt: skip
INBOUND_CODES = ["Y1081203010000012345", "J1081203010000012345", "LP81203010000012345",
                 "VH81203010000012345"]  # fmt: skip


@pytest.fixture(autouse=True)
def definitions(db: TestDatabase) -> None:
    """What records refer to, and another call of the same lead."""
    make_definitions(db)


@pytest.mark.parametrize("code", OUTBOUND_CODES)
async def test_an_outbound_code_means_the_record_of_the_outbound_log(
    reports: Reports, db: TestDatabase, code: str
) -> None:
    make_outbound_call(db)
    make_inbound_call(db)
    make_extended(db, code)

    assert await changed(reports, db, code) == UNIQUEID


@pytest.mark.parametrize("code", INBOUND_CODES)
async def test_an_inbound_code_means_the_record_of_the_in_group(
    reports: Reports, db: TestDatabase, code: str
) -> None:
    make_outbound_call(db)
    make_inbound_call(db)
    make_inbound_code(db, code)

    assert await changed(reports, db, code) == CLOSECALLID


@pytest.mark.parametrize(
    ("code", "group", "key"),
    [
        pytest.param(MANUAL_CODE, "SALES", CLOSECALLID, id="outbound code, in-group"),
        pytest.param(MANUAL_CODE, "TESTCAMP", UNIQUEID, id="outbound code, campaign"),
        pytest.param(INBOUND_CODE, "TESTCAMP", UNIQUEID, id="inbound code, campaign"),
        pytest.param(INBOUND_CODE, "SALES", CLOSECALLID, id="inbound code, in-group"),
        pytest.param(INBOUND_CODE, "SUPPORT", 780, id="inbound code, another in-group"),
    ],
)
async def test_a_group_chooses_among_the_records_of_a_code_s_call(
    reports: Reports, db: TestDatabase, code: str, group: str, key: object
) -> None:
    make_outbound_call(db)
    make_inbound_call(db)
    make_inbound_call(db, closecallid=780, campaign_id="SUPPORT")
    make_extended(db)
    make_inbound_code(db)

    assert await changed(reports, db, code, group=group) == key


async def test_of_several_records_in_the_group_the_last_is_meant(
    reports: Reports, db: TestDatabase
) -> None:
    make_outbound_call(db)
    for closecallid in (777, 779, 778):
        make_inbound_call(db, closecallid=closecallid)
    make_inbound_code(db)

    assert await changed(reports, db, INBOUND_CODE, group="SALES") == 779


@pytest.mark.parametrize(
    ("columns", "key"),
    [
        pytest.param({}, 778, id="the nearest in its in-group"),
        pytest.param({"call_date": "2025-01-08 12:06:00"}, 780, id="later"),
        pytest.param({"group_id": "SUPPORT"}, 781, id="of another in-group"),
        pytest.param({"call_date": "2025-01-08 12:04:31"}, 780, id="as near: the last"),
    ],
)
async def test_of_several_records_of_a_code_the_nearest_in_its_in_group_is_meant(
    reports: Reports, db: TestDatabase, columns: dict[str, Any], key: int
) -> None:
    make_inbound_call(db, closecallid=778, call_date="2025-01-08 12:03:02")
    make_inbound_call(db, closecallid=780, call_date="2025-01-08 12:06:00")
    make_inbound_call(db, closecallid=781, call_date="2025-01-08 12:03:01", campaign_id="SUPPORT")
    make_inbound_code(db, **columns)

    assert await changed(reports, db, INBOUND_CODE) == key


async def test_a_code_whose_in_group_nobody_knows_means_the_nearest(
    reports: Reports, db: TestDatabase
) -> None:
    make_inbound_call(db, closecallid=780, call_date="2025-01-08 12:06:00")
    make_inbound_call(db, closecallid=779, call_date="2025-01-08 12:03:03", campaign_id="SUPPORT")
    make_extended(db, INBOUND_CODE, call_date="2025-01-08 12:03:01")

    assert await changed(reports, db, INBOUND_CODE) == 779


@pytest.mark.parametrize(("code", "key"), [(MANUAL_CODE, CLOSECALLID), (INBOUND_CODE, UNIQUEID)])
async def test_a_code_without_record_in_its_log_means_that_of_the_other(
    reports: Reports, db: TestDatabase, code: str, key: object
) -> None:
    make_extended(db, code)
    if code == MANUAL_CODE:
        make_inbound_call(db)
    else:
        make_outbound_call(db)

    assert await changed(reports, db, code) == key


@pytest.mark.parametrize("archived", [False, True])
async def test_a_code_that_was_overwritten_is_in_the_dial_log(
    reports: Reports, db: TestDatabase, archived: bool
) -> None:
    make_outbound_call(db)
    make_inbound_call(db)
    make_extended(db, INBOUND_CODE)
    make_dialled(db, archived=archived)

    assert await changed(reports, db, MANUAL_CODE) == UNIQUEID


@pytest.mark.parametrize("make", [make_extended, make_dialled])
async def test_a_code_may_be_archived_before_its_record(
    reports: Reports, db: TestDatabase, make: Any
) -> None:
    make_outbound_call(db)
    make(db, archived=True)

    assert await changed(reports, db, MANUAL_CODE) == UNIQUEID


async def test_an_inbound_code_may_be_archived_before_its_record(
    reports: Reports, db: TestDatabase
) -> None:
    make_inbound_call(db)
    make_inbound_code(db, archived=True)

    assert await changed(reports, db, INBOUND_CODE) == CLOSECALLID


async def test_of_a_code_that_came_twice_the_newest_call_is_meant(
    reports: Reports, db: TestDatabase
) -> None:
    for uniqueid, year in [("1.1", 2023), ("1.3", 2025), ("1.2", 2024)]:
        make_outbound_call(db, uniqueid=uniqueid, call_date=f"{year}-01-08 12:00:01")
        make_extended(db, uniqueid=uniqueid, call_date=f"{year}-01-08 12:00:01")

    assert await changed(reports, db, MANUAL_CODE) == "1.3"


async def test_a_code_never_means_another_call_of_its_lead(
    reports: Reports, db: TestDatabase
) -> None:
    # The other call of the lead is newer, and in the group.
    make_extended(db)

    assert await refusal(reports, db, MANUAL_CODE, group="TESTCAMP") == NOT_FOUND
    assert await refusal(reports, db, MANUAL_CODE) == NOT_FOUND


@pytest.mark.parametrize("code", [MANUAL_CODE, INBOUND_CODE])
async def test_a_code_never_means_a_call_of_another_lead(
    reports: Reports, db: TestDatabase, code: str
) -> None:
    make_outbound_call(db, lead_id=5)
    make_inbound_call(db, lead_id=5)
    make_extended(db)
    make_inbound_code(db)

    assert await refusal(reports, db, code) == NOT_FOUND
    assert await refusal(reports, db, code, group="SALES") == NOT_FOUND


async def test_a_record_with_another_fraction_is_that_of_the_code(
    reports: Reports, db: TestDatabase
) -> None:
    make_outbound_call(db, uniqueid="1736355590.12340", call_date="2025-01-08 12:00:01")
    make_outbound_call(db, uniqueid="1736355590.123", call_date="2025-01-08 12:00:02")
    make_outbound_call(db, uniqueid="1736355590.12", call_date="2025-01-08 12:00:00")
    make_outbound_call(db, uniqueid="17363555901.1", call_date="2025-01-08 12:00:03")
    make_outbound_call(db, uniqueid="1736355590.5", lead_id=5, call_date="2025-01-08 12:00:04")
    make_extended(db)

    assert await changed(reports, db, MANUAL_CODE) == "1736355590.123"


@pytest.mark.parametrize(
    ("dates", "key"),
    [
        pytest.param(["11:59:55"], "1.0", id="5 s before"),
        pytest.param(["11:59:54"], None, id="6 s before"),
        pytest.param(["12:10:00"], "1.0", id="10 min after"),
        pytest.param(["12:10:01"], None, id="longer after"),
        pytest.param(["12:00:04", "11:59:58", "12:00:09"], "1.1", id="the nearest"),
    ],
)
async def test_a_code_without_uniqueid_means_the_lead_s_call_at_that_time(
    reports: Reports, db: TestDatabase, dates: list[str], key: str | None
) -> None:
    for place, time in enumerate(dates):
        make_outbound_call(db, uniqueid=f"1.{place}", call_date=f"2025-01-08 {time}")
        make_outbound_call(db, uniqueid=f"2.{place}", lead_id=5, call_date="2025-01-08 12:00:00")
    make_dialled(db, uniqueid="", lead_id=LEAD_ID, call_date="2025-01-08 12:00:00")

    if key is None:
        assert await refusal(reports, db, MANUAL_CODE) == NOT_FOUND
    else:
        assert await changed(reports, db, MANUAL_CODE) == key
    assert OTHER_UNIQUEID not in changed_records(db, STATUS)
