"""POST /api/v1/leads: what a new lead may repeat (contract: "Duplicate check")."""

from typing import Any

import pytest
from support.apps import Leads, Start, clock_at
from support.builders import make_campaign, make_lead, make_list
from support.database import TestDatabase

# 30 June 2025, noon in New York.
CLOCK = clock_at("2025-06-30T16:00:00")
NEW = {
    "list_id": 101,
    "phone_number": "5551234567",
    "alt_phone": "5559999999",
    "title": "Dr",
    "first_name": "José",
    "last_name": "Müller",
}
FAMILIES = ("DUP", "DUPPHONEALT", "DUPTITLEALTPHONE", "DUPNAMEPHONE")


@pytest.fixture
async def leads(start_leads: Start, db: TestDatabase) -> Leads:
    """Lists 101 and 102 of TESTCAMP, 201 of OTHER, 301 and 302 of no campaign."""
    for campaign_id in ("TESTCAMP", "OTHER"):
        make_campaign(db, campaign_id)
    for list_id, campaign in ((101, "TESTCAMP"), (102, "TESTCAMP"), (201, "OTHER")):
        make_list(db, list_id, campaign)
    make_list(db, 301, None)
    make_list(db, 302, "")
    return await start_leads(clock=CLOCK)


def make_same_lead(db: TestDatabase, **columns: Any) -> int:
    """A lead that is like NEW in all families."""
    return make_lead(db, **NEW | columns)


async def is_refused(leads: Leads, body: dict[str, Any]) -> bool:
    response = await leads.post("/api/v1/leads", json=body)
    assert response.status in {200, 409}, await response.text()
    return response.status == 409


SCOPES = [
    pytest.param("LIST", 101, 101, True, id="same list"),
    pytest.param("LIST", 102, 101, False, id="other list"),
    pytest.param("CAMP", 102, 101, True, id="other list of the campaign"),
    pytest.param("CAMP", 201, 101, False, id="list of another campaign"),
    pytest.param("CAMP", 301, 301, True, id="list without campaign"),
    pytest.param("CAMP", 301, 302, False, id="other list without campaign"),
    pytest.param("SYS", 201, 101, True, id="system"),
    pytest.param("SYS", 999, 301, True, id="list that is gone"),
]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(("scope", "old_list", "new_list", "refused"), SCOPES)
async def test_scope(
    leads: Leads,
    db: TestDatabase,
    family: str,
    scope: str,
    old_list: int,
    new_list: int,
    refused: bool,
) -> None:
    make_same_lead(db, list_id=old_list)

    body = NEW | {"list_id": new_list, "duplicate_check": f"{family}{scope}"}

    assert await is_refused(leads, body) == refused
    assert db.count("vicidial_list") == (1 if refused else 2)


@pytest.mark.parametrize(
    ("family", "old", "new", "refused"),
    [
        pytest.param("DUP", {"phone_number": "5551234568"}, {}, False, id="other number"),
        pytest.param("DUP", {"title": "Mr", "first_name": "Al"}, {}, True, id="number alone"),
        pytest.param("DUP", {}, {"phone_number": "+1 555-123-4567"}, True, id="as it is dialed"),
        pytest.param(
            "DUPPHONEALT",
            {"phone_number": "5550000000", "alt_phone": "5551234567"},
            {},
            True,
            id="number is an alt phone",
        ),
        pytest.param(
            "DUPPHONEALT",
            {"phone_number": "5559999999", "alt_phone": ""},
            {},
            False,
            id="alt phone is a number",
        ),
        pytest.param(
            "DUPTITLEALTPHONE", {"phone_number": "5550000000"}, {}, True, id="title and alt phone"
        ),
        pytest.param("DUPTITLEALTPHONE", {"title": "dr "}, {}, True, id="title compared as text"),
        pytest.param("DUPTITLEALTPHONE", {"title": "Mr"}, {}, False, id="other title"),
        pytest.param("DUPTITLEALTPHONE", {"alt_phone": "1"}, {}, False, id="other alt phone"),
        pytest.param(
            "DUPTITLEALTPHONE", {"alt_phone": ""}, {"alt_phone": ""}, False, id="no alt phone"
        ),
        pytest.param(
            "DUPNAMEPHONE",
            {"first_name": "JOSE ", "last_name": "muller"},
            {},
            True,
            id="no case, accents, trailing spaces",
        ),
        pytest.param("DUPNAMEPHONE", {"first_name": "Josef"}, {}, False, id="other first name"),
        pytest.param("DUPNAMEPHONE", {"last_name": "Meier"}, {}, False, id="other last name"),
        pytest.param("DUPNAMEPHONE", {"phone_number": "5550000000"}, {}, False, id="names alone"),
        pytest.param(
            "DUPNAMEPHONE",
            {"first_name": "", "last_name": ""},
            {"first_name": "", "last_name": ""},
            True,
            id="no names",
        ),
    ],
)
async def test_what_is_the_same(
    leads: Leads,
    db: TestDatabase,
    family: str,
    old: dict[str, str],
    new: dict[str, str],
    refused: bool,
) -> None:
    make_same_lead(db, **old)

    body = NEW | new | {"duplicate_check": f"{family}LIST"}

    assert await is_refused(leads, body) == refused
    assert db.count("vicidial_list") == (1 if refused else 2)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    ("days", "entry_date", "refused"),
    [
        pytest.param(30, "2025-05-31 12:00:01", True, id="younger"),
        pytest.param(30, "2025-05-31 12:00:00", False, id="exactly as old"),
        pytest.param(1, "2025-06-29 12:00:01", True, id="within a day"),
        pytest.param(1, "2025-06-29 11:00:00", False, id="a day and an hour"),
        pytest.param(360, "2024-07-05 12:00:01", True, id="within 360 days"),
        pytest.param(360, "2001-01-01 00:00:00", False, id="years ago"),
    ],
)
async def test_days(
    leads: Leads, db: TestDatabase, family: str, days: int, entry_date: str, refused: bool
) -> None:
    make_same_lead(db, entry_date=entry_date)

    body = NEW | {"duplicate_check": f"{family}LIST{days}DAY"}

    assert await is_refused(leads, body) == refused
    assert await is_refused(leads, NEW | {"duplicate_check": f"{family}LIST"})


