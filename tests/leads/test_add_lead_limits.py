"""POST /api/v1/leads: each field's limit, and what is refused by the field's name."""

from typing import Any

import pytest
from support.apps import Leads
from support.builders import make_campaign, make_list
from support.database import TestDatabase

LEAST = {"list_id": 101, "phone_number": "5551234567"}
LIMITS = {
    "first_name": 30,
    "last_name": 30,
    "middle_initial": 1,
    "address1": 100,
    "address2": 100,
    "address3": 100,
    "city": 50,
    "province": 50,
    "state": 2,
    "postal_code": 10,
    "country_code": 3,
    "email": 70,
    "security": 100,
    "comments": 255,
    "owner": 20,
    "title": 4,
    "vendor_lead_code": 20,
    "source_id": 50,
}


@pytest.fixture(autouse=True)
def list_101(db: TestDatabase) -> None:
    """List 101 of TESTCAMP."""
    make_campaign(db)
    make_list(db)


@pytest.mark.parametrize(("field", "limit"), LIMITS.items())
async def test_text_of_as_many_characters_as_the_limit_is_stored(
    leads: Leads, db: TestDatabase, field: str, limit: int
) -> None:
    longest = "é" * limit

    response = await leads.post("/api/v1/leads", json=LEAST | {field: f"  {longest} "})

    assert (await response.json())["data"][field] == longest
    column = {"security": "security_phrase"}.get(field, field)
    assert db.value(f"SELECT `{column}` FROM vicidial_list") == longest


@pytest.mark.parametrize(("field", "limit"), LIMITS.items())
async def test_text_over_its_limit_is_refused(
    leads: Leads, db: TestDatabase, field: str, limit: int
) -> None:
    response = await leads.post("/api/v1/leads", json=LEAST | {field: "a" * (limit + 1)})

    why = f"Longer than {limit} characters"
    assert response.status == 400
    assert await response.json() == {
        "success": False,
        "error": f"Invalid parameters: {field}: {why}",
        "details": {field: [why]},
    }
    assert db.count("vicidial_list") == 0


@pytest.mark.parametrize(
    ("field", "sent", "stored"),
    [
        pytest.param("phone_number", "123456", "123456", id="shortest number"),
        pytest.param("phone_number", "1" * 16, "1" * 16, id="longest number"),
        pytest.param("alt_phone", "1" * 12, "1" * 12, id="longest alt phone"),
        pytest.param("alt_phone", "", "", id="no alt phone"),
        pytest.param("phone_code", "1" * 10, "1" * 10, id="longest phone code"),
        pytest.param("status", "a-_Z09", "a-_Z09", id="longest status"),
        pytest.param("user_field", "-_.0aZ" + "x" * 14, "-_.0aZ" + "x" * 14, id="longest user"),
        pytest.param("rank", -32768, -32768, id="lowest rank"),
        pytest.param("rank", "32767", 32767, id="highest rank"),
        pytest.param("gmt_offset_now", -12, -12.0, id="lowest offset"),
        pytest.param("gmt_offset_now", "14.00", 14.0, id="highest offset"),
        pytest.param("gmt_offset_now", "+5.75", 5.75, id="quarter of an hour"),
        pytest.param("gender", "", "U", id="no gender"),
        pytest.param("gender", "F", "F", id="gender"),
        pytest.param("date_of_birth", "", None, id="no date"),
        pytest.param("date_of_birth", "1000-01-01", "1000-01-01", id="first date"),
        pytest.param("date_of_birth", "9999-12-31", "9999-12-31", id="last date"),
        pytest.param("date_of_birth", "2024-02-29", "2024-02-29", id="leap day"),
        pytest.param("entry_list_id", 0, 0, id="no entry list"),
        pytest.param("entry_list_id", 101, 101, id="entry list"),
    ],
)
async def test_values_at_their_limits_are_stored(
    leads: Leads, field: str, sent: object, stored: object
) -> None:
    added = await (await leads.post("/api/v1/leads", json=LEAST | {field: sent})).json()
    read = await (await leads.get(f"/api/v1/leads/{added['data']['lead_id']}/info")).json()

    key = {"user_field": "user"}.get(field, field)
    assert added["data"][key] == read["data"][key] == stored


@pytest.mark.parametrize("list_id", [1, 2**63 - 1], ids=["least", "greatest"])
async def test_any_list_is_taken_without_list_exists_check(
    leads: Leads, db: TestDatabase, list_id: int
) -> None:
    body = {"list_id": list_id, "phone_number": "5551234567", "list_exists_check": "N"}

    response = await leads.post("/api/v1/leads", json=body)

    assert (await response.json())["data"]["list_id"] == list_id
    assert db.value("SELECT list_id FROM vicidial_list") == list_id


