"""PUT /api/v1/dids/{did_id}: the route's target, on the row as it will be."""

from typing import Any

import pytest
from support.apps import Telephony
from support.database import TestDatabase
from support.dids import (
    COLUMN_OF,
    ROUTES,
    change,
    did_row,
    everything,
    invalid,
    make_did,
    make_things,
    updated,
)
from support.telephony import make_phone

ROUTE_AND_FIELD = [(route, field) for route, needs in ROUTES.items() for field in needs]
# An extension cannot be emptied.
CAN_BE_EMPTY = [(route, field) for route, field in ROUTE_AND_FIELD if field != "extension"]
NO_PHONE = invalid("phone_extension", "Phone not found on this server")
NONE: dict[str, Any] = dict.fromkeys(
    ("extension", "voicemail_ext", "user", "phone", "server_ip", "group_id", "menu_id"), ""
)


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """What DIDs refer to."""
    make_things(db)


def columns(fields: dict[str, str]) -> dict[str, Any]:
    return {COLUMN_OF.get(name, name): value for name, value in fields.items()}


@pytest.mark.parametrize("route", ROUTES)
async def test_a_route_and_its_target_come_together(
    telephony: Telephony, db: TestDatabase, route: str
) -> None:
    make_did(db, **NONE | {"did_route": None})

    assert await change(telephony, did_route=route, **ROUTES[route]) == updated()

    assert did_row(db)["did_route"] == route


@pytest.mark.parametrize("route", ROUTES)
async def test_the_target_may_be_there_already(
    telephony: Telephony, db: TestDatabase, route: str
) -> None:
    make_did(db, **NONE | {"did_route": None} | columns(ROUTES[route]))

    assert await change(telephony, did_route=route) == updated()

    assert did_row(db)["did_route"] == route


@pytest.mark.parametrize("empty", ["", None])
@pytest.mark.parametrize(("route", "field"), ROUTE_AND_FIELD)
async def test_a_route_whose_target_is_neither_given_nor_there_is_a_400(
    telephony: Telephony, db: TestDatabase, route: str, field: str, empty: str | None
) -> None:
    there = columns(ROUTES[route]) | {COLUMN_OF.get(field, field): empty}
    make_did(db, **NONE | {"did_route": None} | there)
    before = everything(db)

    answer = await change(telephony, did_route=route)

    assert answer == invalid(field, f"Needed for did_route {route}")
    assert everything(db) == before


@pytest.mark.parametrize(("route", "field"), CAN_BE_EMPTY)
async def test_the_target_of_the_route_cannot_be_emptied(
    telephony: Telephony, db: TestDatabase, route: str, field: str
) -> None:
    make_did(db, **{"did_route": route} | columns(ROUTES[route]))
    before = everything(db)

    answer = await change(telephony, **{field: ""})

    assert answer == invalid(field, f"Needed for did_route {route}")
    assert everything(db) == before


@pytest.mark.parametrize(("route", "field"), CAN_BE_EMPTY)
async def test_a_target_is_emptied_when_the_route_leaves_it(
    telephony: Telephony, db: TestDatabase, route: str, field: str
) -> None:
    make_did(db, **{"did_route": route} | columns(ROUTES[route]))

    assert await change(telephony, did_route="EXTEN", **{field: ""}) == updated()

    row = did_row(db)
    assert (row["did_route"], row[COLUMN_OF.get(field, field)]) == ("EXTEN", "")


@pytest.mark.parametrize(("_", "field"), ROUTE_AND_FIELD)
async def test_a_target_that_is_given_shows_that_the_route_has_none(
    telephony: Telephony, db: TestDatabase, _: str, field: str
) -> None:
    route = "CALLMENU" if field != "menu_id" else "IN_GROUP"
    targets = {name: value for needs in ROUTES.values() for name, value in needs.items()}
    make_did(db, **NONE | {"did_route": route})
    before = everything(db)

    answer = await change(telephony, **{field: targets[field]})

    (missing,) = ROUTES[route]
    assert answer == invalid(missing, f"Needed for did_route {route}")
    assert everything(db) == before


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    "fields",
    [
        {"active": "N"},
        {"did_pattern": "18005550000"},
        {"exten_context": "trunk", "list_id": 101},
        {"user_unavailable_action": "EXTEN", "user_route_settings_ingroup": "SALES"},
    ],
    ids=str,
)
async def test_what_concerns_no_target_changes_a_did_without_one(
    telephony: Telephony, db: TestDatabase, route: str, fields: dict[str, Any]
) -> None:
    make_did(db, **NONE | {"did_route": route})
    before = did_row(db)

    assert await change(telephony, **fields) == updated()

    row = did_row(db)
    changed = {COLUMN_OF.get(name, name): value for name, value in fields.items()}
    assert row == before | changed


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"phone_extension": "8002"}, id="no such phone"),
        pytest.param({"server_ip": "100.100.100.100"}, id="not on that server"),
        pytest.param({"phone_extension": "9001"}, id="phone of another server"),
    ],
)
async def test_phone_and_server_are_checked_as_they_will_be(
    telephony: Telephony, db: TestDatabase, fields: dict[str, str]
) -> None:
    make_phone(db, "9001", "100.100.100.100")
    make_did(db, did_route="PHONE", phone="8001", server_ip="10.0.0.5")
    before = everything(db)

    assert await change(telephony, **fields) == NO_PHONE
    assert everything(db) == before


async def test_phone_and_server_change_together(telephony: Telephony, db: TestDatabase) -> None:
    make_phone(db, "9001", "100.100.100.100")
    make_did(db, did_route="PHONE", phone="8001", server_ip="10.0.0.5")

    assert await change(telephony, phone="9001", server_ip="100.100.100.100") == updated()

    row = did_row(db)
    assert (row["phone"], row["server_ip"]) == ("9001", "100.100.100.100")


async def test_a_phone_that_is_gone_is_no_target(telephony: Telephony, db: TestDatabase) -> None:
    make_did(db, did_route="IN_GROUP", phone="8002", server_ip="10.0.0.5")

    assert await change(telephony, did_route="PHONE") == NO_PHONE
    assert did_row(db)["did_route"] == "IN_GROUP"


async def test_the_peers_word_for_an_in_group_is_taken(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_did(db, did_route="EXTEN", group_id="")

    refusal = await change(telephony, did_route="INGROUP")
    answer = await change(telephony, did_route="INGROUP", group_id="sales")

    assert refusal == invalid("group", "Needed for did_route IN_GROUP")
    assert answer == updated()
    row = did_row(db)
    assert (row["did_route"], row["group_id"]) == ("IN_GROUP", "SALES")
