"""PUT /api/v1/dids/{did_id}: what changes, what stays, and what is logged."""

from typing import Any

import pytest
from dialkit.tokens import Caller
from support.apps import Start, Telephony, clock_at
from support.builders import read_row
from support.changes import admin_log, changes, difference
from support.database import TestDatabase
from support.did_fields import ALIASES, CAN_BE_EMPTY, FITTING
from support.dids import (
    COLUMN_OF,
    DIDS,
    FULL,
    FULL_COLUMNS,
    ROUTES,
    change,
    did_row,
    make_did,
    make_things,
    patterns,
    updated,
)

TARGETS = {
    COLUMN_OF.get(name, name): value for needs in ROUTES.values() for name, value in needs.items()
}
# What the DID under test has in every column that can be changed.
OLD: dict[str, Any] = {
    **TARGETS,
    "did_description": "Old",
    "did_route": "CALLMENU",
    "record_call": "Y",
    "filter_clean_cid_number": "L1",
    "call_handle_method": "CLOSER",
    "campaign_id": "OLDCAMP",
    "user_group": "OLD",
    "filter_phone_group_id": "FILTER",
    "custom_one": "one",
    "filter_url": "http://x/",
}


@pytest.fixture(autouse=True)
def dids(db: TestDatabase) -> None:
    """What DIDs refer to, a DID, and another."""
    make_things(db)
    make_did(db, 11, "18005550000")
    make_did(db, **OLD)


async def test_what_is_given_changes_and_the_rest_stays(
    telephony: Telephony, db: TestDatabase
) -> None:
    before = did_row(db)

    assert await change(telephony, did_description="New", did_active="N") == updated()

    assert difference(before, did_row(db)) == {"did_description": "New", "did_active": "N"}


async def test_every_field_changes_its_column(telephony: Telephony, db: TestDatabase) -> None:
    before = did_row(db)

    assert await change(telephony, **FULL) == updated()

    assert did_row(db) == before | FULL_COLUMNS


async def test_a_form_changes_a_did_as_json_does(telephony: Telephony, db: TestDatabase) -> None:
    before, form = did_row(db), {name: str(value) for name, value in FULL.items()}

    response = await telephony.put(f"{DIDS}/12", data=form | {"api_key": "key"})

    assert (response.status, await response.json()) == updated()
    assert did_row(db) == before | FULL_COLUMNS


async def test_fields_have_second_names(telephony: Telephony, db: TestDatabase) -> None:
    before = did_row(db)

    fields = {ALIASES.get(name, name): value for name, value in FULL.items()}

    assert await change(telephony, **fields) == updated()
    assert did_row(db) == before | FULL_COLUMNS


@pytest.mark.parametrize("field", FITTING)
async def test_values_at_their_limits_are_stored(
    telephony: Telephony, db: TestDatabase, field: str
) -> None:
    before = did_row(db)

    for sent, stored in FITTING[field]:
        assert await change(telephony, **{field: sent}) == updated(), sent
        assert did_row(db) == before | {COLUMN_OF.get(field, field): stored}


@pytest.mark.parametrize("field", CAN_BE_EMPTY)
async def test_an_empty_text_empties(telephony: Telephony, db: TestDatabase, field: str) -> None:
    db.execute("UPDATE vicidial_inbound_dids SET did_route = 'EXTEN' WHERE did_id = 12")
    before = did_row(db)

    assert await change(telephony, **{field: ""}) == updated()

    assert difference(before, did_row(db)) == {COLUMN_OF.get(field, field): ""}


async def test_other_dids_stay_as_they_are(telephony: Telephony, db: TestDatabase) -> None:
    before = read_row(db, "vicidial_inbound_dids", did_id=11)

    await change(telephony, **FULL)

    assert read_row(db, "vicidial_inbound_dids", did_id=11) == before


@pytest.mark.parametrize("pattern", ["18005551234", "+18005551234", "default"])
async def test_a_did_gets_a_pattern_that_is_free(
    telephony: Telephony, db: TestDatabase, pattern: str
) -> None:
    assert await change(telephony, did_pattern=pattern) == updated()

    assert patterns(db) == ["18005550000", pattern]


async def test_a_pattern_may_be_spelled_in_another_way(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_did(db, 13, "abc")

    assert await change(telephony, 13, did_pattern="ABC") == updated(13)

    assert patterns(db) == ["18005550000", "18005551234", "ABC"]


async def test_the_user_in_the_body_is_the_one_who_asks_and_not_the_agent(
    start_telephony: Start, db: TestDatabase
) -> None:
    telephony = await start_telephony(caller=Caller("", ip="192.0.2.7", issuer="gateway"))

    assert await change(telephony, user="agent1", active="N") == updated()

    assert did_row(db)["user"] == "1001"
    assert db.value("SELECT user FROM vicidial_admin_log") == "agent1"


async def test_a_change_is_logged(start_telephony: Start, db: TestDatabase) -> None:
    telephony = await start_telephony(clock=clock_at("2025-07-08T15:30:00"))

    await change(telephony, active="N", phone_extension="a1")

    ((*who_and_what, sql, notes, group),) = admin_log(db)
    assert who_and_what == ["6666", "192.0.2.7", "DIDS", "MODIFY", "12", "ADMIN API UPDATE DID"]
    assert (notes, group) == ("did: 18005551234 did_id: 12", "---ALL---")
    assert [word in sql for word in ("UPDATE", "'N'", "'a1'", "12")] == [True] * 4
    assert str(db.value("SELECT event_date FROM vicidial_admin_log")) == "2025-07-08 11:30:00"


async def test_a_new_pattern_is_logged_beside_the_one_that_it_replaces(
    telephony: Telephony, db: TestDatabase
) -> None:
    await change(telephony, did_pattern="18005559999")

    ((_, _, _, _, _, _, sql, notes, _),) = admin_log(db)
    assert "'18005559999'" in sql
    assert notes == "did: 18005551234 did_id: 12"


async def test_a_repeat_changes_nothing_and_is_logged_again(
    telephony: Telephony, db: TestDatabase
) -> None:
    answers = [await change(telephony, did_description="New") for _ in range(2)]

    assert answers == [updated(), updated()]
    assert did_row(db)["did_description"] == "New"
    assert len(changes(db)) == 2


async def test_the_call_is_named_as_vicidial_names_it(
    telephony: Telephony, db: TestDatabase
) -> None:
    await change(telephony, active="N")
    await telephony.close()

    assert db.rows("SELECT function, result FROM vicidial_api_log") == [("update_did", "SUCCESS")]
