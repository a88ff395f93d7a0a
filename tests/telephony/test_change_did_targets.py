"""PUT /api/v1/dids/{did_id}: the route's target, on the row as it will be.

Each route's needs: svc-telephony/tests/test_did_targets.py.
"""

from typing import Any

import pytest
from support.answers import invalid
from support.apps import Telephony
from support.database import TestDatabase
from support.dids import (
    COLUMN_OF,
    change,
    did_row,
    everything,
    make_did,
    make_things,
    updated,
)
from support.telephony import make_phone

NO_GROUP = invalid("group", "Needed for did_route IN_GROUP")
NO_PHONE = invalid("phone_extension", "Phone not found on this server")
NONE: dict[str, Any] = dict.fromkeys(
    ("extension", "voicemail_ext", "user", "phone", "server_ip", "group_id", "menu_id"), ""
)


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """What DIDs refer to."""
    make_things(db)


@pytest.mark.parametrize("route", ["CALLMENU", "", None])
async def test_a_route_and_its_target_come_together(
    telephony: Telephony, db: TestDatabase, route: str | None
) -> None:
    db.execute("SET SESSION sql_mode = ''")  # an empty route is one that VICIdial cannot store
    make_did(db, **NONE | {"did_route": route})
    db.execute("SET SESSION sql_mode = DEFAULT")

    assert await change(telephony, did_route="IN_GROUP", group="SALES") == updated()

    row = did_row(db)
    assert (row["did_route"], row["group_id"]) == ("IN_GROUP", "SALES")


async def test_the_target_may_be_there_already(telephony: Telephony, db: TestDatabase) -> None:
    make_did(db, **NONE | {"did_route": "CALLMENU", "group_id": "SALES"})

    assert await change(telephony, did_route="IN_GROUP") == updated()

    assert did_row(db)["did_route"] == "IN_GROUP"


@pytest.mark.parametrize("empty", ["", None])
async def test_a_route_whose_target_is_neither_given_nor_there_is_a_400(
    telephony: Telephony, db: TestDatabase, empty: str | None
) -> None:
    make_did(db, did_route="CALLMENU", menu_id="MAINMENU", group_id=empty)
    before = everything(db)

    assert await change(telephony, did_route="IN_GROUP") == NO_GROUP
    assert everything(db) == before


async def test_the_target_of_the_route_cannot_be_emptied(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_did(db)
    before = everything(db)

    assert await change(telephony, group="") == NO_GROUP
    assert everything(db) == before


async def test_a_target_is_emptied_when_the_route_leaves_it(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_did(db)

    assert await change(telephony, did_route="EXTEN", group="") == updated()

    row = did_row(db)
    assert (row["did_route"], row["group_id"]) == ("EXTEN", "")


async def test_a_target_that_is_given_shows_that_the_route_has_none(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_did(db, **NONE)
    before = everything(db)

    assert await change(telephony, menu_id="MAINMENU") == NO_GROUP
    assert everything(db) == before


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
    telephony: Telephony, db: TestDatabase, fields: dict[str, Any]
) -> None:
    make_did(db, **NONE)
    before = did_row(db)

    assert await change(telephony, **fields) == updated()

    changed = {COLUMN_OF.get(name, name): value for name, value in fields.items()}
    assert did_row(db) == before | changed


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


@pytest.mark.parametrize("field", ["phone_extension", "server_ip"])
async def test_a_route_to_a_phone_needs_both(
    telephony: Telephony, db: TestDatabase, field: str
) -> None:
    make_did(db, did_route="PHONE", phone="8001", server_ip="10.0.0.5")
    before = everything(db)

    answer = await change(telephony, **{field: ""})

    assert answer == invalid(field, "Needed for did_route PHONE")
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

    assert (refusal, answer) == (NO_GROUP, updated())
    row = did_row(db)
    assert (row["did_route"], row["group_id"]) == ("IN_GROUP", "SALES")
