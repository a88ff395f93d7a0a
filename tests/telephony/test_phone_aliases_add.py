"""POST /api/v1/phone-aliases: add a login that stands for several phones."""

from typing import Any

import pytest
from support.answers import refused
from support.apps import Start, Telephony, clock_at
from support.builders import make_user_group
from support.changes import admin_log, changes
from support.database import ENGINES, TestDatabase
from support.phone_aliases import (
    NEW,
    NEW_ROW,
    OTHER_ROW,
    PHONE_ALIASES,
    add,
    added,
    make_phone_alias,
    make_phones,
    phone_aliases,
)
from support.statements import statements_sent
from support.telephony import make_server, to_rebuild

EXISTS = refused(409, "Phone alias already exists")


@pytest.fixture(autouse=True)
def phones(db: TestDatabase) -> None:
    """Phones 100a, 100b and 100c on a server, the group AGENTS, and another alias."""
    make_server(db)
    make_phones(db, "100a", "100b", "100c")
    make_user_group(db)
    make_phone_alias(db, OTHER_ROW)


async def test_the_documented_alias_is_added(start_telephony: Start, db: TestDatabase) -> None:
    telephony = await start_telephony(clock=clock_at("2025-07-08T15:30:00"))

    assert await add(telephony) == added()

    assert phone_aliases(db) == [OTHER_ROW, NEW_ROW]
    ((*who_and_what, sql, notes, user_group),) = admin_log(db)
    assert who_and_what == [
        "6666", "192.0.2.7", "PHONEALIASES", "ADD", "xyz100", "ADMIN API ADD PHONE ALIAS",
    ]  # fmt: skip
    assert (notes, user_group) == ("phones: 100a,100b", "---ALL---")
    assert [word in sql for word in ("INSERT", "'xyz100'", "'100a,100b'")] == [True] * 3
    assert str(db.value("SELECT event_date FROM vicidial_admin_log")) == "2025-07-08 11:30:00"
    assert to_rebuild(db) == []


@pytest.mark.parametrize(
    ("fields", "row"),
    [
        pytest.param({"alias_id": "x1"}, ("x1", *NEW_ROW[1:]), id="shortest id"),
        pytest.param({"alias_id": "-_aZ9" * 4}, ("-_aZ9" * 4, *NEW_ROW[1:]), id="longest id"),
        pytest.param({"alias_id": 2001}, ("2001", *NEW_ROW[1:]), id="id as a number"),
        pytest.param({"alias_name": "n"}, ("xyz100", "n", *NEW_ROW[2:]), id="shortest name"),
        pytest.param({"alias_name": "é" * 50}, ("xyz100", "é" * 50, *NEW_ROW[2:]),
                     id="longest name"),
        pytest.param({"admin_user_group": "agents"}, (*NEW_ROW[:3], "AGENTS"), id="user group"),
        pytest.param({"user_group": "AGENTS"}, (*NEW_ROW[:3], "AGENTS"), id="its column's name"),
        pytest.param({"user_group": "---ALL---"}, NEW_ROW, id="all user groups"),
        pytest.param({"admin_user_group": None}, NEW_ROW, id="null for the default"),
    ],
)  # fmt: skip
async def test_fields_go_into_their_columns(
    telephony: Telephony, db: TestDatabase, fields: dict[str, Any], row: tuple[str, ...]
) -> None:
    status, answer = await add(telephony, **fields)

    data = {"alias_id": row[0], "alias_name": row[1], "phone_logins": row[2]}
    assert (status, answer["data"]) == (200, data)
    assert row in phone_aliases(db)


@pytest.mark.parametrize(
    ("given", "logins"),
    [
        pytest.param("100a", "100a", id="one"),
        pytest.param("100b, 100a ,100c", "100b,100a,100c", id="spaces, and an order of its own"),
        pytest.param(["100b", "100a"], "100b,100a", id="array"),
        pytest.param("100A,100B", "100A,100B", id="spelled as they are sent"),
    ],
)
@pytest.mark.parametrize("name", ["phone_logins", "logins_list"])
async def test_logins_come_as_text_or_array(
    telephony: Telephony, db: TestDatabase, name: str, given: Any, logins: str
) -> None:
    body = {key: value for key, value in NEW.items() if key != "phone_logins"}

    response = await telephony.post(PHONE_ALIASES, json=body | {name: given})

    assert (response.status, await response.json()) == added(phone_logins=logins)
    assert phone_aliases(db)[1] == ("xyz100", "XYZ testing", logins, "---ALL---")
    assert changes(db)[0][-1] == f"phones: {logins}"


async def test_logins_may_come_in_a_form(telephony: Telephony, db: TestDatabase) -> None:
    response = await telephony.post(PHONE_ALIASES, data=NEW)

    assert (response.status, await response.json()) == added()
    assert phone_aliases(db) == [OTHER_ROW, NEW_ROW]


