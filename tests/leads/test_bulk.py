"""POST /leads/bulk: what becomes of each row."""

from typing import Any

import pytest
from support.apps import Leads, Start, clock_at
from support.builders import make_campaign, make_lead, make_list, read_row
from support.bulk import BULK, CSV, import_body, import_rows, numbers, results
from support.database import TestDatabase

ADMIN_LOG = """
    SELECT user, ip_address, event_section, event_type, record_id, event_code, event_sql,
        event_notes
    FROM vicidial_admin_log ORDER BY record_id
    """
ROW = {"phone_number": "2125551234"}


def logged(list_id: int, notes: str) -> tuple[str, ...]:
    return ("6666", "192.0.2.7", "LISTS", "LOAD", str(list_id), "ADMIN API LOAD LIST", "", notes)


@pytest.fixture
def db(db: TestDatabase) -> TestDatabase:
    """A database with list 101 of TESTCAMP."""
    make_campaign(db)
    make_list(db)
    return db


async def test_the_documented_example(leads: Leads, db: TestDatabase) -> None:
    make_lead(db, lead_id=11, phone_number="5551230002")
    db.insert("vicidial_dnc", phone_number="5551230003")
    rows = [{"phone_number": n} for n in ("555-123-0001", "5551230002", "5551230003", "12")]

    response = await leads.post(
        BULK,
        params={"list_id": 101, "duplicate_check": "DUPLIST", "dnc_check": "Y"},
        json=rows,
    )

    assert response.headers["Content-Type"] == "application/json"
    assert await response.json() == {
        "success": True,
        "message": "Leads imported",
        "data": {
            "rows": 4,
            "added": 1,
            "duplicates": 1,
            "dnc": 1,
            "invalid": 1,
            "in_hopper": 0,
            "results": [
                {"row": 1, "result": "added", "lead_id": 12},
                {
                    "row": 2,
                    "result": "duplicate",
                    "check": "DUPLIST",
                    "lead_id": 11,
                    "list_id": 101,
                },
                {"row": 3, "result": "dnc", "list": "SYSTEM_INTERNAL"},
                {
                    "row": 4,
                    "result": "invalid",
                    "errors": {"phone_number": ["Must be 6 to 16 digits"]},
                },
            ],
        },
    }
    assert db.rows(ADMIN_LOG) == [logged(101, "GOOD: 1, BAD: 3, TOTAL: 4")]


async def test_a_row_is_stored_as_a_lead_of_post_leads_is(
    start_leads: Start, db: TestDatabase
) -> None:
    leads = await start_leads(clock=clock_at("2025-01-08T15:30:00"))
    make_list(db, 102)
    lead = {
        "list_id": 101,
        "phone_number": "+1 (212) 555-1234",
        "phone_code": "1",
        "first_name": " John ",
        "middle_initial": "A",
        "comments": "two\nlines",
        "date_of_birth": "1980-01-15",
        "security_phrase": "blue",
        "status": "CALLBACK",
        "rank": "7",
        "user_field": "agent1",
        "entry_list_id": 102,
        "gender": "",
        "alt_phone": None,
    }
    single = await (await leads.post("/api/v1/leads", json=lead)).json()

    data = await import_rows(leads, [lead])

    bulk_row = read_row(db, "vicidial_list", lead_id=data["results"][0]["lead_id"])
    single_row = read_row(db, "vicidial_list", lead_id=single["data"]["lead_id"])
    assert bulk_row | {"lead_id": 0, "modify_date": 0} == single_row | {
        "lead_id": 0,
        "modify_date": 0,
    }
    assert bulk_row["phone_number"] == "2125551234"
    assert bulk_row["status"] == "CALLBK"


async def test_a_plain_row_has_the_defaults_of_post_leads(
    start_leads: Start, db: TestDatabase
) -> None:
    leads = await start_leads(clock=clock_at("2025-07-08T15:30:00"))
    single = await (await leads.post("/api/v1/leads", json=ROW | {"list_id": 101})).json()

    data = await import_rows(leads, [ROW])

    bulk_row = read_row(db, "vicidial_list", lead_id=data["results"][0]["lead_id"])
    single_row = read_row(db, "vicidial_list", lead_id=single["data"]["lead_id"])
    ignored = {"lead_id": 0, "modify_date": 0}
    assert bulk_row | ignored == single_row | ignored
    assert (bulk_row["user"], float(bulk_row["gmt_offset_now"])) == ("6666", -4.0)


