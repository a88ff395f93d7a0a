"""PUT /api/v1/log-entries/{entry_id}: which record an id means, alone and with a group."""

import pytest
from support.apps import Reports
from support.call_logs import (
    CLOSECALLID,
    INBOUND_CODE,
    MANUAL_CODE,
    UNIQUEID,
    make_extended,
    make_inbound_call,
    make_inbound_code,
    make_outbound_call,
)
from support.database import ENGINES, TestDatabase
from support.log_entries import (
    NOT_FOUND,
    SEVERAL,
    STATUS,
    change,
    changed,
    inbound,
    make_definitions,
    outbound,
    refusal,
)


@pytest.fixture(autouse=True)
def definitions(db: TestDatabase) -> None:
    """What records refer to, and another call of the same lead."""
    make_definitions(db)


@pytest.mark.parametrize("entry_id", ["777", "0000000777", "%20777", "7%2077"])
async def test_a_closecallid_means_the_record_of_the_in_group(
    reports: Reports, db: TestDatabase, entry_id: str
) -> None:
    make_inbound_call(db)
    make_inbound_call(db, closecallid=7770)
    make_outbound_call(db, uniqueid="777.1")

    assert await changed(reports, db, entry_id) == CLOSECALLID


async def test_the_largest_closecallid_is_one(reports: Reports, db: TestDatabase) -> None:
    make_inbound_call(db, closecallid=4294967295)

    assert await changed(reports, db, "4294967295") == 4294967295


@pytest.mark.parametrize(
    "uniqueid", ["1736355590.1234", "1736355590.123456789", "a_B-9-1736355590.123", "1.1"]
)
async def test_a_uniqueid_means_the_record_of_the_outbound_log(
    reports: Reports, db: TestDatabase, uniqueid: str
) -> None:
    make_outbound_call(db, uniqueid=uniqueid)
    make_inbound_call(db, uniqueid="1736355590.9")

    assert await changed(reports, db, uniqueid) == uniqueid


async def test_spaces_of_a_uniqueid_are_dropped(reports: Reports, db: TestDatabase) -> None:
    make_outbound_call(db)

    assert await changed(reports, db, "17363%2055590.%201234%20") == UNIQUEID


async def test_a_uniqueid_of_a_call_that_came_in_means_its_only_record(
    reports: Reports, db: TestDatabase
) -> None:
    make_inbound_call(db)

    assert await change(reports, UNIQUEID, status=STATUS) == inbound(
        entry_id=UNIQUEID, status=STATUS
    )


@ENGINES
async def test_a_uniqueid_of_a_transferred_call_needs_a_group(
    reports: Reports, db: TestDatabase, engine: str
) -> None:
    make_outbound_call(db)
    make_inbound_call(db)

    assert await refusal(reports, db, UNIQUEID) == SEVERAL
    assert await change(reports, UNIQUEID, status=STATUS, group="SALES") == inbound(
        entry_id=UNIQUEID, status=STATUS
    )
    assert await change(reports, UNIQUEID, status="DNC", campaign_id="TESTCAMP") == outbound(
        status="DNC"
    )


async def test_a_uniqueid_with_two_records_in_the_same_in_group_needs_a_group(
    reports: Reports, db: TestDatabase
) -> None:
    make_inbound_call(db, closecallid=779)
    make_inbound_call(db, closecallid=778)
    make_inbound_call(db, closecallid=780, campaign_id="SUPPORT")

    assert await refusal(reports, db, UNIQUEID) == SEVERAL
    assert await changed(reports, db, UNIQUEID, group="SALES") == 779


@pytest.mark.parametrize("entry_id", [UNIQUEID, MANUAL_CODE])
async def test_a_group_is_compared_without_regard_to_case(
    reports: Reports, db: TestDatabase, entry_id: str
) -> None:
    make_outbound_call(db)
    make_inbound_call(db)
    make_extended(db)

    assert await change(reports, entry_id, status=STATUS, group="testcamp") == outbound(
        entry_id=entry_id, status=STATUS
    )


@pytest.mark.parametrize(
    ("entry_id", "group"),
    [
        pytest.param(CLOSECALLID, "SUPPORT", id="closecallid, another in-group"),
        pytest.param(CLOSECALLID, "TESTCAMP", id="closecallid, the campaign of the call"),
        pytest.param(UNIQUEID, "NEWCAMP", id="uniqueid, another campaign"),
        pytest.param(MANUAL_CODE, "NEWCAMP", id="caller code, another campaign"),
        pytest.param(INBOUND_CODE, "SUPPORT", id="caller code, another in-group"),
    ],
)
async def test_a_call_without_record_in_the_group_is_a_404(
    reports: Reports, db: TestDatabase, entry_id: object, group: str
) -> None:
    make_outbound_call(db)
    make_inbound_call(db)
    make_extended(db)
    make_inbound_code(db)

    assert await refusal(reports, db, entry_id, group=group) == NOT_FOUND


@pytest.mark.parametrize("entry_id", [778, 0, "1736355590.1235", "1736355590.123",
                                      "M1081200010000012346"])  # fmt: skip
async def test_an_id_that_no_call_has_is_a_404(
    reports: Reports, db: TestDatabase, entry_id: object
) -> None:
    make_outbound_call(db)
    make_inbound_call(db)
    make_extended(db)

    assert await refusal(reports, db, entry_id) == NOT_FOUND


@pytest.mark.parametrize("entry_id", [CLOSECALLID, UNIQUEID, MANUAL_CODE, INBOUND_CODE])
@pytest.mark.parametrize("group", [{}, {"group": "SALES"}, {"group": "TESTCAMP"}], ids=str)
async def test_a_record_that_is_only_in_the_archive_is_a_404(
    reports: Reports, db: TestDatabase, entry_id: object, group: dict[str, str]
) -> None:
    make_outbound_call(db, archived=True)
    make_inbound_call(db, archived=True)
    make_extended(db)
    make_inbound_code(db)

    assert await refusal(reports, db, entry_id, **group) == NOT_FOUND
