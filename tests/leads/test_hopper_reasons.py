"""POST /api/v1/campaigns/{campaign_id}/hopper/bulk: the reasons that keep a lead out."""

from collections.abc import Callable
from typing import Any

import pytest
from support.apps import Leads, Start, clock_at
from support.builders import make_campaign, make_lead, make_list
from support.database import TestDatabase

BULK = "/api/v1/campaigns/TESTCAMP/hopper/bulk"
Change = Callable[[TestDatabase], Any]


@pytest.fixture
def testcamp(db: TestDatabase) -> None:
    """Lead 1 in list 101 of TESTCAMP, and nothing that keeps it out."""
    make_campaign(db)
    make_list(db)
    make_lead(db, lead_id=1)


def move_list_to_newcamp(db: TestDatabase) -> None:
    make_campaign(db, "NEWCAMP")
    db.execute("UPDATE vicidial_lists SET campaign_id = 'NEWCAMP'")


REASONS: list[Any] = [
    pytest.param(lambda db: db.execute("DELETE FROM vicidial_list"), {}, "lead_not_found",
                 id="no lead"),
    pytest.param(lambda db: db.execute("DELETE FROM vicidial_lists"), {}, "no_campaign",
                 id="no list"),
    pytest.param(lambda db: db.execute("UPDATE vicidial_lists SET campaign_id = 'GONE'"), {},
                 "no_campaign", id="no campaign"),
    pytest.param(lambda db: db.execute("UPDATE vicidial_lists SET campaign_id = NULL"), {},
                 "no_campaign", id="campaign NULL"),
    pytest.param(move_list_to_newcamp, {},
                 "other_campaign", id="other campaign"),
    pytest.param(lambda db: db.execute("UPDATE vicidial_lists SET active = 'N'"), {},
                 "list_inactive", id="list inactive"),
    pytest.param(lambda db: db.execute("UPDATE vicidial_lists SET active = NULL"), {},
                 "list_inactive", id="list neither"),
    pytest.param(lambda db: db.execute("UPDATE vicidial_lists SET expiration_date = '2025-07-07'"),
                 {}, "list_inactive", id="list expired yesterday"),
    pytest.param(lambda db: db.execute("UPDATE vicidial_list SET status = 'SALE'"),
                 {"hopper_status_check": "Y"}, "status", id="status"),
    pytest.param(lambda db: db.execute("UPDATE vicidial_list SET status = '-'"),
                 {"hopper_status_check": "Y"}, "status", id="status that is the end sign"),
    pytest.param(lambda db: db.execute("UPDATE vicidial_list SET status = NULL"),
                 {"hopper_status_check": "Y"}, "status", id="status NULL"),
    pytest.param(lambda db: (db.execute("UPDATE vicidial_campaigns SET use_internal_dnc = 'Y'"),
                             db.insert("vicidial_dnc", phone_number="5551234567")), {}, "dnc",
                 id="internal DNC"),
    pytest.param(lambda db: (
                     db.execute("UPDATE vicidial_campaigns SET use_internal_dnc = 'AREACODE'"),
                     db.insert("vicidial_dnc", phone_number="555XXXXXXX")), {}, "dnc",
                 id="internal DNC by area code"),
    pytest.param(lambda db: (db.execute("UPDATE vicidial_campaigns SET use_campaign_dnc = 'Y'"),
                             db.insert("vicidial_campaign_dnc", phone_number="5551234567",
                                       campaign_id="TESTCAMP")), {}, "dnc", id="campaign DNC"),
    pytest.param(lambda db: (db.execute("UPDATE vicidial_campaigns SET use_campaign_dnc = 'Y',"
                                        " use_other_campaign_dnc = 'OTHER'"),
                             db.insert("vicidial_campaign_dnc", phone_number="5551234567",
                                       campaign_id="OTHER")), {}, "dnc", id="other campaign's DNC"),
    pytest.param(lambda db: db.execute("UPDATE vicidial_lists SET local_call_time = '5pm-9pm'"),
                 {"hopper_local_call_time_check": "Y"}, "local_time", id="list's call time"),
    pytest.param(
        lambda db: db.execute("UPDATE vicidial_campaigns SET local_call_time = '5pm-9pm'"),
        {"hopper_local_call_time_check": "Y"}, "local_time", id="campaign's call time"),
    pytest.param(lambda db: db.execute("UPDATE vicidial_lists SET local_call_time = 'gone'"),
                 {"hopper_local_call_time_check": "Y"}, "local_time", id="no such call time"),
    pytest.param(lambda db: db.insert("vicidial_auto_calls", lead_id=1, server_ip=""), {},
                 "in_call", id="call under way"),
    pytest.param(lambda db: db.insert("vicidial_live_agents", lead_id=1, server_ip=""), {},
                 "in_call", id="agent talks to it"),
    pytest.param(lambda db: db.insert("vicidial_hopper", lead_id=1, list_id=1, status="DNC"), {},
                 "in_hopper", id="in hopper, any status"),
]  # fmt: skip


