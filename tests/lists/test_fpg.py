"""POST /api/v1/fpg: a number that is filtered on inbound DIDs."""

from typing import Any

import pytest
from support.apps import Lists
from support.changes import admin_log, changes
from support.database import TestDatabase

FPG = "/api/v1/fpg"
NUMBERS = "SELECT phone_number, filter_phone_group_id FROM vicidial_filter_phone_numbers"


@pytest.fixture(autouse=True)
def groups(db: TestDatabase) -> None:
    """The groups BADNUMBERS and VIP, with a number in VIP."""
    for group in ("BADNUMBERS", "VIP"):
        db.insert(
            "vicidial_filter_phone_groups",
            filter_phone_group_id=group,
            filter_phone_group_name=f"Group {group}",
        )
    db.insert(
        "vicidial_filter_phone_numbers", phone_number="5550000000", filter_phone_group_id="VIP"
    )


def added(db: TestDatabase) -> list[tuple[Any, ...]]:
    """What the groups hold besides the number that VIP began with."""
    return [row for row in db.rows(f"{NUMBERS} ORDER BY 1, 2") if row != ("5550000000", "VIP")]


async def test_the_documented_addition(lists: Lists, db: TestDatabase) -> None:
    response = await lists.post(
        FPG, json={"phone_number": "(555) 123-4567", "filter_phone_group_id": "BADNUMBERS"}
    )

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "Phone number added to filter group",
        "data": {"phone_number": "5551234567", "filter_phone_group_id": "BADNUMBERS"},
    }
    assert added(db) == [("5551234567", "BADNUMBERS")]
    assert [row[:8] for row in admin_log(db)] == [
        (
            "6666",
            "192.0.2.7",
            "FILTERPHONEGROUPS",
            "ADD",
            "5551234567",
            "ADMIN API ADD NUMBER TO FILTER PHONE GROUP BADNUMBERS",
            "INSERT INTO `vicidial_filter_phone_numbers` (`phone_number`, `filter_phone_group_id`)"
            " VALUES ('5551234567', 'BADNUMBERS')",
            "5551234567|BADNUMBERS",
        )
    ]


@pytest.mark.parametrize(
    "group",
    [
        {"filter_phone_group_id": "badnumbers"},
        {"group": "BadNumbers"},
        {"group": "BADNUMBERS", "filter_phone_group_id": "BADNUMBERS"},
    ],
)
async def test_the_group_has_two_names_and_the_databases_spelling(
    lists: Lists, db: TestDatabase, group: dict[str, str]
) -> None:
    response = await lists.post(FPG, json={"phone_number": "5551234567"} | group)

    assert (await response.json())["data"] == {
        "phone_number": "5551234567",
        "filter_phone_group_id": "BADNUMBERS",
    }
    assert added(db) == [("5551234567", "BADNUMBERS")]
    assert changes(db) == [
        ("FILTERPHONEGROUPS", "ADD", "5551234567",
         "ADMIN API ADD NUMBER TO FILTER PHONE GROUP BADNUMBERS", "5551234567|BADNUMBERS")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        pytest.param("1" * 18, "1" * 18, id="18 digits"),
        pytest.param(555123, "555123", id="6 digits, a number"),
        pytest.param("212xxxxxxx", "212XXXXXXX", id="area code"),
        pytest.param("blank", "BLANK", id="no caller ID"),
        pytest.param("Anonymous", "ANONYMOUS", id="a word"),
        pytest.param("not available", "NOTAVAILABLE", id="two words"),
    ],
)
async def test_numbers_and_words_are_stored_clean(
    lists: Lists, db: TestDatabase, given: Any, stored: str
) -> None:
    response = await lists.post(FPG, json={"phone_number": given, "group": "BADNUMBERS"})

    assert (await response.json())["data"]["phone_number"] == stored
    assert added(db) == [(stored, "BADNUMBERS")]