async def test_days_belong_to_their_mode_alone(leads: Leads, db: TestDatabase) -> None:
    make_same_lead(db, entry_date="2001-01-01 00:00:00", list_id=201)

    apart = await is_refused(leads, NEW | {"duplicate_check": "DUPSYS2DAY-DUPLIST"})
    together = await is_refused(leads, NEW | {"duplicate_check": "DUPLIST2DAY-DUPSYS"})

    assert (apart, together) == (False, True)


@pytest.mark.parametrize("days", [1, 2, 3, 7, 14, 15, 21, 28, 30, 60, 90, 180, 360])
async def test_numbers_of_days_that_there_are(leads: Leads, db: TestDatabase, days: int) -> None:
    assert not await is_refused(leads, NEW | {"duplicate_check": f"DUPCAMP{days}DAY"})
    assert db.count("vicidial_list") == 1


@pytest.mark.parametrize(
    ("mode", "error", "match"),
    [
        ("DUPLIST", "Duplicate phone number in list", {}),
        ("DUPCAMP", "Duplicate phone number in campaign", {}),
        ("DUPSYS90DAY", "Duplicate phone number in system", {}),
        ("DUPPHONEALTLIST", "Duplicate phone number in list", {"match": "ALT"}),
        ("DUPPHONEALTSYS", "Duplicate phone number in system", {"match": "ALT"}),
        ("DUPTITLEALTPHONECAMP", "Duplicate title and alt phone in campaign", {}),
        ("DUPNAMEPHONESYS", "Duplicate name and phone number in system", {}),
    ],
)
async def test_the_409_names_the_lead_with_the_lowest_id(
    leads: Leads, db: TestDatabase, mode: str, error: str, match: dict[str, str]
) -> None:
    make_lead(db, phone_number="5550000000")
    same = {"entry_date": "2025-06-30 10:00:00"}
    if match:
        same |= {"phone_number": "5550000001", "alt_phone": "5551234567"}
    lead_id = make_same_lead(db, **same)
    make_same_lead(db)

    response = await leads.post("/api/v1/leads", json=NEW | {"duplicate_check": mode})

    assert response.status == 409
    assert await response.json() == {
        "success": False,
        "error": error,
        "details": {"check": mode} | match | {"lead_id": lead_id, "list_id": 101},
    }
    assert db.count("vicidial_list") == 3


async def test_a_lead_with_the_number_itself_matches_by_phone(
    leads: Leads, db: TestDatabase
) -> None:
    lead_id = make_same_lead(db, alt_phone="5551234567")

    response = await leads.post("/api/v1/leads", json=NEW | {"duplicate_check": "DUPPHONEALTSYS"})

    assert (await response.json())["details"] == {
        "check": "DUPPHONEALTSYS",
        "match": "PHONE",
        "lead_id": lead_id,
        "list_id": 101,
    }


@pytest.mark.parametrize(
    ("modes", "first"),
    [
        pytest.param("DUPSYS-DUPCAMP-DUPLIST", "DUPLIST", id="scopes"),
        pytest.param("DUPNAMEPHONELIST,DUPSYS", "DUPSYS", id="families"),
        pytest.param(
            "DUPNAMEPHONELIST-DUPTITLEALTPHONELIST-DUPPHONEALTSYS",
            "DUPPHONEALTSYS",
            id="families without index first",
        ),
        pytest.param(["DUPTITLEALTPHONESYS", "DUPSYS"], "DUPSYS", id="array, indexed first"),
        pytest.param("DUPNAMEPHONELIST-DUPTITLEALTPHONELIST", "DUPTITLEALTPHONELIST", id="last"),
    ],
)
async def test_order_of_the_checks(
    leads: Leads, db: TestDatabase, modes: str | list[str], first: str
) -> None:
    make_same_lead(db)

    response = await leads.post("/api/v1/leads", json=NEW | {"duplicate_check": modes})

    assert (await response.json())["details"]["check"] == first


async def test_dnc_is_told_before_duplicates(leads: Leads, db: TestDatabase) -> None:
    make_same_lead(db)
    db.insert("vicidial_dnc", phone_number=NEW["phone_number"])

    response = await leads.post(
        "/api/v1/leads", json=NEW | {"duplicate_check": "DUPLIST", "dnc_check": "Y"}
    )

    assert (await response.json())["error"] == "Phone number is in the DNC list"


@pytest.mark.parametrize("empty", ["", []])
async def test_no_mode_is_no_check(leads: Leads, db: TestDatabase, empty: object) -> None:
    make_same_lead(db)

    assert not await is_refused(leads, NEW | {"duplicate_check": empty})
    assert db.count("vicidial_list") == 2
