"""Rows that a request refers to: found with one statement, spelled as the database does."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from dialkit.db import Database
from dialkit.errors import InvalidInput
from dialkit.references import Reference, WantedOrMany, find, settled, spelled
from support.database import TestDatabase
from support.statements import explained, statements_sent

CAMPAIGN = Reference("Campaign", "vicidial_campaigns", "campaign_id")
IN_GROUP = Reference("In-group", "vicidial_inbound_groups", "group_id")
SERVER = Reference("Server", "servers", "server_ip")
# A row of each.
THINGS: Mapping[Reference, dict[str, str]] = {
    CAMPAIGN: {"campaign_id": "Camp1"},
    IN_GROUP: {"group_id": "Sales"},
    SERVER: {"server_ip": "10.0.0.5", "server_id": "One", "asterisk_version": "16"},
}
EACH = pytest.mark.parametrize("thing", THINGS, ids=lambda thing: thing.title)
HOSTILE = [
    "' OR 1=1 -- ",
    "%",
    "_____",
    "________",
    "\\",
    "é",
    "%s",
    "') UNION SELECT pass, pass #",
]
pytestmark = pytest.mark.parametrize("service", ["svc-users"])


def make(db: TestDatabase, thing: Reference) -> str:
    """A row of that thing; its name."""
    db.insert(thing.table, **THINGS[thing])
    return THINGS[thing][thing.key]


def make_in_groups(db: TestDatabase, *names: str) -> None:
    for name in names:
        db.insert("vicidial_inbound_groups", group_id=name)


async def in_groups(database: Database, names: Sequence[str]) -> Any:
    """What stands for the names."""
    return (await spelled(database, {"in_groups": (IN_GROUP, list(names))}))["in_groups"]


async def refusal(database: Database, wanted: WantedOrMany) -> Any:
    """The details of the error."""
    with pytest.raises(InvalidInput) as refused:
        await spelled(database, wanted)
    return refused.value.details


async def test_names_stay_in_their_order_whatever_the_databases(
    database: Database, db: TestDatabase
) -> None:
    make_in_groups(db, "ALPHA", "Beta", "gamma")

    assert await in_groups(database, ["gamma", "ALPHA", "Beta"]) == ["gamma", "ALPHA", "Beta"]
    assert await in_groups(database, ["BETA", "Gamma", "alpha"]) == ["Beta", "gamma", "ALPHA"]


async def test_names_that_are_one_to_the_database_are_one(
    database: Database, db: TestDatabase
) -> None:
    make_in_groups(db, "SALES", "Support")

    found = await in_groups(database, ["sales", "SUPPORT", "Sales ", "SALES", "support"])

    assert found == ["SALES", "Support"]


async def test_names_are_found_without_their_accents_as_the_database_finds_them(
    database: Database, db: TestDatabase
) -> None:
    make_in_groups(db, "SALES")

    assert await in_groups(database, ["SALÉS"]) == ["SALES"]
    assert await spelled(database, {"group_id": (IN_GROUP, "SALÉS")}) == {"group_id": "SALES"}


async def test_things_that_are_there_twice_are_found_once(
    database: Database, db: TestDatabase
) -> None:
    for server_id in ("One", "Two"):
        db.insert("servers", server_id=server_id, server_ip="10.0.0.5", asterisk_version="16")

    wanted: WantedOrMany = {"one": (SERVER, "10.0.0.5"), "many": (SERVER, ["10.0.0.5"])}

    assert await spelled(database, wanted) == {"one": "10.0.0.5", "many": ["10.0.0.5"]}


async def test_all_names_that_are_missing_are_told_of_all_fields(
    database: Database, db: TestDatabase
) -> None:
    make_in_groups(db, "SALES")
    wanted: WantedOrMany = {
        "server_ip": (SERVER, ""),
        "in_groups": (IN_GROUP, ["None", "SALES", "nobody's"]),
        "group_id": (IN_GROUP, "SALES"),
        "new_group_id": (IN_GROUP, "NOGROUP"),
        "campaign_id": (CAMPAIGN, "NOCAMP"),
    }

    assert await refusal(database, wanted) == {
        "server_ip": ["Server not found"],
        "in_groups": ["In-group not found: None", "In-group not found: nobody's"],
        "new_group_id": ["In-group not found"],
        "campaign_id": ["Campaign not found"],
    }


async def test_what_is_missing_may_also_be_left_out(database: Database, db: TestDatabase) -> None:
    make_in_groups(db, "SALES")

    found = await find(
        database,
        {"group_id": (IN_GROUP, "sales"), "other": (IN_GROUP, "NONE"), "server": (SERVER, "")},
    )

    assert found == {"group_id": "SALES"}


async def test_fields_that_name_things_are_settled_and_others_stay(
    database: Database, db: TestDatabase
) -> None:
    make_in_groups(db, "SALES")
    fields = {"group_id": "sales", "in_groups": ["Sales "], "rank": 5}
    things = {"group_id": IN_GROUP, "in_groups": IN_GROUP, "campaign_id": CAMPAIGN}

    assert await settled(database, fields, things) == {
        "group_id": "SALES",
        "in_groups": ["SALES"],
        "rank": 5,
    }


async def test_one_names_and_lists_are_found_with_one_statement(
    database: Database, db: TestDatabase
) -> None:
    names = {thing.key: make(db, thing) for thing in THINGS}
    wanted: WantedOrMany = {
        **{thing.key: (thing, names[thing.key]) for thing in THINGS},
        **{f"{thing.key}s": (thing, [names[thing.key]]) for thing in THINGS},
    }

    with statements_sent() as statements:
        found = await spelled(database, wanted)

    assert found == names | {f"{key}s": [name] for key, name in names.items()}
    assert len(statements) == 1


@pytest.mark.parametrize("wanted", [{}, {"in_groups": (IN_GROUP, [])}])
async def test_of_nothing_nothing_is_asked(database: Database, wanted: WantedOrMany) -> None:
    with statements_sent() as statements:
        found = await spelled(database, wanted)

    assert found == {field: [] for field in wanted}
    assert statements == []


async def test_an_empty_list_beside_a_name_is_empty(database: Database, db: TestDatabase) -> None:
    make_in_groups(db, "SALES")
    wanted: WantedOrMany = {"in_groups": (IN_GROUP, []), "group_id": (IN_GROUP, "SALES")}

    assert await spelled(database, wanted) == {"in_groups": [], "group_id": "SALES"}


@pytest.mark.parametrize("value", HOSTILE)
@EACH
async def test_a_name_is_a_value_and_nothing_else(
    database: Database, db: TestDatabase, thing: Reference, value: str
) -> None:
    name = make(db, thing)

    assert await find(database, {"field": (thing, value)}) == {}
    assert await refusal(database, {"field": (thing, [value, name])}) == {
        "field": [f"{thing.title} not found: {value}"]
    }


async def test_three_thousand_names_are_found_with_one_statement(
    database: Database, db: TestDatabase
) -> None:
    db.execute(
        "INSERT INTO vicidial_inbound_groups (group_id)"
        " SELECT CONCAT('in-group-number-', seq) FROM seq_1_to_3000"
    )
    names = [f"IN-GROUP-NUMBER-{number}" for number in range(3000, 0, -1)]

    with statements_sent() as statements:
        found = await in_groups(database, names)

    assert found == [name.lower() for name in names]
    assert len(statements) == 1


async def test_names_are_found_by_their_key(
    database: Database, db: TestDatabase, service: str
) -> None:
    make_in_groups(db, *(f"GROUP{number}" for number in range(50)))

    with statements_sent() as statements:
        await spelled(
            database,
            {"in_groups": (IN_GROUP, ["GROUP1", "GROUP2"]), "group_id": (IN_GROUP, "GROUP3")},
        )

    plan = explained(db, statements[0], service)
    assert [(row["key"], row["type"]) for row in plan if row["table"] == IN_GROUP.table] == [
        ("PRIMARY", "range"),
        ("PRIMARY", "const"),
    ]