@pytest.mark.parametrize(("non_latin", "status"), [("1", 200), ("0", 400)])
async def test_letters_of_any_script_where_the_system_is_set_up_for_them(
    lists: Lists, db: TestDatabase, non_latin: str, status: int
) -> None:
    db.execute("UPDATE system_settings SET use_non_latin = %s", non_latin)

    response = await lists.post(FPG, json={"phone_number": "неизвестно", "group": "BADNUMBERS"})

    answer = await response.json()
    assert response.status == status
    assert added(db) == ([("НЕИЗВЕСТНО", "BADNUMBERS")] if non_latin == "1" else [])
    if non_latin == "0":
        assert answer["details"] == {"phone_number": ["Character not allowed: Н"]}  # noqa: RUF001


async def test_a_number_stands_once_in_a_group_and_in_many_groups(
    lists: Lists, db: TestDatabase
) -> None:
    bodies = [{"phone_number": "anonymous", "group": group} for group in ("BADNUMBERS", "VIP")]

    first = [(await lists.post(FPG, json=body)).status for body in bodies]
    before = (added(db), admin_log(db))
    again = [await lists.post(FPG, json=body) for body in bodies]

    assert first == [200, 200]
    assert [(one.status, await one.json()) for one in again] == [
        (409, {"success": False, "error": "Phone number already in filter group"})
    ] * 2
    assert (added(db), admin_log(db)) == before
    assert before[0] == [("ANONYMOUS", "BADNUMBERS"), ("ANONYMOUS", "VIP")]


GROUP = {"group": "BADNUMBERS"}
PHONE = {"phone_number": "5551234567"}
BAD: list[Any] = [
    pytest.param(GROUP, ["phone_number"], id="no number"),
    pytest.param(GROUP | {"phone_number": ""}, ["phone_number"], id="empty number"),
    pytest.param(GROUP | {"phone_number": None}, ["phone_number"], id="null"),
    pytest.param(GROUP | {"phone_number": "12345"}, ["phone_number"], id="too short"),
    pytest.param(GROUP | {"phone_number": "1" * 19}, ["phone_number"], id="too long"),
    pytest.param(GROUP | {"phone_number": "AB"}, ["phone_number"], id="two letters"),
    pytest.param(GROUP | {"phone_number": "A" * 19}, ["phone_number"], id="19 letters"),
    pytest.param(GROUP | {"phone_number": "ABC1"}, ["phone_number"], id="letters and a digit"),
    pytest.param(PHONE, ["filter_phone_group_id"], id="no group"),
    pytest.param(PHONE | {"group": ""}, ["filter_phone_group_id"], id="empty group"),
    pytest.param(PHONE | {"group": "A" * 21}, ["filter_phone_group_id"], id="group too long"),
    pytest.param(PHONE | {"group": "NOGROUP"}, ["filter_phone_group_id"], id="unknown group"),
    pytest.param(PHONE | {"group": "A", "filter_phone_group_id": "B"}, ["group"], id="two groups"),
    pytest.param(PHONE | GROUP | {"x": 1}, ["x"], id="unknown field"),
    pytest.param({}, ["phone_number", "filter_phone_group_id"], id="nothing"),
]


@pytest.mark.parametrize(("body", "fields"), BAD)
async def test_bad_input_names_the_field_and_writes_nothing(
    lists: Lists, db: TestDatabase, body: dict[str, Any], fields: list[str]
) -> None:
    response = await lists.post(FPG, json=body)

    answer = await response.json()
    assert (response.status, sorted(answer["details"])) == (400, sorted(fields))
    assert (added(db), admin_log(db)) == ([], [])


async def test_an_unknown_group_is_said_in_the_contracts_words(lists: Lists) -> None:
    response = await lists.post(FPG, json=PHONE | {"group": "NOGROUP"})

    assert await response.json() == {
        "success": False,
        "error": "Invalid parameters: filter_phone_group_id: Filter phone group not found",
        "details": {"filter_phone_group_id": ["Filter phone group not found"]},
    }


async def test_calls_are_logged_under_vicidials_names(lists: Lists, db: TestDatabase) -> None:
    await lists.post(FPG, json=PHONE | GROUP)
    await lists.delete(f"{FPG}/5551234567")
    await lists.close()

    assert db.rows("SELECT function, result FROM vicidial_api_log ORDER BY api_id") == [
        ("add_fpg_phone", "SUCCESS"),
        ("delete_fpg_phone", "SUCCESS"),
    ]
