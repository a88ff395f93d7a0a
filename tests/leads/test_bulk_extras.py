"""POST /leads/bulk: custom values, further numbers, the hopper."""

import asyncio
from typing import Any

import pytest
from support.apps import Leads
from support.builders import make_campaign, make_custom_field, make_custom_table, make_list
from support.bulk import CSV, import_body, import_rows, numbers, results
from support.database import TestDatabase

ROW = {"phone_number": "2125551234"}
LEADS = "SELECT lead_id, list_id, entry_list_id FROM vicidial_list ORDER BY lead_id"


@pytest.fixture
def db(db: TestDatabase) -> TestDatabase:
    """Lists 101 and 102 of TESTCAMP."""
    make_campaign(db)
    make_list(db)
    make_list(db, 102)
    return db


@pytest.fixture
def custom(db: TestDatabase) -> TestDatabase:
    """The same, with custom fields `color` (both), `Size` and `born` (101)."""
    make_custom_table(db, 101, color="VARCHAR(20)", Size="ENUM('S','L')", born="DATE")
    make_custom_table(db, 102, color="VARCHAR(20)")
    make_custom_field(db, 101, "color")
    make_custom_field(db, 102, "color")
    make_custom_field(db, 101, "Size", field_type="SELECT", field_options="S,small\nL,large")
    make_custom_field(db, 101, "born", field_type="DATE")
    return db


def with_values(**values: Any) -> dict[str, Any]:
    return ROW | {"custom_fields": values}


async def test_custom_values_go_into_the_table_of_their_list(
    leads: Leads, custom: TestDatabase
) -> None:
    rows = [
        with_values(color="red", size="S"),
        ROW,
        with_values(SIZE="L", color="blue"),
        with_values(color="green") | {"list_id": 102},
        with_values(color="grey") | {"list_id": 102, "entry_list_id": 101},
        with_values(born=""),
    ]

    await import_rows(leads, rows)

    assert custom.rows(LEADS) == [
        (1, 101, 101),
        (2, 101, 0),
        (3, 101, 101),
        (4, 102, 102),
        (5, 102, 101),
        (6, 101, 101),
    ]
    assert custom.rows("SELECT * FROM custom_101 ORDER BY lead_id") == [
        (1, "red", "S", None),
        (3, "blue", "L", None),
        (5, "grey", None, None),
        (6, None, None, None),
    ]
    assert custom.rows("SELECT * FROM custom_102") == [(4, "green")]


async def test_custom_values_come_as_columns_of_csv(leads: Leads, custom: TestDatabase) -> None:
    body = "phone_number,custom.color,custom.Size,list_id\n2125550001,red,S,\n2125550002,,,\n"
    body += "2125550003,blue,,102\n2125550004,,M,\n2125550005,,S,102\n"

    _, answer = await import_body(leads, body, CSV)

    assert [result.get("errors") for result in answer["data"]["results"]] == [
        None,
        None,
        None,
        {"custom_fields.Size": ["Must be one of: L, S"]},
        {"custom_fields.Size": ["Not a field of list 102"]},
    ]
    assert custom.rows("SELECT lead_id, color, size FROM custom_101") == [(1, "red", "S")]
    assert custom.rows("SELECT * FROM custom_102") == [(3, "blue")]


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"taste": "x"}, {"custom_fields.taste": ["Not a field of list 101"]}),
        ({"color": "a;b"}, {"custom_fields.color": ["Character not allowed: ;"]}),
        ({"color": "x" * 51}, {"custom_fields.color": ["Longer than 50 characters"]}),
    ],
)
async def test_wrong_custom_values_make_the_row_invalid(
    leads: Leads, custom: TestDatabase, values: dict[str, Any], errors: dict[str, Any]
) -> None:
    fine, wrong = await results(leads, [with_values(color="red"), with_values(**values)])

    assert (fine["result"], wrong) == ("added", {"result": "invalid", "errors": errors})
    assert custom.rows("SELECT lead_id FROM custom_101") == [(1,)]


async def test_a_list_without_custom_fields_takes_no_values(
    leads: Leads, custom: TestDatabase
) -> None:
    make_list(custom, 103)
    make_list(custom, 104)
    make_custom_field(custom, 104, "color")  # and no table

    listed = await results(
        leads, [with_values(color="x") | {"list_id": list_id} for list_id in (103, 104)]
    )

    refused = {"result": "invalid", "errors": {"custom_fields": ["List has no custom fields"]}}
    assert listed == [refused, refused]


@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
async def test_values_that_only_the_server_refuses_take_no_other_row_with_them(
    leads: Leads, custom: TestDatabase
) -> None:
    custom.execute("ALTER TABLE custom_101 MODIFY color VARCHAR(3)")
    rows: list[dict[str, Any]] = [row | {"custom_fields": {"color": "red"}} for row in numbers(20)]
    for place in (2, 3, 17):
        rows[place]["custom_fields"] = {"color": "blue"}
    rows[4]["phone_number"] = rows[3]["phone_number"]
    rows[5]["phone_number"] = rows[1]["phone_number"]

    data = await import_rows(leads, rows, duplicate_check="DUPLIST", add_to_hopper="Y")

    refused = {"result": "invalid", "errors": {"custom_fields.color": ["Does not fit the column"]}}
    assert [data["results"][place] for place in (2, 3, 17)] == [
        {"row": place + 1} | refused for place in (2, 3, 17)
    ]
    assert data["results"][4]["result"] == "added"
    assert (data["added"], data["invalid"], data["duplicates"]) == (16, 3, 1)
    added = [(result["lead_id"],) for result in data["results"] if result["result"] == "added"]
    for table in ("vicidial_list", "custom_101", "vicidial_hopper"):
        assert custom.rows(f"SELECT lead_id FROM {table} ORDER BY lead_id") == sorted(added)


