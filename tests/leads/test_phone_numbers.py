"""POST /api/v1/leads: which code and number are dialed (contract: "Phone number", "Phone code")."""

from typing import Any

import pytest
from support.apps import Leads
from support.builders import make_list
from support.database import TestDatabase

NATIONAL = "5551234567"


@pytest.fixture(autouse=True)
def list_101(db: TestDatabase) -> None:
    """List 101."""
    make_list(db)


def lead(**fields: object) -> dict[str, object]:
    return {"list_id": 101, "phone_number": NATIONAL} | fields


@pytest.mark.parametrize(
    ("fields", "stored"),
    [
        pytest.param({"phone_number": "(555) 123-4567"}, NATIONAL, id="punctuation"),
        pytest.param({"phone_number": "  555.123.4567 "}, NATIONAL, id="dots and spaces"),
        pytest.param({"phone_number": "1-555-123-4567"}, "15551234567", id="1 without a plus"),
        pytest.param({"phone_number": "0044 2079460958"}, "00442079460958", id="00 is no plus"),
        pytest.param({"phone_number": "+1 (555) 123-4567"}, NATIONAL, id="plus"),
        pytest.param({"phone_number": " (+1) 555 123 4567"}, NATIONAL, id="plus in brackets"),
        pytest.param({"phone_number": "555+1234567"}, NATIONAL, id="plus in the middle"),
        pytest.param({"phone_number": "-+15551234567"}, "15551234567", id="plus after a dash"),
        pytest.param(
            {"phone_number": "+44 20 7946 0958", "phone_code": "44"}, "2079460958", id="its code"
        ),
        pytest.param(
            {"phone_number": "+44 20 7946 0958", "country_code": "GBR"},
            "2079460958",
            id="code of the country",
        ),
        pytest.param(
            {"phone_number": "+44 20 7946 0958", "country_code": "044"},
            "2079460958",
            id="code in digits",
        ),
        pytest.param(
            {"phone_number": "+" + "1" * 10 + "2" * 16, "phone_code": "1" * 10},
            "2" * 16,
            id="longest code and number",
        ),
    ],
)
async def test_number_is_stored_without_punctuation_and_country_code(
    leads: Leads, db: TestDatabase, fields: dict[str, str], stored: str
) -> None:
    response = await leads.post("/api/v1/leads", json=lead(**fields))

    assert (await response.json())["data"]["phone_number"] == stored
    assert db.value("SELECT phone_number FROM vicidial_list") == stored


@pytest.mark.parametrize(
    ("fields", "details"),
    [
        pytest.param(
            {"phone_number": "+44 20 7946 0958"},
            {"phone_number": ["Does not begin with +1: give phone_code"]},
            id="another country",
        ),
        pytest.param(
            {"phone_number": "+1 555 123 4567", "phone_code": "44"},
            {"phone_number": ["Does not begin with +44: give phone_code"]},
            id="another code",
        ),
        pytest.param(
            {"phone_number": "+"},
            {"phone_number": ["Does not begin with +1: give phone_code"]},
            id="nothing but a plus",
        ),
        pytest.param(
            {"phone_number": "+1 12345"}, {"phone_number": ["Must be 6 to 16 digits"]}, id="short"
        ),
        pytest.param(
            {"phone_number": "+1" + "2" * 17},
            {"phone_number": ["Must be 6 to 16 digits"]},
            id="long",
        ),
        pytest.param(
            {"phone_number": "+1" + "2" * 40},
            {"phone_number": ["Must be 6 to 16 digits"]},
            id="longer than any code and number",
        ),
        pytest.param(
            {"phone_number": "+1 555 FLOWERS"},
            {"phone_number": ["Must be 6 to 16 digits"]},
            id="letters",
        ),
        pytest.param(
            {"alt_phone": "+44 2079460958"},
            {"alt_phone": ["Does not begin with +1: give phone_code"]},
            id="alt phone of another country",
        ),
        pytest.param(
            {"alt_phone": "+1" + "2" * 13}, {"alt_phone": ["Must be 0 to 12 digits"]}, id="long alt"
        ),
        pytest.param(
            {"alt_phones": [{"phone_number": "555000111"}, {"phone_number": "+445550002222"}]},
            {"alt_phones.1.phone_number": ["Does not begin with +1: give phone_code"]},
            id="one of alt_phones",
        ),
        pytest.param(
            {"phone_number": "+442079460958", "alt_phone": "+442079460959"},
            {
                "phone_number": ["Does not begin with +1: give phone_code"],
                "alt_phone": ["Does not begin with +1: give phone_code"],
            },
            id="both",
        ),
    ],
)
async def test_number_that_cannot_be_dialed_is_refused(
    leads: Leads, db: TestDatabase, fields: dict[str, object], details: dict[str, list[str]]
) -> None:
    response = await leads.post("/api/v1/leads", json=lead(**fields))

    assert response.status == 400
    assert (await response.json())["details"] == details
    assert db.count("vicidial_list") == 0


