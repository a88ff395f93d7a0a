"""POST /api/v1/leads/{lead_id}/dearchive: a lead comes back from the archive."""

from datetime import datetime
from typing import Any

import pytest
from dialkit.tokens import Caller
from support.apps import Leads, Start, clock_at
from support.builders import make_lead, read_row
from support.changes import admin_log, archive_lead, make_archive
from support.database import TestDatabase

PERSON: dict[str, Any] = {
    "list_id": 105,
    "phone_number": "5551234567",
    "first_name": "José",
    "comments": "one!Ntwo",
    "status": "NI",
    "called_count": 3,
    "gmt_offset_now": -3.5,
    "date_of_birth": "1980-01-15",
    "rank": -4,
    "entry_list_id": 102,
    "modify_date": "2024-01-01 00:00:00",
}


@pytest.fixture
def archived(db: TestDatabase) -> int:
    """A lead in the archive, another beside it."""
    make_archive(db)
    for lead in (PERSON, PERSON | {"first_name": "Beside"}):
        archive_lead(db, make_lead(db, **lead))
    return int(db.value("SELECT MIN(lead_id) FROM vicidial_list_archive"))


async def dearchive(leads: Leads, lead_id: object, **options: Any) -> tuple[int, Any]:
    response = await leads.post(f"/api/v1/leads/{lead_id}/dearchive", **options)
    return response.status, await response.json()


async def test_documented_example(leads: Leads, db: TestDatabase, archived: int) -> None:
    before = read_row(db, "vicidial_list_archive", lead_id=archived)

    answer = await dearchive(leads, archived)

    assert answer == (
        200,
        {
            "success": True,
            "message": "Lead restored successfully",
            "data": {"lead_id": archived},
        },
    )
    assert read_row(db, "vicidial_list", lead_id=archived) == before
    assert db.count("vicidial_list") == 1
    assert db.rows("SELECT first_name FROM vicidial_list_archive") == [("Beside",)]


async def test_it_is_noted_in_the_log_of_changes(
    start_leads: Start, db: TestDatabase, archived: int
) -> None:
    leads = await start_leads(
        clock=clock_at("2025-07-08T15:30:00"), caller=Caller("", "192.0.2.7", "gateway")
    )

    await dearchive(leads, archived)

    ((*who, sql, notes, group),) = admin_log(db)
    kind = ("LEADS", "OTHER", str(archived), "ADMIN API DEARCHIVE LEAD")
    assert (*who, notes, group) == ("api", "192.0.2.7", *kind, "list: 105", "---ALL---")
    assert [line.split("(")[0].split(" WHERE")[0].strip() for line in sql.splitlines()] == [
        "INSERT INTO vicidial_list",
        "DELETE FROM vicidial_list_archive",
    ]
    assert db.value("SELECT event_date FROM vicidial_admin_log") == datetime.fromisoformat(
        "2025-07-08T11:30:00"
    )


async def test_the_tag_of_the_body_is_noted(
    start_leads: Start, db: TestDatabase, archived: int
) -> None:
    leads = await start_leads(caller=Caller("", "", "gateway"))

    status, _ = await dearchive(leads, archived, json={"user": "1234"})

    assert (status, [row[:2] for row in admin_log(db)]) == (200, [("1234", "")])


async def test_a_repeat_after_success_is_a_404(
    leads: Leads, db: TestDatabase, archived: int
) -> None:
    await dearchive(leads, archived)

    answer = await dearchive(leads, archived)

    assert answer == (404, {"success": False, "error": "Archived lead not found"})
    assert db.count("vicidial_list") == 1
    assert len(admin_log(db)) == 1


async def test_a_lead_that_is_not_archived_is_not_found(
    leads: Leads, db: TestDatabase, archived: int
) -> None:
    lead_id = make_lead(db)

    answer = await dearchive(leads, lead_id)

    assert answer == (404, {"success": False, "error": "Archived lead not found"})
    assert (db.count("vicidial_list"), db.count("vicidial_list_archive")) == (1, 2)
    assert admin_log(db) == []


