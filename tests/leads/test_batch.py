"""PUT /api/v1/leads/batch: many leads changed alike."""

from typing import Any

import pytest
from support.apps import Leads
from support.builders import make_campaign, make_lead, make_list, read_row
from support.changes import admin_log, difference, make_old
from support.database import TestDatabase
from support.statements import statements_sent

BATCH = "/api/v1/leads/batch"


@pytest.fixture(autouse=True)
def lists(db: TestDatabase) -> None:
    """The lists 101 of TESTCAMP and 102 of NEWCAMP."""
    for list_id, campaign_id in ((101, "TESTCAMP"), (102, "NEWCAMP")):
        make_campaign(db, campaign_id)
        make_list(db, list_id, campaign_id)


async def put(leads: Leads, lead_ids: object, **body: Any) -> tuple[int, Any]:
    response = await leads.put(BATCH, json={"lead_ids": lead_ids} | body)
    return response.status, await response.json()


def make_leads(db: TestDatabase, count: int, **columns: Any) -> list[int]:
    made = [make_lead(db, **columns) for _ in range(count)]
    make_old(db)
    return made


def make_many(db: TestDatabase, count: int) -> list[int]:
    """Leads by the hundred, with ids from 1."""
    db.execute(
        "INSERT INTO vicidial_list (lead_id, list_id, phone_number, phone_code)"
        " SELECT seq, 101, 2125550000 + seq, '1' FROM seq_1_to_%s",
        count,
    )
    return list(range(1, count + 1))


async def test_documented_example(leads: Leads, db: TestDatabase) -> None:
    lead_ids = make_leads(db, 5)
    beside = make_lead(db)
    before = {one: read_row(db, "vicidial_list", lead_id=one) for one in [*lead_ids, beside]}

    answer = await put(leads, lead_ids, status="CALLBACK", owner="agent2")

    assert answer == (
        200,
        {
            "success": True,
            "message": "Leads updated successfully",
            "data": {"updated_count": 5},
        },
    )
    for lead_id in lead_ids:
        changes = difference(before[lead_id], read_row(db, "vicidial_list", lead_id=lead_id))
        assert changes.pop("modify_date") > before[lead_id]["modify_date"]
        assert changes == {"status": "CALLBK", "owner": "agent2"}
    assert read_row(db, "vicidial_list", lead_id=beside) == before[beside]
    assert admin_log(db) == []


@pytest.mark.parametrize(
    "as_given",
    [
        pytest.param(lambda ids: ids, id="integers"),
        pytest.param(lambda ids: [str(one) for one in ids], id="digit strings"),
        pytest.param(lambda ids: ",".join(map(str, ids)), id="comma list"),
        pytest.param(lambda ids: f" {ids[1]} , {ids[0]}", id="comma list with spaces"),
        pytest.param(lambda ids: [ids[1], ids[0], ids[1], str(ids[0])], id="repeats"),
    ],
)
async def test_ids_as_array_or_comma_list(leads: Leads, db: TestDatabase, as_given: Any) -> None:
    lead_ids = make_leads(db, 3)

    _, answer = await put(leads, as_given(lead_ids[:2]), status="NA")

    assert answer["data"] == {"updated_count": 2}
    assert db.rows("SELECT status FROM vicidial_list ORDER BY lead_id") == [
        ("NA",), ("NA",), ("NEW",),
    ]  # fmt: skip


async def test_a_form_is_the_same_as_json(leads: Leads, db: TestDatabase) -> None:
    first, second = make_leads(db, 2)

    response = await leads.put(
        BATCH, data={"lead_ids": f"{first},{second}", "rank": "7", "user": "x"}
    )

    assert (await response.json())["data"] == {"updated_count": 2}
    assert db.rows("SELECT `rank`, user FROM vicidial_list") == [(7, ""), (7, "")]


@pytest.mark.parametrize(
    ("body", "columns"),
    [
        ({"first_name": "Ann", "comments": "a\nb"}, {"first_name": "Ann", "comments": "a!Nb"}),
        ({"security_phrase": "opal"}, {"security_phrase": "opal"}),
        ({"user_field": "agent2"}, {"user": "agent2"}),
        ({"date_of_birth": ""}, {}),
        ({"called_count": 3}, {"called_count": 3}),
        ({"entry_list_id": 102}, {"entry_list_id": 102}),
        ({"country_code": "GBR"}, {"country_code": "GBR"}),
        ({"reset_lead": "Y"}, {"called_since_last_reset": "N"}),
        ({"first_name": 'A;"nn', "clean_text": "Y"}, {"first_name": "Ann"}),
        ({"list_id": 777, "list_exists_check": "N"}, {"list_id": 777}),
    ],
    ids=str,
)
async def test_only_the_given_columns_change(
    leads: Leads, db: TestDatabase, body: dict[str, Any], columns: dict[str, Any]
) -> None:
    (lead_id,) = make_leads(db, 1, called_since_last_reset="Y")
    before = read_row(db, "vicidial_list", lead_id=lead_id)

    status, answer = await put(leads, [lead_id], **body)

    changes = difference(before, read_row(db, "vicidial_list", lead_id=lead_id))
    changes.pop("modify_date", None)
    assert (status, answer["data"], changes) == (200, {"updated_count": 1}, columns)


async def test_leads_found_are_counted_changed_or_not(leads: Leads, db: TestDatabase) -> None:
    lead_ids = make_leads(db, 2, status="NA")

    _, answer = await put(leads, [900_009, *lead_ids, 900_008], status="NA")

    assert answer["data"] == {"updated_count": 2, "not_found": [900_009, 900_008]}


