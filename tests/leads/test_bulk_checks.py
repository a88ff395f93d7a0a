"""POST /leads/bulk: what is looked up for each row: phone checks, DNC lists, time zones, states."""

from typing import Any

import pytest
from support.apps import Leads, Start, clock_at
from support.builders import make_campaign, make_list
from support.bulk import import_rows, results
from support.database import TestDatabase

ROW = {"phone_number": "2125551234"}


@pytest.fixture
def db(db: TestDatabase) -> TestDatabase:
    """A database with list 101 of TESTCAMP."""
    make_campaign(db)
    make_list(db)
    return db


@pytest.mark.parametrize(
    ("option", "value", "number", "why"),
    [
        ("usacan_prefix_check", "Y", "2121551234", "Invalid prefix"),
        ("usacan_areacode_check", "Y", "5552221234", "Unknown area code"),
        ("usacan_areacode_check", "Y", "212222123", "Unknown area code"),
        ("nanpa_ac_prefix_check", "Y", "2125551234", "Unknown area code and prefix"),
    ],
)
async def test_phone_checks(
    leads: Leads, db: TestDatabase, option: str, value: str, number: str, why: str
) -> None:
    for prefix in range(200, 210):
        db.insert("vicidial_nanpa_prefix_codes", areacode="212", prefix=str(prefix))
    rows = [{"phone_number": number}, {"phone_number": "2122011234"}]

    bad, fine = await results(leads, rows, **{option: value})

    assert bad == {"result": "invalid", "errors": {"phone_number": [why]}}
    assert fine["result"] == "added"


async def test_dnc_lists_are_those_asked_for(leads: Leads, db: TestDatabase) -> None:
    make_campaign(db, "OTHER")
    make_campaign(db, "THIRD", use_other_campaign_dnc="OTHER")
    make_list(db, 102, "THIRD")
    make_list(db, 103, None)
    db.insert("vicidial_dnc", phone_number="212XXXXXXX")
    db.insert("vicidial_campaign_dnc", phone_number="3125550001", campaign_id="TESTCAMP")
    db.insert("vicidial_campaign_dnc", phone_number="3125550002", campaign_id="OTHER")
    rows: list[dict[str, Any]] = [ROW]
    rows += [{"phone_number": "3125550001", "list_id": list_id} for list_id in (101, 102, 103)]
    rows += [{"phone_number": "3125550002", "list_id": list_id} for list_id in (101, 102)]

    listed = await results(leads, rows, dnc_check="AREACODE", campaign_dnc_check="Y")

    assert listed[:2] == [
        {"result": "dnc", "list": "SYSTEM_INTERNAL"},
        {"result": "dnc", "list": "TESTCAMP"},
    ]
    assert listed[3] == {"result": "invalid", "errors": {"campaign_id": ["Required"]}}
    assert listed[5] == {"result": "dnc", "list": "OTHER"}
    assert [listed[2]["result"], listed[4]["result"]] == ["added", "added"]


async def test_the_requests_campaign_wins_for_dnc(leads: Leads, db: TestDatabase) -> None:
    make_campaign(db, "OTHER")
    db.insert("vicidial_campaign_dnc", phone_number="2125551234", campaign_id="OTHER")

    listed = await results(leads, [ROW], campaign_dnc_check="Y", campaign_id="other")

    assert listed == [{"result": "dnc", "list": "OTHER"}]


@pytest.mark.parametrize("method", ["POSTAL_CODE", "NANPA_PREFIX", "OWNER_TIME_ZONE_CODE", None])
async def test_time_zones_are_found_as_for_one_lead(
    start_leads: Start, db: TestDatabase, method: str | None
) -> None:
    leads = await start_leads(clock=clock_at("2025-07-08T15:30:00"))
    make_list(db, 102, time_zone_setting="POSTAL_CODE")
    postal = {"country_code": 1, "GMT_offset": "-7", "DST": "N", "DST_range": ""}
    db.insert("vicidial_postal_codes", postal_code="85001", **postal)
    db.insert("vicidial_nanpa_prefix_codes", areacode="212", prefix="555", GMT_offset="-8", DST="Y")
    lead = ROW | {"postal_code": "85001", "owner": "PST", "state": "NY"}
    rows: list[dict[str, Any]] = [
        lead,
        lead | {"list_id": 102},
        lead | {"gmt_offset_now": 3.5},
        ROW,
    ]
    rows.append({"phone_number": "2079460958", "phone_code": "44"})
    option = {"tz_method": method} if method else {}

    await import_rows(leads, rows, **option)
    for row in rows:
        await leads.post("/api/v1/leads", json={"list_id": 101} | row | option)

    offsets = db.rows("SELECT gmt_offset_now FROM vicidial_list ORDER BY lead_id")
    assert offsets[:5] == offsets[5:]


async def test_states_are_looked_up_when_asked_to(leads: Leads, db: TestDatabase) -> None:
    rows = [ROW, ROW | {"state": "TX"}, {"phone_number": "5551234567"}]

    await import_rows(leads, rows, lookup_state="Y")

    assert db.rows("SELECT state FROM vicidial_list ORDER BY lead_id") == [("NY",), ("TX",), ("",)]
