"""GET /api/v1/leads/{lead_id}/info: one lead, or an archived one."""

from typing import Any

import pytest
from support.apps import Leads
from support.builders import make_custom_field, make_custom_table, make_lead
from support.changes import archive_lead, make_archive
from support.database import TestDatabase

JOHN: dict[str, Any] = {
    "lead_id": 12345,
    "phone_number": "5551234567",
    "first_name": "John",
    "last_name": "Doe",
    "middle_initial": "A",
    "address1": "123 Main St",
    "address2": "Apt 4B",
    "city": "New York",
    "state": "NY",
    "postal_code": "10001",
    "gender": "M",
    "date_of_birth": "1980-01-15",
    "alt_phone": "5559876543",
    "email": "john@example.com",
    "comments": "VIP customer",
    "owner": "agent1",
    "user": "api",
    "modify_date": "2025-01-08 10:30:00",
}
ANSWER: dict[str, Any] = {
    **{name: JOHN[name] for name in JOHN if name != "modify_date"},
    "list_id": 101,
    "address3": "",
    "province": "",
    "country_code": "1",
    "security": "",
    "status": "NEW",
    "entry_date": "2025-01-08T15:30:00Z",
    "modify_date": "2025-01-08T15:30:00Z",
    "called_count": 0,
    "rank": 0,
    "phone_code": "1",
    "title": "",
    "vendor_lead_code": "",
    "source_id": "",
    "gmt_offset_now": -5.0,
    "called_since_last_reset": "N",
    "last_local_call_time": "2025-01-08T15:30:00Z",
    "entry_list_id": 0,
}


async def info(leads: Leads, lead_id: object, **query: str) -> tuple[int, Any]:
    response = await leads.get(f"/api/v1/leads/{lead_id}/info", params=query)
    return response.status, await response.json()


async def test_documented_example(leads: Leads, db: TestDatabase) -> None:
    make_lead(db, **JOHN)
    make_lead(db)

    answer = await info(leads, 12345)

    assert answer == (
        200,
        {"success": True, "message": "Lead information retrieved", "data": ANSWER},
    )


async def test_what_the_dialer_has_left_empty(leads: Leads, db: TestDatabase) -> None:
    db.insert(
        "vicidial_list",
        lead_id=7,
        phone_number="",
        entry_date="0000-00-00 00:00:00",
        modify_date="0000-00-00 00:00:00",
        date_of_birth="0000-00-00",
        comments="one!Ntwo",
        gmt_offset_now=None,
        gender=None,
        called_count=None,
        owner=None,
    )

    _, answer = await info(leads, "0000000007")

    shown = answer["data"]
    empty = ("entry_date", "modify_date", "date_of_birth", "last_local_call_time", "status",
             "first_name", "gmt_offset_now", "gender", "called_count", "owner")  # fmt: skip
    assert [shown[name] for name in empty] == [None] * len(empty)
    assert (shown["comments"], shown["list_id"], shown["phone_number"]) == ("one\ntwo", 0, "")


@pytest.mark.parametrize(
    "lead_id",
    [
        "0",
        "9",
        "4294967295",
        "4294967296",
        "12345678901",
        "12345678901234567890",
        "abc",
        "1a",
        "-1",
    ],
)
@pytest.mark.parametrize("query", [{}, {"archived_lead": "Y"}, {"custom_fields": "Y"}], ids=str)
async def test_an_unknown_lead_is_a_404(
    leads: Leads, db: TestDatabase, lead_id: str, query: dict[str, str]
) -> None:
    make_archive(db)
    make_lead(db, lead_id=5)

    answer = await info(leads, lead_id, **query)

    assert answer == (404, {"success": False, "error": "Lead not found"})


async def test_an_archived_lead_is_shown_from_the_archive(leads: Leads, db: TestDatabase) -> None:
    make_archive(db)
    archive_lead(db, make_lead(db, **JOHN))

    archived = await info(leads, 12345, archived_lead="Y")
    live = await info(leads, 12345)

    assert (archived[0], archived[1]["data"]) == (200, ANSWER)
    assert live[0] == 404


async def test_a_missing_archive_counts_as_empty(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db)

    answer = await info(leads, lead_id, archived_lead="Y")

    assert answer == (404, {"success": False, "error": "Lead not found"})