async def test_an_object_without_values_makes_an_empty_row(
    leads: Leads, custom: TestDatabase
) -> None:
    await import_rows(leads, [with_values(), with_values(color=None)])

    assert custom.rows("SELECT lead_id, color FROM custom_101") == [(1, None), (2, None)]


@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
async def test_a_table_that_changes_meanwhile_spoils_only_what_it_must(
    leads: Leads, custom: TestDatabase
) -> None:
    rows = [with_values(color="red"), with_values(size="S"), ROW]
    with custom.hold("vicidial_list"):
        importing = asyncio.create_task(import_rows(leads, rows))
        await custom.until_waiting(1)
        custom.execute("ALTER TABLE custom_101 DROP COLUMN color")

    lost, fine, plain = (await importing)["results"]

    refused = {"custom_fields.color": ["Not a field of list 101"]}
    assert lost == {"row": 1, "result": "invalid", "errors": refused}
    assert custom.rows(LEADS) == [(fine["lead_id"], 101, 101), (plain["lead_id"], 101, 0)]
    assert custom.rows("SELECT lead_id, size FROM custom_101") == [(fine["lead_id"], "S")]


async def test_a_table_that_goes_meanwhile_takes_its_rows_with_it(
    leads: Leads, custom: TestDatabase
) -> None:
    rows = [with_values(color="red"), with_values(color="red") | {"list_id": 102}]
    with custom.hold("vicidial_list"):
        importing = asyncio.create_task(import_rows(leads, rows))
        await custom.until_waiting(1)
        custom.execute("DROP TABLE custom_101")

    lost, fine = (await importing)["results"]

    assert lost["errors"] == {"custom_fields": ["List has no custom fields"]}
    assert custom.rows(LEADS) == [(fine["lead_id"], 102, 102)]


@pytest.mark.parametrize(
    "alt_phones",
    [
        [
            {"phone_number": "+44 2079460958", "phone_code": "44", "note": "work"},
            {"phone_number": "212 555 0002"},
        ],
        "2079460958_44_work!2125550002",
    ],
)
@pytest.mark.parametrize("name", ["alt_phones", "multi_alt_phones"])
async def test_further_numbers_are_kept_in_order(
    leads: Leads, db: TestDatabase, name: str, alt_phones: Any
) -> None:
    await import_rows(leads, [ROW, ROW | {name: alt_phones}, ROW | {name: "2125550009"}])

    assert db.rows(
        """
        SELECT lead_id, phone_code, phone_number, alt_phone_note, alt_phone_count, active
        FROM vicidial_list_alt_phones ORDER BY lead_id, alt_phone_count
        """
    ) == [
        (2, "44", "2079460958", "work", 1, "Y"),
        (2, "1", "2125550002", "", 2, "Y"),
        (3, "1", "2125550009", "", 1, "Y"),
    ]


async def test_very_many_further_numbers_are_kept(leads: Leads, db: TestDatabase) -> None:
    fifty = "!".join(str(2125550000 + place) for place in range(50))

    await import_rows(leads, [row | {"alt_phones": fifty} for row in numbers(120)])

    assert db.count("vicidial_list_alt_phones") == 6000


async def test_leads_go_into_the_hopper_in_order(leads: Leads, db: TestDatabase) -> None:
    make_list(db, 103, active="N")
    make_list(db, 104, None)
    db.execute("UPDATE vicidial_campaigns SET use_internal_dnc = 'Y'")
    db.insert("vicidial_dnc", phone_number="2125550003")
    rows: list[dict[str, Any]] = list(numbers(7))
    rows[1]["list_id"], rows[2]["list_id"] = 103, 104
    rows[4]["status"] = "XX"
    rows[5] = {}
    options = {"hopper_priority": "-5", "hopper_status_check": "Y"}

    data = await import_rows(leads, rows, add_to_hopper="Y", **options)

    assert [result.get("hopper") for result in data["results"]] == [
        "added",
        "list_inactive",
        "no_campaign",
        "dnc",
        "status",
        None,
        "added",
    ]
    assert (data["added"], data["in_hopper"]) == (6, 2)
    assert db.rows(
        "SELECT lead_id, campaign_id, status, priority, source FROM vicidial_hopper ORDER BY 1"
    ) == [(1, "TESTCAMP", "READY", -5, "P"), (6, "TESTCAMP", "READY", -5, "P")]


async def test_many_leads_go_into_the_hopper(leads: Leads, db: TestDatabase) -> None:
    data = await import_rows(leads, numbers(1100), add_to_hopper="Y")

    assert data["in_hopper"] == db.count("vicidial_hopper") == 1100


async def test_without_add_to_hopper_nothing_goes_in(leads: Leads, db: TestDatabase) -> None:
    data = await import_rows(leads, [ROW], hopper_priority="5")

    assert data["results"] == [{"row": 1, "result": "added", "lead_id": 1}]
    assert db.count("vicidial_hopper") == 0