@pytest.mark.parametrize(
    ("fields", "phone_code", "country_code"),
    [
        pytest.param({}, "1", "1", id="neither"),
        pytest.param({"phone_code": "44"}, "44", "44", id="phone_code alone"),
        pytest.param({"phone_code": "01144"}, "01144", "011", id="its first three digits"),
        pytest.param({"phone_code": "0"}, "0", "0", id="zero"),
        pytest.param({"country_code": "44"}, "44", "44", id="country_code of digits"),
        pytest.param({"country_code": "044"}, "44", "044", id="leading zeros"),
        pytest.param({"country_code": "000"}, "1", "000", id="nothing but zeros"),
        pytest.param({"country_code": ""}, "1", "", id="empty country_code"),
        pytest.param({"country_code": "GBR"}, "44", "GBR", id="country with one code"),
        pytest.param({"country_code": "gbr"}, "44", "gbr", id="in any case"),
        pytest.param({"country_code": "USA"}, "1", "USA", id="country of many rows and one code"),
        pytest.param({"country_code": "XYZ"}, "1", "XYZ", id="no such country"),
        pytest.param({"country_code": "4A"}, "1", "4A", id="digits and letters"),
        pytest.param({"country_code": "NLD", "phone_code": "31"}, "31", "NLD", id="both"),
        pytest.param({"country_code": "44", "phone_code": "1"}, "1", "44", id="both of digits"),
    ],
)
async def test_phone_code_and_country_code(
    leads: Leads, db: TestDatabase, fields: dict[str, str], phone_code: str, country_code: str
) -> None:
    response = await leads.post("/api/v1/leads", json=lead(**fields))

    data = (await response.json())["data"]
    assert (data["phone_code"], data["country_code"]) == (phone_code, country_code)
    assert db.rows("SELECT phone_code, country_code FROM vicidial_list") == [
        (phone_code, country_code)
    ]


async def test_country_with_several_codes_needs_one(leads: Leads, db: TestDatabase) -> None:
    response = await leads.post("/api/v1/leads", json=lead(country_code="NLD"))

    assert response.status == 400
    assert (await response.json())["details"] == {
        "phone_code": ["Required: country NLD has several"]
    }
    assert db.count("vicidial_list") == 0


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(
            [
                {"phone_number": "555-000-0001"},
                {"phone_number": "+44 2079460958", "phone_code": "44", "note": "a_b"},
                {"phone_number": "1" * 18, "phone_code": None, "note": None},
            ],
            id="objects",
        ),
        pytest.param("555-000-0001!+442079460958_44_a_b!" + "1" * 18 + "__!", id="text"),
        pytest.param(
            '[{"phone_number": "5550000001"}, {"phone_number": 2079460958, "phone_code": "44",'
            ' "note": "a_b"}, {"phone_number": "111111111111111111"}]',
            id="JSON in a form",
        ),
    ],
)
@pytest.mark.parametrize("name", ["alt_phones", "multi_alt_phones"])
async def test_further_numbers_are_stored_in_their_order(
    leads: Leads, db: TestDatabase, given: Any, name: str
) -> None:
    response = await leads.post("/api/v1/leads", json=lead(country_code="GBR", **{name: given}))

    data = (await response.json())["data"]
    assert data["alt_phones"] == 3
    assert db.rows(
        "SELECT lead_id, phone_code, phone_number, alt_phone_note, alt_phone_count, active"
        " FROM vicidial_list_alt_phones ORDER BY alt_phone_id"
    ) == [
        (data["lead_id"], "44", "5550000001", "", 1, "Y"),
        (data["lead_id"], "44", "2079460958", "a_b", 2, "Y"),
        (data["lead_id"], "44", "1" * 18, "", 3, "Y"),
    ]


async def test_fifty_further_numbers_are_taken(leads: Leads, db: TestDatabase) -> None:
    response = await leads.post(
        "/api/v1/leads", json=lead(alt_phones=[{"phone_number": "5550000001"}] * 50)
    )

    assert (await response.json())["data"]["alt_phones"] == 50
    assert db.value("SELECT MAX(alt_phone_count) FROM vicidial_list_alt_phones") == 50


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        pytest.param({"phone_number": "2125551234"}, "NY", id="found"),
        pytest.param({"phone_number": "2125551234", "state": "CA"}, "CA", id="given"),
        pytest.param({"phone_number": "2125551234", "state": ""}, "NY", id="given empty"),
        pytest.param({"phone_number": "5551234567"}, "", id="no such area code"),
        pytest.param({"phone_number": "2125551234", "phone_code": "44"}, "", id="another country"),
        pytest.param({"phone_number": "2125551234", "lookup_state": "N"}, "", id="not asked for"),
    ],
)
async def test_lookup_state(
    leads: Leads, db: TestDatabase, fields: dict[str, str], state: str
) -> None:
    response = await leads.post("/api/v1/leads", json=lead(**{"lookup_state": "Y"} | fields))

    assert (await response.json())["data"]["state"] == state
    assert db.value("SELECT state FROM vicidial_list") == state
