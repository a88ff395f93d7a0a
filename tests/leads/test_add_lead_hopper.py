"""POST /api/v1/leads with add_to_hopper (contract: "Into the hopper", "Local call time")."""

from decimal import Decimal
from typing import Any

import pytest
from support.apps import Leads, Start, clock_at
from support.builders import make_campaign, make_lead, make_list, read_row
from support.database import TestDatabase

# Tuesday 8 July 2025, 11:30 in New York.
CLOCK = clock_at("2025-07-08T15:30:00")
NUMBER = "2125551234"
DIALED = {"list_id": 101, "phone_number": NUMBER, "add_to_hopper": "Y"}


@pytest.fixture
async def leads(start_leads: Start, db: TestDatabase) -> Leads:
    """svc-leads on that day, with list 101 of TESTCAMP."""
    make_campaign(db)
    make_list(db)
    return await start_leads(clock=CLOCK)


def change_list(db: TestDatabase, **columns: object) -> None:
    for name, value in columns.items():
        db.execute(f"UPDATE vicidial_lists SET {name} = %s WHERE list_id = 101", value)


def change_campaign(db: TestDatabase, **columns: object) -> None:
    for name, value in columns.items():
        db.execute(f"UPDATE vicidial_campaigns SET {name} = %s", value)


async def into_hopper(leads: Leads, **fields: object) -> Any:
    """What the answer says of the hopper; the lead is added, whatever that is."""
    response = await leads.post("/api/v1/leads", json=DIALED | fields)
    answer = await response.json()
    assert response.status == 200, answer
    return answer["data"]["hopper"]


def not_added(reason: str) -> dict[str, object]:
    return {"added": False, "reason": reason}


async def test_lead_goes_into_the_hopper(leads: Leads, db: TestDatabase) -> None:
    other = db.insert("vicidial_hopper", lead_id=4000000000, list_id=101, campaign_id="TESTCAMP")

    response = await leads.post(
        "/api/v1/leads",
        json=DIALED | {"hopper_priority": 99, "vendor_lead_code": "V1", "state": "NY"},
    )

    data = (await response.json())["data"]
    assert data["hopper"] == {"added": True, "hopper_id": other + 1}
    assert read_row(db, "vicidial_hopper", lead_id=data["lead_id"]) == {
        "hopper_id": other + 1,
        "lead_id": data["lead_id"],
        "campaign_id": "TESTCAMP",
        "status": "READY",
        "user": "",
        "list_id": 101,
        "gmt_offset_now": Decimal("-4.00"),
        "state": "NY",
        "alt_dial": "NONE",
        "priority": 99,
        "source": "P",
        "vendor_lead_code": "V1",
    }
    assert db.count("vicidial_hopper") == 2


@pytest.mark.parametrize("priority", [-99, 0, "50"])
async def test_priority(leads: Leads, db: TestDatabase, priority: int | str) -> None:
    await into_hopper(leads, hopper_priority=priority)

    assert db.value("SELECT priority FROM vicidial_hopper") == int(priority)


@pytest.mark.parametrize("flag", [{}, {"add_to_hopper": "N"}], ids=["absent", "N"])
async def test_without_add_to_hopper_the_rest_has_no_effect(
    leads: Leads, db: TestDatabase, flag: dict[str, str]
) -> None:
    body = {"list_id": 101, "phone_number": NUMBER, "hopper_priority": 5, "hopper_dnc_check": "Y"}

    response = await leads.post("/api/v1/leads", json=body | flag)

    assert "hopper" not in (await response.json())["data"]
    assert (db.count("vicidial_list"), db.count("vicidial_hopper")) == (1, 0)


async def test_reasons_are_told_in_their_order(leads: Leads, db: TestDatabase) -> None:
    """Everything speaks against the lead; one after the other is put right."""
    next_id = make_lead(db) + 1
    for lead_id in range(next_id, next_id + 10):
        db.insert("vicidial_hopper", lead_id=lead_id, list_id=5, campaign_id="X", status="DONE")
        db.insert("vicidial_auto_calls", server_ip="10.0.0.1", lead_id=lead_id)
    db.insert("vicidial_dnc", phone_number=NUMBER)
    change_list(db, campaign_id="GONE", active="N")
    change_campaign(db, use_internal_dnc="Y", dial_statuses=" NA -", local_call_time="nothing")
    checks = dict.fromkeys(("hopper_status_check", "hopper_local_call_time_check"), "Y")

    told = [await into_hopper(leads, **checks)]
    change_list(db, campaign_id="TESTCAMP")
    told.append(await into_hopper(leads, **checks))
    change_list(db, active="Y")
    told.append(await into_hopper(leads, **checks))
    change_campaign(db, dial_statuses=" NEW -")
    told.append(await into_hopper(leads, **checks))
    db.execute("DELETE FROM vicidial_dnc")
    told.append(await into_hopper(leads, **checks))
    change_campaign(db, local_call_time="24hours")
    told.append(await into_hopper(leads, **checks))
    db.execute("DELETE FROM vicidial_auto_calls")
    told.append(await into_hopper(leads, **checks))
    db.execute("DELETE FROM vicidial_hopper")
    told.append(await into_hopper(leads, **checks))

    reasons = [
        "no_campaign",
        "list_inactive",
        "status",
        "dnc",
        "local_time",
        "in_call",
        "in_hopper",
    ]
    assert told[:-1] == [not_added(reason) for reason in reasons]
    assert told[-1]["added"] is True
    assert (db.count("vicidial_list"), db.count("vicidial_hopper")) == (9, 1)


