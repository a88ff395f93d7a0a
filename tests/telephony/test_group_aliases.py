"""POST /api/v1/group-aliases: add a caller id that agents may choose."""

import asyncio
from typing import Any

import pytest
from support.answers import Answer, done, refused, sent
from support.apps import Start, Telephony, clock_at
from support.builders import make_user_group
from support.changes import admin_log, changes
from support.database import ENGINES, TestDatabase

GROUP_ALIASES = "/api/v1/group-aliases"
NUMBER = "7275551212"
COLUMNS = (
    "group_alias_id", "group_alias_name", "caller_id_number", "caller_id_name", "active",
    "user_group",
)  # fmt: skip
NEW_ROW = dict(zip(COLUMNS, (NUMBER, NUMBER, NUMBER, "", "Y", "---ALL---"), strict=True))
OTHER_ROW = dict(zip(COLUMNS, ("OTHER", "Other", "8135551212", "Us", "N", "X"), strict=True))
EXISTS = refused(409, "Group alias already exists")


@pytest.fixture(autouse=True)
def other(db: TestDatabase) -> None:
    """Another group alias, and the user group AGENTS."""
    db.insert("groups_alias", **OTHER_ROW)
    make_user_group(db)


def group_aliases(db: TestDatabase) -> list[dict[str, Any]]:
    """All group aliases, by id."""
    rows = db.rows(f"SELECT {', '.join(COLUMNS)} FROM groups_alias ORDER BY group_alias_id")
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


async def add(telephony: Telephony, **fields: Any) -> Answer:
    """The answer to POST of a group alias of the documented number."""
    return await sent(telephony, "POST", GROUP_ALIASES, {"caller_id_number": NUMBER} | fields)


def added(**columns: str) -> Answer:
    """The answer to the documented addition, with other values."""
    shown = ("group_alias_id", "group_alias_name", "caller_id_number")
    data = {name: (NEW_ROW | columns)[name] for name in shown}
    return done("Group alias added successfully", data)


async def test_the_documented_alias_is_called_by_its_number(
    start_telephony: Start, db: TestDatabase
) -> None:
    telephony = await start_telephony(clock=clock_at("2025-07-08T15:30:00"))

    assert await add(telephony) == added()

    assert group_aliases(db) == [NEW_ROW, OTHER_ROW]
    ((*who_and_what, statement, notes, user_group),) = admin_log(db)
    assert who_and_what == [
        "6666", "192.0.2.7", "GROUPALIASES", "ADD", NUMBER, "ADMIN API ADD GROUP ALIAS"
    ]  # fmt: skip
    assert ("INSERT" in statement, f"'{NUMBER}'" in statement) == (True, True)
    assert (notes, user_group) == ("", "---ALL---")
    assert str(db.value("SELECT event_date FROM vicidial_admin_log")) == "2025-07-08 11:30:00"


@pytest.mark.parametrize(
    ("fields", "columns"),
    [
        pytest.param({"caller_id_number": "(727) 555-1212"}, {}, id="punctuation"),
        pytest.param({"caller_id_number": 7275551212}, {}, id="number as an integer"),
        pytest.param({"caller_id_number": "123456", "group_alias_id": "A1", "group_alias_name":
                      "ab"}, {"caller_id_number": "123456", "group_alias_id": "A1",
                              "group_alias_name": "ab"}, id="shortest"),
        pytest.param({"caller_id_number": "9" * 20, "group_alias_id": "_" * 30, "group_alias_name":
                      "é" * 50, "caller_id_name": "n" * 20},
                     {"caller_id_number": "9" * 20, "group_alias_id": "_" * 30, "group_alias_name":
                      "é" * 50, "caller_id_name": "n" * 20}, id="longest"),
        pytest.param({"group_alias_id": "FLORIDA"}, {"group_alias_id": "FLORIDA"}, id="id"),
        pytest.param({"group_alias_name": "Us (FL)"}, {"group_alias_name": "Us (FL)"}, id="name"),
        pytest.param({"caller_id_name": ""}, {}, id="caller's name empty"),
        pytest.param({"active": "N"}, {"active": "N"}, id="not active"),
        pytest.param({"admin_user_group": "agents"}, {"user_group": "AGENTS"}, id="user group"),
        pytest.param({"user_group": "AGENTS"}, {"user_group": "AGENTS"}, id="its column's name"),
        pytest.param({"user_group": "---ALL---"}, {}, id="all user groups"),
        pytest.param(dict.fromkeys(["group_alias_id", "group_alias_name", "caller_id_name",
                                    "active", "admin_user_group"]), {}, id="nulls for defaults"),
    ],
)  # fmt: skip
async def test_fields_go_into_their_columns(
    telephony: Telephony, db: TestDatabase, fields: dict[str, Any], columns: dict[str, str]
) -> None:
    assert await add(telephony, **fields) == added(**columns)

    row = NEW_ROW | columns
    assert sorted(group_aliases(db), key=str) == sorted([row, OTHER_ROW], key=str)
    assert [row[2] for row in changes(db)] == [row["group_alias_id"]]


