"""PUT /api/v1/leads/{lead_id}: numbers, dial codes, other lists, and the time zone they mean."""

from decimal import Decimal
from typing import Any

import pytest
from support.apps import Leads, Start, clock_at
from support.builders import make_campaign, make_lead, make_list, read_row
from support.changes import difference, make_old
from support.database import TestDatabase

SUMMER = clock_at("2025-07-08T15:30:00")


@pytest.fixture
async def leads(start_leads: Start, db: TestDatabase) -> Leads:
    """svc-leads on 8 July 2025, with lists of TESTCAMP and of NEWCAMP."""
    for campaign_id in ("TESTCAMP", "NEWCAMP"):
        make_campaign(db, campaign_id)
    make_list(db, 101)
    make_list(db, 102, "NEWCAMP")
    return await start_leads(clock=SUMMER)


def new_york(db: TestDatabase, **columns: Any) -> int:
    """A lead in New York, with the offset that it had in winter."""
    lead_id = make_lead(db, **{"phone_number": "2125551234", "state": "NY"} | columns)
    make_old(db)
    return lead_id


async def changes_of(
    leads: Leads, db: TestDatabase, lead_id: int, body: dict[str, Any]
) -> dict[str, Any]:
    """What a request changes, `modify_date` aside."""
    before = read_row(db, "vicidial_list", lead_id=lead_id)
    response = await leads.put(f"/api/v1/leads/{lead_id}", json=body)
    assert response.status == 200, await response.text()
    changes = difference(before, read_row(db, "vicidial_list", lead_id=lead_id))
    changes.pop("modify_date", None)
    return changes


@pytest.mark.parametrize(
    ("body", "offset"),
    [
        pytest.param({"phone_number": "6025551234"}, "-7.00", id="number: Arizona has no summer"),
        pytest.param({"phone_number": "2125559999"}, "-4.00", id="number: New York in summer"),
        pytest.param({"phone_code": "44"}, "1.00", id="phone_code"),
        pytest.param({"country_code": "44"}, "1.00", id="country_code of digits"),
        pytest.param({"list_id": 102}, "-4.00", id="list_id"),
        pytest.param({"list_id": 101}, "-4.00", id="the same list_id"),
        pytest.param({"state": "NY"}, "-4.00", id="state"),
        pytest.param({"postal_code": "10001"}, "-4.00", id="postal_code"),
        pytest.param({"owner": "agent1"}, "-4.00", id="owner"),
        pytest.param({"tz_method": "AREACODE", "city": "Boston"}, "-4.00", id="tz_method"),
        pytest.param({"phone_number": "6025551234", "gmt_offset_now": 3}, "3.00", id="given"),
    ],
)
async def test_the_offset_is_computed_from_the_new_values(
    leads: Leads, db: TestDatabase, body: dict[str, Any], offset: str
) -> None:
    lead_id = new_york(db)

    changes = await changes_of(leads, db, lead_id, body)

    assert changes["gmt_offset_now"] == Decimal(offset)


@pytest.mark.parametrize(
    "body",
    [{"first_name": "Jane"}, {"country_code": "USA"}, {"country_code": ""}, {"alt_phone": ""},
     {"status": "NA"}, {"reset_lead": "Y"}, {"province": "West"}, {"entry_list_id": 102}],
    ids=str,
)  # fmt: skip
async def test_other_fields_leave_the_offset_to_the_night_job(
    leads: Leads, db: TestDatabase, body: dict[str, Any]
) -> None:
    lead_id = new_york(db, phone_code="44")

    changes = await changes_of(leads, db, lead_id, body)

    assert not {"gmt_offset_now", "phone_code"} & changes.keys()


@pytest.mark.parametrize(
    ("method", "offset"),
    [
        pytest.param("COUNTRY_AND_AREA_CODE", "-4.00", id="area code"),
        pytest.param("POSTAL_CODE", "-6.00", id="postal code"),
        pytest.param("NANPA_PREFIX", "-8.00", id="prefix"),
        pytest.param("OWNER_TIME_ZONE_CODE", "-9.00", id="owner"),
    ],
)
async def test_the_method_is_that_of_the_request_or_of_the_list(
    leads: Leads, db: TestDatabase, method: str, offset: str
) -> None:
    db.insert("vicidial_postal_codes", postal_code="606", country_code=1, GMT_offset="-6", DST="N")
    db.insert("vicidial_nanpa_prefix_codes", areacode="212", prefix="555", GMT_offset="-8", DST="N")
    make_list(db, 103, time_zone_setting=method)
    db.insert(
        "vicidial_phone_codes", country_code=1, country="USA", areacode="000", tz_code="MINE",
        GMT_offset="-9", DST="N", DST_range="",
    )  # fmt: skip
    lead_id = new_york(db, postal_code="60601", owner="MINE")
    moved = new_york(db, postal_code="60601", owner="MINE")
    there = new_york(db, postal_code="60601", owner="MINE", list_id=103)

    asked = await changes_of(leads, db, lead_id, {"tz_method": method, "city": "x"})
    by_move = await changes_of(leads, db, moved, {"list_id": 103})
    by_list = await changes_of(leads, db, there, {"state": ""})

    offsets = [changes["gmt_offset_now"] for changes in (asked, by_move, by_list)]
    assert offsets == [Decimal(offset)] * 3


