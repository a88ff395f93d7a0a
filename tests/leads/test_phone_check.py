"""GET /api/v1/phone/check: whether a number is known, valid, callable."""

from typing import Any

import pytest
from dialkit.tokens import Caller
from support.apps import Leads, Start, clock_at
from support.builders import make_campaign, make_lead
from support.database import TestDatabase
from support.database_state import FreshState
from support.statements import explained, statements_sent

CHECK = "/api/v1/phone/check"
KNOWN = {"phone_number": "2125551234", "exists": False, "count": 0, "checked_by": "6666"}


async def test_the_documented_answer(leads: Leads, db: TestDatabase) -> None:
    for list_id in (101, 101, 102):
        make_lead(db, phone_number="5551234567", list_id=list_id)
    make_lead(db, phone_number="55512345678")
    make_lead(db, phone_number="555123456", alt_phone="5551234567")

    response = await leads.get(CHECK, params={"phone_number": "(555) 123-4567"})

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "Phone check complete",
        "data": {
            "phone_number": "5551234567", "exists": True, "count": 3, "checked_by": "6666",
        },
    }  # fmt: skip


async def test_a_number_that_nobody_has(leads: Leads, db: TestDatabase) -> None:
    make_lead(db, phone_number="5551234567")

    assert await checked(leads) == KNOWN


async def test_checked_by_is_the_tag_and_api_without_one(start_leads: Start) -> None:
    leads = await start_leads(caller=Caller("", "192.0.2.7", "gateway"))

    assert (await checked(leads))["checked_by"] == "api"


async def test_it_counts_on_the_index_alone(leads: Leads, db: TestDatabase) -> None:
    db.execute(
        "INSERT INTO vicidial_list (phone_number) SELECT 2125550000 + seq FROM seq_1_to_2000"
    )

    with statements_sent() as statements:
        await checked(leads)

    (statement,) = statements
    (plan,) = explained(db, statement)
    assert plan["key"] in {"phone_number", "phone_list"}
    assert "Using index" in plan["Extra"]


@pytest.mark.parametrize(
    ("number", "checks", "fault"),
    [
        pytest.param("2125551234", ["usacan_prefix_check"], None, id="prefix good"),
        pytest.param("2121551234", ["usacan_prefix_check"], "Invalid prefix", id="prefix 1"),
        pytest.param("2120551234", ["usacan_prefix_check"], "Invalid prefix", id="prefix 0"),
        pytest.param("2125551234", ["usacan_areacode_check"], None, id="area code good"),
        pytest.param(
            "5551234567", ["usacan_areacode_check"], "Unknown area code", id="unknown area code"
        ),
        pytest.param(
            "21255512345", ["usacan_areacode_check"], "Unknown area code", id="eleven digits"
        ),
        pytest.param("201200", ["nanpa_ac_prefix_check"], None, id="nanpa good"),
        pytest.param(
            "2019991234", ["nanpa_ac_prefix_check"], "Unknown area code and prefix", id="nanpa bad"
        ),
        pytest.param(
            "5550999999",
            ["usacan_prefix_check", "usacan_areacode_check", "nanpa_ac_prefix_check"],
            "Invalid prefix",
            id="the first fault counts",
        ),
        pytest.param(
            "2012001234",
            ["usacan_prefix_check", "usacan_areacode_check", "nanpa_ac_prefix_check"],
            None,
            id="all good",
        ),
    ],
)
async def test_a_number_that_fails_is_an_answer(
    leads: Leads, db: TestDatabase, number: str, checks: list[str], fault: str | None
) -> None:
    load_nanpa(db)

    data = await checked(leads, phone_number=number, **dict.fromkeys(checks, "Y"))

    verdict = {"valid": False, "invalid_reason": fault} if fault else {"valid": True}
    assert data == KNOWN | {"phone_number": number} | verdict


async def test_without_nanpa_data_the_check_is_a_409(leads: Leads) -> None:
    response = await leads.get(
        CHECK, params={"phone_number": "2125551234", "nanpa_ac_prefix_check": "Y"}
    )

    assert response.status == 409
    assert await response.json() == {"success": False, "error": "NANPA data is not loaded"}


