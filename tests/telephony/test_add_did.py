"""POST /api/v1/dids: what is answered, and what a DID then has in VICIdial's table."""

from typing import Any

import pytest
from dialkit.tokens import Caller
from support.apps import Start, Telephony, clock_at
from support.builders import read_row
from support.changes import admin_log, changes, difference
from support.database import TestDatabase
from support.did_fields import ALIASES, CAN_BE_EMPTY
from support.dids import (
    DIDS,
    FULL,
    FULL_COLUMNS,
    NEW,
    TAKEN,
    add,
    added,
    did_row,
    make_did,
    make_things,
    patterns,
)

LEAST_COLUMNS = {
    "did_pattern": "18005551234",
    # NULL by default.
    "did_description": "",
    "filter_phone_group_id": "",
    "pre_filter_phone_group_id": "",
}


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """What DIDs refer to, and another DID."""
    make_things(db)
    make_did(db, 11, "18005550000")


def own_columns(db: TestDatabase, did_id: int = 12) -> dict[str, Any]:
    """The columns in which a DID differs from one whose columns all have their defaults."""
    plain_id = db.insert("vicidial_inbound_dids", did_pattern="defaults")
    plain, found = did_row(db, plain_id), did_row(db, did_id)
    del plain["did_id"], found["did_id"]
    return difference(plain, found)


async def test_the_least_that_makes_a_did(telephony: Telephony, db: TestDatabase) -> None:
    assert await add(telephony) == added(12)

    assert own_columns(db) == LEAST_COLUMNS


async def test_every_field_is_stored_in_its_column(telephony: Telephony, db: TestDatabase) -> None:
    assert await add(telephony, **FULL) == added(12, "+18005551234")

    assert own_columns(db) == LEAST_COLUMNS | FULL_COLUMNS


async def test_a_did_is_added_by_a_form(telephony: Telephony, db: TestDatabase) -> None:
    form = {name: str(value) for name, value in FULL.items()}

    response = await telephony.post(DIDS, data=form | {"api_key": "key"})

    assert (response.status, await response.json()) == added(12, "+18005551234")
    assert own_columns(db) == LEAST_COLUMNS | FULL_COLUMNS


async def test_fields_have_second_names(telephony: Telephony, db: TestDatabase) -> None:
    fields = {ALIASES.get(name, name): value for name, value in FULL.items()}

    assert await add(telephony, **fields) == added(12, "+18005551234")

    assert own_columns(db) == LEAST_COLUMNS | FULL_COLUMNS


async def test_a_null_counts_as_absent(telephony: Telephony, db: TestDatabase) -> None:
    nulls = dict.fromkeys(FULL.keys() - NEW.keys())

    assert await add(telephony, **nulls) == added(12)

    assert own_columns(db) == LEAST_COLUMNS


async def test_an_empty_text_counts_as_absent_where_put_would_empty(
    telephony: Telephony, db: TestDatabase
) -> None:
    assert await add(telephony, **dict.fromkeys(CAN_BE_EMPTY, "")) == added(12)

    assert own_columns(db) == LEAST_COLUMNS


@pytest.mark.parametrize("agent", [None, "agent1"])
async def test_the_user_in_the_body_is_the_one_who_asks_and_not_the_agent(
    start_telephony: Start, db: TestDatabase, agent: str | None
) -> None:
    telephony = await start_telephony(caller=Caller("", ip="192.0.2.7", issuer="gateway"))

    assert await add(telephony, user="1001", agent_user=agent) == added(12)

    assert did_row(db)["user"] == agent
    assert db.value("SELECT user FROM vicidial_admin_log") == "1001"


async def test_other_dids_stay_as_they_are(telephony: Telephony, db: TestDatabase) -> None:
    before = read_row(db, "vicidial_inbound_dids", did_id=11)

    await add(telephony, **FULL)

    assert read_row(db, "vicidial_inbound_dids", did_id=11) == before
    assert patterns(db) == ["18005550000", "+18005551234"]


async def test_the_catch_all_is_a_did_like_others(telephony: Telephony, db: TestDatabase) -> None:
    assert await add(telephony, did_pattern="default") == added(12, "default")
    assert await add(telephony, did_pattern="default") == TAKEN

    assert patterns(db) == ["18005550000", "default"]


async def test_an_addition_is_logged(start_telephony: Start, db: TestDatabase) -> None:
    telephony = await start_telephony(clock=clock_at("2025-07-08T15:30:00"))

    await add(telephony, did_description="a; b")

    ((*who_and_what, sql, notes, group),) = admin_log(db)
    assert who_and_what == ["6666", "192.0.2.7", "DIDS", "ADD", "12", "ADMIN API ADD DID"]
    assert (notes, group) == ("did: 18005551234 did_id: 12 inserted: 1", "---ALL---")
    assert [word in sql for word in ("INSERT", "'18005551234'", "'a b'", ";")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert str(db.value("SELECT event_date FROM vicidial_admin_log")) == "2025-07-08 11:30:00"


async def test_the_call_is_named_as_vicidial_names_it(
    telephony: Telephony, db: TestDatabase
) -> None:
    await add(telephony)
    await telephony.close()

    assert db.rows("SELECT function, result, user FROM vicidial_api_log") == [
        ("add_did", "SUCCESS", "6666")
    ]


async def test_what_is_refused_is_not_logged_as_a_change(
    telephony: Telephony, db: TestDatabase
) -> None:
    await add(telephony, did_pattern="18005550000")

    assert changes(db) == []