@pytest.mark.parametrize(
    ("lead", "body", "stored"),
    [
        pytest.param({}, {"phone_number": "+1 (555) 123-4567"}, ("1", "5551234567"), id="own code"),
        pytest.param(
            {"phone_code": "44"}, {"phone_number": "+442079460958"}, ("44", "2079460958"), id="44"
        ),
        pytest.param(
            {},
            {"phone_number": "+442079460958", "phone_code": "44"},
            ("44", "2079460958"),
            id="new",
        ),
        pytest.param(
            {},
            {"phone_number": "+442079460958", "country_code": "44"},
            ("44", "2079460958"),
            id="code of the country",
        ),
        pytest.param({}, {"phone_number": "15551234567"}, ("1", "15551234567"), id="without +"),
    ],
)
async def test_a_number_with_plus_loses_its_country_code(
    leads: Leads,
    db: TestDatabase,
    lead: dict[str, str],
    body: dict[str, str],
    stored: tuple[str, str],
) -> None:
    lead_id = new_york(db, **lead)

    await changes_of(leads, db, lead_id, body)

    row = read_row(db, "vicidial_list", lead_id=lead_id)
    assert (row["phone_code"], row["phone_number"]) == stored


@pytest.mark.parametrize(
    ("body", "details"),
    [
        pytest.param(
            {"phone_number": "+442079460958"},
            {"phone_number": ["Does not begin with +1: give phone_code"]},
            id="of another country",
        ),
        pytest.param(
            {"phone_number": "+15551234567", "phone_code": "44"},
            {"phone_number": ["Does not begin with +44: give phone_code"]},
            id="of the old country",
        ),
        pytest.param(
            {"phone_number": "+112345"}, {"phone_number": ["Must be 6 to 16 digits"]}, id="short"
        ),
        pytest.param(
            {"alt_phone": "+442079460958", "phone_number": "+44207946"},
            {
                "phone_number": ["Does not begin with +1: give phone_code"],
                "alt_phone": ["Does not begin with +1: give phone_code"],
            },
            id="both",
        ),
    ],
)
async def test_a_number_with_plus_that_does_not_fit_is_refused(
    leads: Leads, db: TestDatabase, body: dict[str, str], details: dict[str, list[str]]
) -> None:
    lead_id = new_york(db)
    before = read_row(db, "vicidial_list", lead_id=lead_id)

    response = await leads.put(f"/api/v1/leads/{lead_id}", json=body)

    assert (response.status, (await response.json())["details"]) == (400, details)
    assert read_row(db, "vicidial_list", lead_id=lead_id) == before


async def test_alt_phone_with_plus_loses_the_country_code_too(
    leads: Leads, db: TestDatabase
) -> None:
    lead_id = new_york(db)

    changes = await changes_of(leads, db, lead_id, {"alt_phone": "+1 555 987 6543"})

    assert changes == {"alt_phone": "5559876543"}


@pytest.mark.parametrize(
    ("body", "stored"),
    [
        pytest.param({"country_code": "44"}, ("44", "44"), id="digits set phone_code"),
        pytest.param({"country_code": "044"}, ("44", "044"), id="without leading zeros"),
        pytest.param({"country_code": "0"}, ("1", "0"), id="only zeros"),
        pytest.param({"country_code": "GBR"}, ("33", "GBR"), id="letters change nothing"),
        pytest.param({"country_code": "NLD"}, ("33", "NLD"), id="letters of several codes too"),
        pytest.param({"country_code": "4A"}, ("33", "4A"), id="digits and letters"),
        pytest.param({"phone_code": "49"}, ("49", "FRA"), id="phone_code alone"),
        pytest.param(
            {"phone_code": "00149", "country_code": "44"}, ("00149", "44"), id="both as sent"
        ),
    ],
)
async def test_country_code_of_digits_sets_phone_code(
    leads: Leads, db: TestDatabase, body: dict[str, str], stored: tuple[str, str]
) -> None:
    lead_id = new_york(db, phone_code="33", country_code="FRA")

    await changes_of(leads, db, lead_id, body)

    row = read_row(db, "vicidial_list", lead_id=lead_id)
    assert (row["phone_code"], row["country_code"]) == stored


async def test_a_move_changes_the_list_and_nothing_else(leads: Leads, db: TestDatabase) -> None:
    lead_id = new_york(db, entry_list_id=101, gmt_offset_now=-4)

    changes = await changes_of(leads, db, lead_id, {"list_id": "102"})

    assert changes == {"list_id": 102}


async def test_any_list_is_taken_without_the_check(leads: Leads, db: TestDatabase) -> None:
    lead_id = new_york(db)
    body = {"list_id": 777, "entry_list_id": 888, "list_exists_check": "N", "gmt_offset_now": -5}

    changes = await changes_of(leads, db, lead_id, body)

    assert changes == {"list_id": 777, "entry_list_id": 888}