async def test_no_lead_found_is_a_400(leads: Leads, db: TestDatabase) -> None:
    make_leads(db, 1)

    answer = await put(leads, [900_008, 900_009], status="NA")

    assert answer == (
        400,
        {
            "success": False,
            "error": "Invalid parameters: lead_ids: No lead found",
            "details": {"lead_ids": ["No lead found"]},
        },
    )
    assert db.value("SELECT status FROM vicidial_list") == "NEW"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param({}, "lead_ids", id="no ids"),
        pytest.param({"lead_ids": []}, "lead_ids", id="empty array"),
        pytest.param({"lead_ids": ""}, "lead_ids", id="empty text"),
        pytest.param({"lead_ids": None}, "lead_ids", id="null"),
        pytest.param({"lead_ids": 1}, "lead_ids", id="a number"),
        pytest.param({"lead_ids": {"1": 1}}, "lead_ids", id="object"),
        pytest.param({"lead_ids": [1, None]}, "lead_ids", id="null in it"),
        pytest.param({"lead_ids": [1, True]}, "lead_ids", id="boolean in it"),
        pytest.param({"lead_ids": [1, 1.0]}, "lead_ids", id="fraction in it"),
        pytest.param({"lead_ids": [0, 1]}, "lead_ids", id="0"),
        pytest.param({"lead_ids": [1, 4294967296]}, "lead_ids", id="beyond the column"),
        pytest.param({"lead_ids": "1,x"}, "lead_ids", id="letters"),
        pytest.param({"lead_ids": "1,,2"}, "lead_ids", id="empty id"),
        pytest.param({"lead_ids": list(range(1, 10_002))}, "lead_ids", id="10,001"),
        pytest.param({"phone_number": "5551234567"}, "phone_number", id="phone_number"),
        pytest.param({"custom_fields": {"a": "b"}}, "custom_fields", id="custom_fields"),
        pytest.param({"callback": "Y"}, "callback", id="callback"),
        pytest.param({"delete_lead": "Y"}, "delete_lead", id="delete_lead"),
        pytest.param({"add_to_hopper": "Y"}, "add_to_hopper", id="add_to_hopper"),
        pytest.param({"tz_method": "POSTAL"}, "tz_method", id="tz_method"),
        pytest.param({"lead_id": 1}, "lead_id", id="lead_id"),
        pytest.param({"city": None}, "city", id="null of a field"),
        pytest.param({"status": ""}, "status", id="empty status"),
        pytest.param({"list_id": ""}, "list_id", id="empty list_id"),
        pytest.param({"rank": ""}, "rank", id="empty rank"),
        pytest.param({"phone_code": ""}, "phone_code", id="empty phone_code"),
        pytest.param({"list_id": 999}, "list_id", id="no such list"),
        pytest.param({"entry_list_id": 999}, "entry_list_id", id="no such entry list"),
        pytest.param({"city": "a|b"}, "city", id="character"),
    ],
)
async def test_bad_input_changes_nothing(
    leads: Leads, db: TestDatabase, body: dict[str, Any], field: str
) -> None:
    (lead_id,) = make_leads(db, 1)
    before = read_row(db, "vicidial_list", lead_id=lead_id)
    ids = {} if field == "lead_ids" else {"lead_ids": [lead_id]}

    response = await leads.put(BATCH, json={"owner": "agent9"} | ids | body)

    assert (response.status, list((await response.json())["details"])) == (400, [field])
    assert read_row(db, "vicidial_list", lead_id=lead_id) == before


@pytest.mark.parametrize(
    "body",
    [{}, {"list_exists_check": "N"}, {"clean_text": "Y"}, {"reset_lead": "N"},
     {"remove_from_hopper": "N"}],
    ids=str,
)  # fmt: skip
async def test_nothing_to_do_is_a_400(leads: Leads, db: TestDatabase, body: dict[str, Any]) -> None:
    answer = await put(leads, make_leads(db, 1), **body)

    assert answer == (400, {"success": False, "error": "No fields to update"})


async def test_ten_thousand_leads_are_changed_in_chunks(leads: Leads, db: TestDatabase) -> None:
    make_many(db, 1200)

    with statements_sent() as sent:
        _, answer = await put(leads, list(range(10_000, 0, -1)), status="NA")

    assert answer["data"]["updated_count"] == 1200
    assert answer["data"]["not_found"] == list(range(10_000, 1200, -1))
    assert db.rows("SELECT DISTINCT status FROM vicidial_list") == [("NA",)]
    updates = [list(one.params[1:]) for one in sent if one.sql.startswith("UPDATE")]
    assert updates == [list(range(start, start + 500)) for start in range(1, 10_000, 500)]


async def test_the_number_of_statements_grows_with_chunks_alone(
    leads: Leads, db: TestDatabase
) -> None:
    lead_ids = make_many(db, 600)
    counts = []

    for ids in (lead_ids[:2], lead_ids[:500], lead_ids):
        with statements_sent() as sent:
            await put(leads, ids, city="Boston", list_id=102)
        counts.append(len(sent))

    assert counts == [3, 3, 5]


async def test_what_is_missing_is_read_only_when_something_is_missing(
    leads: Leads, db: TestDatabase
) -> None:
    lead_ids = make_leads(db, 2)

    with statements_sent() as sent:
        await put(leads, lead_ids, city="Boston")
        complete = [one for one in sent if "SELECT" in one.sql]
        await put(leads, [*lead_ids, 900_009], city="Boston")

    assert (complete, len([one for one in sent if "SELECT" in one.sql])) == ([], 1)
