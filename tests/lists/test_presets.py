"""GET, POST, PUT and DELETE /api/v1/presets: transfer numbers of the agent screen."""

from typing import Any

import pytest
from support.apps import Lists, Start, clock_at
from support.builders import make_campaign
from support.changes import admin_log, changes
from support.database import TestDatabase
from support.presets import make_preset, presets, stamps

PRESETS = "/api/v1/presets"
SALES = f"{PRESETS}/TESTCAMP:SALES"
NOW = "2025-07-08 11:30:00"
BEFORE = "2024-01-01 00:00:00"


@pytest.fixture
async def lists(start_lists: Start) -> Lists:
    """svc-lists on 8 July 2025, 11:30 in New York."""
    return await start_lists(clock=clock_at("2025-07-08T15:30:00"))


@pytest.fixture(autouse=True)
def campaigns(db: TestDatabase) -> None:
    """TESTCAMP and OTHER, each with a preset SALES, and one more of TESTCAMP."""
    for campaign_id in ("TESTCAMP", "OTHER"):
        make_campaign(db, campaign_id, campaign_changedate=BEFORE)
        make_preset(db, campaign_id=campaign_id)
    make_preset(db, "SUPPORT LINE", preset_number="*99", preset_hide_number="Y", preset_dtmf="")


async def test_the_documented_change(lists: Lists, db: TestDatabase) -> None:
    response = await lists.put(SALES, json={"preset_number": "3125550000"})

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "Preset updated successfully",
        "data": {"preset_id": "TESTCAMP:SALES", "campaign_id": "TESTCAMP", "preset_name": "SALES"},
    }
    assert presets(db) == [
        ("OTHER", "SALES", "3125551213", "1234", "N"),
        ("TESTCAMP", "SALES", "3125550000", "1234", "N"),
        ("TESTCAMP", "SUPPORT LINE", "*99", "", "Y"),
    ]
    assert stamps(db) == {"TESTCAMP": NOW, "OTHER": BEFORE}
    assert changes(db) == [
        ("CAMPAIGNS", "MODIFY", "TESTCAMP", "ADMIN API UPDATE PRESET",
         "campaign: TESTCAMP|preset_name: SALES")
    ]  # fmt: skip


async def test_the_log_of_changes_holds_who_and_the_statements(
    lists: Lists, db: TestDatabase
) -> None:
    await lists.put(SALES, json={"preset_number": "3125550000"})

    ((user, ip_address, *_, statements, _, _),) = admin_log(db)
    assert (user, ip_address) == ("6666", "192.0.2.7")
    assert statements.split("\n") == [
        "UPDATE vicidial_xfer_presets SET `preset_number` = '3125550000'"
        " WHERE preset_name = 'SALES' AND campaign_id = 'TESTCAMP'",
        f"UPDATE vicidial_campaigns SET campaign_changedate = '{NOW}'"
        " WHERE campaign_id = 'TESTCAMP'",
    ]


@pytest.mark.parametrize(
    ("body", "row"),
    [
        pytest.param({"preset_dtmf": ""}, ("3125551213", "", "N"), id="DTMF emptied"),
        pytest.param({"preset_dtmf": "1,*2# -A"}, ("3125551213", "1,*2# -A", "N"), id="DTMF"),
        pytest.param({"preset_dtmf": "1" * 50}, ("3125551213", "1" * 50, "N"), id="longest DTMF"),
        pytest.param({"preset_number": "a*#._Z9"}, ("a*#._Z9", "1234", "N"), id="number"),
        pytest.param({"preset_number": 312}, ("312", "1234", "N"), id="number as an integer"),
        pytest.param({"preset_number": "9" * 50}, ("9" * 50, "1234", "N"), id="longest number"),
        pytest.param({"preset_hide_number": "Y"}, ("3125551213", "1234", "Y"), id="hidden"),
    ],
)
async def test_a_change_leaves_the_other_fields(
    lists: Lists, db: TestDatabase, body: dict[str, Any], row: tuple[str, ...]
) -> None:
    response = await lists.put(SALES, json=body)

    assert response.status == 200
    assert presets(db)[1] == ("TESTCAMP", "SALES", *row)


@pytest.mark.parametrize("path", ["testcamp:sales", "TESTCAMP%3ASALES", "TESTCAMP:SALES%20"])
async def test_a_preset_is_answered_as_the_database_spells_it(lists: Lists, path: str) -> None:
    changed = await lists.put(f"{PRESETS}/{path}", json={"preset_dtmf": "9"})
    deleted = await lists.delete(f"{PRESETS}/{path}")

    key = {"preset_id": "TESTCAMP:SALES", "campaign_id": "TESTCAMP", "preset_name": "SALES"}
    assert (await changed.json())["data"] == key
    assert (await deleted.json())["data"] == key


