"""GET /api/v1/leads/{lead_id}/field-info: one field of a lead."""

from typing import Any

import pytest
from support.apps import Leads
from support.builders import make_custom_field, make_custom_table, make_lead
from support.changes import archive_lead, make_archive
from support.database import TestDatabase

JOHN: dict[str, Any] = {
    "lead_id": 12345,
    "email": "john@example.com",
    "security_phrase": "opal",
    "comments": "one!Ntwo",
    "modify_date": "2025-01-08 10:30:00",
    "user": "agent1",
}


async def field_info(leads: Leads, lead_id: object, **query: str) -> tuple[int, Any]:
    response = await leads.get(f"/api/v1/leads/{lead_id}/field-info", params=query)
    return response.status, await response.json()


async def test_documented_example(leads: Leads, db: TestDatabase) -> None:
    make_lead(db, **JOHN)
    make_lead(db, email="other@example.com")

    answer = await field_info(leads, 12345, field="email")

    assert answer == (
        200,
        {
            "success": True,
            "message": "Field retrieved",
            "data": {"email": "john@example.com"},
        },
    )


async def test_every_key_of_the_lead_object_can_be_asked_for(
    leads: Leads, db: TestDatabase
) -> None:
    make_lead(db, **JOHN)
    lead = (await (await leads.get("/api/v1/leads/12345/info")).json())["data"]

    for key, value in lead.items():
        _, answer = await field_info(leads, 12345, field=key)
        assert answer["data"] == {key: value}
    assert len(lead) == 35


async def test_the_key_is_the_one_asked_for(leads: Leads, db: TestDatabase) -> None:
    make_lead(db, **JOHN)

    by_column = await field_info(leads, 12345, field="security_phrase")
    by_other_name = await field_info(leads, 12345, field_name="comments")
    by_both = await field_info(leads, 12345, field="user", field_name="user")

    answers = [answer["data"] for _, answer in (by_column, by_other_name, by_both)]
    assert answers == [
        {"security_phrase": "opal"},
        {"comments": "one\ntwo"},
        {"user": "agent1"},
    ]


async def test_null_is_null(leads: Leads, db: TestDatabase) -> None:
    make_lead(db, **JOHN | {"owner": None, "date_of_birth": "0000-00-00"})

    owner = await field_info(leads, 12345, field="owner")
    birth = await field_info(leads, 12345, field="date_of_birth")

    assert (owner[1]["data"], birth[1]["data"]) == ({"owner": None}, {"date_of_birth": None})


@pytest.mark.parametrize(
    ("query", "details"),
    [
        pytest.param({}, {"field": ["Required"]}, id="missing"),
        pytest.param({"field": ""}, {"field": ["Required"]}, id="empty"),
        pytest.param({"field": "nothing"}, {"field": ["Invalid field name"]}, id="unknown"),
        pytest.param({"field": "user_field"}, {"field": ["Invalid field name"]}, id="of requests"),
        pytest.param({"field": "EMAIL"}, {"field": ["Invalid field name"]}, id="capitals"),
        pytest.param(
            {"field": "email FROM vicidial_users -- "}, {"field": ["Invalid field name"]}, id="SQL"
        ),
        pytest.param(
            {"field": "nothing", "custom_fields": "Y"},
            {"field": ["Invalid field name"]},
            id="no custom field",
        ),
        pytest.param(
            {"field": "email", "custom_fields": "Y"},
            {"field": ["Invalid field name"]},
            id="a lead's field is no custom field",
        ),
        pytest.param(
            {"field": "hidden", "custom_fields": "Y"},
            {"field": ["Invalid field name"]},
            id="encrypted",
        ),
        pytest.param(
            {"field": "color", "custom_fields": "Y", "list_id": "103"},
            {"field": ["Invalid field name"]},
            id="of a list without fields",
        ),
    ],
)
async def test_what_is_no_field(
    leads: Leads, db: TestDatabase, query: dict[str, str], details: dict[str, list[str]]
) -> None:
    make_colors(db, 101)
    make_lead(db, **JOHN)

    status, answer = await field_info(leads, 12345, **query)

    assert (status, answer["details"]) == (400, details)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"field": "email", "field_name": "city"}, "field_name"),
        ({"field": "email", "archived_lead": "1"}, "archived_lead"),
        ({"field": "email", "custom_fields": "1"}, "custom_fields"),
        ({"field": "email", "list_id": "x"}, "list_id"),
    ],
)
async def test_bad_input(leads: Leads, db: TestDatabase, query: dict[str, str], field: str) -> None:
    make_lead(db, **JOHN)

    status, answer = await field_info(leads, 12345, **query)

    assert (status, list(answer["details"])) == (400, [field])


@pytest.mark.parametrize("lead_id", ["0", "9", "4294967296", "12345678901234567890", "abc"])
@pytest.mark.parametrize("query", [{}, {"archived_lead": "Y"}, {"custom_fields": "Y"}], ids=str)
async def test_an_unknown_lead_is_a_404(
    leads: Leads, db: TestDatabase, lead_id: str, query: dict[str, str]
) -> None:
    make_lead(db, lead_id=5)

    answer = await field_info(leads, lead_id, field="email", **query)

    assert answer == (404, {"success": False, "error": "Lead not found"})


def make_colors(db: TestDatabase, list_id: int) -> None:
    make_custom_table(db, list_id, Color="VARCHAR(50)", card="VARCHAR(50)", hidden="VARCHAR(50)")
    make_custom_field(db, list_id, "Color")
    make_custom_field(db, list_id, "card", field_show_hide="LAST_4")
    make_custom_field(db, list_id, "hidden", field_encrypt="Y")
    db.insert(f"custom_{list_id}", lead_id=12345, Color=f"of {list_id}", card="41111111")


@pytest.mark.parametrize(
    ("entry_list_id", "query", "data"),
    [
        pytest.param(0, {"field": "Color"}, {"Color": "of 101"}, id="of its list"),
        pytest.param(102, {"field": "color"}, {"color": "of 102"}, id="of its entry_list_id"),
        pytest.param(
            102, {"field": "COLOR", "list_id": "101"}, {"COLOR": "of 101"}, id="of list_id"
        ),
        pytest.param(0, {"field_name": "card"}, {"card": "XXXX1111"}, id="masked"),
    ],
)
async def test_a_custom_field(
    leads: Leads,
    db: TestDatabase,
    entry_list_id: int,
    query: dict[str, str],
    data: dict[str, str],
) -> None:
    for list_id in (101, 102):
        make_colors(db, list_id)
    make_lead(db, **JOHN, entry_list_id=entry_list_id)

    status, answer = await field_info(leads, 12345, custom_fields="Y", **query)

    assert (status, answer["data"]) == (200, data)


async def test_a_field_of_an_archived_lead(leads: Leads, db: TestDatabase) -> None:
    make_colors(db, 102)
    make_archive(db)
    archive_lead(db, make_lead(db, **JOHN, entry_list_id=102))
    db.execute("ALTER TABLE vicidial_list_archive DROP COLUMN owner")

    asked = [
        await field_info(leads, 12345, archived_lead="Y", **query)
        for query in (
            {"field": "email"},
            {"field": "modify_date"},
            {"field": "owner"},
            {"field": "color", "custom_fields": "Y"},
        )
    ]

    assert [answer["data"] for _, answer in asked] == [
        {"email": "john@example.com"},
        {"modify_date": "2025-01-08T15:30:00Z"},
        {"owner": None},
        {"color": "of 102"},
    ]
