"""POST /api/v1/leads: phone checks and DNC check."""

import pytest
from support.apps import Leads
from support.builders import make_campaign, make_list
from support.database import TestDatabase

NUMBER = "2125551234"
CHECKS = ("usacan_prefix_check", "usacan_areacode_check", "nanpa_ac_prefix_check")


@pytest.fixture(autouse=True)
def lists(db: TestDatabase) -> None:
    """List 101 of TESTCAMP, which obeys OTHER's DNC list; 102 of PLAIN; 103 of no campaign."""
    make_campaign(db, "TESTCAMP", use_other_campaign_dnc="OTHER")
    make_campaign(db, "PLAIN")
    make_list(db, 101)
    make_list(db, 102, "PLAIN")
    make_list(db, 103, None)


def load_nanpa(db: TestDatabase, rows: int) -> None:
    for number in range(rows):
        db.insert(
            "vicidial_nanpa_prefix_codes",
            areacode="212",
            prefix=str(555 + number),
            GMT_offset="-5",
            DST="Y",
        )


def lead(**fields: object) -> dict[str, object]:
    return {"list_id": 101, "phone_number": NUMBER} | fields


@pytest.mark.parametrize(
    ("check", "number", "why"),
    [
        pytest.param("usacan_prefix_check", "2125551234", None, id="prefix"),
        pytest.param("usacan_prefix_check", "2122551234", None, id="lowest prefix"),
        pytest.param("usacan_prefix_check", "2129", "Must be 6 to 16 digits", id="too short"),
        pytest.param("usacan_prefix_check", "2121551234", "Invalid prefix", id="prefix with 1"),
        pytest.param("usacan_prefix_check", "2120551234", "Invalid prefix", id="prefix with 0"),
        pytest.param("usacan_areacode_check", "2125551234", None, id="area code"),
        pytest.param("usacan_areacode_check", "5551234567", "Unknown area code", id="no area code"),
        pytest.param("usacan_areacode_check", "21255512345", "Unknown area code", id="11 digits"),
        pytest.param("usacan_areacode_check", "212555123", "Unknown area code", id="9 digits"),
        pytest.param("nanpa_ac_prefix_check", "2125551234", None, id="NANPA"),
        pytest.param(
            "nanpa_ac_prefix_check", "2125541234", "Unknown area code and prefix", id="no NANPA"
        ),
    ],
)
async def test_phone_checks(
    leads: Leads, db: TestDatabase, check: str, number: str, why: str | None
) -> None:
    load_nanpa(db, 10)

    response = await leads.post("/api/v1/leads", json=lead(phone_number=number, **{check: "Y"}))

    answer = await response.json()
    assert (response.status, answer.get("details")) == (
        (400, {"phone_number": [why]}) if why else (200, None)
    )
    assert db.count("vicidial_list") == (0 if why else 1)


@pytest.mark.parametrize("check", CHECKS)
async def test_a_check_that_is_n_is_not_made(leads: Leads, db: TestDatabase, check: str) -> None:
    response = await leads.post(
        "/api/v1/leads", json=lead(phone_number="5550001234", **{check: "N"})
    )

    assert response.status == 200
    assert db.count("vicidial_list") == 1


async def test_nanpa_check_needs_its_table(leads: Leads, db: TestDatabase) -> None:
    load_nanpa(db, 9)

    response = await leads.post("/api/v1/leads", json=lead(nanpa_ac_prefix_check="Y"))

    assert response.status == 409
    assert await response.json() == {"success": False, "error": "NANPA data is not loaded"}
    assert db.count("vicidial_list") == 0


INTERNAL = "Phone number is in the DNC list"
OF_CAMPAIGN = "Phone number is in the campaign DNC list"


