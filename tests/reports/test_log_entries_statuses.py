"""PUT /api/v1/log-entries/{entry_id}: which statuses, user groups and groups a record may get."""

import pytest
from support.answers import invalid
from support.apps import Reports
from support.builders import make_in_group, make_status, make_user_group
from support.call_logs import CLOSECALLID, UNIQUEID, make_inbound_call, make_outbound_call
from support.database import TestDatabase
from support.log_entries import (
    change,
    everything,
    inbound,
    inbound_row,
    make_definitions,
    outbound,
    outbound_row,
)

UNKNOWN = invalid("status", "Unknown status for this entry")


@pytest.fixture(autouse=True)
def calls(db: TestDatabase) -> None:
    """An outbound call, and a record of an in-group of another."""
    make_definitions(db)
    make_outbound_call(db)
    make_inbound_call(db, uniqueid="1.1")


def make_status_group(db: TestDatabase, status_group_id: str) -> None:
    """A status group."""
    db.insert("vicidial_status_groups", status_group_id=status_group_id)


@pytest.mark.parametrize("status", ["NI", "SVYEXT", "N", "NEW"])
async def test_both_logs_take_statuses_of_the_system(
    reports: Reports, db: TestDatabase, status: str
) -> None:
    assert await change(reports, UNIQUEID, status=status) == outbound(status=status)
    assert await change(reports, CLOSECALLID, status=status) == inbound(
        uniqueid="1.1", status=status
    )


@pytest.mark.parametrize("campaign_id", ["TESTCAMP", "testcamp"])
async def test_an_outbound_record_takes_statuses_of_its_campaign(
    reports: Reports, db: TestDatabase, campaign_id: str
) -> None:
    make_status(db, "SALEX", campaign_id)

    assert await change(reports, status="SALEX") == outbound(status="SALEX")


@pytest.mark.parametrize("campaign_id", ["NEWCAMP", "SALES", "TESTCAM", "NOCAMP"])
async def test_an_outbound_record_takes_no_statuses_of_others(
    reports: Reports, db: TestDatabase, campaign_id: str
) -> None:
    make_status(db, "SALEX", campaign_id)
    before = everything(db)

    assert await change(reports, status="SALEX", comments="Paid") == UNKNOWN
    assert everything(db) == before


async def test_an_outbound_record_takes_statuses_of_status_groups(
    reports: Reports, db: TestDatabase
) -> None:
    make_status_group(db, "EXTRAS")
    make_status(db, "SALEX", "extras")
    make_status(db, "SALEY", "EXTRAS2")

    assert await change(reports, status="SALEX") == outbound(status="SALEX")
    assert await change(reports, status="SALEY") == UNKNOWN
    assert outbound_row(db)["status"] == "SALEX"


@pytest.mark.parametrize("campaign_id", ["TESTCAMP", "NEWCAMP", "EXTRAS", "SALES"])
async def test_an_in_group_record_takes_statuses_of_any_campaign(
    reports: Reports, db: TestDatabase, campaign_id: str
) -> None:
    make_status_group(db, "EXTRAS")
    make_status(db, "SALEX", campaign_id)

    assert await change(reports, CLOSECALLID, status="salex") == inbound(
        uniqueid="1.1", status="SALEX"
    )
    assert inbound_row(db)["status"] == "SALEX"


@pytest.mark.parametrize("entry_id", [UNIQUEID, CLOSECALLID])
async def test_a_status_that_nobody_defines_is_refused(
    reports: Reports, db: TestDatabase, entry_id: object
) -> None:
    make_status(db, "SALEX")
    before = everything(db)

    assert await change(reports, entry_id, status="SALEXX", user_group="AGENTS") == UNKNOWN
    assert everything(db) == before


async def test_a_present_status_that_nobody_defines_any_more_is_no_obstacle(
    reports: Reports, db: TestDatabase
) -> None:
    make_outbound_call(db, uniqueid="2.1", status="GONE", user_group="GONE")

    assert await change(reports, "2.1", comments="Paid") == outbound(
        entry_id="2.1", uniqueid="2.1", old_status="GONE", status="GONE", user_group="GONE"
    )


async def test_a_status_is_known_from_the_moment_it_is_defined(
    reports: Reports, db: TestDatabase
) -> None:
    before = await change(reports, status="SALEX")
    make_status(db, "SALEX")
    after = await change(reports, status="SALEX")
    db.execute("DELETE FROM vicidial_campaign_statuses WHERE status = 'SALEX'")

    assert (before, after) == (UNKNOWN, outbound(status="SALEX"))
    assert await change(reports, status="SALEX") == UNKNOWN


async def test_the_longest_names_fit(reports: Reports, db: TestDatabase) -> None:
    name = "G" * 20
    make_user_group(db, name)
    make_in_group(db, name)
    make_inbound_call(db, closecallid=780, uniqueid="1.2", campaign_id=name)

    answer = await change(reports, 780, status="SVYEXT", user_group=name, group=name)

    assert answer == inbound(
        entry_id="780",
        closecallid=780,
        uniqueid="1.2",
        group=name,
        status="SVYEXT",
        user_group=name,
    )


async def test_an_in_group_of_two_characters_is_one(reports: Reports, db: TestDatabase) -> None:
    make_in_group(db, "AB")
    make_inbound_call(db, closecallid=780, uniqueid="1.2", campaign_id="AB")

    status, _ = await change(reports, 780, status="NI", group="AB")

    assert (status, inbound_row(db, 780)["status"]) == (200, "NI")


@pytest.mark.parametrize("campaign_id", ["TESTCAMP", "SALES"])
async def test_a_deleted_campaign_chooses_no_record(
    reports: Reports, db: TestDatabase, campaign_id: str
) -> None:
    db.execute("DELETE FROM vicidial_campaigns WHERE campaign_id = 'TESTCAMP'")
    db.execute("DELETE FROM vicidial_inbound_groups WHERE group_id = 'SALES'")
    before = everything(db)

    answer = await change(reports, UNIQUEID, status="NI", group=campaign_id)

    assert answer == invalid("group", "No such campaign or in-group")
    assert everything(db) == before