@pytest.mark.parametrize(
    ("fields", "campaign_id"),
    [
        pytest.param({"list_id": 555, "list_exists_check": "N"}, "TESTCAMP", id="no such list"),
        pytest.param({}, None, id="list without campaign"),
        pytest.param({}, "GONE", id="no such campaign"),
    ],
)
async def test_no_campaign(
    leads: Leads, db: TestDatabase, fields: dict[str, object], campaign_id: str | None
) -> None:
    change_list(db, campaign_id=campaign_id)

    assert await into_hopper(leads, **fields) == not_added("no_campaign")
    assert (db.count("vicidial_list"), db.count("vicidial_hopper")) == (1, 0)


@pytest.mark.parametrize(
    ("columns", "added"),
    [
        pytest.param({"active": "N"}, False, id="inactive"),
        pytest.param({"active": None}, False, id="never set"),
        pytest.param({"expiration_date": "2025-07-07"}, False, id="expired yesterday"),
        pytest.param({"expiration_date": "2025-07-08"}, True, id="expires today"),
        pytest.param({"expiration_date": None}, True, id="no date"),
    ],
)
async def test_list_inactive(
    leads: Leads, db: TestDatabase, columns: dict[str, object], added: bool
) -> None:
    change_list(db, **columns)

    hopper = await into_hopper(leads)

    assert hopper["added"] == added
    assert added or hopper == not_added("list_inactive")
    assert db.count("vicidial_hopper") == int(added)


async def test_today_is_the_local_day(start_leads: Start, db: TestDatabase) -> None:
    make_campaign(db)
    make_list(db, expiration_date="2025-07-08")
    # 9 July in UTC, still the evening of the 8th in New York.
    leads = await start_leads(clock=clock_at("2025-07-09T02:00:00"))

    assert (await into_hopper(leads))["added"]


@pytest.mark.parametrize(
    ("status", "check", "added"),
    [
        ("NEW", "Y", True),
        ("NA", "Y", True),
        ("N", "Y", False),
        ("DROP", "Y", False),
        ("DROP", "N", True),
    ],
)
async def test_hopper_status_check(
    leads: Leads, db: TestDatabase, status: str, check: str, added: bool
) -> None:
    hopper = await into_hopper(leads, status=status, hopper_status_check=check)

    assert hopper["added"] == added
    assert added or hopper == not_added("status")


async def test_lead_that_is_held_for_a_callback_is_not_of_a_dialed_status(
    leads: Leads, db: TestDatabase
) -> None:
    callback = {"callback": "Y", "callback_datetime": "1DAYS"}

    assert await into_hopper(leads, hopper_status_check="Y", **callback) == not_added("status")


@pytest.mark.parametrize(
    ("rules", "entry", "added"),
    [
        pytest.param({}, (NUMBER, None), True, id="no rules"),
        pytest.param({"use_internal_dnc": "Y"}, (NUMBER, None), False, id="internal"),
        pytest.param({"use_internal_dnc": "Y"}, ("212XXXXXXX", None), True, id="only numbers"),
        pytest.param(
            {"use_internal_dnc": "AREACODE"}, ("212XXXXXXX", None), False, id="area codes"
        ),
        pytest.param({"use_internal_dnc": "Y"}, (NUMBER, "TESTCAMP"), True, id="not its campaign"),
        pytest.param({"use_campaign_dnc": "Y"}, (NUMBER, "TESTCAMP"), False, id="campaign"),
        pytest.param({"use_campaign_dnc": "Y"}, (NUMBER, "OTHER"), True, id="other campaign"),
        pytest.param(
            {"use_campaign_dnc": "Y", "use_other_campaign_dnc": "OTHER"},
            (NUMBER, "OTHER"),
            False,
            id="the list it obeys",
        ),
        pytest.param(
            {"use_campaign_dnc": "AREACODE"}, ("212XXXXXXX", "TESTCAMP"), False, id="its area codes"
        ),
    ],
)
async def test_campaigns_own_dnc_rules(
    leads: Leads,
    db: TestDatabase,
    rules: dict[str, str],
    entry: tuple[str, str | None],
    added: bool,
) -> None:
    change_campaign(db, **rules)
    number, campaign_id = entry
    if campaign_id is None:
        db.insert("vicidial_dnc", phone_number=number)
    else:
        db.insert("vicidial_campaign_dnc", phone_number=number, campaign_id=campaign_id)

    checked = await into_hopper(leads)
    unchecked = await into_hopper(leads, hopper_dnc_check="N")

    assert checked["added"] == added
    assert added or checked == not_added("dnc")
    assert unchecked["added"]


@pytest.mark.parametrize("table", ["vicidial_auto_calls", "vicidial_live_agents"])
async def test_lead_in_a_call(leads: Leads, db: TestDatabase, table: str) -> None:
    next_id = make_lead(db) + 1
    db.insert(table, server_ip="10.0.0.1", lead_id=next_id)

    assert await into_hopper(leads) == not_added("in_call")
    assert db.count("vicidial_hopper") == 0