@pytest.mark.parametrize("number", ["1" * 6, "9" * 20])
async def test_every_number_can_be_id_and_name(
    telephony: Telephony, db: TestDatabase, number: str
) -> None:
    columns = dict.fromkeys(("caller_id_number", "group_alias_id", "group_alias_name"), number)

    assert await add(telephony, caller_id_number=number) == added(**columns)

    assert group_aliases(db)[0] == NEW_ROW | columns


async def test_fields_may_come_as_a_form(telephony: Telephony, db: TestDatabase) -> None:
    response = await telephony.post(GROUP_ALIASES, data={"caller_id_number": "727-555-1212"})

    assert (response.status, await response.json()) == added()
    assert group_aliases(db) == [NEW_ROW, OTHER_ROW]


BAD_FIELDS: list[Any] = [
    pytest.param({"caller_id_number": None}, "caller_id_number", id="no number"),
    pytest.param({"caller_id_number": ""}, "caller_id_number", id="number empty"),
    pytest.param({"caller_id_number": "12345"}, "caller_id_number", id="number too short"),
    pytest.param({"caller_id_number": "1" * 21}, "caller_id_number", id="number too long"),
    pytest.param({"caller_id_number": "727555x212"}, "caller_id_number", id="letter"),
    pytest.param({"caller_id_number": "7275551212\n"}, "caller_id_number", id="line break"),
    pytest.param({"caller_id_number": "٧٢٧٥٥٥١٢"}, "caller_id_number", id="other digits"),
    pytest.param({"caller_id_number": 7.5e9}, "caller_id_number", id="number of another type"),
    pytest.param({"group_alias_id": ""}, "group_alias_id", id="id empty"),
    pytest.param({"group_alias_id": "A"}, "group_alias_id", id="id too short"),
    pytest.param({"group_alias_id": "A" * 31}, "group_alias_id", id="id too long"),
    pytest.param({"group_alias_id": "A-B"}, "group_alias_id", id="id with a hyphen"),
    pytest.param({"group_alias_id": "A B"}, "group_alias_id", id="id with a space"),
    pytest.param({"group_alias_id": "AB\n"}, "group_alias_id", id="id with a line break"),
    pytest.param({"group_alias_id": ["AB"]}, "group_alias_id", id="id of another type"),
    pytest.param({"group_alias_id": "AGENT_PHONE"}, "group_alias_id", id="agent's phone"),
    pytest.param({"group_alias_id": "My_customers"}, "group_alias_id", id="customer"),
    pytest.param({"group_alias_id": "xcampaignx"}, "group_alias_id", id="campaign"),
    pytest.param({"group_alias_id": "none"}, "group_alias_id", id="none"),
    pytest.param({"group_alias_name": ""}, "group_alias_name", id="name empty"),
    pytest.param({"group_alias_name": "A"}, "group_alias_name", id="name too short"),
    pytest.param({"group_alias_name": "A" * 51}, "group_alias_name", id="name too long"),
    pytest.param({"group_alias_name": "A<B>"}, "group_alias_name", id="name in brackets"),
    pytest.param({"group_alias_name": "AB😀"}, "group_alias_name", id="emoji"),
    pytest.param({"caller_id_name": "A" * 21}, "caller_id_name", id="caller's name too long"),
    pytest.param({"caller_id_name": 'A"B'}, "caller_id_name", id="quotation mark"),
    pytest.param({"caller_id_name": "A\r\nB"}, "caller_id_name", id="name of two lines"),
    pytest.param({"active": "y"}, "active", id="flag in small"),
    pytest.param({"active": ""}, "active", id="flag empty"),
    pytest.param({"admin_user_group": "NOGROUP"}, "admin_user_group", id="unknown user group"),
    pytest.param({"user_group": ""}, "admin_user_group", id="user group empty"),
    pytest.param({"user_group": "A" * 21}, "admin_user_group", id="user group too long"),
    pytest.param({"admin_user_group": "AGENTS", "user_group": "---ALL---"}, "user_group",
                 id="two names, two values"),
    pytest.param({"caller_id_group": "X"}, "caller_id_group", id="a column of the peer"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "field"), BAD_FIELDS)
