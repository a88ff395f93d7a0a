"""PUT /api/v1/leads/{lead_id}: what is refused, and that nothing changes then."""

from typing import Any

import pytest
from support.apps import Leads
from support.builders import make_campaign, make_lead, make_list, read_row
from support.changes import make_old
from support.database import TestDatabase


@pytest.fixture
def lead_id(db: TestDatabase) -> int:
    """A lead of list 101 of TESTCAMP, and another beside it; list 102."""
    make_campaign(db)
    make_list(db, 101)
    make_list(db, 102)
    made = make_lead(db, first_name="John", city="New York")
    make_lead(db)
    make_old(db)
    return made


async def put(leads: Leads, lead_id: object, body: dict[str, Any]) -> tuple[int, Any]:
    response = await leads.put(f"/api/v1/leads/{lead_id}", json=body)
    return response.status, await response.json()


@pytest.mark.parametrize(
    "field",
    [
        "phone_number",
        "phone_code",
        "status",
        "list_id",
        "rank",
        "called_count",
        "entry_list_id",
        "gmt_offset_now",
    ],
)
async def test_what_may_not_be_emptied(
    leads: Leads, db: TestDatabase, lead_id: int, field: str
) -> None:
    before = read_row(db, "vicidial_list", lead_id=lead_id)

    status, answer = await put(leads, lead_id, {"first_name": "Jane", field: ""})

    assert (status, list(answer["details"])) == (400, [field])
    assert answer["error"] == f"Invalid parameters: {field}: {answer['details'][field][0]}"
    assert read_row(db, "vicidial_list", lead_id=lead_id) == before


@pytest.mark.parametrize(
    "field",
    ["first_name", "phone_number", "status", "list_id", "rank", "gender", "date_of_birth",
     "security_phrase", "reset_lead", "delete_lead", "callback", "callback_datetime",
     "custom_fields", "tz_method", "clean_text", "lead_id"],
)  # fmt: skip
async def test_null_is_refused(leads: Leads, db: TestDatabase, lead_id: int, field: str) -> None:
    before = read_row(db, "vicidial_list", lead_id=lead_id)

    status, answer = await put(leads, lead_id, {"city": "Boston", field: None})

    name = "security" if field == "security_phrase" else field
    assert (status, answer["details"]) == (400, {name: ["May not be null"]})
    assert read_row(db, "vicidial_list", lead_id=lead_id) == before


@pytest.mark.parametrize(
    ("body", "field", "why"),
    [
        pytest.param({"last_call": "x"}, "last_call", "Unknown field", id="unknown"),
        pytest.param({"entry_date": "2025-01-01"}, "entry_date", "Unknown field", id="entry_date"),
        pytest.param({"alt_phones": []}, "alt_phones", "Unknown field", id="of POST only"),
        pytest.param(
            {"first_name": "x" * 31}, "first_name", "Longer than 30 characters", id="long"
        ),
        pytest.param({"city": "a;b"}, "city", "Character not allowed: ;", id="character"),
        pytest.param({"status": "TOOLONG"}, "status", None, id="status"),
        pytest.param({"gender": "X"}, "gender", "Must be one of: M, F, U", id="enum"),
        pytest.param({"date_of_birth": "1980-02-30"}, "date_of_birth", None, id="date"),
        pytest.param({"rank": 32768}, "rank", "Must be -32768 to 32767", id="rank"),
        pytest.param({"called_count": 65536}, "called_count", "Must be 0 to 65535", id="count"),
        pytest.param({"gmt_offset_now": 5.6}, "gmt_offset_now", None, id="offset"),
        pytest.param(
            {"phone_number": "12345"}, "phone_number", "Must be 6 to 16 digits", id="short"
        ),
        pytest.param({"list_id": 0}, "list_id", None, id="list 0"),
        pytest.param({"list_id": 999888}, "list_id", "List not found", id="no list"),
        pytest.param(
            {"entry_list_id": 999888}, "entry_list_id", "List not found", id="no entry list"
        ),
        pytest.param({"entry_list_id": 99}, "entry_list_id", None, id="entry list below 100"),
        pytest.param({"campaign_id": "NOCAMP"}, "campaign_id", "Campaign not found", id="campaign"),
        pytest.param({"reset_lead": "yes"}, "reset_lead", "Must be one of: Y, N", id="flag"),
        pytest.param({"tz_method": "GUESS"}, "tz_method", None, id="tz_method"),
        pytest.param({"lead_id": 4294967295}, "lead_id", "Differs from the path", id="lead_id"),
        pytest.param(
            {"security": "a", "security_phrase": "b"}, "security_phrase", None, id="two names"
        ),
        pytest.param(
            {"add_to_hopper": "Y", "remove_from_hopper": "Y"},
            "remove_from_hopper",
            "Not with add_to_hopper",
            id="into and out of the hopper",
        ),
        pytest.param(
            {"delete_cf_data": "Y", "custom_fields": {"a": "b"}},
            "custom_fields",
            "Not with delete_cf_data",
            id="delete_cf_data and values",
        ),
        pytest.param(
            {"delete_cf_data": "Y", "entry_list_id": 102},
            "entry_list_id",
            "Not with delete_cf_data",
            id="delete_cf_data and entry_list_id",
        ),
    ],
)
async def test_bad_input_changes_nothing(
    leads: Leads, db: TestDatabase, lead_id: int, body: dict[str, Any], field: str, why: str | None
) -> None:
    before = read_row(db, "vicidial_list", lead_id=lead_id)

    status, answer = await put(leads, lead_id, {"owner": "agent9"} | body)

    assert (status, list(answer["details"])) == (400, [field])
    assert why is None or answer["details"][field] == [why]
    assert read_row(db, "vicidial_list", lead_id=lead_id) == before


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"user": "6666"},
        {"list_exists_check": "N"},
        {"tz_method": "POSTAL_CODE"},
        {"campaign_id": "TESTCAMP"},
        {"clean_text": "Y"},
        {"hopper_priority": 5, "hopper_dnc_check": "N"},
        dict.fromkeys(
            ("reset_lead", "delete_lead", "delete_cf_data", "callback", "add_to_hopper",
             "remove_from_hopper"),
            "N",
        ),
    ],
    ids=lambda body: ",".join(body) or "nothing",
)  # fmt: skip
async def test_nothing_to_do_is_a_400(
    leads: Leads, db: TestDatabase, lead_id: int, body: dict[str, Any]
) -> None:
    before = read_row(db, "vicidial_list", lead_id=lead_id)

    answer = await put(leads, lead_id, body)

    assert answer == (400, {"success": False, "error": "No fields to update"})
    assert read_row(db, "vicidial_list", lead_id=lead_id) == before


@pytest.mark.parametrize(
    "path",
    ["0", "4294967295", "4294967296", "9999999999", "12345678901234567890", "abc", "1x", "-1",
     "1.0", "%D9%A1", "bulk", "search", "status-search"],
)  # fmt: skip
@pytest.mark.parametrize("body", [{"first_name": "Jane"}, {}, {"delete_lead": "Y"}], ids=str)
async def test_an_unknown_lead_is_a_404(
    leads: Leads, db: TestDatabase, lead_id: int, path: str, body: dict[str, str]
) -> None:
    answer = await put(leads, path, body)

    assert answer == (404, {"success": False, "error": "Lead not found"})
    assert db.count("vicidial_list") == 2