@pytest.mark.parametrize(
    ("query", "answered"),
    [
        pytest.param({"dnc_check": "Y"}, {"dnc": True}, id="internal"),
        pytest.param({"dnc_check": "N"}, {}, id="not asked for"),
        pytest.param(
            {"dnc_check": "Y", "phone_number": "2135551234"}, {"dnc": False}, id="by area only"
        ),
        pytest.param(
            {"dnc_check": "AREACODE", "phone_number": "2135551234"}, {"dnc": True}, id="area code"
        ),
        pytest.param(
            {"campaign_dnc_check": "Y", "campaign_id": "testcamp"},
            {"campaign_dnc": False},
            id="a campaign's",
        ),
        pytest.param(
            {"campaign_dnc_check": "Y", "campaign_id": "NEWCAMP"},
            {"campaign_dnc": True},
            id="of another campaign by use_other_campaign_dnc",
        ),
        pytest.param(
            {"campaign_dnc_check": "AREACODE", "campaign_id": "TESTCAMP", "dnc_check": "Y"},
            {"dnc": True, "campaign_dnc": True},
            id="both",
        ),
        pytest.param({"campaign_id": "TESTCAMP"}, {}, id="a campaign alone"),
    ],
)
async def test_dnc_lists_are_asked_when_wanted(
    leads: Leads, db: TestDatabase, query: dict[str, str], answered: dict[str, bool]
) -> None:
    make_campaign(db, "TESTCAMP", use_internal_dnc="N")
    make_campaign(db, "NEWCAMP", use_other_campaign_dnc="OTHER")
    db.insert("vicidial_dnc", phone_number="2125551234")
    db.insert("vicidial_dnc", phone_number="213XXXXXXX")
    db.insert("vicidial_campaign_dnc", phone_number="212XXXXXXX", campaign_id="TESTCAMP")
    db.insert("vicidial_campaign_dnc", phone_number="2125551234", campaign_id="OTHER")

    data = await checked(leads, **query)

    number = query.get("phone_number", "2125551234")
    assert data == KNOWN | {"phone_number": number} | answered


@pytest.mark.parametrize(
    ("query", "zones"),
    [
        pytest.param(
            {"local_call_time": "9am-9pm"},
            [("COUNTRY_AND_AREA_CODE", -4.0, True)],
            id="call time alone: by area code",
        ),
        pytest.param(
            {"local_call_time": "9AM-9PM", "phone_number": "8085551234"},
            [("COUNTRY_AND_AREA_CODE", -10.0, False)],
            id="too early in Hawaii",
        ),
        pytest.param(
            {"tz_method": "AREACODE"}, [("COUNTRY_AND_AREA_CODE", -4.0, None)], id="no call time"
        ),
        pytest.param(
            {"tz_method": "TZCODE,COUNTRY_AND_AREA_CODE", "owner": "HST",
             "local_call_time": "9am-9pm"},
            [("OWNER_TIME_ZONE_CODE", -10.0, False), ("COUNTRY_AND_AREA_CODE", -4.0, True)],
            id="two methods in their order",
        ),
        pytest.param(
            {"tz_method": "POSTAL,NANPA,TZCODE", "local_call_time": "24hours"},
            [("POSTAL_CODE", None, None), ("NANPA_PREFIX", None, None),
             ("OWNER_TIME_ZONE_CODE", None, None)],
            id="nothing found is no fallback",
        ),
        pytest.param(
            {"tz_method": "POSTAL_CODE", "postal_code": "90210"},
            [("POSTAL_CODE", -7.0, None)],
            id="postal code",
        ),
        pytest.param(
            {"tz_method": "AREACODE", "phone_code": "44", "local_call_time": "24hours"},
            [("COUNTRY_AND_AREA_CODE", 1.0, True)],
            id="phone code",
        ),
        pytest.param(
            {"tz_method": "AREACODE", "phone_code": "61", "phone_number": "412345678",
             "state": "NT"},
            [("COUNTRY_AND_AREA_CODE", 9.5, None)],
            id="state",
        ),
        pytest.param(
            {"tz_method": "AREACODE", "phone_code": "999"},
            [("COUNTRY_AND_AREA_CODE", 0.0, None)],
            id="unknown country",
        ),
    ],
)  # fmt: skip
async def test_time_zones_and_call_times_when_wanted(
    start_leads: Start, db: TestDatabase, query: dict[str, str], zones: list[tuple[Any, ...]]
) -> None:
    db.insert("vicidial_postal_codes", postal_code="902", country_code=1, GMT_offset="-8",
              DST="Y", DST_range="SSM-FSN")  # fmt: skip
    leads = await start_leads(clock=clock_at("2025-07-08T15:30:00"))

    data = await checked(leads, **query)

    assert data["time_zones"] == [
        {"method": method, "gmt_offset": offset, "dialable": dialable}
        for method, offset, dialable in zones
    ]


