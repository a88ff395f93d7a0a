"""Rows that a request refers to: found with one statement, spelled as the database does."""

from collections.abc import AsyncIterator, Mapping

import pytest
from dialkit.db import Database
from dialkit.errors import InvalidInput
from dialkit.references import Reference, find, spelled
from support.builders import make_campaign
from support.database import TestDatabase
from support.pool import database_of
from support.statements import statements_sent
from svc_lists.references import Thing

# What each thing is called in errors, and a row of it.
THINGS: Mapping[Reference, tuple[str, str, dict[str, str]]] = {
    Thing.CAMPAIGN: ("Campaign", "vicidial_campaigns", {"campaign_id": "OneCamp"}),
    Thing.SCRIPT: ("Script", "vicidial_scripts", {"script_id": "OneScript"}),
    Thing.IN_GROUP: ("In-group", "vicidial_inbound_groups", {"group_id": "OneGroup"}),
    Thing.CALL_TIME: ("Call time", "vicidial_call_times",
                      {"call_time_id": "OneTime", "call_time_name": ""}),
    Thing.FILTER: ("Lead filter", "vicidial_lead_filters",
                   {"lead_filter_id": "OneFilter", "lead_filter_name": ""}),
    Thing.FILTER_GROUP: ("Filter phone group", "vicidial_filter_phone_groups",
                         {"filter_phone_group_id": "OneList", "filter_phone_group_name": ""}),
    Thing.CID_GROUP: ("CID group", "vicidial_cid_groups", {"cid_group_id": "OneCid"}),
}  # fmt: skip
EACH = pytest.mark.parametrize("thing", THINGS, ids=lambda thing: thing.title)


@pytest.fixture
async def database(db: TestDatabase) -> AsyncIterator[Database]:
    """The database with the rights of svc-lists."""
    async with database_of(db, "svc-lists") as database:
        yield database


def make(db: TestDatabase, thing: Reference) -> str:
    """A row of that thing; its id."""
    _, table, columns = THINGS[thing]
    db.insert(table, **columns)
    return next(iter(columns.values()))


@EACH
async def test_each_thing_is_spelled_as_the_database_does(
    database: Database, db: TestDatabase, thing: Reference
) -> None:
    thing_id = make(db, thing)

    found = await spelled(database, {"field": (thing, thing_id.upper() + " ")})

    assert found == {"field": thing_id}


@EACH
async def test_a_thing_that_is_missing_is_called_by_its_name(
    database: Database, thing: Reference
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await spelled(database, {"field": (thing, "NONE")})

    assert refused.value.details == {"field": [f"{THINGS[thing][0]} not found"]}


async def test_all_are_found_with_one_statement(database: Database, db: TestDatabase) -> None:
    wanted = {thing.key: (thing, make(db, thing)) for thing in THINGS}

    with statements_sent() as statements:
        found = await spelled(database, wanted)

    assert found == {field: thing_id for field, (_, thing_id) in wanted.items()}
    assert len(statements) == 1


async def test_all_that_are_missing_are_named(database: Database, db: TestDatabase) -> None:
    make_campaign(db)
    wanted = {
        "campaign_id": (Thing.CAMPAIGN, "TESTCAMP"),
        "new_campaign_id": (Thing.CAMPAIGN, "NOCAMP"),
        "script": (Thing.SCRIPT, ""),
    }

    found = await find(database, wanted)
    with pytest.raises(InvalidInput) as refused:
        await spelled(database, wanted)

    assert found == {"campaign_id": "TESTCAMP"}
    assert refused.value.details == {
        "new_campaign_id": ["Campaign not found"],
        "script": ["Script not found"],
    }


async def test_of_nothing_nothing_is_asked(database: Database) -> None:
    with statements_sent() as statements:
        assert await spelled(database, {}) == {}

    assert statements == []


@pytest.mark.parametrize("value", ["' OR 1=1 -- ", "%", "_______", "\\", "é"])
async def test_a_reference_is_a_value_and_nothing_else(
    database: Database, db: TestDatabase, value: str
) -> None:
    make(db, Thing.CAMPAIGN)

    assert await find(database, {"campaign_id": (Thing.CAMPAIGN, value)}) == {}