@pytest.mark.parametrize(
    ("entry", "fields", "error"),
    [
        pytest.param((NUMBER, None), {"dnc_check": "Y"}, INTERNAL, id="internal"),
        pytest.param((NUMBER, None), {"dnc_check": "AREACODE"}, INTERNAL, id="number, areacode"),
        pytest.param(
            ("212XXXXXXX", None), {"dnc_check": "AREACODE"}, INTERNAL, id="internal area code"
        ),
        pytest.param(("212XXXXXXX", None), {"dnc_check": "Y"}, None, id="area code, only numbers"),
        pytest.param((NUMBER, None), {"dnc_check": "N"}, None, id="internal not asked"),
        pytest.param((NUMBER, None), {"campaign_dnc_check": "Y"}, None, id="internal alone"),
        pytest.param(
            (NUMBER, "OTHER"), {"campaign_dnc_check": "Y"}, OF_CAMPAIGN, id="the list it obeys"
        ),
        pytest.param((NUMBER, "TESTCAMP"), {"campaign_dnc_check": "Y"}, None, id="its own list"),
        pytest.param((NUMBER, "OTHER"), {"dnc_check": "Y"}, None, id="campaign not asked"),
        pytest.param(
            ("212XXXXXXX", "OTHER"),
            {"campaign_dnc_check": "AREACODE"},
            OF_CAMPAIGN,
            id="campaign area code",
        ),
        pytest.param(
            ("212XXXXXXX", "OTHER"), {"campaign_dnc_check": "Y"}, None, id="campaign, only numbers"
        ),
        pytest.param(
            (NUMBER, "PLAIN"),
            {"campaign_dnc_check": "Y", "list_id": 102},
            OF_CAMPAIGN,
            id="campaign of the list",
        ),
        pytest.param(
            (NUMBER, "PLAIN"),
            {"campaign_dnc_check": "Y", "campaign_id": "plain"},
            OF_CAMPAIGN,
            id="campaign of the request",
        ),
        pytest.param(
            (NUMBER, "OTHER"),
            {"campaign_dnc_check": "Y", "campaign_id": "PLAIN"},
            None,
            id="the request's campaign in place of the list's",
        ),
        pytest.param(
            (NUMBER, "OTHER"),
            {"campaign_dnc_check": "Y", "list_id": 103, "campaign_id": "TESTCAMP"},
            OF_CAMPAIGN,
            id="list without campaign",
        ),
        pytest.param(("2125551235", None), {"dnc_check": "AREACODE"}, None, id="another number"),
    ],
)
async def test_dnc_check(
    leads: Leads,
    db: TestDatabase,
    entry: tuple[str, str | None],
    fields: dict[str, object],
    error: str | None,
) -> None:
    number, campaign_id = entry
    if campaign_id is None:
        db.insert("vicidial_dnc", phone_number=number)
    else:
        db.insert("vicidial_campaign_dnc", phone_number=number, campaign_id=campaign_id)

    response = await leads.post("/api/v1/leads", json=lead(**fields))

    answer = await response.json()
    if error:
        assert (response.status, answer) == (409, {"success": False, "error": error})
    else:
        assert response.status == 200
    assert db.count("vicidial_list") == (0 if error else 1)


async def test_campaign_dnc_check_needs_a_campaign(leads: Leads, db: TestDatabase) -> None:
    response = await leads.post("/api/v1/leads", json=lead(list_id=103, campaign_dnc_check="Y"))

    assert response.status == 400
    assert (await response.json())["details"] == {"campaign_id": ["Required"]}
    assert db.count("vicidial_list") == 0


async def test_number_on_both_lists_is_on_the_dnc_list(leads: Leads, db: TestDatabase) -> None:
    db.insert("vicidial_dnc", phone_number=NUMBER)
    db.insert("vicidial_campaign_dnc", phone_number=NUMBER, campaign_id="OTHER")

    response = await leads.post("/api/v1/leads", json=lead(dnc_check="Y", campaign_dnc_check="Y"))

    assert (await response.json())["error"] == INTERNAL


async def test_dnc_is_asked_for_the_number_as_it_is_dialed(leads: Leads, db: TestDatabase) -> None:
    db.insert("vicidial_dnc", phone_number=NUMBER)

    response = await leads.post(
        "/api/v1/leads", json=lead(phone_number="+1 (212) 555-1234", dnc_check="Y")
    )

    assert (await response.json())["error"] == INTERNAL


async def test_references_are_checked_before_the_number(leads: Leads, db: TestDatabase) -> None:
    db.insert("vicidial_dnc", phone_number=NUMBER)
    callback = {
        "callback": "Y",
        "callback_datetime": "NOW",
        "callback_type": "USERONLY",
        "callback_user": "nobody",
    }

    response = await leads.post("/api/v1/leads", json=lead(dnc_check="Y", **callback))

    assert response.status == 400
    assert (await response.json())["details"] == {"callback_user": ["User not found"]}
