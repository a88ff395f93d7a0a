"""DELETE /api/v1/fpg/{phone}: a number that is filtered no longer."""

from typing import Any

import pytest
from support.apps import Lists
from support.changes import admin_log, changes
from support.database import TestDatabase
from yarl import URL

FPG = "/api/v1/fpg"
NUMBERS = "SELECT phone_number, filter_phone_group_id FROM vicidial_filter_phone_numbers"
CODE = "ADMIN API DELETE NUMBER FROM FILTER PHONE GROUP"
ENTRIES = [
    ("5551234567", "VIP"),
    ("5551234567", "BADNUMBERS"),
    ("5551234567", "GONE"),
    ("5550000000", "VIP"),
    ("ANONYMOUS", "VIP"),
]


@pytest.fixture(autouse=True)
def entries(db: TestDatabase) -> None:
    """A number in three groups, one of which is no more; others in VIP."""
    for group in ("VIP", "BADNUMBERS"):
        db.insert(
            "vicidial_filter_phone_groups",
            filter_phone_group_id=group,
            filter_phone_group_name=f"Group {group}",
        )
    for phone, group in ENTRIES:
        db.insert("vicidial_filter_phone_numbers", phone_number=phone, filter_phone_group_id=group)


def left(db: TestDatabase) -> list[tuple[Any, ...]]:
    return sorted(db.rows(NUMBERS))


def without(*gone: tuple[str, str]) -> list[tuple[str, str]]:
    return sorted(set(ENTRIES) - set(gone))


async def test_without_a_group_the_number_leaves_all_of_them(
    lists: Lists, db: TestDatabase
) -> None:
    response = await lists.delete(f"{FPG}/5551234567")

    assert response.status == 200
    assert await response.json() == {
        "success": True,
        "message": "Filter group entry deleted",
        "data": {
            "phone_number": "5551234567",
            "filter_phone_group_ids": ["BADNUMBERS", "GONE", "VIP"],
            "rows_deleted": 3,
        },
    }
    assert left(db) == [("5550000000", "VIP"), ("ANONYMOUS", "VIP")]
    assert [row[:8] for row in admin_log(db)] == [
        (
            "6666",
            "192.0.2.7",
            "FILTERPHONEGROUPS",
            "DELETE",
            "5551234567",
            f"{CODE} {group}",
            "DELETE FROM vicidial_filter_phone_numbers"
            f" WHERE phone_number = '5551234567' AND filter_phone_group_id = '{group}'",
            f"5551234567|{group}",
        )
        for group in ("BADNUMBERS", "GONE", "VIP")
    ]


@pytest.mark.parametrize(
    "query",
    [
        {"filter_phone_group_id": "vip"},
        {"group": "VIP"},
        {"group": "VIP", "filter_phone_group_id": "VIP"},
    ],
)
async def test_from_one_group_it_leaves_that_alone(
    lists: Lists, db: TestDatabase, query: dict[str, str]
) -> None:
    response = await lists.delete(f"{FPG}/(555)123-4567", params=query)

    assert (await response.json())["data"] == {
        "phone_number": "5551234567",
        "filter_phone_group_ids": ["VIP"],
        "rows_deleted": 1,
    }
    assert left(db) == without(("5551234567", "VIP"))
    assert changes(db) == [
        ("FILTERPHONEGROUPS", "DELETE", "5551234567", f"{CODE} VIP", "5551234567|VIP")
    ]


async def test_of_a_group_that_is_no_more_the_entries_can_go(
    lists: Lists, db: TestDatabase
) -> None:
    response = await lists.delete(f"{FPG}/5551234567", params={"group": "gone"})

    assert (await response.json())["data"]["filter_phone_group_ids"] == ["GONE"]
    assert left(db) == without(("5551234567", "GONE"))


async def test_words_go_in_any_case(lists: Lists, db: TestDatabase) -> None:
    response = await lists.delete(f"{FPG}/anonymous")

    assert (await response.json())["data"] == {
        "phone_number": "ANONYMOUS",
        "filter_phone_group_ids": ["VIP"],
        "rows_deleted": 1,
    }
    assert left(db) == without(("ANONYMOUS", "VIP"))


@pytest.mark.parametrize(("non_latin", "status"), [("1", 200), ("0", 400)])
async def test_letters_of_any_script_where_the_system_is_set_up_for_them(
    lists: Lists, db: TestDatabase, non_latin: str, status: int
) -> None:
    db.execute("UPDATE system_settings SET use_non_latin = %s", non_latin)
    db.execute(
        "UPDATE vicidial_filter_phone_numbers SET phone_number = 'НЕИЗВЕСТНО'"
        " WHERE phone_number = 'ANONYMOUS'"
    )

    response = await lists.delete(URL(f"{FPG}/неизвестно"))

    answer = await response.json()
    assert response.status == status
    assert db.count("vicidial_filter_phone_numbers") == (4 if non_latin == "1" else 5)
    if non_latin == "0":
        assert answer["details"] == {"phone": ["Character not allowed: Н"]}  # noqa: RUF001


@pytest.mark.parametrize(
    ("phone", "query"),
    [
        pytest.param("5559999999", {}, id="another number"),
        pytest.param("555123", {}, id="the beginning of a number"),
        pytest.param("5550000000", {"group": "BADNUMBERS"}, id="in another group"),
        pytest.param("5551234567", {"group": "NOGROUP"}, id="another group"),
        pytest.param("BLANK", {}, id="another word"),
    ],
)
async def test_deleting_what_is_not_there_is_a_404(
    lists: Lists, db: TestDatabase, phone: str, query: dict[str, str]
) -> None:
    response = await lists.delete(f"{FPG}/{phone}", params=query)

    assert response.status == 404
    assert await response.json() == {"success": False, "error": "Filter group entry not found"}
    assert (left(db), admin_log(db)) == (without(), [])


BAD: list[Any] = [
    pytest.param("12345", {}, "phone", id="too short"),
    pytest.param("1" * 19, {}, "phone", id="too long"),
    pytest.param("AB", {}, "phone", id="two letters"),
    pytest.param("ABC1", {}, "phone", id="letters and a digit"),
    pytest.param("5551234567", {"group": "A" * 21}, "filter_phone_group_id", id="group too long"),
    pytest.param(
        "5551234567", {"group": "A", "filter_phone_group_id": "B"}, "group", id="two groups"
    ),
]


@pytest.mark.parametrize(("phone", "query", "field"), BAD)
async def test_bad_input_names_the_field_and_deletes_nothing(
    lists: Lists, db: TestDatabase, phone: str, query: dict[str, str], field: str
) -> None:
    response = await lists.delete(f"{FPG}/{phone}", params=query)

    answer = await response.json()
    assert (response.status, list(answer["details"])) == (400, [field])
    assert (left(db), admin_log(db)) == (without(), [])
