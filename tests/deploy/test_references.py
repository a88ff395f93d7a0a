"""What requests to each service refer to: as the contract calls it, and as its tables have it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pytest
import svc_lists.references
import svc_reports.references
import svc_telephony.references
import svc_users.references
from dialkit.db import Database
from dialkit.errors import InvalidInput
from dialkit.references import Reference, spelled
from support.database import TestDatabase
from support.statements import statements_sent


class Expected(NamedTuple):
    """What a thing is called in errors, its table, and a row of it: its id comes first."""

    title: str
    table: str
    row: Mapping[str, str]

    @property
    def thing_id(self) -> str:
        """The id of that row."""
        return next(iter(self.row.values()))


EXPECTED = {
    "CALL_MENU": Expected("Call menu", "vicidial_call_menu", {"menu_id": "OneMenu"}),
    "CALL_TIME": Expected("Call time", "vicidial_call_times",
                          {"call_time_id": "OneTime", "call_time_name": ""}),
    "CAMPAIGN": Expected("Campaign", "vicidial_campaigns", {"campaign_id": "OneCamp"}),
    "CAMPAIGN_CATEGORY": Expected("Category", "vicidial_campaign_statuses",
                                  {"category": "OneCat", "status": "OneC"}),
    "CAMPAIGN_STATUS": Expected("Status", "vicidial_campaign_statuses", {"status": "OneS"}),
    "CATEGORY": Expected("Category", "vicidial_statuses",
                         {"category": "OneCat", "status": "OneC"}),
    "CID_GROUP": Expected("CID group", "vicidial_cid_groups", {"cid_group_id": "OneCid"}),
    "DID_PATTERN": Expected("DID", "vicidial_inbound_dids", {"did_pattern": "OneDid"}),
    "FILTER": Expected("Lead filter", "vicidial_lead_filters",
                       {"lead_filter_id": "OneFilter", "lead_filter_name": ""}),
    "FILTER_GROUP": Expected("Filter phone group", "vicidial_filter_phone_groups",
                             {"filter_phone_group_id": "OneList", "filter_phone_group_name": ""}),
    "IN_GROUP": Expected("In-group", "vicidial_inbound_groups", {"group_id": "OneGroup"}),
    "PHONE_LOGIN": Expected("Phone login", "phones", {"login": "OneLogin", "template_id": ""}),
    "SCRIPT": Expected("Script", "vicidial_scripts", {"script_id": "OneScript"}),
    "SERVER": Expected("Server", "servers", {"server_ip": "10.0.0.5", "server_id": "One"}),
    "STATUS": Expected("Status", "vicidial_statuses", {"status": "OneS"}),
    "TEMPLATE": Expected("Template", "vicidial_conf_templates",
                         {"template_id": "OneTemplate", "template_name": ""}),
    "USER": Expected("User", "vicidial_users", {"user": "OneUser", "pass": ""}),
    "USER_GROUP": Expected("User group", "vicidial_user_groups",
                           {"user_group": "OneGroup", "group_name": ""}),
}  # fmt: skip
# By service and name: `CAMPAIGN` of svc-lists.
THINGS: Mapping[str, Mapping[str, Reference]] = {
    service: {name: thing for name, thing in vars(things).items() if isinstance(thing, Reference)}
    for service, things in {
        "svc-lists": svc_lists.references.Thing,
        "svc-users": svc_users.references.Thing,
        "svc-telephony": svc_telephony.references.Thing,
        "svc-reports": svc_reports.references.Thing,
    }.items()
}
EACH = pytest.mark.parametrize(
    ("service", "name"), [(service, name) for service, things in THINGS.items() for name in things]
)


def make(db: TestDatabase, name: str) -> str:
    """A row of that thing; its id."""
    expected = EXPECTED[name]
    db.insert(expected.table, **expected.row)
    return expected.thing_id


def test_every_thing_is_known() -> None:
    assert {name for things in THINGS.values() for name in things} == EXPECTED.keys()


@EACH
async def test_each_thing_is_spelled_as_the_database_does(
    database: Database, db: TestDatabase, service: str, name: str
) -> None:
    thing, thing_id = THINGS[service][name], make(db, name)
    asked = thing_id.upper() + " "

    found = await spelled(database, {"one": (thing, asked), "many": (thing, [asked])})

    assert found == {"one": thing_id, "many": [thing_id]}


@EACH
async def test_a_thing_that_is_missing_is_called_by_its_name(
    database: Database, service: str, name: str
) -> None:
    thing, title = THINGS[service][name], EXPECTED[name].title

    with pytest.raises(InvalidInput) as refused:
        await spelled(database, {"one": (thing, "NONE"), "many": (thing, ["NONE"])})

    assert refused.value.details == {
        "one": [f"{title} not found"],
        "many": [f"{title} not found: NONE"],
    }


@pytest.mark.parametrize("service", THINGS)
async def test_all_are_found_with_one_statement(
    database: Database, db: TestDatabase, service: str
) -> None:
    ids: dict[str, Any] = {name: make(db, name) for name in THINGS[service]}

    with statements_sent() as statements:
        found = await spelled(
            database, {name: (thing, ids[name]) for name, thing in THINGS[service].items()}
        )

    assert found == ids
    assert len(statements) == 1
