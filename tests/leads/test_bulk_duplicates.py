"""POST /leads/bulk: duplicates, of leads and of rows."""

import asyncio
from typing import Any

import pytest
from support.apps import Leads, Start, clock_at
from support.builders import make_campaign, make_lead, make_list
from support.bulk import import_rows, numbers, results
from support.database import TestDatabase

NUMBER = "2125551234"
ROW = {"phone_number": NUMBER}


@pytest.fixture
def db(db: TestDatabase) -> TestDatabase:
    """Lists 101 and 102 of TESTCAMP, 103 of NEWCAMP, 104 and 105 of none."""
    make_campaign(db)
    make_campaign(db, "NEWCAMP")
    for list_id, campaign in ((101, "TESTCAMP"), (102, "TESTCAMP"), (103, "NEWCAMP")):
        make_list(db, list_id, campaign)
    make_list(db, 104, None)
    make_list(db, 105, "")
    return db


def repeats(check: str, lead_id: int, list_id: int, **more: int) -> dict[str, Any]:
    return {"result": "duplicate", "check": check, "lead_id": lead_id, "list_id": list_id} | more


Case = tuple[str, dict[str, Any], dict[str, Any], bool]
SAME: list[Case] = [
    ("DUPLIST", {}, {}, True),
    ("DUPLIST", {}, {"list_id": 102}, False),
    ("DUPLIST", {"phone_number": "2125551235"}, {}, False),
    ("DUPCAMP", {}, {"list_id": 102}, True),
    ("DUPCAMP", {}, {"list_id": 103}, False),
    ("DUPCAMP", {"list_id": 104}, {"list_id": 104}, True),
    ("DUPCAMP", {"list_id": 104}, {"list_id": 105}, False),
    ("DUPCAMP", {"list_id": 106}, {}, False),
    ("DUPSYS", {"list_id": 106}, {}, True),
    ("DUPSYS", {"list_id": 103}, {}, True),
    ("DUPNAMEPHONELIST", {"first_name": "ZOË"}, {"first_name": "Zoe"}, True),
    ("DUPNAMEPHONELIST", {"first_name": "Zoe"}, {"first_name": "Joe"}, False),
    ("DUPNAMEPHONELIST", {"last_name": "Doe"}, {}, False),
    ("DUPNAMEPHONECAMP", {"last_name": "Straße"}, {"last_name": "STRASSE"}, True),
    ("DUPNAMEPHONESYS", {"list_id": 103}, {}, True),
]
OLD: list[Case] = [
    ("DUPSYS7DAY", {"entry_date": "2025-01-01 10:30:01"}, {}, True),
    ("DUPSYS7DAY", {"entry_date": "2025-01-01 10:30:00"}, {}, False),
    ("DUPNAMEPHONELIST30DAY", {"entry_date": "2024-12-01 10:30:00"}, {}, False),
    ("DUPNAMEPHONELIST", {"last_name": None}, {}, False),
    ("DUPNAMEPHONELIST", {"last_name": "Doe "}, {"last_name": "Doe"}, True),
]


@pytest.mark.parametrize(("check", "there", "new", "hit"), SAME + OLD)
async def test_what_repeats_a_lead(
    start_leads: Start,
    db: TestDatabase,
    check: str,
    there: dict[str, Any],
    new: dict[str, Any],
    hit: bool,
) -> None:
    leads = await start_leads(clock=clock_at("2025-01-08T15:30:00"))
    make_lead(db, lead_id=11, **ROW | there)

    (result,) = await results(leads, [ROW | new], duplicate_check=check)

    of_lead = repeats(check, 11, there.get("list_id", 101))
    assert result == (of_lead if hit else {"result": "added", "lead_id": 12})
    assert db.count("vicidial_list") == (1 if hit else 2)


@pytest.mark.parametrize(("check", "there", "new", "hit"), SAME)
async def test_what_repeats_an_earlier_row(
    leads: Leads,
    db: TestDatabase,
    check: str,
    there: dict[str, Any],
    new: dict[str, Any],
    hit: bool,
) -> None:
    options = {"duplicate_check": check, "list_exists_check": "N"}

    first, second = await results(leads, [ROW | there, ROW | new], **options)

    of_row = repeats(check, 1, there.get("list_id", 101), row_of=1)
    assert first == {"result": "added", "lead_id": 1}
    assert second == (of_row if hit else {"result": "added", "lead_id": 2})


async def test_without_a_check_nothing_is_a_duplicate(leads: Leads, db: TestDatabase) -> None:
    make_lead(db, **ROW)

    data = await import_rows(leads, [ROW, ROW])

    assert data["added"] == 2


