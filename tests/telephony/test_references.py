"""What requests to svc-telephony refer to: as the contract calls it, and as its tables have it."""

from collections.abc import Mapping
from typing import Any

import pytest
from dialkit.db import Database
from dialkit.errors import InvalidInput
from dialkit.references import Reference, spelled
from support.database import TestDatabase
from support.statements import statements_sent
from svc_telephony.phone_aliases.store import LOGIN
from svc_telephony.references import Thing, settled

# What each thing is called in errors, and a row of it: its id comes first.
THINGS: Mapping[Reference, tuple[str, str, dict[str, Any]]] = {
    Thing.SERVER: ("Server", "servers", {"server_ip": "10.0.0.5", "server_id": "One"}),
    Thing.TEMPLATE: ("Template", "vicidial_conf_templates",
                     {"template_id": "OneTemplate", "template_name": ""}),
    Thing.USER_GROUP: ("User group", "vicidial_user_groups",
                       {"user_group": "OneGroup", "group_name": ""}),
    Thing.IN_GROUP: ("In-group", "vicidial_inbound_groups", {"group_id": "OneIn"}),
    Thing.CALL_MENU: ("Call menu", "vicidial_call_menu", {"menu_id": "OneMenu"}),
    Thing.USER: ("User", "vicidial_users", {"user": "OneUser", "pass": ""}),
    LOGIN: ("Phone login", "phones", {"login": "OneLogin", "template_id": ""}),
}  # fmt: skip
EACH = pytest.mark.parametrize("thing", THINGS, ids=lambda thing: thing.title)
pytestmark = pytest.mark.parametrize("service", ["svc-telephony"])


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

    one = await settled(database, {"field": asked, "other": 1}, {"field": thing})
    many = await settled(database, {"field": [asked]}, {"field": thing})

    assert (one, many) == ({"field": thing_id, "other": 1}, {"field": [thing_id]})


@EACH
async def test_a_thing_that_is_missing_is_called_by_its_name(
    database: Database, thing: Reference
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await settled(
            database, {"one": "NONE", "many": ["NONE"]}, dict.fromkeys(("one", "many"), thing)
        )

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


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({}, id="absent"),
        pytest.param({"admin_user_group": "---ALL---"}, id="all user groups"),
        pytest.param({"admin_user_group": "", "server_ip": ""}, id="empty"),
        pytest.param({"admin_user_group": None, "server_ip": None}, id="nothing"),
        pytest.param({"name": "NONE"}, id="another field"),
    ],
)
async def test_what_refers_to_nothing_is_not_looked_up(
    database: Database, fields: dict[str, Any]
) -> None:
    things = {"admin_user_group": Thing.USER_GROUP, "server_ip": Thing.SERVER}

    with statements_sent() as statements:
        assert await settled(database, fields, things) == fields

    assert statements == []
