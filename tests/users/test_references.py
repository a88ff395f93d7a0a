"""What requests to svc-users refer to: as the contract calls it, and as its tables have it."""

from collections.abc import Mapping
from typing import Any

import pytest
from dialkit.db import Database
from dialkit.errors import InvalidInput
from dialkit.references import Reference, spelled
from support.database import TestDatabase
from support.statements import statements_sent
from svc_users.references import Thing

# What each thing is called in errors, and a row of it: its id comes first.
THINGS: Mapping[Reference, tuple[str, str, dict[str, Any]]] = {
    Thing.USER_GROUP: ("User group", "vicidial_user_groups",
                       {"user_group": "OneGroup", "group_name": ""}),
    Thing.CAMPAIGN: ("Campaign", "vicidial_campaigns", {"campaign_id": "OneCamp"}),
    Thing.IN_GROUP: ("In-group", "vicidial_inbound_groups", {"group_id": "OneIn"}),
    Thing.SERVER: ("Server", "servers",
                   {"server_ip": "10.0.0.5", "server_id": "One", "asterisk_version": "16"}),
}  # fmt: skip
EACH = pytest.mark.parametrize("thing", THINGS, ids=lambda thing: thing.title)
pytestmark = pytest.mark.parametrize("service", ["svc-users"])


def make(db: TestDatabase, thing: Reference) -> str:
    """A row of that thing; its id."""
    _, table, columns = THINGS[thing]
    db.insert(table, **columns)
    return str(next(iter(columns.values())))


@EACH
async def test_each_thing_is_spelled_as_the_database_does(
    database: Database, db: TestDatabase, thing: Reference
) -> None:
    thing_id = make(db, thing)
    asked = thing_id.upper() + " "

    one = await spelled(database, {"field": (thing, asked)})
    many = await spelled(database, {"field": (thing, [asked])})

    assert (one, many) == ({"field": thing_id}, {"field": [thing_id]})


@EACH
async def test_a_thing_that_is_missing_is_called_by_its_name(
    database: Database, thing: Reference
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await spelled(database, {"one": (thing, "NONE"), "many": (thing, ["NONE"])})

    title = THINGS[thing][0]
    assert refused.value.details == {
        "one": [f"{title} not found"],
        "many": [f"{title} not found: NONE"],
    }


async def test_all_are_found_with_one_statement(database: Database, db: TestDatabase) -> None:
    ids = {thing.title: make(db, thing) for thing in THINGS}

    with statements_sent() as statements:
        found = await spelled(
            database, {thing.title: (thing, ids[thing.title]) for thing in THINGS}
        )

    assert found == ids
    assert len(statements) == 1