async def test_options_are_for_rows_without_them(leads: Leads, db: TestDatabase) -> None:
    make_list(db, 102)
    options = {
        "status": "HELD",
        "country_code": "GBR",
        "phone_code": "44",
        "source_id": "fair",
        "owner": "jo",
    }
    full = {"list_id": 102, "status": "NEW", "country_code": "USA", "phone_code": "1"}
    full |= {"source_id": "web", "owner": "al"}

    await import_rows(leads, [ROW, ROW | full], **options)

    assert db.rows(
        """
        SELECT list_id, status, country_code, phone_code, source_id, owner
        FROM vicidial_list ORDER BY lead_id
        """
    ) == [(101, "HELD", "GBR", "44", "fair", "jo"), (102, "NEW", "USA", "1", "web", "al")]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        pytest.param({}, {"phone_number": ["Required"]}, id="no number"),
        pytest.param(ROW | {"fax": 1}, {"fax": ["Unknown field"]}, id="unknown field"),
        pytest.param(ROW | {"user": "x"}, {"user": ["Unknown field"]}, id="no tag in rows"),
        pytest.param(ROW | {"callback": "Y"}, {"callback": ["Unknown field"]}, id="no callbacks"),
        pytest.param(
            ROW | {"called_count": 1}, {"called_count": ["Unknown field"]}, id="called count"
        ),
        pytest.param(
            ROW | {"first_name": "a;b", "state": "NYC"},
            {"first_name": ["Character not allowed: ;"], "state": ["Longer than 2 characters"]},
            id="all errors are told",
        ),
        pytest.param(
            ROW | {"first_name": "a\0b"},
            {"first_name": ["Character not allowed: U+0000"]},
            id="NUL",
        ),
        pytest.param(
            {"phone_number": "2125551234\0"}, {"phone_number": ["Must be 6 to 16 digits"]}, id="NUL"
        ),
        pytest.param(ROW | {"list_id": 5}, {"list_id": ["List not found"]}, id="unknown list"),
        pytest.param(
            ROW | {"entry_list_id": 5},
            {"entry_list_id": ["Must be 0, or 100 or more"]},
            id="entry list too low",
        ),
        pytest.param(
            ROW | {"entry_list_id": 105}, {"entry_list_id": ["List not found"]}, id="entry list"
        ),
        pytest.param(
            ROW | {"country_code": "NLD"},
            {"phone_code": ["Required: country NLD has several"]},
            id="country with several codes",
        ),
        pytest.param(
            {"phone_number": "+44 2079460958"},
            {"phone_number": ["Does not begin with +1: give phone_code"]},
            id="another country's number",
        ),
        pytest.param(
            ROW | {"security": "a", "security_phrase": "b"},
            {"security_phrase": ["Differs from security, which is the same field"]},
            id="two names of one field",
        ),
        pytest.param(
            ROW | {"alt_phones": [{"phone_number": "1"}]},
            {"alt_phones.0.phone_number": ["Must be 6 to 18 digits"]},
            id="alt phones",
        ),
        pytest.param(
            ROW | {"custom_fields": {"color": "red"}},
            {"custom_fields": ["Custom fields are not enabled"]},
            id="custom fields are off",
        ),
    ],
)
async def test_a_row_with_errors_is_invalid_and_spoils_no_other(
    leads: Leads, db: TestDatabase, fields: dict[str, Any], errors: dict[str, Any]
) -> None:
    first, second, third = await results(leads, [ROW, fields, ROW])

    assert [first["result"], third["result"]] == ["added", "added"]
    assert second == {"result": "invalid", "errors": errors}
    assert db.count("vicidial_list") == 2


async def test_a_row_needs_a_list(leads: Leads, db: TestDatabase) -> None:
    response = await leads.post(BULK, json=[ROW])

    data = (await response.json())["data"]
    assert data["results"] == [{"row": 1, "result": "invalid", "errors": {"list_id": ["Required"]}}]
    assert db.rows(ADMIN_LOG) == []


async def test_unknown_lists_are_taken_when_asked_to(leads: Leads, db: TestDatabase) -> None:
    data = await import_rows(leads, [ROW | {"list_id": 5}, ROW], list_exists_check="N")

    assert data["added"] == 2
    assert db.rows("SELECT list_id FROM vicidial_list ORDER BY lead_id") == [(5,), (101,)]
    assert db.rows(ADMIN_LOG) == [logged(101, "GOOD: 1, BAD: 0, TOTAL: 1")]