async def test_logins_fill_the_column(telephony: Telephony, db: TestDatabase) -> None:
    logins = [f"{place:015}" for place in range(16)]
    make_phones(db, *logins, "y")

    too_many = await add(telephony, phone_logins=[*logins, "y"])
    status, _ = await add(telephony, phone_logins=logins)

    assert too_many[1]["details"] == {"phone_logins": ["Must be 2 to 255 characters in all"]}
    assert status == 200
    assert phone_aliases(db)[1][2] == ",".join(logins)
    assert len(phone_aliases(db)[1][2]) == 255


async def test_the_shortest_list_has_two_characters(telephony: Telephony, db: TestDatabase) -> None:
    make_phones(db, "1", "22")

    refused_one = await add(telephony, phone_logins="1")
    status, _ = await add(telephony, phone_logins="22")

    assert refused_one[1]["details"] == {"phone_logins": ["Must be 2 to 255 characters in all"]}
    assert (status, changes(db)[0][-1]) == (200, "phones: 22")


async def test_one_login_may_be_a_number(telephony: Telephony, db: TestDatabase) -> None:
    make_phones(db, "1001")

    assert await add(telephony, phone_logins=1001) == added(phone_logins="1001")
    assert phone_aliases(db)[1][2] == "1001"


async def test_logins_fill_the_column_though_the_database_spells_them_longer(
    telephony: Telephony, db: TestDatabase
) -> None:
    logins = [f"{place:014}" for place in range(17)]
    make_phones(db, *(f"{login} " for login in logins))
    text = ",".join(logins)

    assert await add(telephony, phone_logins=logins) == added(phone_logins=text)
    assert (len(text), phone_aliases(db)[1][2]) == (254, text)


@pytest.mark.parametrize("spelled", ["desk1  ", "dèsk1", "DESK1"])
async def test_logins_that_vicidial_took_are_found(
    telephony: Telephony, db: TestDatabase, spelled: str
) -> None:
    make_phones(db, spelled)

    assert await add(telephony, phone_logins="desk1") == added(phone_logins="desk1")
    assert phone_aliases(db)[1][2] == "desk1"


BAD_FIELDS: list[Any] = [
    pytest.param({"alias_id": None}, "alias_id", id="no id"),
    pytest.param({"alias_id": ""}, "alias_id", id="id empty"),
    pytest.param({"alias_id": "x"}, "alias_id", id="id too short"),
    pytest.param({"alias_id": "x" * 21}, "alias_id", id="id too long"),
    pytest.param({"alias_id": "xyz 100"}, "alias_id", id="id with a space"),
    pytest.param({"alias_id": "xyz\n"}, "alias_id", id="id with a line break"),
    pytest.param({"alias_id": "xyzé"}, "alias_id", id="id with an accent"),
    pytest.param({"alias_id": ["xyz100"]}, "alias_id", id="id of another type"),
    pytest.param({"alias_name": None}, "alias_name", id="no name"),
    pytest.param({"alias_name": ""}, "alias_name", id="name empty"),
    pytest.param({"alias_name": "n" * 51}, "alias_name", id="name too long"),
    pytest.param({"alias_name": "a;b"}, "alias_name", id="name with a semicolon"),
    pytest.param({"alias_name": "a\nb"}, "alias_name", id="name with a line break"),
    pytest.param({"alias_name": "😀"}, "alias_name", id="emoji"),
    pytest.param({"alias_name": True}, "alias_name", id="name of another type"),
    pytest.param({"phone_logins": None}, "phone_logins", id="no logins"),
    pytest.param({"phone_logins": ""}, "phone_logins", id="logins empty"),
    pytest.param({"phone_logins": []}, "phone_logins", id="array empty"),
    pytest.param({"phone_logins": "100a,"}, "phone_logins", id="a login empty"),
    pytest.param({"phone_logins": ["100a", None]}, "phone_logins", id="a login null"),
    pytest.param({"phone_logins": "x" * 16}, "phone_logins", id="login too long"),
    pytest.param({"phone_logins": "100a|100b"}, "phone_logins", id="another separator"),
    pytest.param({"phone_logins": ["100a,100b"]}, "phone_logins", id="comma in an array"),
    pytest.param({"phone_logins": "100a;100b"}, "phone_logins", id="semicolon"),
    pytest.param({"phone_logins": "100a,100b,100a"}, "phone_logins", id="login twice"),
    pytest.param({"phone_logins": "100a,100A"}, "phone_logins", id="login in two spellings"),
    pytest.param({"phone_logins": {"100a": 1}}, "phone_logins", id="logins of another type"),
    pytest.param({"phone_logins": "100a,sip-100a"}, "phone_logins", id="an extension, no login"),
    pytest.param({"logins_list": "100b,100a"}, "logins_list", id="two names, two values"),
    pytest.param({"admin_user_group": "NOGROUP"}, "admin_user_group", id="unknown user group"),
    pytest.param({"user_group": "NOGROUP"}, "admin_user_group", id="the same by the other name"),
    pytest.param({"user_group": ""}, "admin_user_group", id="user group empty"),
    pytest.param({"user_group": "A" * 21}, "admin_user_group", id="user group too long"),
    pytest.param({"admin_user_group": "AGENTS", "user_group": "---ALL---"}, "user_group",
                 id="two names, two groups"),
    pytest.param({"active": "Y"}, "active", id="a column of the peer"),
    pytest.param({"extension": "100a"}, "extension", id="its name of the logins"),
    pytest.param({"delete_alias": "N"}, "delete_alias", id="a field of the update"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "field"), BAD_FIELDS)
