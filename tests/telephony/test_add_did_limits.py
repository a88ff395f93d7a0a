"""POST /api/v1/dids: each field at its limits, and what is beyond them, by the field's name."""

from typing import Any

import pytest
from support.apps import Telephony
from support.database import TestDatabase
from support.did_fields import (
    ALIASES,
    BAD_VALUES,
    CAN_BE_EMPTY,
    FIELDS,
    FITTING,
    REFUSED,
    UNKNOWN_FIELDS,
)
from support.dids import (
    DIDS,
    ROUTES,
    add,
    did_row,
    everything,
    invalid,
    make_things,
)

TARGETS = {name: value for needs in ROUTES.values() for name, value in needs.items()}


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """What DIDs refer to."""
    make_things(db)


def test_each_field_that_is_not_emptied_refuses_an_empty_text() -> None:
    assert {name for name in FIELDS if "" not in REFUSED[name]} == set(CAN_BE_EMPTY)


@pytest.mark.parametrize(("field", "sent", "column"), FITTING)
async def test_values_at_their_limits_are_stored(
    telephony: Telephony, db: TestDatabase, field: str, sent: object, column: dict[str, Any]
) -> None:
    status, envelope = await add(telephony, **TARGETS | {field: sent})

    assert status == 200, envelope
    row = did_row(db, envelope["data"]["did_id"])
    assert {name: row[name] for name in column} == column


@pytest.mark.parametrize(("field", "value"), BAD_VALUES)
async def test_a_bad_value_names_the_field_and_writes_nothing(
    telephony: Telephony, db: TestDatabase, field: str, value: object
) -> None:
    before = everything(db)

    status, envelope = await add(telephony, **{field: value})

    assert (status, list(envelope["details"])) == (400, [field])
    assert envelope["error"].startswith(f"Invalid parameters: {field}: ")
    assert everything(db) == before


@pytest.mark.parametrize("field", [*UNKNOWN_FIELDS, "delete_did"])
async def test_an_unknown_field_is_named(
    telephony: Telephony, db: TestDatabase, field: str
) -> None:
    before = everything(db)

    assert await add(telephony, **{field: "1"}) == invalid(field, "Unknown field")
    assert everything(db) == before


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("did_description", "d" * 51, "Longer than 50 characters"),
        ("did_pattern", "1", "Must be 2 to 50 characters of 0-9 A-Z a-z : + * # . _"),
        ("did_pattern", "+1 ", "May not begin or end with a space"),
        ("list_id", 99, "Must be 100 to 99999999999999"),
        ("phone_code", "x", "Must be 1 to 10 digits"),
        ("did_route", "X",
         "Must be one of: EXTEN, VOICEMAIL, VMAIL_NO_INST, AGENT, PHONE, IN_GROUP, CALLMENU"),
        ("group", "NOGROUP", "In-group not found"),
        ("menu_id", "NOMENU", "Call menu not found"),
        ("server_ip", "10.0.0.6", "Server not found"),
        ("agent_user", "nobody", "User not found"),
        ("user_route_settings_ingroup", "NOGROUP", "In-group not found"),
        ("admin_user_group", "NONE", "User group not found"),
    ],
)  # fmt: skip
async def test_the_reason_is_said(
    telephony: Telephony, field: str, value: object, why: str
) -> None:
    assert await add(telephony, **{field: value}) == invalid(field, why)


@pytest.mark.parametrize(("field", "alias"), ALIASES.items())
async def test_two_names_of_a_field_must_agree(
    telephony: Telephony, db: TestDatabase, field: str, alias: str
) -> None:
    before = everything(db)

    answer = await add(telephony, **{field: "A", alias: "B"})

    assert answer == invalid(alias, f"Differs from {field}, which is the same field")
    assert everything(db) == before


async def test_two_names_of_a_field_may_say_the_same(
    telephony: Telephony, db: TestDatabase
) -> None:
    status, envelope = await add(telephony, group="sales", group_id="sales")

    assert status == 200
    assert did_row(db, envelope["data"]["did_id"])["group_id"] == "SALES"


@pytest.mark.parametrize("body", [{}, {"did_pattern": None}, {"active": "Y"}], ids=str)
async def test_a_did_needs_a_pattern(
    telephony: Telephony, db: TestDatabase, body: dict[str, Any]
) -> None:
    response = await telephony.post(DIDS, json=body)

    assert (response.status, await response.json()) == invalid("did_pattern", "Required")
    assert db.count("vicidial_inbound_dids") == 0


async def test_all_that_is_wrong_is_named(telephony: Telephony, db: TestDatabase) -> None:
    status, envelope = await add(telephony, active="x", list_id=0, did_description="d" * 51)

    assert (status, set(envelope["details"])) == (400, {"active", "list_id", "did_description"})
    assert envelope["error"].endswith(" (and 2 more)")


async def test_all_that_does_not_exist_is_named(telephony: Telephony, db: TestDatabase) -> None:
    missing = {"group": "NONE", "menu_id": "NONE", "server_ip": "10.0.0.6", "agent_user": "nobody",
               "user_route_settings_ingroup": "NONE", "admin_user_group": "NONE"}  # fmt: skip

    status, envelope = await add(telephony, **missing)

    assert (status, set(envelope["details"])) == (400, set(missing))
    assert db.count("vicidial_inbound_dids") == 0