async def test_each_list_has_its_log_row(leads: Leads, db: TestDatabase) -> None:
    make_list(db, 102)
    rows: list[dict[str, Any]] = [
        ROW,
        ROW | {"list_id": 102},
        ROW | {"list_id": 102, "state": "NYC"},
    ]
    rows += [{"phone_number": "1"}, ROW | {"list_id": 5}]

    await import_rows(leads, rows)

    assert db.rows(ADMIN_LOG) == [
        logged(101, "GOOD: 1, BAD: 1, TOTAL: 2"),
        logged(102, "GOOD: 1, BAD: 1, TOTAL: 2"),
    ]


@pytest.mark.parametrize(
    ("asked", "listed"),
    [("all", [1, 2, 3]), ("errors", [2]), ("none", None)],
)
async def test_results_are_listed_as_asked(
    leads: Leads, db: TestDatabase, asked: str, listed: list[int] | None
) -> None:
    data = await import_rows(leads, [ROW, {}, ROW], results=asked)

    rows = [result["row"] for result in data["results"]] if "results" in data else None
    assert rows == listed
    assert (data["rows"], data["added"], data["invalid"]) == (3, 2, 1)


async def test_no_row_need_be_added(leads: Leads, db: TestDatabase) -> None:
    data = await import_rows(leads, [{}, {}])

    assert (data["rows"], data["added"], data["invalid"]) == (2, 0, 2)


async def test_texts_are_cleaned_when_asked_to(leads: Leads, db: TestDatabase) -> None:
    await import_rows(leads, [ROW | {"first_name": "a;b", "comments": "c|d"}], clean_text="Y")

    assert db.row("SELECT first_name, comments FROM vicidial_list") == ("ab", "cd")


async def test_a_dry_run_writes_nothing(leads: Leads, db: TestDatabase) -> None:
    make_lead(db, lead_id=11, phone_number="2125550000")
    rows: list[dict[str, Any]] = [*numbers(2), {"phone_number": "2125550001"}, {}]
    rows[0] |= {"alt_phones": "2125559999"}
    options = {"duplicate_check": "DUPLIST", "add_to_hopper": "Y", "dry_run": "Y"}

    listed = await results(leads, rows, **options)

    assert listed == [
        {"result": "duplicate", "check": "DUPLIST", "lead_id": 11, "list_id": 101},
        {"result": "added"},
        {"result": "duplicate", "check": "DUPLIST", "row_of": 2, "list_id": 101},
        {"result": "invalid", "errors": {"phone_number": ["Required"]}},
    ]
    tables = ("vicidial_list", "vicidial_list_alt_phones", "vicidial_hopper", "vicidial_admin_log")
    assert [db.count(table) for table in tables] == [1, 0, 0, 0]


async def test_ids_and_rows_belong_together_across_chunks(leads: Leads, db: TestDatabase) -> None:
    rows: list[dict[str, Any]] = list(numbers(1203))
    rows[7] = rows[700] = {}
    db.execute("ALTER TABLE vicidial_list AUTO_INCREMENT = 5000")

    data = await import_rows(leads, rows)

    stored = dict(db.rows("SELECT lead_id, phone_number FROM vicidial_list"))
    assert (data["added"], data["invalid"], len(stored)) == (1201, 2, 1201)
    assert [
        {"phone_number": stored[result["lead_id"]]} if "lead_id" in result else {}
        for result in data["results"]
    ] == rows
    assert [result["row"] for result in data["results"]] == list(range(1, 1204))


@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
async def test_ids_take_the_servers_steps(
    start_leads: Start, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = "SET SESSION auto_increment_increment = 5"
    monkeypatch.setattr("dialkit.driver.session_setup", lambda _timeout, **_: steps)

    data = await import_rows(await start_leads(), numbers(3))

    stored = db.rows("SELECT lead_id FROM vicidial_list ORDER BY lead_id")
    assert stored == [(result["lead_id"],) for result in data["results"]]
    assert stored[1][0] - stored[0][0] == 5


async def test_a_large_answer_is_one_document(leads: Leads, db: TestDatabase) -> None:
    rows = "\n".join(["phone_number"] + ["1"] * 15_000)

    status, answer = await import_body(leads, rows, CSV)

    assert (status, answer["data"]["invalid"]) == (200, 15_000)
    assert [result["row"] for result in answer["data"]["results"]] == list(range(1, 15_001))