async def test_the_first_check_that_hits_decides(leads: Leads, db: TestDatabase) -> None:
    make_lead(db, lead_id=11, list_id=103, **ROW)
    make_lead(db, lead_id=12, list_id=102, **ROW)
    make_lead(db, lead_id=13, list_id=102, **ROW)

    checks = ("DUPSYS-DUPCAMP", "DUPNAMEPHONESYS,DUPCAMP", "DUPNAMEPHONELIST-DUPSYS")
    found = [(await results(leads, [ROW], duplicate_check=check))[0] for check in checks]

    assert found == [
        repeats("DUPCAMP", 12, 102),
        repeats("DUPCAMP", 12, 102),
        repeats("DUPSYS", 11, 103),
    ]


async def test_a_row_that_was_not_added_has_no_duplicates(leads: Leads, db: TestDatabase) -> None:
    make_lead(db, lead_id=11, first_name="Al", **ROW)
    db.insert("vicidial_dnc", phone_number="2125550000")
    rows: list[dict[str, Any]] = [
        ROW | {"list_id": 102, "first_name": "al"},  # repeats lead 11
        ROW | {"list_id": 102, "first_name": "Bo"},  # would repeat row 1, had that been added
        ROW | {"list_id": 103, "state": "NYC"},  # invalid
        ROW | {"list_id": 103},
        ROW | {"list_id": 103, "first_name": "Cy"},  # repeats row 4
    ]

    listed = await results(leads, rows, duplicate_check="DUPLIST-DUPNAMEPHONESYS")

    assert listed[0] == repeats("DUPNAMEPHONESYS", 11, 101)
    assert listed[1] == {"result": "added", "lead_id": 12}
    assert listed[3] == {"result": "added", "lead_id": 13}
    assert listed[4] == repeats("DUPLIST", 13, 103, row_of=4)


async def test_rows_of_earlier_chunks_are_leads(leads: Leads, db: TestDatabase) -> None:
    rows = numbers(600)
    rows[599] = rows[3]
    rows[550] = rows[549]

    listed = await results(leads, rows, duplicate_check="DUPLIST")

    assert listed[599] == repeats("DUPLIST", 4, 101)
    assert listed[550] == repeats("DUPLIST", 550, 101, row_of=550)
    assert db.count("vicidial_list") == 598


async def test_a_repeat_adds_only_what_is_missing(leads: Leads, db: TestDatabase) -> None:
    rows = numbers(700)
    await import_rows(leads, rows[100:650])

    data = await import_rows(leads, rows, duplicate_check="DUPLIST")

    assert (data["added"], data["duplicates"]) == (150, 550)
    assert db.row("SELECT COUNT(*), COUNT(DISTINCT phone_number) FROM vicidial_list") == (700, 700)


@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
async def test_of_two_imports_inside_the_same_gap_one_adds(
    start_leads: Start, db: TestDatabase
) -> None:
    instances = [await start_leads() for _ in range(2)]
    with db.hold("vicidial_list"):
        imports = [
            asyncio.create_task(import_rows(instance, numbers(3), duplicate_check="DUPLIST"))
            for instance in instances
        ]
        await db.until_waiting(2)

    assert sorted([(await one)["added"] for one in imports]) == [0, 3]
    assert db.count("vicidial_list") == 3


async def test_an_import_and_a_single_lead_do_not_pass_each_other(
    start_leads: Start, db: TestDatabase
) -> None:
    importer, leads = [await start_leads() for _ in range(2)]
    single = numbers(1)[0] | {"list_id": 101, "duplicate_check": "DUPLIST"}
    with db.hold("vicidial_list"):
        imported = asyncio.create_task(import_rows(importer, numbers(2), duplicate_check="DUPLIST"))
        posted = asyncio.create_task(leads.post("/api/v1/leads", json=single))
        await db.until_waiting(2)

    assert ((await imported)["added"], (await posted).status) in [(2, 409), (1, 200)]
    assert db.count("vicidial_list") == 2


async def test_an_import_without_a_check_does_not_wait_for_those_with_one(
    leads: Leads, db: TestDatabase
) -> None:
    db.value("SELECT GET_LOCK(%s, 0)", f"{db.name}.leads.dup")
    try:
        data = await import_rows(leads, numbers(3))
        dry = await import_rows(leads, numbers(3), duplicate_check="DUPLIST", dry_run="Y")
    finally:
        db.value("SELECT RELEASE_LOCK(%s)", f"{db.name}.leads.dup")

    assert (data["added"], dry["duplicates"]) == (3, 3)