REFUSED: dict[str, list[Any]] = {
    "list_id": [None, "", 0, -1, 2**63, 2**64, "x", 1.5, True, [101], "٣"],
    "phone_number": [None, "", "12345", "1" * 17, "555-ABC-4567", 1.5, True, ["5551234567"], {}],
    "alt_phone": ["1" * 13, "x", False, []],
    "phone_code": ["", "1" * 11, "+1", "x", "1 1", 1.5],
    "status": ["", "TOOLONG", "A B", "é", "A;", 1.5, ["NEW"]],
    "rank": [-32769, 32768, 1.5, "1.5", "x", "", True, 2**63, "9" * 25, "1_0", "٣"],
    "gmt_offset_now": [-12.25, 14.25, 0.1, "x", "", True, "NaN", "1e1", "1_0", "٣", [5]],
    "gender": ["X", "m", 1, ["M"], {}],
    "date_of_birth": ["2025-02-29", "15.01.1980", "0999-12-31", "1980-1-15", 19800115, "0000-00-00",
                      "1980-01-15 00:00:00", True, ["1980-01-15"]],
    "entry_list_id": [-1, 1, 99, 2**63, 2**64, "x"],
    "user_field": ["x" * 21, "a b", "é", "a'", True],
    "first_name": [True, 1.5, ["John"], {"first": "John"}],
    "comments": [True, 1.5, ["VIP"], {"a": 1}],
    "postal_code": [True, 1.5, ["10001"]],
    "tz_method": ["", "FOO", 1, ["POSTAL"]],
    "campaign_id": ["", "123456789", True],
    "list_exists_check": ["", "y", "YES", 1, True],
    "usacan_prefix_check": ["y"],
    "usacan_areacode_check": ["y"],
    "nanpa_ac_prefix_check": ["y"],
    "dnc_check": ["y", "areacode"],
    "campaign_dnc_check": ["y", "areacode"],
    "lookup_state": ["y"],
    "clean_text": ["y"],
    "add_to_hopper": ["y"],
    "hopper_priority": [-100, 100, "x", 1.5],
    "hopper_dnc_check": ["y"],
    "hopper_status_check": ["y"],
    "hopper_local_call_time_check": ["y"],
    "duplicate_check": ["DUP", "DUPFOO", "duplist", "DUPLIST5DAY", "DUPLIST-X", 1, [1], {}],
    "callback": ["y", "REMOVE"],
    "alt_phones": ["12345_1_", 1, {}, ["5551234567"], "[", "5551234567_x_note",
                   [{"phone_number": "5551234567", "note": "x" * 31}], [{"note": "x"}],
                   [{"phone_number": "1" * 19}], [{"phone_number": "5551234567", "x": 1}],
                   [{"phone_number": "5551234567"}] * 51],
    "custom_fields": ["", "x", "[]", "{", [1], 1],
}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param(field, value, id=f"{field} {str(value)[:40]}")
        for field, values in REFUSED.items()
        for value in values
    ],
)
async def test_values_outside_their_field_are_refused(
    leads: Leads, db: TestDatabase, field: str, value: object
) -> None:
    response = await leads.post("/api/v1/leads", json=LEAST | {field: value})

    answer = await response.json()
    assert response.status == 400
    assert [name.split(".")[0] for name in answer["details"]] == [field]
    assert answer["error"].startswith(f"Invalid parameters: {field}")
    assert db.count("vicidial_list") == 0


@pytest.mark.parametrize(
    ("body", "details"),
    [
        pytest.param({"list_id": 999999}, {"list_id": ["List not found"]}, id="list"),
        pytest.param(
            {"entry_list_id": 102}, {"entry_list_id": ["List not found"]}, id="entry list"
        ),
        pytest.param({"campaign_id": "NOPE"}, {"campaign_id": ["Campaign not found"]}, id="camp"),
        pytest.param({"called_count": 3}, {"called_count": ["Unknown field"]}, id="called_count"),
        pytest.param({"lead_id": 3}, {"lead_id": ["Unknown field"]}, id="lead_id"),
        pytest.param({"entry_date": "x"}, {"entry_date": ["Unknown field"]}, id="entry_date"),
        pytest.param({"frist_name": "x"}, {"frist_name": ["Unknown field"]}, id="misspelt"),
        pytest.param({"user": "a b"}, None, id="tag"),
    ],
)
async def test_unknown_fields_and_references_are_refused(
    leads: Leads, db: TestDatabase, body: dict[str, Any], details: dict[str, list[str]] | None
) -> None:
    response = await leads.post("/api/v1/leads", json=LEAST | body)

    answer = await response.json()
    assert response.status == 400
    assert list(answer["details"]) == list(body)
    assert details is None or answer["details"] == details
    assert db.count("vicidial_list") == 0


async def test_all_faults_are_named_and_the_first_is_told(leads: Leads, db: TestDatabase) -> None:
    body = {"list_id": 101, "rank": "x", "gender": "X"}

    answer = await (await leads.post("/api/v1/leads", json=body)).json()

    assert set(answer["details"]) == {"phone_number", "rank", "gender"}
    assert answer["details"]["phone_number"] == ["Required"]
    assert answer["error"].endswith(" (and 2 more)")
    assert db.count("vicidial_list") == 0