async def test_an_archive_of_an_older_version_has_null_for_what_it_lacks(
    leads: Leads, db: TestDatabase
) -> None:
    make_archive(db)
    archive_lead(db, make_lead(db, **JOHN))
    for column in ("entry_list_id", "owner", "rank"):
        db.execute(f"ALTER TABLE vicidial_list_archive DROP COLUMN `{column}`")

    _, answer = await info(leads, 12345, archived_lead="Y", custom_fields="Y")

    missing = {"entry_list_id": None, "owner": None, "rank": None}
    assert answer["data"] == ANSWER | missing | {"custom_fields": {}}


def make_colors(db: TestDatabase, list_id: int, color: str) -> None:
    make_custom_table(db, list_id, color="VARCHAR(50)", card="VARCHAR(50)", hidden="VARCHAR(50)")
    make_custom_field(db, list_id, "color", field_rank=2)
    make_custom_field(db, list_id, "card", field_rank=1, field_show_hide="LAST_4")
    make_custom_field(db, list_id, "hidden", field_encrypt="Y")
    if color:
        db.insert(f"custom_{list_id}", lead_id=12345, color=color, card="4111111111111111")


@pytest.mark.parametrize(
    ("lead", "query", "color"),
    [
        pytest.param({}, {}, "of 101", id="of its list"),
        pytest.param({"entry_list_id": 99}, {}, "of 101", id="entry_list_id below 100"),
        pytest.param({"entry_list_id": 102}, {}, "of 102", id="of its entry_list_id"),
        pytest.param({}, {"force_entry_list_id": "102"}, "of 102", id="forced"),
    ],
)
async def test_custom_fields_are_shown_when_asked_for(
    leads: Leads, db: TestDatabase, lead: dict[str, int], query: dict[str, str], color: str
) -> None:
    for list_id in (101, 102):
        make_colors(db, list_id, f"of {list_id}")
    make_lead(db, **JOHN | lead)

    _, answer = await info(leads, 12345, custom_fields="Y", **query)

    values = answer["data"].pop("custom_fields")
    assert answer["data"] == ANSWER | lead
    assert list(values.items()) == [("card", "XXXXXXXXXXXX1111"), ("color", color)]


async def test_a_lead_without_a_row_has_null_for_all_values(leads: Leads, db: TestDatabase) -> None:
    make_colors(db, 101, "")
    make_lead(db, **JOHN)

    _, answer = await info(leads, 12345, custom_fields="Y")

    assert answer["data"]["custom_fields"] == {"card": None, "color": None}


async def test_no_custom_fields_are_an_empty_object(leads: Leads, db: TestDatabase) -> None:
    make_colors(db, 102, "of 102")
    make_lead(db, **JOHN)

    without_fields = await info(leads, 12345, custom_fields="Y")
    db.execute("UPDATE system_settings SET custom_fields_enabled = '0'")
    switched_off = await info(leads, 12345, custom_fields="Y", force_entry_list_id="102")

    shown = [answer["data"]["custom_fields"] for _, answer in (without_fields, switched_off)]
    assert shown == [{}, {}]


async def test_custom_values_of_an_archived_lead(leads: Leads, db: TestDatabase) -> None:
    make_colors(db, 102, "of 102")
    make_archive(db)
    archive_lead(db, make_lead(db, **JOHN | {"entry_list_id": 102}))

    _, answer = await info(leads, 12345, archived_lead="Y", custom_fields="Y")

    assert answer["data"]["custom_fields"]["color"] == "of 102"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"archived_lead": "yes"}, "archived_lead"),
        ({"custom_fields": "1"}, "custom_fields"),
        ({"force_entry_list_id": "0"}, "force_entry_list_id"),
        ({"force_entry_list_id": "101; DROP TABLE x"}, "force_entry_list_id"),
    ],
)
async def test_bad_input(leads: Leads, db: TestDatabase, query: dict[str, str], field: str) -> None:
    status, answer = await info(leads, make_lead(db), **query)

    assert (status, list(answer["details"])) == (400, [field])


async def test_unknown_and_empty_parameters_are_ignored(leads: Leads, db: TestDatabase) -> None:
    make_lead(db, **JOHN)

    _, answer = await info(leads, 12345, archived_lead="", extra="1")

    assert answer["data"] == ANSWER