async def test_a_missing_archive_counts_as_empty(leads: Leads, db: TestDatabase) -> None:
    lead_id = make_lead(db)

    answer = await dearchive(leads, lead_id)

    assert answer == (404, {"success": False, "error": "Archived lead not found"})


@pytest.mark.parametrize(
    "lead_id", ["0", "4294967296", "99999999999", "12345678901234567890", "abc", "-1", "1.0", "1a"]
)
async def test_what_can_be_no_lead_is_not_found(
    leads: Leads, db: TestDatabase, lead_id: str
) -> None:
    make_archive(db)

    status, answer = await dearchive(leads, lead_id)

    expected = "Archived lead not found" if lead_id == "0" else "Lead not found"
    assert (status, answer) == (404, {"success": False, "error": expected})


async def test_an_empty_object_is_fine_and_any_field_is_not(
    leads: Leads, db: TestDatabase, archived: int
) -> None:
    status, answer = await dearchive(leads, archived, json={"list_id": 101})

    assert (status, answer["details"]) == (400, {"list_id": ["Unknown field"]})
    assert db.count("vicidial_list") == 0
    assert (await dearchive(leads, archived, json={}))[0] == 200


@pytest.mark.parametrize(
    ("column", "value"),
    [
        pytest.param("status", "SALE", id="status"),
        pytest.param("phone_number", "5550000000", id="number"),
        pytest.param("first_name", "JOSE", id="case and accent only"),
        pytest.param("first_name", "José ", id="trailing space only"),
        pytest.param("last_name", None, id="null"),
        pytest.param("called_count", 4, id="number of calls"),
        pytest.param("gmt_offset_now", -3.75, id="decimal"),
    ],
)
async def test_another_lead_of_that_id_is_a_409(
    leads: Leads, db: TestDatabase, archived: int, column: str, value: object
) -> None:
    make_lead(db, lead_id=archived, **PERSON | {column: value})
    tables = ("vicidial_list", "vicidial_list_archive")
    before = [db.rows(f"SELECT * FROM {table}") for table in tables]

    answer = await dearchive(leads, archived)

    assert answer == (409, {"success": False, "error": "Lead is not archived"})
    assert [db.rows(f"SELECT * FROM {table}") for table in tables] == before
    assert admin_log(db) == []


async def test_the_same_lead_in_both_tables_leaves_the_archive(
    leads: Leads, db: TestDatabase, archived: int
) -> None:
    make_lead(db, lead_id=archived, **PERSON | {"modify_date": "2025-01-01 00:00:00"})
    before = read_row(db, "vicidial_list", lead_id=archived)

    status, _ = await dearchive(leads, archived)

    assert status == 200
    assert read_row(db, "vicidial_list", lead_id=archived) == before
    assert db.rows("SELECT first_name FROM vicidial_list_archive") == [("Beside",)]
    assert [row[7] for row in admin_log(db)] == ["list: 105"]


async def test_an_archive_of_another_version_gives_the_columns_that_it_has(
    leads: Leads, db: TestDatabase
) -> None:
    db.execute(
        "CREATE TABLE vicidial_list_archive (status VARCHAR(6), since DATETIME, list_id BIGINT,"
        " first_name VARCHAR(30), phone_number VARCHAR(18), lead_id INT UNSIGNED PRIMARY KEY)"
        " DEFAULT CHARSET=latin1"
    )
    db.insert(
        "vicidial_list_archive",
        lead_id=77,
        status="NI",
        list_id=105,
        first_name="José",
        phone_number="5551234567",
    )

    status, _ = await dearchive(leads, 77)

    assert status == 200
    restored = read_row(db, "vicidial_list", lead_id=77)
    given = {"lead_id": 77, "status": "NI", "list_id": 105, "phone_number": "5551234567"}
    assert {name: restored[name] for name in given} == given
    assert (restored["first_name"], restored["last_name"]) == ("José", None)
    assert (restored["rank"], restored["called_since_last_reset"]) == (0, "N")
    assert db.count("vicidial_list_archive") == 0