@pytest.mark.usefixtures("testcamp")
@pytest.mark.parametrize(("change", "options", "reason"), REASONS)
async def test_a_lead_does_not_get_in_when(
    start_leads: Start, db: TestDatabase, change: Change, options: dict[str, str], reason: str
) -> None:
    leads = await start_leads(clock=clock_at("2025-07-08T15:30:00"))
    change(db)
    before = db.rows("SELECT * FROM vicidial_hopper")

    data = await admitted(leads, lead_ids=[1], **options)

    assert data == {
        "requested": 1, "inserted": 0, "not_inserted": [{"lead_id": 1, "reason": reason}],
    }  # fmt: skip
    assert db.rows("SELECT * FROM vicidial_hopper") == before


@pytest.mark.usefixtures("testcamp")
@pytest.mark.parametrize(
    ("sql", "options"),
    [
        pytest.param("UPDATE vicidial_list SET status = 'SALE'", {}, id="status not checked"),
        pytest.param(
            "UPDATE vicidial_list SET status = 'na'",
            {"hopper_status_check": "Y"},
            id="status without case",
        ),
        pytest.param(
            "UPDATE vicidial_campaigns SET use_internal_dnc = 'Y'",
            {"hopper_dnc_check": "N"},
            id="DNC not checked",
        ),
        pytest.param(
            "UPDATE vicidial_campaigns SET use_internal_dnc = 'N', use_campaign_dnc = 'N'",
            {},
            id="campaign without DNC rules",
        ),
        pytest.param(
            "UPDATE vicidial_lists SET local_call_time = '5pm-9pm'", {}, id="hours not checked"
        ),
        pytest.param(
            "UPDATE vicidial_lists SET local_call_time = '9am-5pm'",
            {"hopper_local_call_time_check": "Y"},
            id="within hours",
        ),
        pytest.param(
            "UPDATE vicidial_lists SET local_call_time = 'CAMPAIGN'",
            {"hopper_local_call_time_check": "Y"},
            id="the campaign's hours, any case",
        ),
        pytest.param(
            "UPDATE vicidial_lists SET local_call_time = ''",
            {"hopper_local_call_time_check": "Y"},
            id="the campaign's hours when empty",
        ),
        pytest.param(
            "UPDATE vicidial_lists SET expiration_date = '2025-07-08'", {}, id="expires today"
        ),
        pytest.param("UPDATE vicidial_lists SET expiration_date = NULL", {}, id="never expires"),
        pytest.param("UPDATE vicidial_campaigns SET active = 'N'", {}, id="campaign inactive"),
    ],
)
async def test_a_lead_gets_in_though(
    start_leads: Start, db: TestDatabase, sql: str, options: dict[str, str]
) -> None:
    leads = await start_leads(clock=clock_at("2025-07-08T15:30:00"))
    db.insert("vicidial_dnc", phone_number="5551234567")
    db.execute("UPDATE vicidial_campaigns SET use_internal_dnc = 'N'")
    db.execute(sql)

    assert await admitted(leads, lead_ids=[1], **options) == {
        "requested": 1, "inserted": 1, "not_inserted": [],
    }  # fmt: skip


@pytest.mark.usefixtures("testcamp")
async def test_the_first_reason_counts(leads: Leads, db: TestDatabase) -> None:
    # The reasons in the contract's order, each removed in turn.
    db.insert("vicidial_hopper", lead_id=1, list_id=1)
    db.insert("vicidial_auto_calls", lead_id=1, server_ip="")
    db.insert("vicidial_dnc", phone_number="5551234567")
    make_campaign(db, "NEWCAMP")
    db.execute("UPDATE vicidial_list SET status = 'SALE'")
    db.execute("UPDATE vicidial_campaigns SET use_internal_dnc = 'Y', local_call_time = 'none'")
    db.execute("UPDATE vicidial_lists SET active = 'N', campaign_id = 'NEWCAMP'")
    options = {"hopper_status_check": "Y", "hopper_local_call_time_check": "Y"}

    found = []
    for mend in (
        "UPDATE vicidial_lists SET campaign_id = 'TESTCAMP'",
        "UPDATE vicidial_lists SET active = 'Y'",
        "UPDATE vicidial_list SET status = 'NEW'",
        "DELETE FROM vicidial_dnc",
        "UPDATE vicidial_campaigns SET local_call_time = '24hours'",
        "DELETE FROM vicidial_auto_calls",
        "DELETE FROM vicidial_hopper",
    ):
        found += (await admitted(leads, lead_ids=[1], **options))["not_inserted"]
        db.execute(mend)

    assert [refused["reason"] for refused in found] == [
        "other_campaign", "list_inactive", "status", "dnc", "local_time", "in_call", "in_hopper",
    ]  # fmt: skip
    assert (await admitted(leads, lead_ids=[1], **options))["inserted"] == 1


async def admitted(leads: Leads, **body: Any) -> dict[str, Any]:
    """The data of the answer to a request for TESTCAMP."""
    response = await leads.post(BULK, json=body)
    envelope = await response.json()
    assert response.status == 200, envelope
    data: dict[str, Any] = envelope["data"]
    return data