@pytest.mark.parametrize(
    ("path", "campaign"),
    [
        pytest.param("SUPPORT%20LINE", {"campaign_id": "TESTCAMP"}, id="beside the path"),
        pytest.param("SUPPORT LINE", {"campaign_id": "testcamp"}, id="in lower case"),
        pytest.param("TESTCAMP:SUPPORT%20LINE", {"campaign_id": "TESTCAMP"}, id="in both"),
        pytest.param("testcamp:SUPPORT%20LINE", {"campaign_id": "TESTCAMP"}, id="spelled twice"),
    ],
)
async def test_the_campaign_may_stand_beside_the_path(
    lists: Lists, db: TestDatabase, path: str, campaign: dict[str, str]
) -> None:
    changed = await lists.put(f"{PRESETS}/{path}", json={"preset_number": "5"} | campaign)
    found = presets(db)[2]
    deleted = await lists.delete(f"{PRESETS}/{path}", params=campaign)

    assert (changed.status, deleted.status) == (200, 200)
    assert found == ("TESTCAMP", "SUPPORT LINE", "5", "", "Y")
    assert [row[:2] for row in presets(db)] == [("OTHER", "SALES"), ("TESTCAMP", "SALES")]


async def test_presets_are_shown_by_name(lists: Lists, db: TestDatabase) -> None:
    make_preset(db, "ACCOUNTS", preset_dtmf=None, preset_hide_number=None)

    response = await lists.get(PRESETS, params={"campaign_id": "testcamp"})

    assert await response.json() == {
        "success": True,
        "message": "Presets retrieved",
        "data": [
            {"preset_id": "TESTCAMP:ACCOUNTS", "campaign_id": "TESTCAMP",
             "preset_name": "ACCOUNTS", "preset_number": "3125551213", "preset_hide_number": None,
             "preset_dtmf": None},
            {"preset_id": "TESTCAMP:SALES", "campaign_id": "TESTCAMP", "preset_name": "SALES",
             "preset_number": "3125551213", "preset_hide_number": "N", "preset_dtmf": "1234"},
            {"preset_id": "TESTCAMP:SUPPORT LINE", "campaign_id": "TESTCAMP",
             "preset_name": "SUPPORT LINE", "preset_number": "*99", "preset_hide_number": "Y",
             "preset_dtmf": ""},
        ],
    }  # fmt: skip


async def test_a_campaign_without_presets_shows_none(lists: Lists, db: TestDatabase) -> None:
    make_campaign(db, "EMPTY")

    response = await lists.get(PRESETS, params={"campaign_id": "EMPTY"})

    assert (response.status, (await response.json())["data"]) == (200, [])


async def test_at_most_1000_presets_are_shown(lists: Lists, db: TestDatabase) -> None:
    make_campaign(db, "MANY")
    db.execute(
        "INSERT INTO vicidial_xfer_presets (campaign_id, preset_name, preset_number)"
        " SELECT 'MANY', LPAD(seq, 4, '0'), '5' FROM seq_1_to_1001 ORDER BY seq DESC"
    )

    response = await lists.get(PRESETS, params={"campaign_id": "MANY"})

    names = [preset["preset_name"] for preset in (await response.json())["data"]]
    assert names == [f"{number:04}" for number in range(1, 1001)]


async def test_an_addition_of_all_fields(lists: Lists, db: TestDatabase) -> None:
    body = {"campaign_id": "testcamp", "preset_name": "Front-desk_1 ", "preset_number": "500",
            "preset_dtmf": "1,2", "preset_hide_number": "Y"}  # fmt: skip

    response = await lists.post(PRESETS, json=body)

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "Preset added successfully",
        "data": {"preset_id": "TESTCAMP:Front-desk_1"},
    }
    assert presets(db)[1] == ("TESTCAMP", "Front-desk_1", "500", "1,2", "Y")
    assert len(presets(db)) == 4
    assert stamps(db) == {"TESTCAMP": NOW, "OTHER": BEFORE}
    assert changes(db) == [
        ("CAMPAIGNS", "ADD", "TESTCAMP", "ADMIN API ADD PRESET",
         "campaign: TESTCAMP|preset_name: Front-desk_1")
    ]  # fmt: skip
    assert db.count("vicidial_xfer_stats") == 0


