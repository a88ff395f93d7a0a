"""PUT /api/v1/phone-aliases/{alias_id}: change or delete an alias."""

import asyncio
from typing import Any

import pytest
from support.answers import refused
from support.apps import Start, Telephony, clock_at
from support.builders import make_user_group
from support.changes import admin_log, changes
from support.database import ENGINES, TestDatabase
from support.phone_aliases import (
    OLD_ROW,
    OTHER_ROW,
    PHONE_ALIASES,
    change,
    deleted,
    make_phone_alias,
    make_phones,
    phone_aliases,
    updated,
)

MISSING = refused(404, "Phone alias not found")
CHANGED = ("PHONEALIASES", "MODIFY", "old1", "ADMIN API UPDATE PHONE ALIAS")
DELETED = ("PHONEALIASES", "DELETE", "old1", "ADMIN API DELETE PHONE ALIAS", "")


@pytest.fixture(autouse=True)
def phone_alias(db: TestDatabase) -> None:
    """The alias old1, phones 100a, 100b and 100c, the group AGENTS, and another alias."""
    make_phones(db, "100a", "100b", "100c")
    make_user_group(db)
    make_phone_alias(db)
    make_phone_alias(db, OTHER_ROW)


async def test_an_alias_is_changed(start_telephony: Start, db: TestDatabase) -> None:
    telephony = await start_telephony(clock=clock_at("2025-07-08T15:30:00"))

    assert await change(telephony, phone_logins="100c, 100a") == updated()

    assert phone_aliases(db) == [("old1", "Old alias", "100c,100a", "---ALL---"), OTHER_ROW]
    ((*who_and_what, sql, notes, user_group),) = admin_log(db)
    assert who_and_what == ["6666", "192.0.2.7", *CHANGED]
    assert (notes, user_group) == ("phones: 100c,100a", "---ALL---")
    assert [word in sql for word in ("UPDATE", "'100c,100a'", "'old1'")] == [True] * 3
    assert str(db.value("SELECT event_date FROM vicidial_admin_log")) == "2025-07-08 11:30:00"


@pytest.mark.parametrize(
    ("fields", "row"),
    [
        pytest.param({"alias_name": "Short"}, ("old1", "Short", *OLD_ROW[2:]), id="name"),
        pytest.param({"alias_name": "n" * 50}, ("old1", "n" * 50, *OLD_ROW[2:]), id="long name"),
        pytest.param({"phone_logins": ["100C"]}, (*OLD_ROW[:2], "100C", OLD_ROW[3]), id="array"),
        pytest.param({"logins_list": "100b"}, (*OLD_ROW[:2], "100b", OLD_ROW[3]), id="its column"),
        pytest.param({"admin_user_group": "agents"}, (*OLD_ROW[:3], "AGENTS"), id="group"),
        pytest.param({"user_group": "AGENTS"}, (*OLD_ROW[:3], "AGENTS"), id="group's column"),
        pytest.param({"user_group": "---ALL---", "delete_alias": "N"}, OLD_ROW, id="the same"),
    ],
)
async def test_a_change_leaves_the_other_columns(
    telephony: Telephony, db: TestDatabase, fields: dict[str, Any], row: tuple[str, ...]
) -> None:
    assert await change(telephony, **fields) == updated()

    assert phone_aliases(db) == [row, OTHER_ROW]
    assert changes(db) == [(*CHANGED, f"phones: {row[2]}")]


async def test_all_fields_are_changed_at_once(telephony: Telephony, db: TestDatabase) -> None:
    fields = {"phone_logins": "100b", "alias_name": "New", "admin_user_group": "AGENTS"}

    assert await change(telephony, **fields) == updated()

    assert phone_aliases(db) == [("old1", "New", "100b", "AGENTS"), OTHER_ROW]
    assert len(changes(db)) == 1


@pytest.mark.parametrize("spelled", ["desk1  ", "dèsk1", "DESK1"])
async def test_logins_that_vicidial_took_are_found(
    telephony: Telephony, db: TestDatabase, spelled: str
) -> None:
    make_phones(db, spelled)

    assert await change(telephony, phone_logins="desk1") == updated()
    assert phone_aliases(db)[0][2] == "desk1"


async def test_fields_may_come_as_a_form(telephony: Telephony, db: TestDatabase) -> None:
    response = await telephony.put(f"{PHONE_ALIASES}/old1", data={"logins_list": "100b"})

    assert (response.status, await response.json()) == updated()
    assert phone_aliases(db)[0][2] == "100b"


