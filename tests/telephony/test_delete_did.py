"""PUT /api/v1/dids/{did_id} with `delete_did`."""

import asyncio
from typing import Any

import pytest
from support.answers import invalid
from support.apps import Start, Telephony, clock_at
from support.builders import read_row
from support.changes import admin_log, changes
from support.database import ENGINES, TestDatabase
from support.dids import (
    DIDS,
    NOT_FOUND,
    add,
    change,
    deleted,
    everything,
    make_did,
    make_two,
    patterns,
    updated,
)


@pytest.fixture(autouse=True)
def dids(db: TestDatabase) -> None:
    """What DIDs refer to, a DID, and another."""
    make_two(db)


async def test_a_did_is_deleted_and_others_stay(start_telephony: Start, db: TestDatabase) -> None:
    telephony = await start_telephony(clock=clock_at("2025-07-08T15:30:00"))
    before = read_row(db, "vicidial_inbound_dids", did_id=11)

    assert await change(telephony, delete_did="Y") == deleted()

    assert patterns(db) == ["18005550000"]
    assert read_row(db, "vicidial_inbound_dids", did_id=11) == before
    ((*who_and_what, sql, notes, group),) = admin_log(db)
    assert who_and_what == ["6666", "192.0.2.7", "DIDS", "DELETE", "12", "ADMIN API DELETE DID"]
    assert (notes, group) == ("did: 18005551234 did_id: 12", "---ALL---")
    assert ("DELETE" in sql, "12" in sql) == (True, True)
    assert str(db.value("SELECT event_date FROM vicidial_admin_log")) == "2025-07-08 11:30:00"


async def test_a_form_deletes_as_json_does(telephony: Telephony, db: TestDatabase) -> None:
    response = await telephony.put(f"{DIDS}/12", data={"delete_did": "Y", "user": "1001"})

    assert (response.status, await response.json()) == deleted()
    assert patterns(db) == ["18005550000"]


async def test_a_did_without_a_target_is_deleted(telephony: Telephony, db: TestDatabase) -> None:
    make_did(db, 13, "default", did_route="PHONE", phone="")

    assert await change(telephony, 13, delete_did="Y") == deleted(13)

    assert patterns(db) == ["18005550000", "18005551234"]


async def test_a_repeat_is_a_404(telephony: Telephony, db: TestDatabase) -> None:
    await change(telephony, delete_did="Y")

    assert await change(telephony, delete_did="Y") == NOT_FOUND
    assert len(changes(db)) == 1


async def test_the_pattern_is_free_then(telephony: Telephony, db: TestDatabase) -> None:
    await change(telephony, delete_did="Y")

    status, _ = await add(telephony)

    assert status == 200
    assert patterns(db) == ["18005550000", "18005551234"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("active", "N", id="a field"),
        pytest.param("did_pattern", "18005551234", id="the pattern"),
        pytest.param("did_description", "", id="an empty text"),
        pytest.param("group", "NOGROUP", id="something that does not exist"),
    ],
)
async def test_a_deletion_comes_alone(
    telephony: Telephony, db: TestDatabase, field: str, value: Any
) -> None:
    before = everything(db)

    answer = await change(telephony, delete_did="Y", **{field: value})

    assert answer == invalid(field, "Not allowed beside delete_did=Y")
    assert everything(db) == before


async def test_a_second_name_beside_a_deletion_is_refused_too(
    telephony: Telephony, db: TestDatabase
) -> None:
    status, _ = await change(telephony, delete_did="Y", did_active="N")

    assert status == 400
    assert patterns(db) == ["18005550000", "18005551234"]


async def test_no_deletes_nothing(telephony: Telephony, db: TestDatabase) -> None:
    assert await change(telephony, delete_did="N", active="N") == updated()

    assert patterns(db) == ["18005550000", "18005551234"]


@pytest.mark.parametrize("did_id", ["1", "13", "4294967295"])
async def test_an_unknown_did_is_a_404(telephony: Telephony, db: TestDatabase, did_id: str) -> None:
    before = everything(db)

    assert await change(telephony, did_id, delete_did="Y") == NOT_FOUND
    assert everything(db) == before


@ENGINES
async def test_nothing_is_logged_when_nothing_is_deleted(
    telephony: Telephony, db: TestDatabase
) -> None:
    db.fail_writes("vicidial_inbound_dids", "DELETE")

    status, _ = await change(telephony, delete_did="Y")

    assert status == 500
    assert (patterns(db), changes(db)) == (["18005550000", "18005551234"], [])


@ENGINES
async def test_only_the_log_row_is_lost_with_a_log_that_fails(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    db.fail_writes("vicidial_admin_log")
    broken, _ = await change(telephony, delete_did="Y")
    found = patterns(db)
    db.mend_writes("vicidial_admin_log")

    again = await change(telephony, delete_did="Y")

    lost = engine == "MyISAM"
    assert (broken, "18005551234" in found) == (500, not lost)
    assert again == (NOT_FOUND if lost else deleted())
    assert patterns(db) == ["18005550000"]


@ENGINES
async def test_of_two_deletions_at_once_one_is_a_404(
    start_telephony: Start, db: TestDatabase
) -> None:
    instances = [await start_telephony() for _ in range(2)]
    with db.hold("vicidial_inbound_dids"):
        both = [asyncio.create_task(change(one, delete_did="Y")) for one in instances]
        await db.until_waiting(2)

    answers = await asyncio.gather(*both)

    assert sorted(answers, key=lambda one: one[0]) == [deleted(), NOT_FOUND]
    assert (patterns(db), len(changes(db))) == (["18005550000"], 1)
