"""POST /api/v1/dids: what is refused, by the field's name.

All bad values: svc-telephony/tests/test_did_fields.py.
"""

from typing import Any

import pytest
from support.answers import invalid, named
from support.apps import Telephony
from support.database import TestDatabase
from support.did_fields import BAD, MISSING, UNKNOWN_FIELDS
from support.dids import (
    DIDS,
    TAKEN,
    add,
    did_row,
    everything,
    make_did,
    make_things,
)

# Near to what is there, but not it.
NOT_THERE = [
    ("group", "SALE_"), ("group", "%"), ("group", "---ALL---"), ("group", "MAINMENU"),
    ("menu_id", "%"), ("menu_id", "SALES"),
    ("server_ip", "localhost"), ("server_ip", "---ALL---"), ("server_ip", "10.0.0.%"),
    ("agent_user", "%"), ("agent_user", "---ALL---"),
    ("user_route_settings_ingroup", "---ALL---"),
    ("admin_user_group", "---NONE---"), ("admin_user_group", "AGENT_"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """What DIDs refer to."""
    make_things(db)


@pytest.mark.parametrize(("field", "value"), [*BAD.items(), *NOT_THERE])
async def test_a_bad_value_names_the_field_and_writes_nothing(
    telephony: Telephony, db: TestDatabase, field: str, value: object
) -> None:
    before = everything(db)

    answer = await add(telephony, **{field: value})

    assert named(answer) == [field]
    assert answer[1]["error"].startswith(f"Invalid parameters: {field}: ")
    assert everything(db) == before


@pytest.mark.parametrize("field", MISSING)
async def test_what_does_not_exist_is_a_400_on_its_field(
    telephony: Telephony, db: TestDatabase, field: str
) -> None:
    value, why = MISSING[field]
    before = everything(db)

    assert await add(telephony, **{field: value}) == invalid(field, why)
    assert everything(db) == before


async def test_all_that_does_not_exist_is_named(telephony: Telephony, db: TestDatabase) -> None:
    before = everything(db)

    status, envelope = await add(telephony, **{name: value for name, (value, _) in MISSING.items()})

    assert (status, envelope["details"]) == (
        400,
        {name: [why] for name, (_, why) in MISSING.items()},
    )
    assert everything(db) == before


async def test_all_that_is_wrong_is_named(telephony: Telephony) -> None:
    answer = await add(telephony, active="x", list_id=0, did_description="d" * 51)

    assert set(named(answer)) == {"active", "list_id", "did_description"}
    assert answer[1]["error"].endswith(" (and 2 more)")


async def test_unknown_fields_are_named(telephony: Telephony, db: TestDatabase) -> None:
    before = everything(db)

    answer = await add(telephony, delete_did="N", **dict.fromkeys(UNKNOWN_FIELDS, "1"))

    assert set(named(answer)) == {*UNKNOWN_FIELDS, "delete_did"}
    assert everything(db) == before


async def test_two_names_of_a_field_must_agree(telephony: Telephony, db: TestDatabase) -> None:
    before = everything(db)

    answer = await add(telephony, group="SALES", group_id="SUPPORT")

    assert answer == invalid("group_id", "Differs from group, which is the same field")
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


async def test_the_plus_that_a_form_turns_into_a_space_is_missed(
    telephony: Telephony, db: TestDatabase
) -> None:
    response = await telephony.post(
        DIDS,
        data="did_pattern=+18005551234",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )

    assert named((response.status, await response.json())) == ["did_pattern"]
    assert db.count("vicidial_inbound_dids") == 0


@pytest.mark.parametrize("pattern", ["1800555ABCD", "1800555abcd"])
async def test_a_pattern_that_is_taken_is_a_409(
    telephony: Telephony, db: TestDatabase, pattern: str
) -> None:
    make_did(db, 12, "1800555abcd")
    before = everything(db)

    assert await add(telephony, did_pattern=pattern) == TAKEN
    assert everything(db) == before


async def test_what_is_wrong_is_told_before_what_is_taken(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_did(db)

    answer = await add(telephony, group="NOGROUP")

    assert answer == invalid("group", "In-group not found")