async def test_an_alias_without_logins_can_be_changed(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_phone_alias(db, ("bare", None, None, None))

    assert await change(telephony, "bare", alias_name="Bare") == updated("bare")

    assert phone_aliases(db)[0] == ("bare", "Bare", None, None)
    assert changes(db)[0][-1] == "phones: "


async def test_an_alias_that_lists_a_deleted_phone_is_left_as_it_is(
    telephony: Telephony, db: TestDatabase
) -> None:
    db.execute("DELETE FROM phones WHERE login = '100a'")

    assert await change(telephony, alias_name="Old") == updated()

    assert phone_aliases(db)[0] == ("old1", "Old", *OLD_ROW[2:])


async def test_an_alias_is_deleted(telephony: Telephony, db: TestDatabase) -> None:
    assert await change(telephony, delete_alias="Y") == deleted()

    assert phone_aliases(db) == [OTHER_ROW]
    ((*who_and_what, sql, notes, user_group),) = admin_log(db)
    assert (*who_and_what, notes) == ("6666", "192.0.2.7", *DELETED)
    assert ("DELETE" in sql, "'old1'" in sql, user_group) == (True, True, "---ALL---")
    assert db.count("phones") == 3
    assert await change(telephony, delete_alias="Y") == MISSING


@pytest.mark.parametrize("path", ["OLD1", "old1%20"])
async def test_an_alias_is_answered_as_the_database_spells_it(
    telephony: Telephony, db: TestDatabase, path: str
) -> None:
    assert await change(telephony, path, alias_name="New") == updated()
    assert await change(telephony, path, delete_alias="Y") == deleted()

    assert [row[2] for row in changes(db)] == ["old1", "old1"]


BAD_FIELDS: list[Any] = [
    pytest.param({"phone_logins": ""}, "phone_logins", id="logins empty"),
    pytest.param({"phone_logins": []}, "phone_logins", id="array empty"),
    pytest.param({"phone_logins": None}, "phone_logins", id="logins null"),
    pytest.param({"phone_logins": "100a,100A"}, "phone_logins", id="login twice"),
    pytest.param({"phone_logins": "1"}, "phone_logins", id="logins too short"),
    pytest.param({"phone_logins": "100a,none"}, "phone_logins", id="unknown login"),
    pytest.param({"phone_logins": "100a", "logins_list": "100b"}, "logins_list", id="two values"),
    pytest.param({"phone_logins": 1.5}, "phone_logins", id="logins of another type"),
    pytest.param({"alias_name": ""}, "alias_name", id="name empty"),
    pytest.param({"alias_name": None}, "alias_name", id="name null"),
    pytest.param({"alias_name": "n" * 51}, "alias_name", id="name too long"),
    pytest.param({"alias_name": "a,b"}, "alias_name", id="name with a comma"),
    pytest.param({"admin_user_group": ""}, "admin_user_group", id="group empty"),
    pytest.param({"user_group": None}, "admin_user_group", id="group null"),
    pytest.param({"user_group": "NOGROUP"}, "admin_user_group", id="unknown group"),
    pytest.param({"delete_alias": "y"}, "delete_alias", id="flag in small"),
    pytest.param({"delete_alias": ""}, "delete_alias", id="flag empty"),
    pytest.param({"delete_alias": None}, "delete_alias", id="flag null"),
    pytest.param({"delete_alias": True}, "delete_alias", id="flag of another type"),
    pytest.param({"delete_alias": "Y", "alias_name": "New"}, "alias_name", id="beside deletion"),
    pytest.param({"alias_id": "new1"}, "alias_id", id="another id"),
    pytest.param({"active": "Y"}, "active", id="a column of the peer"),
]


@pytest.mark.parametrize(("fields", "field"), BAD_FIELDS)
async def test_a_bad_value_names_the_field(
    telephony: Telephony, db: TestDatabase, fields: dict[str, Any], field: str
) -> None:
    status, answer = await change(telephony, **fields)

    assert (status, list(answer["details"])) == (400, [field])
    assert (phone_aliases(db), changes(db)) == ([OLD_ROW, OTHER_ROW], [])


@pytest.mark.parametrize("fields", [{}, {"delete_alias": "N"}, {"user": "6666"}])
@pytest.mark.parametrize("alias_id", ["old1", "none"])
async def test_a_change_of_nothing_is_a_400(
    telephony: Telephony, db: TestDatabase, fields: dict[str, Any], alias_id: str
) -> None:
    assert await change(telephony, alias_id, **fields) == refused(400, "No updates defined")

    assert (phone_aliases(db), changes(db)) == ([OLD_ROW, OTHER_ROW], [])


@pytest.mark.parametrize("fields", [{"phone_logins": "none"}, {"delete_alias": "Y"}])
@pytest.mark.parametrize(
    "alias_id",
    [
        pytest.param("none", id="unknown"),
        pytest.param("old", id="beginning of an id"),
        pytest.param("old_", id="no pattern"),
        pytest.param("100a", id="a phone's login"),
        pytest.param("x" * 21, id="longer than an id"),
        pytest.param("old1%0A", id="line break"),
        pytest.param("%F0%9F%98%80", id="emoji"),
    ],
)
async def test_an_unknown_alias_is_a_404(
    telephony: Telephony, db: TestDatabase, alias_id: str, fields: dict[str, str]
) -> None:
    assert await change(telephony, alias_id, **fields) == MISSING

    assert (phone_aliases(db), changes(db)) == ([OLD_ROW, OTHER_ROW], [])


async def test_the_call_is_logged(telephony: Telephony, db: TestDatabase) -> None:
    await change(telephony, alias_name="New")
    await change(telephony, delete_alias="Y")
    await change(telephony, delete_alias="Y")
    await telephony.close()

    assert db.rows("SELECT function, result, result_reason FROM vicidial_api_log") == [
        ("update_phone_alias", "SUCCESS", "Phone alias updated successfully"),
        ("update_phone_alias", "SUCCESS", "Phone alias deleted successfully"),
        ("update_phone_alias", "ERROR", "Phone alias not found"),
    ]


@ENGINES
@pytest.mark.parametrize(
    ("fields", "operation"), [({"alias_name": "New"}, "UPDATE"), ({"delete_alias": "Y"}, "DELETE")]
)
async def test_nothing_is_logged_when_nothing_is_changed(
    telephony: Telephony, db: TestDatabase, fields: dict[str, str], operation: str
) -> None:
    db.fail_writes("phones_alias", operation)

    status, _ = await change(telephony, **fields)

    assert status == 500
    assert (phone_aliases(db), changes(db)) == ([OLD_ROW, OTHER_ROW], [])


@ENGINES
@pytest.mark.parametrize(
    ("fields", "left", "repeated"),
    [
        ({"alias_name": "New"}, [("old1", "New", *OLD_ROW[2:]), OTHER_ROW], updated()),
        ({"delete_alias": "Y"}, [OTHER_ROW], MISSING),
    ],
    ids=["change", "deletion"],
)
async def test_an_alias_is_changed_before_it_is_logged(
    telephony: Telephony,
    db: TestDatabase,
    engine: str,
    fields: dict[str, str],
    left: list[Any],
    repeated: Any,
) -> None:
    db.fail_writes("vicidial_admin_log")
    broken, _ = await change(telephony, **fields)
    found = phone_aliases(db)
    db.mend_writes("vicidial_admin_log")

    again = await change(telephony, **fields)

    kept = engine == "MyISAM"
    assert (broken, found) == (500, left if kept else [OLD_ROW, OTHER_ROW])
    assert phone_aliases(db) == left
    assert again[0] == (repeated[0] if kept else 200)


@ENGINES
async def test_an_alias_that_is_deleted_meanwhile_is_a_404(
    telephony: Telephony, db: TestDatabase
) -> None:
    with db.hold("phones"):  # it stands between step 1 and the change
        task = asyncio.create_task(change(telephony, phone_logins="100c"))
        await db.until_waiting(1)
        db.execute("DELETE FROM phones_alias WHERE alias_id = 'old1'")

    assert await task == MISSING
    assert (phone_aliases(db), changes(db)) == ([OTHER_ROW], [])


@ENGINES
async def test_of_two_that_delete_it_one_does(start_telephony: Start, db: TestDatabase) -> None:
    instances = [await start_telephony() for _ in range(2)]
    with db.hold("phones_alias"):
        both = [asyncio.create_task(change(one, delete_alias="Y")) for one in instances]
        await db.until_waiting(2)

    assert sorted(await asyncio.gather(*both), key=str) == [deleted(), MISSING]
    assert changes(db) == [DELETED]