@pytest.mark.parametrize(
    ("utc", "state", "dialable"),
    [
        pytest.param("2025-07-08T12:59:59", "", False, id="before nine"),
        pytest.param("2025-07-08T13:00:00", "", True, id="at nine"),
        pytest.param("2025-07-09T00:59:59", "", True, id="just before twenty-one"),
        pytest.param("2025-07-09T01:00:00", "", False, id="at twenty-one"),
        pytest.param("2025-07-06T15:30:00", "TX", False, id="Texas on Sunday at half past eleven"),
        pytest.param("2025-07-06T16:00:00", "tx", True, id="Texas on Sunday at noon"),
        pytest.param("2025-07-06T15:30:00", "NY", True, id="another state on Sunday"),
        pytest.param("2025-07-04T15:30:00", "", True, id="holiday, inside its hours"),
        pytest.param("2025-07-04T16:30:00", "", False, id="holiday, after its hours"),
    ],
)
async def test_states_and_holidays_narrow_the_hours(
    start_leads: Start, db: TestDatabase, utc: str, state: str, dialable: bool
) -> None:
    db.execute(
        "UPDATE vicidial_call_times SET ct_state_call_times = '|texas|', ct_holidays = '|JULY4|'"
        " WHERE call_time_id = '9am-9pm'"
    )
    db.insert("vicidial_call_time_holidays", holiday_id="july4", holiday_name="x",
              holiday_date="2025-07-04", holiday_status="ACTIVE", ct_default_start=900,
              ct_default_stop=1200)  # fmt: skip
    leads = await start_leads(clock=clock_at(utc))

    data = await checked(leads, local_call_time="9am-9pm", state=state)

    assert [zone["dialable"] for zone in data["time_zones"]] == [dialable]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"phone_number": ""}, "phone_number: Required"),
        ({"phone_number": "55512"}, "phone_number: Must be 6 to 16 digits"),
        ({"phone_number": "5" * 17}, "phone_number: Must be 6 to 16 digits"),
        ({"phone_number": "555123456x"}, "phone_number: Must be 6 to 16 digits"),
        ({"phone_code": "1x"}, "phone_code: Must be 1 to 10 digits"),
        ({"dnc_check": "YES"}, "dnc_check: Must be one of: Y, N, AREACODE"),
        ({"campaign_dnc_check": "Y"}, "campaign_id: Required"),
        ({"campaign_id": "NOCAMP"}, "campaign_id: Campaign not found"),
        ({"campaign_id": "TOOLONGID"}, "campaign_id: Longer than 8 characters"),
        ({"local_call_time": "never"}, "local_call_time: Call time not found"),
        ({"tz_method": "GUESS"}, "tz_method: Must be one of:"),
        ({"tz_method": "POSTAL,,TZCODE"}, "tz_method: Must be one of:"),
        ({"state": "NYC"}, "state: Longer than 2 characters"),
        ({"owner": "a;b"}, "owner: Character not allowed: ;"),
        ({"usacan_prefix_check": "1"}, "usacan_prefix_check: Must be one of: Y, N"),
    ],
)
async def test_bad_input_is_a_400(leads: Leads, query: dict[str, str], error: str) -> None:
    response = await leads.get(CHECK, params={"phone_number": "2125551234"} | query)

    assert response.status == 400
    assert (await response.json())["error"].startswith(f"Invalid parameters: {error}")


async def test_it_never_writes(leads: Leads, db: TestDatabase) -> None:
    make_campaign(db)
    make_lead(db)
    load_nanpa(db)
    before = FreshState(db._connection)

    await checked(
        leads, nanpa_ac_prefix_check="Y", dnc_check="Y", campaign_dnc_check="Y",
        campaign_id="TESTCAMP", local_call_time="24hours",
    )  # fmt: skip

    after = FreshState(db._connection)
    assert after._checksums | {"vicidial_api_log": 0} == before._checksums


async def checked(leads: Leads, **query: str) -> dict[str, Any]:
    """The data that a check of 2125551234 (or another number) answers."""
    response = await leads.get(CHECK, params={"phone_number": "2125551234"} | query)
    envelope = await response.json()
    assert response.status == 200, envelope
    data: dict[str, Any] = envelope["data"]
    return data


def load_nanpa(db: TestDatabase) -> None:
    """Prefixes 201-200 to 201-219."""
    db.execute(
        "INSERT INTO vicidial_nanpa_prefix_codes (areacode, prefix, GMT_offset, DST)"
        " SELECT 201, 200 + seq, '-5', 'Y' FROM seq_0_to_19"
    )
