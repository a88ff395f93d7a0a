"""POST /api/v1/leads: may the lead be called now (contract: "Local call time")."""

from typing import Any

import pytest
from support.apps import Leads, Start, clock_at
from support.builders import make_campaign, make_list
from support.database import TestDatabase

DIALED = {
    "list_id": 101,
    "phone_number": "2125551234",
    "add_to_hopper": "Y",
    "hopper_local_call_time_check": "Y",
}
TUESDAY_NOON_UTC = "2025-07-08T12:00:00"


@pytest.fixture
async def leads(start_leads: Start, db: TestDatabase) -> Leads:
    """svc-leads on a Tuesday at 12:00 UTC, with a list of a campaign that calls from 9 to 21."""
    make_campaign(db, local_call_time="9am-9pm")
    make_list(db)
    return await start_leads(clock=clock_at(TUESDAY_NOON_UTC))


def make_call_time(db: TestDatabase, call_time_id: str = "own", **columns: Any) -> None:
    defaults = {"call_time_name": "Own", "ct_default_start": 900, "ct_default_stop": 2100}
    days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
    windows = {f"ct_{day}_{end}": 0 for day in days for end in ("start", "stop")}
    db.insert("vicidial_call_times", call_time_id=call_time_id, **defaults | windows | columns)
    db.execute("UPDATE vicidial_campaigns SET local_call_time = %s", call_time_id)


def make_holiday(db: TestDatabase, **columns: Any) -> None:
    defaults = {
        "holiday_id": "FEAST",
        "holiday_name": "Feast",
        "holiday_date": "2025-07-08",
        "holiday_status": "ACTIVE",
        "ct_default_start": 1200,
        "ct_default_stop": 1300,
    }
    db.insert("vicidial_call_time_holidays", **defaults | columns)


async def may_be_called(leads: Leads, **fields: object) -> bool:
    response = await leads.post("/api/v1/leads", json=DIALED | fields)
    hopper = (await response.json())["data"]["hopper"]
    assert hopper["added"] or hopper == {"added": False, "reason": "local_time"}
    return bool(hopper["added"])


@pytest.mark.parametrize(
    ("offset", "called"),
    [
        pytest.param("-3.25", False, id="8:45"),
        pytest.param("-3.00", True, id="9:00"),
        pytest.param("8.75", True, id="20:45"),
        pytest.param("9.00", False, id="21:00"),
        pytest.param("-12.00", False, id="0:00"),
    ],
)
async def test_start_is_inside_and_stop_outside(leads: Leads, offset: str, called: bool) -> None:
    assert await may_be_called(leads, gmt_offset_now=offset) == called


async def test_time_of_the_lead_is_by_its_zone(leads: Leads, db: TestDatabase) -> None:
    # 8:00 in New York, 13:00 in London; both in summer time.
    new_york = await may_be_called(leads)
    london = await may_be_called(leads, phone_number="2079460958", country_code="GBR")

    assert (new_york, london) == (False, True)


async def test_without_the_check_any_time_will_do(leads: Leads) -> None:
    assert await may_be_called(leads, gmt_offset_now=-12, hopper_local_call_time_check="N")


@pytest.mark.parametrize(
    ("of_list", "of_campaign", "called"),
    [
        pytest.param("24hours", "9am-9pm", True, id="the list's own"),
        pytest.param("9am-9pm", "24hours", False, id="the list's own is narrower"),
        pytest.param("campaign", "24hours", True, id="campaign"),
        pytest.param("CAMPAIGN", "24hours", True, id="campaign in any case"),
        pytest.param("", "24hours", True, id="empty"),
        pytest.param("campaign", "nothing", False, id="no such call time"),
        pytest.param("nothing", "24hours", False, id="no such call time of the list"),
    ],
)
async def test_whose_call_time_holds(
    leads: Leads, db: TestDatabase, of_list: str, of_campaign: str, called: bool
) -> None:
    db.execute("UPDATE vicidial_lists SET local_call_time = %s", of_list)
    db.execute("UPDATE vicidial_campaigns SET local_call_time = %s", of_campaign)

    assert await may_be_called(leads, gmt_offset_now=-12) == called