async def test_a_bad_value_names_the_field(
    telephony: Telephony, db: TestDatabase, fields: dict[str, Any], field: str
) -> None:
    status, answer = await add(telephony, **fields)

    assert (status, list(answer["details"])) == (400, [field])
    assert (group_aliases(db), changes(db)) == ([OTHER_ROW], [])


@pytest.mark.parametrize("alias_id", ["OTHER", "other"])
async def test_an_alias_that_exists_is_a_409(
    telephony: Telephony, db: TestDatabase, alias_id: str
) -> None:
    assert await add(telephony, group_alias_id=alias_id) == EXISTS

    assert (group_aliases(db), changes(db)) == ([OTHER_ROW], [])


async def test_a_number_may_have_several_aliases(telephony: Telephony, db: TestDatabase) -> None:
    answers = [await add(telephony, group_alias_id=alias_id) for alias_id in ("A1", "A2")]

    assert [status for status, _ in answers] == [200, 200]
    assert len(group_aliases(db)) == 3


async def test_the_call_is_logged(telephony: Telephony, db: TestDatabase) -> None:
    await add(telephony)
    await add(telephony)
    await telephony.close()

    assert db.rows("SELECT function, result, result_reason FROM vicidial_api_log") == [
        ("add_group_alias", "SUCCESS", "Group alias added successfully"),
        ("add_group_alias", "ERROR", "Group alias already exists"),
    ]


@ENGINES
async def test_nothing_is_logged_when_nothing_is_added(
    telephony: Telephony, db: TestDatabase
) -> None:
    db.fail_writes("groups_alias")

    status, _ = await add(telephony)

    assert status == 500
    assert (group_aliases(db), changes(db)) == ([OTHER_ROW], [])


@ENGINES
async def test_an_alias_is_added_before_it_is_logged(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    db.fail_writes("vicidial_admin_log")
    broken, _ = await add(telephony)
    found = group_aliases(db)
    db.mend_writes("vicidial_admin_log")

    again = await add(telephony)

    kept = engine == "MyISAM"
    assert (broken, found) == (500, [NEW_ROW, OTHER_ROW] if kept else [OTHER_ROW])
    assert again == (EXISTS if kept else added())
    assert group_aliases(db) == [NEW_ROW, OTHER_ROW]


@ENGINES
async def test_of_two_that_add_it_one_does(start_telephony: Start, db: TestDatabase) -> None:
    instances = [await start_telephony() for _ in range(2)]
    with db.hold("groups_alias"):
        both = [asyncio.create_task(add(instance)) for instance in instances]
        await db.until_waiting(2)

    assert sorted(await asyncio.gather(*both), key=str) == [added(), EXISTS]
    assert (len(group_aliases(db)), len(changes(db))) == (2, 1)
