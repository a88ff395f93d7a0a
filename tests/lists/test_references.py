"""What requests to svc-lists refer to: as the contract calls it, and as its tables have it."""

from collections.abc import Mapping

import pytest
from dialkit.db import Database
from dialkit.errors import InvalidInput
from dialkit.references import Reference, spelled
from support.database import TestDatabase
from support.statements import statements_sent
from svc_lists.references import Thing

# What each thing is called in errors, and a row of it: its id comes first.
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
pytestmark = pytest.mark.parametrize("service", ["svc-lists"])


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
    ids = {thing.title: make(db, thing) for thing in THINGS}

    with statements_sent() as statements:
        found = await spelled(
            database, {thing.title: (thing, ids[thing.title]) for thing in THINGS}
        )

    assert found == ids
    assert len(statements) == 1