@pytest.mark.parametrize(
    ("columns", "offset", "called"),
    [
        pytest.param({"ct_tuesday_start": 1300, "ct_tuesday_stop": 1400}, 0, False, id="its day"),
        pytest.param({"ct_tuesday_start": 2400, "ct_tuesday_stop": 2400}, 0, False, id="closed"),
        pytest.param({"ct_monday_start": 2400, "ct_monday_stop": 2400}, 0, True, id="other day"),
        pytest.param({"ct_tuesday_start": 0, "ct_tuesday_stop": 2400}, -12, True, id="all day"),
        pytest.param({"ct_wednesday_stop": 200}, 13, True, id="the day where the lead is"),
    ],
)
async def test_window_of_the_weekday(
    leads: Leads, db: TestDatabase, columns: dict[str, Any], offset: int, called: bool
) -> None:
    make_call_time(db, **columns)

    assert await may_be_called(leads, gmt_offset_now=offset) == called


@pytest.mark.parametrize(
    ("state", "offset", "called"),
    [
        pytest.param("FL", 8, False, id="20:00 there"),
        pytest.param("FL", -4, True, id="8:00 there"),
        pytest.param("NY", -4, False, id="8:00 in another state"),
        pytest.param("", -4, False, id="8:00 in no state"),
        pytest.param("AL", -4, False, id="8:00 in a state that is not named"),
    ],
)
async def test_call_time_of_the_state(
    leads: Leads, db: TestDatabase, state: str, offset: int, called: bool
) -> None:
    make_call_time(db, ct_state_call_times="|florida|")

    assert await may_be_called(leads, state=state, gmt_offset_now=offset) == called


@pytest.mark.parametrize(
    ("columns", "offset", "called"),
    [
        pytest.param({}, 0, True, id="12:00"),
        pytest.param({}, 1, False, id="13:00"),
        pytest.param({}, -1, False, id="11:00"),
        pytest.param({"holiday_status": "INACTIVE"}, 1, True, id="not in force"),
        pytest.param({"holiday_date": "2025-07-09"}, 1, True, id="another day"),
        pytest.param({"holiday_id": "OTHER"}, 1, True, id="not of this call time"),
        pytest.param({"ct_default_start": 600, "ct_default_stop": 2300}, -5, False, id="no wider"),
    ],
)
async def test_holiday_narrows_the_window(
    leads: Leads, db: TestDatabase, columns: dict[str, object], offset: int, called: bool
) -> None:
    make_call_time(db, ct_holidays="|FEAST|")
    make_holiday(db, **columns)

    assert await may_be_called(leads, gmt_offset_now=offset) == called


async def test_holiday_of_the_state_comes_first(leads: Leads, db: TestDatabase) -> None:
    make_call_time(db, ct_state_call_times="|florida|", ct_holidays="|CLOSED|")
    make_holiday(db)
    make_holiday(db, holiday_id="CLOSED", ct_default_start=2400, ct_default_stop=2400)
    db.execute(
        "UPDATE vicidial_state_call_times SET ct_holidays = '|FEAST|'"
        " WHERE state_call_time_id = 'florida'"
    )

    in_florida = await may_be_called(leads, state="FL", gmt_offset_now=0)
    elsewhere = await may_be_called(leads, state="NY", gmt_offset_now=0)

    assert (in_florida, elsewhere) == (True, False)


async def test_holiday_is_of_the_local_day(start_leads: Start, db: TestDatabase) -> None:
    make_campaign(db)
    make_list(db)
    make_call_time(db, ct_holidays="|FEAST|", ct_default_start=0, ct_default_stop=2400)
    make_holiday(db)
    # The 9th in UTC, still the 8th where the database is.
    leads = await start_leads(clock=clock_at("2025-07-09T02:00:00"))

    assert not await may_be_called(leads, gmt_offset_now=0)