async def test_a_bad_value_names_the_field(
    telephony: Telephony, db: TestDatabase, fields: dict[str, Any], field: str
) -> None:
    status, answer = await add(telephony, **fields)

    assert (status, list(answer["details"])) == (400, [field])
    assert (phone_aliases(db), changes(db)) == ([OTHER_ROW], [])


async def test_each_thing_that_is_missing_is_named(telephony: Telephony, db: TestDatabase) -> None:
    status, answer = await add(telephony, phone_logins="no1,100a,no2", admin_user_group="NOGROUP")

    assert (status, answer["details"]) == (
        400,
        {
            "phone_logins": ["Phone login not found: no1", "Phone login not found: no2"],
            "admin_user_group": ["User group not found"],
        },
    )
    assert phone_aliases(db) == [OTHER_ROW]


async def test_any_number_of_logins_is_found_with_one_statement(telephony: Telephony) -> None:
    counts = []
    for alias_id, logins in (("first", "100a"), ("second", "100a"), ("third", "100a,100b,100c")):
        with statements_sent() as statements:
            await add(telephony, alias_id=alias_id, phone_logins=logins)
        counts.append(len(statements))

    assert counts[1] == counts[2]  # before the first, the engines are not known


@pytest.mark.parametrize("alias_id", ["100c", "100C"])
async def test_no_alias_is_a_phones_login(
    telephony: Telephony, db: TestDatabase, alias_id: str
) -> None:
    answer = await add(telephony, alias_id=alias_id)

    assert answer == refused(409, "Phone login already exists")
    assert (phone_aliases(db), changes(db)) == ([OTHER_ROW], [])


async def test_an_extension_that_nobody_logs_in_with_is_free(telephony: Telephony) -> None:
    assert await add(telephony, alias_id="sip-100c") == added(alias_id="sip-100c")


@pytest.mark.parametrize("alias_id", ["other", "OTHER"])
async def test_an_alias_that_exists_is_a_409(
    telephony: Telephony, db: TestDatabase, alias_id: str
) -> None:
    assert await add(telephony, alias_id=alias_id) == EXISTS

    assert (phone_aliases(db), changes(db)) == ([OTHER_ROW], [])


async def test_the_first_reason_is_told(telephony: Telephony, db: TestDatabase) -> None:
    make_phones(db, "other")

    answers = [
        await add(telephony, alias_id="other", phone_logins="100a,none"),
        await add(telephony, alias_id="other"),
    ]

    assert [status for status, _ in answers] == [400, 409]
    assert answers[1] == refused(409, "Phone login already exists")


async def test_the_call_is_logged(telephony: Telephony, db: TestDatabase) -> None:
    await add(telephony)
    await add(telephony)
    await telephony.close()

    assert db.rows("SELECT function, result, result_reason FROM vicidial_api_log") == [
        ("add_phone_alias", "SUCCESS", "Phone alias added successfully"),
        ("add_phone_alias", "ERROR", "Phone alias already exists"),
    ]


@ENGINES
async def test_nothing_is_logged_when_nothing_is_added(
    telephony: Telephony, db: TestDatabase
) -> None:
    db.fail_writes("phones_alias")

    status, _ = await add(telephony)

    assert status == 500
    assert (phone_aliases(db), changes(db)) == ([OTHER_ROW], [])


@ENGINES
async def test_an_alias_is_added_before_it_is_logged(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    db.fail_writes("vicidial_admin_log")
    broken, _ = await add(telephony)
    found = phone_aliases(db)
    db.mend_writes("vicidial_admin_log")

    again = await add(telephony)

    kept = engine == "MyISAM"
    assert (broken, found) == (500, [OTHER_ROW, NEW_ROW] if kept else [OTHER_ROW])
    assert again == (EXISTS if kept else added())
    assert phone_aliases(db) == [OTHER_ROW, NEW_ROW]
