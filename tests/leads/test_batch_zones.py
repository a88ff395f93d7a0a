"""PUT /api/v1/leads/batch: dial codes, and the offsets that they mean for each lead."""

from decimal import Decimal
from typing import Any

import pytest
from support.apps import Leads, Start, clock_at
from support.builders import make_campaign, make_lead, make_list
from support.changes import make_old
from support.database import TestDatabase
from support.statements import statements_sent


@pytest.fixture
async def leads(start_leads: Start, db: TestDatabase) -> Leads:
    """svc-leads on 8 July 2025, with list 101 of TESTCAMP."""
    make_campaign(db)
    make_list(db)
    return await start_leads(clock=clock_at("2025-07-08T15:30:00"))


async def put(leads: Leads, lead_ids: list[int], **body: Any) -> tuple[int, Any]:
    response = await leads.put("/api/v1/leads/batch", json={"lead_ids": lead_ids} | body)
    return response.status, await response.json()


def dialed(db: TestDatabase) -> list[tuple[Any, ...]]:
    return [
        (code, country, float(offset))
        for code, country, offset in db.rows(
            "SELECT phone_code, country_code, gmt_offset_now FROM vicidial_list ORDER BY lead_id"
        )
    ]


def offsets(db: TestDatabase) -> list[float]:
    return [offset for _, _, offset in dialed(db)]


async def test_each_lead_gets_the_offset_of_its_own_number(leads: Leads, db: TestDatabase) -> None:
    numbers = ("2125551234", "6025551234", "4155551234", "5551234567", "5551234567")
    states = ("", "", "", "NY", "CA")
    lead_ids = [
        make_lead(db, phone_code="44", phone_number=number, state=state, gmt_offset_now=9)
        for number, state in zip(numbers, states, strict=True)
    ]
    beside = make_lead(db, phone_code="44", gmt_offset_now=9)

    _, answer = await put(leads, lead_ids, phone_code="1", city="Boston")

    assert answer["data"] == {"updated_count": 5}
    assert dialed(db) == [
        ("1", "1", -4.0),
        ("1", "1", -7.0),
        ("1", "1", -7.0),
        ("1", "1", -4.0),
        ("1", "1", -7.0),
        ("44", "1", 9.0),
    ]
    cities = db.rows("SELECT city FROM vicidial_list WHERE lead_id <> %s", beside)
    assert cities == [("Boston",)] * 5


async def test_country_code_of_digits_sets_the_code(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db)

    await put(leads, [lead_id], country_code="044")

    assert dialed(db) == [("44", "044", 1.0)]


@pytest.mark.parametrize(
    "body",
    [{"country_code": "GBR"}, {"country_code": ""}, {"state": "CA"}, {"list_id": 101},
     {"postal_code": "90001"}, {"owner": "PST"}],
    ids=str,
)  # fmt: skip
async def test_other_changes_leave_the_offset_to_the_night_job(
    leads: Leads, db: TestDatabase, body: dict[str, Any]
) -> None:
    lead_id = make_lead(db, gmt_offset_now=9, phone_number="2125551234")

    assert (await put(leads, [lead_id], **body))[0] == 200
    assert offsets(db) == [9.0]


async def test_an_offset_of_the_request_wins(leads: Leads, db: TestDatabase) -> None:
    lead_ids = [make_lead(db, phone_number=number) for number in ("2125551234", "6025551234")]

    await put(leads, lead_ids, phone_code="44", gmt_offset_now="-3.50")

    assert dialed(db) == [("44", "1", -3.5)] * 2


async def test_new_values_decide_beside_the_code(leads: Leads, db: TestDatabase) -> None:
    lead_ids = [make_lead(db, phone_number="5551234567", state=state) for state in ("NY", "CA")]

    await put(leads, lead_ids, phone_code="1", state="CA")

    assert offsets(db) == [-7.0, -7.0]


async def test_the_method_is_that_of_each_lead_s_list(leads: Leads, db: TestDatabase) -> None:
    db.insert("vicidial_postal_codes", postal_code="606", country_code=1, GMT_offset="-6", DST="N")
    db.insert("vicidial_nanpa_prefix_codes", areacode="212", prefix="555", GMT_offset="-8", DST="N")
    db.execute("UPDATE vicidial_phone_codes SET tz_code = 'MINE' WHERE areacode = '907'")
    for list_id, method in (
        (102, "POSTAL_CODE"),
        (103, "NANPA_PREFIX"),
        (104, "OWNER_TIME_ZONE_CODE"),
    ):
        make_list(db, list_id, time_zone_setting=method)
    person = {"phone_number": "2125551234", "postal_code": "60601", "owner": "MINE"}
    lead_ids = [make_lead(db, list_id=list_id, **person) for list_id in (101, 102, 103, 104, 999)]

    await put(leads, lead_ids, phone_code="1")
    by_own_list = offsets(db)
    await put(leads, lead_ids, phone_code="1", list_id=102)

    assert by_own_list == [-4.0, -6.0, -8.0, -8.0, -4.0]
    assert offsets(db) == [-6.0] * 5


async def test_one_update_an_offset_and_no_more(leads: Leads, db: TestDatabase) -> None:
    db.execute(
        "INSERT INTO vicidial_list (lead_id, list_id, phone_number, phone_code)"
        " SELECT seq, 101, CONCAT(ELT(1 + seq % 3, '212', '602', '907'), 5550000 + seq), '1'"
        " FROM seq_1_to_600"
    )
    make_old(db)

    with statements_sent() as sent:
        _, answer = await put(leads, list(range(1, 601)), phone_code="1")

    assert answer["data"] == {"updated_count": 600}
    found = dict(db.rows("SELECT gmt_offset_now, COUNT(*) FROM vicidial_list GROUP BY 1"))
    assert found == {Decimal("-4.00"): 200, Decimal("-7.00"): 200, Decimal("-8.00"): 200}
    updates = [len(one.params) - 2 for one in sent if one.sql.startswith("UPDATE")]
    assert sorted(updates) == [33, 33, 34, 166, 167, 167]
    assert len(sent) == 1 + 2 * (2 + 3)


@pytest.mark.parametrize(
    ("body", "code", "stored"),
    [
        pytest.param({"alt_phone": "555 987"}, "1", "555987", id="without +"),
        pytest.param(
            {"alt_phone": "+445559876543", "phone_code": "44"}, "44", "5559876543", id="+"
        ),
        pytest.param({"alt_phone": "+15559876", "country_code": "1"}, "1", "5559876", id="country"),
    ],
)
async def test_alt_phone_with_plus_loses_the_given_code(
    leads: Leads, db: TestDatabase, body: dict[str, str], code: str, stored: str
) -> None:
    await put(leads, [make_lead(db)], **body)

    assert db.row("SELECT phone_code, alt_phone FROM vicidial_list") == (code, stored)


@pytest.mark.parametrize(
    "body",
    [{"alt_phone": "+15559876543"}, {"alt_phone": "+15559876543", "phone_code": "44"}],
    ids=["no code in the request", "another code"],
)
async def test_alt_phone_with_plus_needs_its_code(
    leads: Leads, db: TestDatabase, body: dict[str, str]
) -> None:
    status, answer = await put(leads, [make_lead(db)], **body)

    assert (status, list(answer["details"])) == (400, ["alt_phone"])
    assert dialed(db) == [("1", "1", -5.0)]