@pytest.mark.parametrize("absent", [{}, {"preset_dtmf": None, "preset_hide_number": None}])
async def test_what_is_left_out_has_its_default(
    lists: Lists, db: TestDatabase, absent: dict[str, None]
) -> None:
    body = {"campaign_id": "TESTCAMP", "preset_name": "A" * 40, "preset_number": "1"}

    response = await lists.post(PRESETS, json=body | absent)

    assert response.status == 200
    assert presets(db)[1] == ("TESTCAMP", "A" * 40, "1", "", "N")


async def test_names_have_letters_of_any_script_where_the_system_is_set_up_for_them(
    lists: Lists, db: TestDatabase
) -> None:
    db.execute("UPDATE system_settings SET use_non_latin = '1'")
    body = {"campaign_id": "TESTCAMP", "preset_name": "Büro 支持", "preset_number": "1"}

    response = await lists.post(PRESETS, json=body)
    shown = await lists.put(f"{PRESETS}/TESTCAMP:Büro 支持", json={"preset_number": "2"})

    assert (await response.json())["data"] == {"preset_id": "TESTCAMP:Büro 支持"}
    assert (await shown.json())["data"]["preset_name"] == "Büro 支持"
    assert presets(db)[1] == ("TESTCAMP", "Büro 支持", "2", "", "N")


@pytest.mark.parametrize("name", ["SALES", "sales", "Sales "])
async def test_a_name_that_the_campaign_has_is_a_409(
    lists: Lists, db: TestDatabase, name: str
) -> None:
    before = presets(db)

    response = await lists.post(
        PRESETS, json={"campaign_id": "TESTCAMP", "preset_name": name, "preset_number": "1"}
    )

    assert response.status == 409
    assert await response.json() == {"success": False, "error": "Preset already exists"}
    assert (presets(db), changes(db)) == (before, [])
    assert stamps(db)["TESTCAMP"] == BEFORE


async def test_a_deletion(lists: Lists, db: TestDatabase) -> None:
    response = await lists.delete(SALES)
    again = await lists.delete(SALES)

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "Preset deleted successfully",
        "data": {"preset_id": "TESTCAMP:SALES", "campaign_id": "TESTCAMP", "preset_name": "SALES"},
    }
    assert again.status == 404
    assert [row[:2] for row in presets(db)] == [("OTHER", "SALES"), ("TESTCAMP", "SUPPORT LINE")]
    assert stamps(db) == {"TESTCAMP": NOW, "OTHER": BEFORE}
    assert changes(db) == [
        ("CAMPAIGNS", "DELETE", "TESTCAMP", "ADMIN API DELETE PRESET",
         "campaign: TESTCAMP|preset_name: SALES")
    ]  # fmt: skip


async def test_all_rows_of_a_key_are_changed_and_deleted(lists: Lists, db: TestDatabase) -> None:
    make_preset(db, "Sales", preset_number="999")

    await lists.put(SALES, json={"preset_number": "5"})
    changed = [row[2] for row in presets(db) if row[0] == "TESTCAMP"]
    await lists.delete(SALES)

    assert changed == ["5", "5", "*99"]
    assert [row[:2] for row in presets(db)] == [("OTHER", "SALES"), ("TESTCAMP", "SUPPORT LINE")]


async def test_a_change_to_the_same_values_is_a_success(lists: Lists) -> None:
    answers = [await lists.put(SALES, json={"preset_number": "5"}) for _ in range(2)]

    assert [response.status for response in answers] == [200, 200]


async def test_a_preset_whose_campaign_is_gone_can_be_changed_and_deleted(
    lists: Lists, db: TestDatabase
) -> None:
    make_preset(db, campaign_id="GONE")

    changed = await lists.put(f"{PRESETS}/GONE:SALES", json={"preset_number": "5"})
    deleted = await lists.delete(f"{PRESETS}/SALES", params={"campaign_id": "GONE"})

    assert (changed.status, deleted.status) == (200, 200)
    assert [row[0] for row in presets(db)] == ["OTHER", "TESTCAMP", "TESTCAMP"]


async def test_calls_are_logged_under_vicidials_function(lists: Lists, db: TestDatabase) -> None:
    await lists.put(SALES, json={"preset_number": "5"})
    await lists.get(PRESETS, params={"campaign_id": "NOCAMP"})
    await lists.post(PRESETS, json={"campaign_id": "OTHER", "preset_name": "A", "preset_number": 1})
    await lists.delete(SALES)
    await lists.close()

    assert db.rows("SELECT function, result FROM vicidial_api_log") == [
        ("update_presets", "SUCCESS"),
        ("update_presets", "ERROR"),
        ("update_presets", "SUCCESS"),
        ("update_presets", "SUCCESS"),
    ]
